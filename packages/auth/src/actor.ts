import { AppError } from '@vss/runtime';
import { AUTHENTICATED, grantedScope, isAsWideAs, PUBLIC, type GrantScope, type Permission, type ResolvedGrants } from './grants.js';

/** How much one API key may ask for. */
export interface ActorLimits {
  /** Points of cost a minute, as `extensions.cost` counts them. */
  readonly costPerMinute: number;
}

/** Who asks. Every process gets it from a verified token, never from a request's own words. */
export interface Actor {
  readonly kind: 'user' | 'service' | 'system' | 'anonymous';
  /** Id of the user, also of a service account; `system` and `anonymous` for the other kinds. */
  readonly userId: string;
  readonly username: string;
  readonly sessionId: string;
  /** Name of the role, e.g. `operator`. Decide by grants, not by this. */
  readonly role: string;
  /** The center the actor belongs to. */
  readonly centerId: string;
  /** The teams that the actor is a member of. */
  readonly teamIds: readonly string[];
  /** Grows with every change of the role's grants. */
  readonly permissionVersion: number;
  /** Grows with every change of what is the actor's own: teams and temporary grants. */
  readonly rightsVersion: number;
  readonly grants: ResolvedGrants;
  /** What a key may use up, where its maker limited it. */
  readonly limits?: ActorLimits;
}

const NOTHING: ResolvedGrants = { allow: {}, deny: [] };

export const anonymousActor: Actor = Object.freeze({
  kind: 'anonymous',
  userId: 'anonymous',
  username: 'anonymous',
  sessionId: '',
  role: 'anonymous',
  centerId: '',
  teamIds: [],
  permissionVersion: 0,
  rightsVersion: 0,
  grants: NOTHING,
});

/** The platform itself, acting in one center: consumers, reapers, seeds. */
export const systemActor = (centerId: string): Actor => ({
  kind: 'system',
  userId: 'system',
  username: 'system',
  sessionId: '',
  role: 'system',
  centerId,
  teamIds: [],
  permissionVersion: 0,
  rightsVersion: 0,
  grants: { allow: { '*:*': 'ALL' }, deny: [] },
});

/** The scope in which the actor holds a permission, or undefined. */
export function scopeOf(actor: Actor, permission: Permission): GrantScope | undefined {
  if (permission === PUBLIC) return 'ALL';
  if (permission === AUTHENTICATED) return actor.kind === 'anonymous' ? undefined : 'ALL';
  return grantedScope(actor.grants, permission);
}

export function isAllowed(actor: Actor, permission: Permission, needed: GrantScope = 'OWN'): boolean {
  const scope = scopeOf(actor, permission);
  return scope !== undefined && isAsWideAs(scope, needed);
}

/** The scope, or the error that every wall gives: UNAUTHENTICATED without a token, FORBIDDEN without the right. */
export function assertAllowed(actor: Actor, permission: Permission, needed: GrantScope = 'OWN'): GrantScope {
  const scope = scopeOf(actor, permission);
  if (scope && isAsWideAs(scope, needed)) return scope;
  throw denial(actor, permission);
}

export function denial(actor: Actor, permission: Permission): AppError {
  return actor.kind === 'anonymous'
    ? new AppError('UNAUTHENTICATED', 'Sign in first: send the access token as a Bearer token')
    : new AppError('FORBIDDEN', `The role ${actor.role} does not have the right ${permission}`, { permission });
}
