/** So many wrong passwords in a row cost nothing. */
export const FREE_FAILURES = 5;
const FIRST_DELAY_S = 5;
const LONGEST_DELAY_S = 15 * 60;
/** After so long without a failure the count starts anew. */
export const FORGOTTEN_AFTER_S = 24 * 3600;

/** Wrong passwords for one name from one address. */
export interface Attempts {
  readonly failures: number;
  readonly lastFailureAt: Date;
  readonly blockedUntil?: Date | null;
}

/** How long this name may not be tried from this address; 0 when it may. Other addresses are not concerned. */
export function secondsBlocked(attempts: Attempts | undefined, now: Date): number {
  if (!attempts?.blockedUntil) return 0;
  return Math.max(0, Math.ceil((attempts.blockedUntil.getTime() - now.getTime()) / 1000));
}

/** What stands after one more wrong password: from the fifth on the wait doubles, up to a quarter of an hour. */
export function afterFailure(attempts: Attempts | undefined, now: Date): Required<Attempts> {
  const isForgotten = !attempts || now.getTime() - attempts.lastFailureAt.getTime() > FORGOTTEN_AFTER_S * 1000;
  const failures = isForgotten ? 1 : attempts.failures + 1;
  const excess = failures - FREE_FAILURES;
  const delayS = excess < 0 ? 0 : Math.min(LONGEST_DELAY_S, FIRST_DELAY_S * 2 ** excess);
  return { failures, lastFailureAt: now, blockedUntil: delayS ? new Date(now.getTime() + delayS * 1000) : null };
}
