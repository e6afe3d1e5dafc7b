import { createHash, randomBytes } from 'node:crypto';
import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@vss/db';
import { type Now, systemNow } from '@vss/runtime';
import type { SecondFactorService } from '../second-factor/index.js';
import { ChallengeKind, type Client, type Granted, type SessionService, type SignInChallenge } from '../sessions/index.js';
import { mayEnter, User, UserKind } from '../users/index.js';
import { Challenge, type Way } from './challenge.entity.js';

const CHALLENGE_SECONDS = 600;

/** What somebody has shown, in the transaction that acts on it. */
export interface Proof {
  readonly way: Way;
  /** Of the password that he gave: see `credentialOf`. With another one since, the proof is worth nothing. */
  readonly credential?: string;
  /** A better hash of that password, in place of one that is outdated: the password is at hand only now. */
  readonly renewedHash?: string | undefined;
  /** Whether a second factor was shown, here or, where that is trusted, to his identity provider. */
  readonly secondFactor?: boolean;
}

/** PASSWORD_CHANGED: since his password was checked; it may be worth checking again. */
export type RefusedBecause = 'WRONG_CREDENTIALS' | 'DEACTIVATED' | 'PASSWORD_CHANGED';

export type Entry =
  | { readonly kind: 'GRANTED'; readonly granted: Granted }
  | { readonly kind: 'CHALLENGED'; readonly challenge: SignInChallenge }
  | { readonly kind: 'REFUSED'; readonly reason: RefusedBecause };

export type Entrance = ReturnType<typeof createEntrance>;

interface Deps {
  readonly sessions: Pick<SessionService, 'open'>;
  readonly secondFactor: Pick<SecondFactorService, 'isOn'>;
  readonly now?: Now;
}

/**
 * The one gate. Whatever way somebody comes (password, invitation, identity provider), here it is decided whether he
 * may, what he has to show besides, and only here a session begins.
 */
export function createEntrance({ sessions, secondFactor, now = systemNow }: Deps) {
  function challenge(tx: EntityManager, user: User, kind: ChallengeKind, { way, secondFactor: shown = false }: Proof): Entry {
    const at = now();
    const token = randomBytes(32).toString('base64url');
    const expiresAt = new Date(at.getTime() + CHALLENGE_SECONDS * 1000);
    tx.persist(tx.create(Challenge, { tokenHash: challengeHash(token), userId: user.id, kind, way, secondFactor: shown, credential: credentialOf(user), createdAt: at, expiresAt }));
    return { kind: 'CHALLENGED', challenge: { kind, token, expiresAt } };
  }

  return {
    /** Lets a user in, or says what is missing or why not. Changes of the user wait until the transaction ends. */
    async admit(tx: EntityManager, userId: string, proof: Proof, client: Client): Promise<Entry> {
      const user = await tx.findOne(User, { id: userId }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
      if (!user || user.kind !== UserKind.PERSON) return { kind: 'REFUSED', reason: 'WRONG_CREDENTIALS' };
      if (!mayEnter(user)) return { kind: 'REFUSED', reason: 'DEACTIVATED' };
      if (proof.credential !== undefined && proof.credential !== credentialOf(user)) return { kind: 'REFUSED', reason: 'PASSWORD_CHANGED' };
      if (proof.renewedHash) user.passwordHash = proof.renewedHash;
      // Before the password is changed: who only knows what somebody else has chosen must not be able to take it over.
      if (!proof.secondFactor && (await secondFactor.isOn(tx, user.id))) return challenge(tx, user, ChallengeKind.SECOND_FACTOR, proof);
      if (user.mustChangePassword && proof.way === 'PASSWORD') return challenge(tx, user, ChallengeKind.PASSWORD_CHANGE, proof);
      user.lastLoginAt = now();
      return { kind: 'GRANTED', granted: await sessions.open(tx, user, client, { way: proof.way, secondFactor: proof.secondFactor ?? false }) };
    },
  };
}

/** A challenge's token has 256 bits of its own, so a fast hash is enough. */
export const challengeHash = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** Stands for a user's password as it is now, and tells nothing of it: another password, another value. */
export const credentialOf = ({ passwordHash }: Pick<User, 'passwordHash'>): string => createHash('sha256').update(passwordHash ?? '').digest('base64url');
