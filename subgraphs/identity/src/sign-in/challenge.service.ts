import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@vss/db';
import { SignInRefused, type Outbox } from '@vss/events';
import { type Now, systemNow, UserError } from '@vss/runtime';
import { AuditAction, AuditOutcome, type AuditService, type Origin } from '../audit/index.js';
import { assertPassword, type PasswordHasher } from '../passwords/index.js';
import type { SecondFactorProof, SecondFactorService } from '../second-factor/index.js';
import { ChallengeKind, type Client } from '../sessions/index.js';
import { User } from '../users/index.js';
import { Challenge } from './challenge.entity.js';
import type { DeviceTokens } from './device-tokens.js';
import { challengeHash, credentialOf, type Entrance, type Entry } from './entrance.js';
import type { Guess, Guesses } from './guesses.js';
import type { SignedIn, SignInService } from './sign-in.service.js';
import { sourceOf } from './source.rules.js';

/** The answer to a challenge: what it asks for, and nothing else. */
export interface Continuation {
  readonly challenge: string;
  readonly code?: string | null;
  readonly recoveryCode?: string | null;
  readonly newPassword?: string | null;
  readonly deviceToken?: string | null;
}

interface Deps {
  readonly openEm: () => EntityManager;
  readonly outbox: Outbox;
  readonly audit: AuditService;
  readonly passwords: PasswordHasher;
  readonly guesses: Guesses;
  readonly devices: DeviceTokens;
  readonly secondFactor: Pick<SecondFactorService, 'use'>;
  readonly entrance: Entrance;
  readonly finish: SignInService['finish'];
  /** Ends all sessions of a user, in the same transaction. */
  readonly endSessions: (tx: EntityManager, userId: string, by: { actorId: string; origin: Origin }) => Promise<void>;
  readonly now?: Now;
}

/** What became of an answer: void, where the challenge or what it rests on is gone. */
type Outcome = Entry | { readonly kind: 'VOID' } | { readonly kind: 'WRONG' } | { readonly kind: 'BLOCKED'; readonly seconds: number };

export type ChallengeService = ReturnType<typeof createChallengeService>;

