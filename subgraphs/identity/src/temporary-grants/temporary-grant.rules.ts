import { decisionByGrants, heldRight, isWithinRight, PERMISSIONS, type GrantScope, type ResolvedGrants } from '@vss/auth';
import { UserError } from '@vss/runtime';
import { TemporaryGrantState, type TemporaryGrant } from './temporary-grant.entity.js';

/** A shift; whoever needs a right every day needs another role. */
export const LONGEST_MINUTES = 480;
/** A request that nobody has answered by then is no longer one: what it was for is over. */
export const ANSWER_WITHIN_MS = 24 * 3600 * 1000;
export const MOST_REQUESTS = 10;
const MINUTE_MS = 60_000;

export const lapseAt = (requestedAt: Date): Date => new Date(requestedAt.getTime() + ANSWER_WITHIN_MS);
export const expiryAt = (decidedAt: Date, minutes: number): Date => new Date(decidedAt.getTime() + minutes * MINUTE_MS);

/** What it is by the clock: somebody writes the end down a moment later. */
export function stateAt({ state, endsAt }: Pick<TemporaryGrant, 'state' | 'endsAt'>, now: Date): TemporaryGrantState {
  if (endsAt > now) return state;
  if (state === TemporaryGrantState.APPROVED) return TemporaryGrantState.EXPIRED;
  return state === TemporaryGrantState.REQUESTED ? TemporaryGrantState.LAPSED : state;
}

export function assertMinutes(minutes: number, longest: number): number {
  if (Number.isInteger(minutes) && minutes >= 1 && minutes <= longest) return minutes;
  throw new UserError('DURATION_INVALID', `A right is given for 1 to ${longest} minutes`, ['input', 'minutes']);
}

/** The scope that is asked for; where none is, the narrowest in which the right means something. */
export function assertRight(permission: string, scope: GrantScope | null | undefined): GrantScope {
  const entry = PERMISSIONS.get(permission);
  if (!entry) throw new UserError('GRANT_INVALID', 'There is no such right: see the query permissions', ['input', 'permission']);
  const [narrowest = 'ALL'] = entry.scopes;
  if (!scope || entry.scopes.includes(scope)) return scope ?? narrowest;
  throw new UserError('GRANT_INVALID', `${permission} means nothing in ${scope}: choose ${entry.scopes.join(', ')}`, ['input', 'scope']);
}

/** Asking for what one has is a mistake, and for what one's role denies of no use: a denial wins over every allowance. */
export function assertOfUse(held: ResolvedGrants, permission: string, scope: GrantScope): void {
  if (decisionByGrants(held, permission).deniedBy) throw new UserError('RIGHT_DENIED', `The role denies ${permission}, and a denial wins: another role is needed`, ['input', 'permission']);
  if (isWithinRight({ scope }, heldRight(held, permission))) throw new UserError('ALREADY_HELD', `${permission} is held as far as ${scope} already`, ['input', 'permission']);
}
