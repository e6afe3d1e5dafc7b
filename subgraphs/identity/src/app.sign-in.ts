import type { EntityManager } from '@vss/db';
import type { Outbox } from '@vss/events';
import type { Now } from '@vss/runtime';
import type { AuditService } from './audit/index.js';
import { createSealer } from './keys/index.js';
import type { PasswordHasher } from './passwords/index.js';
import { createSecondFactorService, SecondFactor, SecondFactorResolver } from './second-factor/index.js';
import type { HandOver, SessionService } from './sessions/index.js';
import {
  Challenge,
  createChallengeService,
  createDecoys,
  createDeviceTokens,
  createEntrance,
  createGuesses,
  createOwnPassword,
  createSignInService,
  forgetOldChallenges,
  forgetOldGuesses,
  SignInResolver,
} from './sign-in/index.js';

interface Deps {
  readonly openEm: () => EntityManager;
  readonly outbox: Outbox;
  readonly audit: AuditService;
  readonly passwords: PasswordHasher;
  readonly sessions: SessionService;
  readonly handOver: HandOver;
  /** From which the keys for secrets at rest are derived. */
  readonly secret: string;
  readonly now: Now;
}

/** Part of the app: everything that decides who comes in. */
export function buildSignIn(deps: Deps) {
  const { openEm, sessions, handOver, secret, now } = deps;
  const guesses = createGuesses({ now });
  const devices = createDeviceTokens(secret);
  const ownPassword = createOwnPassword({ ...deps, guesses });
  const secondFactor = createSecondFactorService({ ...deps, sealer: createSealer(secret, 'second-factors'), guesses, ownPassword });
  const entrance = createEntrance({ sessions, secondFactor, now });
  const signIn = createSignInService({ ...deps, decoys: createDecoys({ openEm, secret, now }), guesses, devices, entrance });
  const challenges = createChallengeService({ ...deps, guesses, devices, secondFactor, entrance, finish: signIn.finish, endSessions: async (tx, userId, by) => void (await sessions.endAllOf(tx, userId, by)) });
  return {
    /** For what other features let in, ask about, or keep from being guessed. */
    guesses,
    entrance,
    ownPassword,
    finish: signIn.finish,
    resolvers: [new SignInResolver(signIn, challenges, handOver), new SecondFactorResolver(secondFactor)],
    housekeeping: [forgetOldGuesses, forgetOldChallenges],
  };
}

export const signInEntities = [Challenge, SecondFactor];