/** The second step of a sign-in, where one is needed. */
export function createChallengeService({ openEm, outbox, audit, passwords, guesses, devices, secondFactor, entrance, finish, endSessions, now = systemNow }: Deps) {
  const find = (em: EntityManager, token: string, lock: boolean): Promise<Challenge | null> =>
    em.findOne(Challenge, { tokenHash: challengeHash(token), expiresAt: { $gt: now() } }, lock ? { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true } : {});

  /** A challenge counts once: it goes in the transaction that acts on it. */
  async function goOn(tx: EntityManager, challenge: Challenge, credential: string, client: Client): Promise<Entry> {
    tx.remove(challenge);
    return entrance.admit(tx, challenge.userId, { way: challenge.way, credential, secondFactor: challenge.kind === ChallengeKind.SECOND_FACTOR || challenge.secondFactor }, client);
  }

  async function byCode(em: EntityManager, { userId }: Challenge, input: Continuation, client: Client): Promise<Outcome> {
    const proof = secondFactorIn(input);
    const guess = guessAt(userId, proof, input, client);
    await guesses.assertMay(em, guess);
    return em.transactional(async (tx) => {
      const challenge = await find(tx, input.challenge, true);
      if (!challenge) return { kind: 'VOID' };
      const seconds = await guesses.secondsToWait(tx, guess);
      if (seconds > 0) return { kind: 'BLOCKED', seconds };
      if (!(await secondFactor.use(tx, userId, proof, client))) return refuse(tx, userId, guess, client);
      await guesses.forget(tx, guess);
      return goOn(tx, challenge, challenge.credential, client);
    });
  }

  async function refuse(tx: EntityManager, userId: string, guess: Guess, client: Client): Promise<Outcome> {
    const seconds = await guesses.wrong(tx, guess);
    if (seconds > 0) return { kind: 'BLOCKED', seconds };
    const { centerId, username } = await tx.findOneOrFail(User, { id: userId });
    const reason = 'WRONG_CODE' as const;
    audit.record(tx, { action: AuditAction.SIGN_IN_REFUSED, outcome: AuditOutcome.REFUSED, centerId, actorId: userId, target: userId, detail: { reason }, at: now() }, client);
    await outbox.add(tx, SignInRefused, { username, userId, reason }, { centerId, traceId: client.traceId, actor: userId });
    return { kind: 'WRONG' };
  }

  async function byNewPassword(em: EntityManager, { userId, credential }: Challenge, input: Continuation, client: Client): Promise<Outcome> {
    const field = ['input', 'newPassword'];
    const newPassword = input.newPassword ?? '';
    const { username, passwordHash } = await em.findOneOrFail(User, { id: userId });
    assertPassword(newPassword, username, field);
    const source = sourceOf(client.address);
    if (await passwords.fits(newPassword, passwordHash, source)) throw new UserError('PASSWORD_UNCHANGED', 'Choose another password than the one that you were given', field);
    const newHash = await passwords.hash(newPassword, source);
    return em.transactional(async (tx) => {
      const challenge = await find(tx, input.challenge, true);
      const user = await tx.findOneOrFail(User, { id: userId }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
      if (!challenge || credentialOf(user) !== credential) return { kind: 'VOID' };
      Object.assign(user, { passwordHash: newHash, mustChangePassword: false, updatedAt: now() });
      audit.record(tx, { action: AuditAction.PASSWORD_CHANGED, centerId: user.centerId, actorId: userId, target: userId, detail: { forced: true } }, client);
      // Whoever chose the old one may have used it.
      await endSessions(tx, userId, { actorId: userId, origin: client });
      // The gate reads the user anew.
      await tx.flush();
      return goOn(tx, challenge, credentialOf(user), client);
    });
  }

  function guessAt(userId: string, proof: SecondFactorProof, { deviceToken }: Continuation, client: Client): Guess {
    const device = deviceToken ? devices.deviceOf(deviceToken, userId) : undefined;
    // A recovery code has 80 bits: no allowance is needed to keep it from being guessed, and it opens where codes are used up.
    const kind = 'code' in proof ? { subject: `code ${userId}`, ofCodes: true } : { subject: `recovery ${userId}` };
    return device ? { ...kind, source: `device ${device}`, isOwn: true } : { ...kind, source: sourceOf(client.address) };
  }

  return {
    /** Throws CHALLENGE_INVALID where it is over, CODE_WRONG, PASSWORD_WEAK, and RATE_LIMITED after too many wrong codes. */
    async goOn(input: Continuation, client: Client): Promise<SignedIn> {
      const em = openEm();
      const challenge = await find(em, input.challenge, false);
      if (!challenge) throw invalid();
      const outcome = await (challenge.kind === ChallengeKind.SECOND_FACTOR ? byCode(em, challenge, input, client) : byNewPassword(em, challenge, input, client));
      if (outcome.kind === 'VOID' || outcome.kind === 'REFUSED') throw invalid();
      if (outcome.kind === 'WRONG') throw new UserError('CODE_WRONG', 'The code is wrong, was used before, or is over: take the next one', ['input', input.code ? 'code' : 'recoveryCode'], true);
      return finish(outcome, input.deviceToken);
    },
  };
}

const invalid = (): UserError => new UserError('CHALLENGE_INVALID', 'This sign-in is over, or went on elsewhere: sign in anew', ['input', 'challenge']);

function secondFactorIn({ code, recoveryCode }: Continuation): SecondFactorProof {
  if (code && !recoveryCode) return { code };
  if (recoveryCode && !code) return { recoveryCode };
  throw new UserError('INPUT_INVALID', 'Give a code of your authenticator, or one of your recovery codes', ['input', 'code']);
}
