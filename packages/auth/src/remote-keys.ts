import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import type { Now } from '@vss/runtime';

/** Public keys that somebody else has. */
export interface RemoteKeys {
  /** The key of a token. Rejects with JWKSNoMatchingKey where there is none, with `KeysUnavailable` where none could ever be had. */
  readonly keyOf: JWTVerifyGetKey;
  /** Whether there are keys to verify with; asks for them where there are none yet. */
  hasKeys(): Promise<boolean>;
  /** Asks anew, however lately that was done, and gives the ids of the keys that there are now. Rejects with `KeysUnavailable` where they cannot be had. */
  reload(): Promise<ReadonlySet<string>>;
}

export class KeysUnavailable extends Error {}

const TIMEOUT_MS = 3_000;
/** Keys are asked for no more often than this, whatever tokens come and whatever became of it the last time. */
const SHORTEST_PAUSE_MS = 5_000;
/** After this long they are asked for again, so that a key that was taken back is not trusted for ever. */
const REFRESH_MS = 10 * 60_000;

/** Asks an address for a JSON Web Key Set. */
export function fetchKeys(url: URL): () => Promise<JSONWebKeySet> {
  return async () => {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' });
    if (!response.ok) throw new Error(`${url.href} answered ${response.status}`);
    return (await response.json()) as JSONWebKeySet;
  };
}

/**
 * Loaded when first needed and kept. A token of an unknown key has them loaded again, at most once in five seconds:
 * a new key is known at once, and made-up key ids cost its owner nothing. While the owner is away, known keys serve on.
 */
export function createRemoteKeys(loadKeys: () => Promise<JSONWebKeySet>, now: Now): RemoteKeys {
  let keys: ReturnType<typeof createLocalJWKSet> | undefined;
  let triedAt = -Infinity;
  let loadedAt = -Infinity;
  let failure: unknown;
  let loading: Promise<boolean> | undefined;

  async function load(): Promise<boolean> {
    triedAt = now().getTime();
    try {
      keys = createLocalJWKSet(await loadKeys());
      loadedAt = now().getTime();
      return true;
    } catch (error) {
      failure = error;
      return false;
    } finally {
      loading = undefined;
    }
  }

  /** Whether the keys were loaded just now; not where that was tried too lately. */
  function refresh(): Promise<boolean> {
    if (loading) return loading;
    if (now().getTime() - triedAt < SHORTEST_PAUSE_MS) return Promise.resolve(false);
    return (loading = load());
  }

  const unavailable = (): KeysUnavailable => new KeysUnavailable('The signing keys cannot be had', { cause: failure });

  return {
    async keyOf(header, token) {
      if (!keys) await refresh();
      if (!keys) throw unavailable();
      if (now().getTime() - loadedAt > REFRESH_MS) void refresh();
      try {
        return await keys(header, token);
      } catch (error) {
        if (error instanceof errors.JWKSNoMatchingKey && (await refresh())) return keys(header, token);
        throw error;
      }
    },
    async hasKeys() {
      // Whoever watches over this process asks now and then, and wants to know how it is now.
      return keys !== undefined || (await (loading ??= load()));
    },
    async reload() {
      // What is being loaded may have been read before whatever this caller was told of.
      await loading;
      if (!(await (loading ??= load())) || !keys) throw unavailable();
      return new Set(keys.jwks().keys.flatMap(({ kid }) => kid ?? []));
    },
  };
}
