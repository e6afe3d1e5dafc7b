import { commonGrants, grantProblems, isWithin, resolveGrants, rightsBeyond, type Grant, type ResolvedGrants } from '@vss/auth';
import { UserError } from '@vss/runtime';
import { ApiKeyState, type ApiKey } from './api-key.entity.js';

const DAY_MS = 24 * 3600 * 1000;
/** A key lives no longer: what nobody thinks of for a year nobody would miss. */
export const LONGEST_LIFE_DAYS = 366;
/** The old secret works beside the new one for no longer. */
export const LONGEST_OVERLAP_MINUTES = 7 * 24 * 60;
export const MOST_KEYS_OF_ACCOUNT = 20;
const NAME_MAX_LENGTH = 100;
/** Named in a refusal. */
const SHOWN_RIGHTS = 5;

export const stateOf = ({ revokedAt, expiresAt }: Pick<ApiKey, 'revokedAt' | 'expiresAt'>, now: Date): ApiKeyState =>
  revokedAt ? ApiKeyState.REVOKED : expiresAt <= now ? ApiKeyState.EXPIRED : ApiKeyState.ACTIVE;

/** What a key may do: what its account may, as far as who answers for it may as well, and no more than its scopes say. */
export function grantsOfKey(account: ResolvedGrants, maker: ResolvedGrants, scopes: readonly Grant[] | null | undefined): ResolvedGrants {
  const common = commonGrants(account, maker);
  return scopes ? commonGrants(common, resolveGrants(scopes)) : common;
}

export function assertName(name: string): string {
  const trimmed = name.trim();
  if (trimmed.length >= 1 && trimmed.length <= NAME_MAX_LENGTH && !/\p{Cc}/u.test(trimmed)) return trimmed;
  throw new UserError('KEY_NAME_INVALID', `A name has 1 to ${NAME_MAX_LENGTH} printable characters`, ['input', 'name']);
}

export function assertLife(expiresAt: Date, now: Date): void {
  if (expiresAt <= now) throw new UserError('EXPIRY_INVALID', 'The key would have ended already', ['input', 'expiresAt']);
  if (expiresAt.getTime() - now.getTime() > LONGEST_LIFE_DAYS * DAY_MS) throw new UserError('EXPIRY_INVALID', `A key lives at most ${LONGEST_LIFE_DAYS} days`, ['input', 'expiresAt']);
}

/** Scopes hand out rights: nobody hands out more than he has, and more than the account has would do nothing. */
export function assertScopes(scopes: readonly Grant[] | null | undefined, { own, account }: { own: ResolvedGrants; account: ResolvedGrants }): void {
  if (!scopes) return;
  assertKnown(scopes);
  const wanted = resolveGrants(scopes);
  const refuse = (beyond: readonly string[], who: string): void => {
    if (beyond.length > 0) throw new UserError('SCOPES_TOO_WIDE', `The scopes hold ${beyond.slice(0, SHOWN_RIGHTS).join(', ')}, or more of it than ${who}`, ['input', 'scopes']);
  };
  refuse(rightsBeyond(wanted, own), 'you have yourself');
  refuse(rightsBeyond(wanted, account), 'the service account has: give it another role first');
}

/** Throws naming the first line that means nothing. */
export function assertKnown(scopes: readonly Grant[]): void {
  const [problem] = grantProblems(scopes);
  if (problem) throw new UserError('SCOPES_INVALID', problem.message, ['input', 'scopes', String(problem.line), problem.field]);
}

/** What a key is limited by. */
export interface Limits {
  readonly scopes?: readonly Grant[] | null | undefined;
  readonly expiresAt: Date;
  readonly costPerMinute?: number | null | undefined;
}

/** Who holds the secret was given so much and no more: a key that is to do more is another key. */
export function assertNotWider(after: Limits, before: Limits): void {
  const refuse = (field: string, what: string): never => {
    throw new UserError('KEY_WIDENED', `${what}: make another key`, ['input', field]);
  };
  if (before.scopes && !(after.scopes && isWithin(resolveGrants(after.scopes), resolveGrants(before.scopes)))) refuse('scopes', 'The scopes hold more than the key has now');
  if (after.expiresAt > before.expiresAt) refuse('expiresAt', 'The key would live longer than it was made for');
  if ((after.costPerMinute ?? Infinity) > (before.costPerMinute ?? Infinity)) refuse('costPerMinute', 'The key could use up more than it was made for');
}
