import { messageOf, type Logger } from '@vss/runtime';
import type { Cache } from './cache.js';

/** After a failure the shared cache is left alone for this long. */
const PAUSE_MS = 1_000;

/**
 * The shared cache, and this process's own while that one is away: no call rejects, none waits for it longer than its
 * own bound, and after a failure none waits at all until the pause is over.
 */
export function createFallbackCache({ shared, own, logger, pauseMs = PAUSE_MS, now = Date.now }: { shared: Cache; own: Cache; logger: Logger; pauseMs?: number; now?: () => number }): Cache {
  let closedUntil = 0;

  async function tried<T>(call: () => Promise<T>, otherwise: () => Promise<T>): Promise<T> {
    if (now() < closedUntil) return otherwise();
    try {
      return await call();
    } catch (error) {
      closedUntil = now() + pauseMs;
      logger.debug({ err: error }, `The shared cache is left alone for ${pauseMs} ms: ${messageOf(error)}`);
      return otherwise();
    }
  }

  return {
    // What was kept here while the shared one was away is not there.
    get: async (key) => (await tried(() => shared.get(key), async () => undefined)) ?? own.get(key),
    async set(key, value, ttlMs) {
      await own.set(key, value, ttlMs);
      await tried(() => shared.set(key, value, ttlMs), async () => undefined);
    },
    increment: (key, by, ttlMs) => tried(() => shared.increment(key, by, ttlMs), () => own.increment(key, by, ttlMs)),
    async delete(key) {
      await own.delete(key);
      await tried(() => shared.delete(key), async () => undefined);
    },
    async close() {
      await Promise.allSettled([shared.close(), own.close()]);
    },
  };
}
