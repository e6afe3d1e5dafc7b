import { AppError } from '@vss/runtime';
import { AUTHENTICATED, grantedScope, isAsWideAs, PUBLIC, type GrantScope, type Permission, type ResolvedGrants } from './grants.js';

/** Who asks. Every process gets it from a verified token, never from a request's own words. */
export interface Actor {
  readonly kind: 'user' | 'system' | 'anonymous';
  /** Id of the user; `system` and `anonymous` for the other kinds. */
  readonly userId: string;
  readonly username: string;
  readonly sessionId: string;
  /** Name of the role, e.g. `operator`. Decide by grants, not by this. */
  readonly role: string;
  /** The center the actor belongs to. */
  readonly centerId: string;
  /** Grows with every change of the role's grants. */
  readonly permissionVersion: number;
  readonly grants: ResolvedGrants;
}

const NOTHING: ResolvedGrants = { allow: {}, deny: [] };

export const anonymousActor: Actor = Object.freeze({
  kind: 'anonymous',
  userId: 'anonymous',
  username: 'anonymous',
  sessionId: '',
  role: 'anonymous',
  centerId: '',
  permissionVersion: 0,
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
  permissionVersion: 0,
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
