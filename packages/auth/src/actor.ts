import { AppError, systemNow } from '@vss/runtime';
import { decisionFor } from './decide.js';
import { explainIdOf, type DeniedRight } from './explain-id.js';
import type { GrantScope, Permission, ResolvedGrants } from './grants.js';

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

// One object, since what grants come to is kept by theirs.
const EVERYTHING: ResolvedGrants = { allow: { '*:*': 'ALL' }, deny: [] };

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
  grants: EVERYTHING,
});

/** The scope in which the actor holds a permission, or undefined. */
export function scopeOf(actor: Actor, permission: Permission): GrantScope | undefined {
  const { allowed, held } = decisionFor(actor, permission, 'OWN');
  return allowed ? held : undefined;
}

export const isAllowed = (actor: Actor, permission: Permission, needed: GrantScope = 'OWN'): boolean => decisionFor(actor, permission, needed).allowed;

/** The scope, or the error that every wall gives: UNAUTHENTICATED without a token, FORBIDDEN without the right. */
export function assertAllowed(actor: Actor, permission: Permission, needed: GrantScope = 'OWN'): GrantScope {
  const { allowed, held } = decisionFor(actor, permission, needed);
  if (allowed && held) return held;
  throw denial(actor, permission, { needed });
}

/** Where something was denied. `why`: what a service found in the way beyond the right, told instead of the right's own message. */
export type Denied = Partial<DeniedRight> & { readonly details?: Readonly<Record<string, unknown>> };

export function denial(actor: Actor, permission: Permission, { details, ...where }: Denied = {}): AppError {
  if (actor.kind === 'anonymous') return new AppError('UNAUTHENTICATED', 'Sign in first: send the access token as a Bearer token');
  const denied = { permission, needed: 'OWN' as const, coordinate: '', at: systemNow(), ...where };
  return new AppError('FORBIDDEN', denied.why ?? messageOf(actor, denied), { permission, ...details, explainId: explainIdOf(actor, denied) });
}

function messageOf(actor: Actor, { permission, needed, field }: DeniedRight): string {
  const { held, obstacle } = decisionFor(actor, permission, needed);
  // A key has less than its account's role where its scopes, or who answers for it, say so.
  const who = actor.kind === 'service' ? `The API key of ${actor.username}` : `The role ${actor.role}`;
  if (obstacle === 'SCOPE') return `${who} has the right ${permission} for ${held ?? 'nothing'} only: ${needed} is needed`;
  if (field !== undefined) return `${who} has the right ${permission} without the field ${field}`;
  return `${who} does not have the right ${permission}`;
}
