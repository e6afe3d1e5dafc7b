import type { EntityManager } from '@vss/db';
import { AppError, type Now, systemNow } from '@vss/runtime';
import { forgetAttempts, loadAttempts, loadUses, lockAttempts, lockUse, storeAttempts, storeUse } from './guess.queries.js';
import { afterFailure, afterUse, OF_A_SITE, OF_A_USERS_CODES, OF_AN_ADDRESS, secondsBlocked, secondsUntilAllowed, type Allowance } from './guess.rules.js';
import { siteOf } from './source.rules.js';

/** Something that is tried and may be wrong, and who tries it. */
export interface Guess {
  /** What is guessed at, e.g. `password anna`. */
  readonly subject: string;
  /** An address; or something that is its user's alone, such as his session or a device that he signed in on before. */
  readonly source: string;
  /** Whether `source` is its user's alone. Then no allowance that is shared with strangers concerns it. */
  readonly isOwn?: boolean;
  /** Also counts against the user's codes, from wherever they are tried. */
  readonly ofCodes?: boolean;
}

export type Guesses = ReturnType<typeof createGuesses>;

/**
 * Makes guessing slow without locking anybody out. Wrong guesses count against who made them: the source for this one
 * subject with a growing wait, the address for all it tries with an allowance.
 */
export function createGuesses({ now = systemNow }: { now?: Now } = {}) {
  const secondsByAllowance = (uses: ReadonlyMap<string, Date>, guess: Guess): number =>
    Math.max(0, ...allowancesOf(guess).map(([subject, allowance]) => secondsUntilAllowed(uses.get(subject), allowance, now())));

  return {
    /** Throws RATE_LIMITED where one has to wait. Asked before anything is spent on the guess. */
    async assertMay(em: EntityManager, guess: Guess): Promise<void> {
      const own = secondsBlocked(await loadAttempts(em, guess, { lock: false }), now());
      const uses = await loadUses(em, allowancesOf(guess).map(([subject]) => subject));
      assertNoWait(Math.max(own, secondsByAllowance(uses, guess)));
    },

    /**
     * The seconds to wait with a guess that was found right, 0 when it counts; asked in the transaction that acts on it.
     * Guesses that ran beside it may have used up the free ones; then the right one is not confirmed either.
     */
    async secondsToWait(tx: EntityManager, guess: Guess): Promise<number> {
      return secondsBlocked(await loadAttempts(tx, guess, { lock: true }), now());
    },

    /** A right guess that counts: what was wrong before it is forgotten. */
    forget: (tx: EntityManager, guess: Guess): Promise<void> => forgetAttempts(tx, guess),

    /** A wrong guess: gives the seconds to wait, 0 when it was counted and may be answered as wrong. */
    async wrong(tx: EntityManager, guess: Guess): Promise<number> {
      const attempts = await lockAttempts(tx, guess, now());
      const uses = new Map<string, Date>();
      for (const [subject] of allowancesOf(guess)) uses.set(subject, await lockUse(tx, subject, now()));
      const seconds = Math.max(secondsBlocked(attempts, now()), secondsByAllowance(uses, guess));
      if (seconds > 0) return seconds;
      await storeAttempts(tx, guess, afterFailure(attempts, now()));
      for (const [subject, allowance] of allowancesOf(guess)) await storeUse(tx, subject, afterUse(uses.get(subject), allowance, now()));
      return 0;
    },

    assertNoWait,
  };
}

/** Always in this order, from the narrowest: so that two transactions do not wait for each other. */
function allowancesOf({ subject, source, isOwn, ofCodes }: Guess): [string, Allowance][] {
  if (isOwn) return [];
  const site = siteOf(source);
  return [
    ...(ofCodes ? [[subject, OF_A_USERS_CODES] as [string, Allowance]] : []),
    [`address ${source}`, OF_AN_ADDRESS],
    ...(site ? [[`site ${site}`, OF_A_SITE] as [string, Allowance]] : []),
  ];
}

function assertNoWait(seconds: number): void {
  if (seconds > 0) throw new AppError('RATE_LIMITED', `Too many wrong attempts: try again in ${seconds} s`, { retryAfterSeconds: seconds });
}
