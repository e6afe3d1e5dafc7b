import { AUTHENTICATED, denial } from '@vss/auth';
import type { EntityManager } from '@vss/db';
import type { Scope } from '@vss/graphql';
import { AppError, type Now, systemNow, UserError } from '@vss/runtime';
import type { PasswordHasher } from '../passwords/index.js';
import { Session } from '../sessions/index.js';
import { User } from '../users/index.js';
import type { Guesses } from './guesses.js';

const FRESH_SIGN_IN_MS = 10 * 60_000;

interface Deps {
  readonly openEm: () => EntityManager;
  readonly passwords: PasswordHasher;
  readonly guesses: Guesses;
  readonly now?: Now;
}

export type OwnPassword = ReturnType<typeof createOwnPassword>;

/** Asks a signed-in user for his password once more, before what a stolen session must not be able to do. */
export function createOwnPassword({ openEm, passwords, guesses, now = systemNow }: Deps) {
  async function assertFreshSignIn(em: EntityManager, sessionId: string): Promise<void> {
    const session = await em.findOne(Session, { id: sessionId });
    if (session && now().getTime() - session.createdAt.getTime() <= FRESH_SIGN_IN_MS) return;
    throw new UserError('SIGN_IN_TOO_OLD', 'Sign in anew with your provider and do this within ten minutes');
  }

  return {
    /**
     * Gives the user. Throws PASSWORD_WRONG, and RATE_LIMITED after too many; they count for this session alone, so
     * that nobody else can use them up. Who has no password, since he comes by a provider, must have come just now.
     */
    async assertKnown({ actor }: Scope, password: string | null | undefined, field: readonly string[]): Promise<User> {
      if (actor.kind !== 'user') throw denial(actor, AUTHENTICATED, { why: 'This is for a person who signed in, and for no program', at: now() });
      const em = openEm();
      const user = await em.findOne(User, { id: actor.userId });
      if (!user) throw new AppError('NOT_FOUND', 'There is no such user');
      if (!user.passwordHash) {
        await assertFreshSignIn(em, actor.sessionId);
        return user;
      }
      const guess = { subject: `password ${user.username}`, source: `session ${actor.sessionId}`, isOwn: true };
      await guesses.assertMay(em, guess);
      const fits = await passwords.fits(password ?? '', user.passwordHash, guess.source);
      const seconds = await em.transactional(async (tx) => {
        if (!fits) return guesses.wrong(tx, guess);
        const wait = await guesses.secondsToWait(tx, guess);
        if (wait === 0) await guesses.forget(tx, guess);
        return wait;
      });
      guesses.assertNoWait(seconds);
      if (!fits) throw new UserError('PASSWORD_WRONG', 'This is not your password', field);
      return user;
    },
  };
}
