import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import type { Now } from '@vss/runtime';

/** Public keys behind an address. */
export interface RemoteKeys {
  /** The key of a token. Rejects with JWKSNoMatchingKey where there is none, with `KeysUnavailable` where none could ever be fetched. */
  readonly keyOf: JWTVerifyGetKey;
  /** Whether there are keys to verify with; asks for them where there are none yet. */
  hasKeys(): Promise<boolean>;
}

export class KeysUnavailable extends Error {}

const TIMEOUT_MS = 3_000;
/** Keys are asked for no more often than this, whatever tokens come and whatever became of it the last time. */
const SHORTEST_PAUSE_MS = 5_000;
/** After this long they are asked for again, so that a key that was taken back is not trusted for ever. */
const REFRESH_MS = 10 * 60_000;

/**
 * Fetched when first needed and kept. A token of an unknown key has them fetched again, at most once in five seconds:
 * a new key is known at once, and made-up key ids cost its owner nothing. While the address is away, known keys serve on.
 */
export function createRemoteKeys(url: URL, now: Now): RemoteKeys {
  // Never by itself: neither because time has passed nor for an unknown key.
  const remote = createRemoteJWKSet(url, { timeoutDuration: TIMEOUT_MS, cacheMaxAge: Infinity, cooldownDuration: Infinity });
  let triedAt = -Infinity;
  let fetchedAt = -Infinity;
  let failure: unknown;
  let loading: Promise<boolean> | undefined;

  async function load(): Promise<boolean> {
    triedAt = now().getTime();
    try {
      await remote.reload();
      fetchedAt = now().getTime();
      return true;
    } catch (error) {
      failure = error;
      return false;
    } finally {
      loading = undefined;
    }
  }

  /** Whether the keys were fetched just now; not where that was tried too lately. */
  function refresh(): Promise<boolean> {
    if (loading) return loading;
    if (now().getTime() - triedAt < SHORTEST_PAUSE_MS) return Promise.resolve(false);
    return (loading = load());
  }

  return {
    async keyOf(header, token) {
      if (!remote.jwks()) await refresh();
      if (!remote.jwks()) throw new KeysUnavailable('The signing keys cannot be fetched', { cause: failure });
      if (now().getTime() - fetchedAt > REFRESH_MS) void refresh();
      try {
        return await remote(header, token);
      } catch (error) {
        if (error instanceof errors.JWKSNoMatchingKey && (await refresh())) return remote(header, token);
        throw error;
      }
    },
    async hasKeys() {
      // Whoever watches over this process asks now and then, and wants to know how it is now.
      return remote.jwks() !== undefined || (await (loading ??= load()));
    },
  };
}
