import type { EntityManager } from '@vss/db';
import type { Outbox } from '@vss/events';
import type { Logger, NewId, Now } from '@vss/runtime';
import type { AuditService } from './audit/index.js';
import { createSealer } from './keys/index.js';
import { createOidcClient, createOidcService, createProvisioning, ExternalIdentity, forgetOldLogins, OidcResolver, type OidcProvider } from './oidc/index.js';
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
import type { UserService } from './users/index.js';

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

export type SignIn = ReturnType<typeof buildSignIn>;

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

interface OidcDeps extends Deps {
  readonly signIn: ReturnType<typeof buildSignIn>;
  readonly providers: readonly OidcProvider[];
  readonly users: Pick<UserService, 'insert'>;
  readonly logger: Logger;
  readonly newId: NewId;
}

/** Part of the app: identity providers, whose people come in by the same gate. */
export function buildOidc({ signIn, ...deps }: OidcDeps) {
  const providers = deps.providers.map((provider) => ({ provider, client: createOidcClient({ ...deps, provider }) }));
  const oidc = createOidcService({ ...deps, ...signIn, providers, sealer: createSealer(deps.secret, 'provider-logins'), provisioning: createProvisioning(deps) });
  return { resolver: new OidcResolver(oidc, deps.handOver), housekeeping: [forgetOldLogins] };
}

export const signInEntities = [Challenge, SecondFactor, ExternalIdentity];
