/** So many wrong guesses in a row cost nothing. */
export const FREE_FAILURES = 5;
const FIRST_DELAY_S = 5;
const LONGEST_DELAY_S = 15 * 60;
/** After so long without a failure the count starts anew. */
export const FORGOTTEN_AFTER_S = 24 * 3600;

/** Wrong guesses at one thing by one source. */
export interface Attempts {
  readonly failures: number;
  readonly lastFailureAt: Date;
  readonly blockedUntil?: Date | null;
}

/** How long this source may not guess at this; 0 when it may. Other sources are not concerned. */
export function secondsBlocked(attempts: Attempts | undefined, now: Date): number {
  if (!attempts?.blockedUntil) return 0;
  return Math.max(0, Math.ceil((attempts.blockedUntil.getTime() - now.getTime()) / 1000));
}

/** What stands after one more wrong guess: from the fifth on the wait doubles, up to a quarter of an hour. */
export function afterFailure(attempts: Attempts | undefined, now: Date): Required<Attempts> {
  const isForgotten = !attempts || now.getTime() - attempts.lastFailureAt.getTime() > FORGOTTEN_AFTER_S * 1000;
  const failures = isForgotten ? 1 : attempts.failures + 1;
  const excess = failures - FREE_FAILURES;
  const delayS = excess < 0 ? 0 : Math.min(LONGEST_DELAY_S, FIRST_DELAY_S * 2 ** excess);
  return { failures, lastFailureAt: now, blockedUntil: delayS ? new Date(now.getTime() + delayS * 1000) : null };
}

/** So much may be guessed wrongly at once, and one more each time these seconds have passed. */
export interface Allowance {
  readonly atOnce: number;
  readonly oneMoreAfterS: number;
}

/** Of one address, whatever names it tries: one password tried on many names is guessing too. An office in the morning stays below it. */
export const OF_AN_ADDRESS: Allowance = { atOnce: 100, oneMoreAfterS: 36 };
/** Of an IPv6 site, whose networks are sources of their own: wide, since with some providers many customers share one. */
export const OF_A_SITE: Allowance = { atOnce: 500, oneMoreAfterS: 12 };
/**
 * At one user's codes, from however many addresses. A code has a million values of which three are right, so whoever
 * knows the password and has a thousand addresses must still not get to try many.
 */
export const OF_A_USERS_CODES: Allowance = { atOnce: 50, oneMoreAfterS: 1800 };

/** How long until one more may be guessed. `usedUntil` is the instant at which everything would be free again. */
export function secondsUntilAllowed(usedUntil: Date | undefined, { atOnce, oneMoreAfterS }: Allowance, now: Date): number {
  if (!usedUntil) return 0;
  const aheadS = (usedUntil.getTime() - now.getTime()) / 1000;
  return Math.max(0, Math.ceil(aheadS - (atOnce - 1) * oneMoreAfterS));
}

/** What stands after one more wrong guess. */
export const afterUse = (usedUntil: Date | undefined, { oneMoreAfterS }: Allowance, now: Date): Date =>
  new Date(Math.max(usedUntil?.getTime() ?? 0, now.getTime()) + oneMoreAfterS * 1000);
