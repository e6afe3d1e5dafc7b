import type { EntityManager } from '@vss/db';
import { SignInRefused, type Outbox } from '@vss/events';
import { type Now, systemNow, UserError } from '@vss/runtime';
import { AuditAction, AuditOutcome, type AuditService } from '../audit/index.js';
import type { PasswordHasher } from '../passwords/index.js';
import type { Client, IssuedTokens, SessionService, SignInChallenge } from '../sessions/index.js';
import { canonicalUsername, isUsername, User, UserState } from '../users/index.js';
import type { Decoys } from './decoys.js';
import type { DeviceTokens } from './device-tokens.js';
import { credentialOf, type Entrance, type Entry } from './entrance.js';
import type { Guess, Guesses } from './guesses.js';
import { sourceOf } from './source.rules.js';

interface Deps {
  /** An EntityManager over all centers: who is not signed in yet has none. */
  readonly openEm: () => EntityManager;
  readonly outbox: Outbox;
  readonly audit: AuditService;
  readonly passwords: PasswordHasher;
  readonly decoys: Decoys;
  readonly guesses: Guesses;
  readonly devices: DeviceTokens;
  readonly entrance: Entrance;
  readonly sessions: Pick<SessionService, 'issue'>;
  readonly now?: Now;
}

export interface PasswordSignIn {
  readonly username: string;
  readonly password: string;
  /** What an earlier sign-in on this device was given. */
  readonly deviceToken?: string | null;
}

/** Who signed in, or what is still asked of him. */
export type SignedIn = { readonly tokens: IssuedTokens; readonly deviceToken: string } | { readonly challenge: SignInChallenge };

/** The session that began, or the challenge; or the seconds to wait. */
type Outcome = Entry | { readonly kind: 'BLOCKED'; readonly seconds: number };

const NOT_A_NAME = '(not a user name)';

export type SignInService = ReturnType<typeof createSignInService>;

/** Signing in with name and password. What stands afterwards is a session. */
export function createSignInService({ openEm, outbox, audit, passwords, decoys, guesses, devices, entrance, sessions, now = systemNow }: Deps) {
  async function admit(tx: EntityManager, known: User, renewedHash: string | undefined, guess: Guess, client: Client): Promise<Outcome> {
    const seconds = await guesses.secondsToWait(tx, guess);
    if (seconds > 0) return { kind: 'BLOCKED', seconds };
    const entry = await entrance.admit(tx, known.id, { way: 'PASSWORD', credential: credentialOf(known), renewedHash }, client);
    if (entry.kind === 'REFUSED') return entry.reason === 'PASSWORD_CHANGED' ? entry : refuse(tx, known, known.username, guess, client, entry.reason);
    await guesses.forget(tx, guess);
    return entry;
  }

  async function refuse(tx: EntityManager, user: User | null, username: string, guess: Guess, client: Client, reason: 'WRONG_CREDENTIALS' | 'DEACTIVATED'): Promise<Outcome> {
    const seconds = await guesses.wrong(tx, guess);
    if (seconds > 0) return { kind: 'BLOCKED', seconds };
    const centerId = user?.centerId ?? null;
    audit.record(tx, { action: AuditAction.SIGN_IN_REFUSED, outcome: AuditOutcome.REFUSED, centerId, actorId: user?.id ?? null, target: user?.id ?? username, detail: { reason }, at: now() }, client);
    const refused = { username, reason, ...(user ? { userId: user.id } : {}) };
    await outbox.add(tx, SignInRefused, refused, { centerId, traceId: client.traceId, actor: user?.id ?? 'anonymous' });
    return { kind: 'REFUSED', reason };
  }

  /** A device that its user signed in on before counts for itself; any other one with its address. */
  function guessAt(username: string, user: User | null, { deviceToken }: PasswordSignIn, client: Client): Guess {
    const device = user && deviceToken ? devices.deviceOf(deviceToken, user.id) : undefined;
    const subject = `password ${username}`;
    return device ? { subject, source: `device ${device}`, isOwn: true } : { subject, source: sourceOf(client.address) };
  }

  async function attempt(em: EntityManager, username: string, input: PasswordSignIn, client: Client): Promise<Outcome> {
    const user = await em.findOne(User, { username }, { refresh: true });
    const guess = guessAt(username, user, input, client);
    await guesses.assertMay(em, guess);
    // Also for an unknown name, and also for a deactivated user: the time that an answer takes tells nothing.
    const decoy = await decoys.hashFor(username);
    const passwordHash = user?.passwordHash ?? decoy;
    const fits = (await passwords.fits(input.password, passwordHash, guess.source)) && Boolean(user?.passwordHash);
    const renewed = fits && passwords.isOutdated(passwordHash) ? await passwords.hash(input.password, guess.source) : undefined;
    const reason = user?.state === UserState.DEACTIVATED ? 'DEACTIVATED' : 'WRONG_CREDENTIALS';
    return em.transactional((tx) => (user && fits ? admit(tx, user, renewed, guess, client) : refuse(tx, user, username, guess, client, reason)));
  }

  /** Signs the tokens of who was let in, behind the commit. */
  async function finish(outcome: Outcome, deviceToken?: string | null): Promise<SignedIn> {
    if (outcome.kind === 'BLOCKED') guesses.assertNoWait(outcome.seconds);
    if (outcome.kind === 'CHALLENGED') return { challenge: outcome.challenge };
    if (outcome.kind !== 'GRANTED') throw new UserError('INVALID_CREDENTIALS', 'The user name or the password is wrong');
    const { id } = outcome.granted.user;
    const isKnown = deviceToken ? devices.deviceOf(deviceToken, id) !== undefined : false;
    return { tokens: await sessions.issue(outcome.granted), deviceToken: isKnown && deviceToken ? deviceToken : devices.issue(id) };
  }

  return {
    /** Throws INVALID_CREDENTIALS whatever was wrong, and RATE_LIMITED after too many wrong passwords. */
    async signIn(input: PasswordSignIn, client: Client): Promise<SignedIn> {
      const em = openEm();
      // What cannot be a name is perhaps a password in the wrong field: it is not kept.
      const username = isUsername(input.username) ? canonicalUsername(input.username) : NOT_A_NAME;
      const outcome = await attempt(em, username, input, client);
      // Beside this sign-in another one replaced an outdated hash, or the password was changed.
      const isStale = outcome.kind === 'REFUSED' && outcome.reason === 'PASSWORD_CHANGED';
      return finish(isStale ? await attempt(em, username, input, client) : outcome, input.deviceToken);
    },

    finish,
  };
}
