import { anonymousActor, type Actor, type TokenVerifier } from '@vss/auth';
import { AppError, systemNow, type Now } from '@vss/runtime';
import { createBoundedCache } from '../common/bounded-cache.js';
import { keyIn, noApiKeys, type ApiKeys } from './api-keys/api-keys.js';
import { createChangedRights, type RightsChange } from './changed-rights.js';

/** Who is at the other end, and until when we know it. */
export interface Session {
  readonly actor: Actor;
  readonly expiresAt: Date | undefined;
  /** When what is said of the actor was so. */
  readonly issuedAt?: Date | undefined;
  /** Id of the key that vouches for it. */
  readonly keyId?: string | undefined;
}

export interface Authenticator {
  /** From an Authorization header's value, and the client's address. Without a value: the anonymous actor. A bad one is UNAUTHENTICATED, never anonymous. */
  authenticate(authorization: string | undefined, address: string): Promise<Session>;
  /** The same at once, where it is known already and still holds. */
  peek(authorization: string | undefined, address: string): Session | undefined;
  /** Whether each session that ends from now on is heard of, by `endSession`. */
  hearsNews(isHeard: boolean): void;
  /** Whom to ask of sessions that may have ended unheard: rejects where nobody can tell. */
  askOf(confirm: (actor: Actor) => Promise<void>): void;
  /** From now on the session's tokens are refused, although they have not expired. */
  endSession(sessionId: string): void;
  /** From now on tokens that were signed with these keys are refused. */
  revokeKeys(keyIds: Iterable<string>): void;
  /** Asks for the keys that there are; gives those that vouched for somebody here and are gone. Rejects where the keys cannot be had. */
  findGoneKeys(): Promise<ReadonlySet<string>>;
  /** From now on tokens that were issued before give these rights instead of their own. */
  changeRights(change: RightsChange): void;
}

const KEPT_TOKENS = 10_000;
// A token outlives its session by ten minutes at most. Many more sessions than this would have to end within them.
const KEPT_ENDED = 100_000;
export const anonymous: Session = { actor: anonymousActor, expiresAt: undefined };

/** While nothing is heard, a session that identity has just confirmed is taken to stand for so long. */
const CONFIRMED_FOR_MS = 1_000;
/** How far identity's clock, by which tokens are dated, may be from ours. */
const CLOCK_SKEW_MS = 60_000;

/** A token's session, with the last moment at which it is known to have stood. */
interface Known extends Session {
  readonly expiresAt: Date;
  readonly keyId: string;
  readonly stoodAt: number;
}

/** Verified headers are kept until they expire: equal ones give the same Actor object, which other caches hang on. */
export function createAuthenticator({ verifier, apiKeys = noApiKeys, now = systemNow }: { verifier: TokenVerifier; apiKeys?: ApiKeys; now?: Now }): Authenticator {
  const sessions = createBoundedCache<string, Known>(KEPT_TOKENS);
  const ended = createBoundedCache<string, true>(KEPT_ENDED);
  // Of keys that were real, and these are few.
  const [vouching, revoked] = [new Set<string>(), new Set<string>()];
  const changed = createChangedRights();
  // Since when the end of every session is heard of; undefined while it is not.
  let hearsSince: number | undefined = -Infinity;
  // Of the sessions of API keys, which are kept elsewhere.
  const keysStoodAt = new WeakMap<Session, number>();
  let confirm = (_actor: Actor): Promise<void> => Promise.resolve();

  /** Whether the end of a session that stood then would have been heard of. */
  const isSure = (stoodAt: number): boolean => stoodAt >= (hearsSince ?? now().getTime() - CONFIRMED_FOR_MS);

  /** When the session is known to have stood, after asking where that is too long ago. */
  async function standingOf({ actor, issuedAt }: Session): Promise<number> {
    const stoodAt = issuedAt ? issuedAt.getTime() - CLOCK_SKEW_MS : -Infinity;
    if (isSure(stoodAt)) return stoodAt;
    const askedAt = now().getTime();
    await confirm(actor);
    return askedAt;
  }

  const hasEnded = ({ actor }: Session): boolean => ended.get(actor.sessionId) === true;

  function peek(authorization: string | undefined, address: string): Session | undefined {
    if (authorization === undefined || authorization === '') return anonymous;
    const known = sessions.get(authorization);
    if (!known) return peekKey(authorization, address);
    return known.expiresAt > now() && !hasEnded(known) && !revoked.has(known.keyId) && isSure(known.stoodAt) && changed.actorOf(known) === known.actor ? known : undefined;
  }

  async function byToken(authorization: string): Promise<Session> {
    const token = /^bearer +(\S+)$/i.exec(authorization.trim())?.[1];
    if (!token) throw new AppError('UNAUTHENTICATED', 'The Authorization header must be `Bearer` and an access token', { reason: 'TOKEN_INVALID' });
    sessions.delete(authorization);
    const verified = await verifier.verify(token);
    if (revoked.has(verified.keyId)) throw keyRevoked();
    vouching.add(verified.keyId);
    if (hasEnded(verified)) throw sessionEnded();
    const stoodAt = await standingOf(verified);
    // What was asked may have told it.
    if (hasEnded(verified)) throw sessionEnded();
    const session = { ...verified, actor: changed.actorOf(verified), stoodAt };
    sessions.set(authorization, session);
    return session;
  }

  async function byKey(key: string, address: string): Promise<Session> {
    const session = await apiKeys.enter(key, address);
    if (!isSure(keysStoodAt.get(session) ?? -Infinity)) keysStoodAt.set(session, await standingOf(session));
    if (hasEnded(session)) throw sessionEnded();
    return session;
  }

  function peekKey(authorization: string, address: string): Session | undefined {
    const key = keyIn(authorization);
    const session = key === undefined ? undefined : apiKeys.peek(key, address);
    return session && !hasEnded(session) && isSure(keysStoodAt.get(session) ?? -Infinity) ? session : undefined;
  }

  return {
    peek,
    async authenticate(authorization, address) {
      const known = peek(authorization, address);
      if (known) return known;
      const key = keyIn(authorization ?? '');
      return key === undefined ? byToken(authorization ?? '') : byKey(key, address);
    },
    hearsNews(isHeard) {
      hearsSince = isHeard ? now().getTime() : undefined;
    },
    askOf(asked) {
      confirm = asked;
    },
    endSession: (sessionId) => ended.set(sessionId, true),
    revokeKeys(keyIds) {
      for (const keyId of keyIds) revoked.add(keyId);
    },
    async findGoneKeys() {
      const known = await verifier.reload();
      return new Set([...vouching].filter((keyId) => !known.has(keyId) && !revoked.has(keyId)));
    },
    changeRights(change) {
      if (change.sessionId === undefined) changed.take(change, now());
      else apiKeys.forget(change.sessionId);
    },
  };
}

export const sessionEnded = (): AppError => new AppError('UNAUTHENTICATED', 'The session has ended: sign in again', { reason: 'SESSION_ENDED' });

export const keyRevoked = (): AppError => new AppError('UNAUTHENTICATED', 'The access token was signed with a key that is not trusted any more: refresh the session', { reason: 'TOKEN_EXPIRED' });

/** For a foreign supergraph on the loopback address: nobody is asked who he is. */
export const noAuthentication: Authenticator = {
  peek: () => anonymous,
  authenticate: () => Promise.resolve(anonymous),
  hearsNews: () => undefined,
  askOf: () => undefined,
  endSession: () => undefined,
  revokeKeys: () => undefined,
  findGoneKeys: () => Promise.resolve(new Set()),
  changeRights: () => undefined,
};
