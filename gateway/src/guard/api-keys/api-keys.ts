import { isDeepStrictEqual } from 'node:util';
import { apiKeyHash, isApiKey, looksLikeApiKey, type Actor, type TokenVerifier } from '@vss/auth';
import { createBoundedCache } from '../../common/bounded-cache.js';
import type { Session } from '../authenticate.js';
import type { AskPass } from './ask-pass.js';
import { createRefusals, keyRefused } from './refusals.js';

/** Who is here by an API key. */
export interface ApiKeys {
  /** The session of a key. Throws UNAUTHENTICATED where it opens nothing. */
  enter(key: string, address: string): Promise<Session>;
  /** The same at once, where identity was asked lately. */
  peek(key: string, address: string): Session | undefined;
  /** What is known of this session counts no more: identity is asked before it is used again. */
  forget(sessionId: string): void;
}

/** An answer counts for so long. */
const KEPT_MS = 60_000;
/** A key in use is asked about behind the requests after so long, so that none of them waits. */
const RENEW_MS = 40_000;
const KEPT_KEYS = 10_000;
const KEPT_CHANGES = 100_000;
/** News that come while identity is asked have it asked again; not for ever. */
const MOST_TRIES = 3;

interface Entry {
  readonly session: Session;
  readonly askedAt: number;
  /** When the token ends by which identity told of it. */
  readonly until: number;
  /** How many news had come when it was asked. */
  readonly news: number;
}

const KEY = /^bearer +(\S+)$/i;

/** The key in an Authorization header, if there is one. */
export function keyIn(authorization: string): string | undefined {
  const token = KEY.exec(authorization.trim())?.[1];
  return token !== undefined && looksLikeApiKey(token) ? token : undefined;
}

/**
 * Identity tells what a key opens by an access token, which is verified like any other. Keys are kept by their hash, so
 * that a copy of this process's memory holds few of them.
 */
export function createApiKeys({ ask, verifier, now = Date.now }: { ask: AskPass; verifier: Pick<TokenVerifier, 'verify'>; now?: () => number }): ApiKeys {
  const entries = createBoundedCache<string, Entry>(KEPT_KEYS);
  const changes = createBoundedCache<string, number>(KEPT_CHANGES);
  const underWay = new Map<string, Promise<Session>>();
  const refusals = createRefusals({ now });
  let news = 0;

  const isCurrent = ({ session, news: known }: Entry): boolean => known >= (changes.get(session.actor.sessionId) ?? 0);
  const holds = (entry: Entry): boolean => isCurrent(entry) && now() - entry.askedAt < KEPT_MS && entry.until > now();

  function renewed(hash: string, key: string, address: string): Promise<Session> {
    const known = underWay.get(hash);
    if (known) return known;
    const asked = askUntilCurrent(hash, key, address).finally(() => underWay.delete(hash));
    underWay.set(hash, asked);
    return asked;
  }

  async function askUntilCurrent(hash: string, key: string, address: string): Promise<Session> {
    for (let tries = 1; ; tries++) {
      const entry = await askOnce(hash, key, address);
      if (tries === MOST_TRIES || isCurrent(entry)) return entry.session;
    }
  }

  async function askOnce(hash: string, key: string, address: string): Promise<Entry> {
    const [askedAt, known] = [now(), news];
    const given = await ask(key, address);
    if ('refusal' in given) {
      entries.delete(hash);
      refusals.note(hash, address, given.refusal);
      throw keyRefused(given.refusal);
    }
    const { actor, issuedAt, expiresAt } = await verifier.verify(given.accessToken);
    // Its key vouches for the moment alone: from then on it is identity that does, and its news.
    const entry = { session: { actor: sameOrNew(entries.get(hash)?.session.actor, actor), issuedAt, expiresAt: given.endsAt }, askedAt, until: expiresAt.getTime(), news: known };
    entries.set(hash, entry);
    return entry;
  }

  return {
    peek(key, address) {
      const hash = apiKeyHash(key);
      const entry = entries.get(hash);
      if (!entry || !holds(entry)) return undefined;
      // What it comes to the next request finds out.
      if (now() - entry.askedAt >= RENEW_MS) renewed(hash, key, address).catch(() => undefined);
      return entry.session;
    },
    async enter(key, address) {
      if (!isApiKey(key)) throw keyRefused('MALFORMED');
      const hash = apiKeyHash(key);
      // Who had a good key is not kept out for the wrong ones of his neighbours.
      if (!entries.get(hash)) refusals.assertMayAsk(hash, address);
      return renewed(hash, key, address);
    },
    forget: (sessionId) => changes.set(sessionId, ++news),
  };
}

/** Equal ones stay one object, which other caches hang on. */
const sameOrNew = (known: Actor | undefined, actor: Actor): Actor => (known && isDeepStrictEqual(known, actor) ? known : actor);

/** Where nobody knows of keys. */
export const noApiKeys: ApiKeys = { enter: () => Promise.reject(keyRefused('UNKNOWN')), peek: () => undefined, forget: () => undefined };
