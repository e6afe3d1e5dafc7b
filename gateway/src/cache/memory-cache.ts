import { createBoundedCache } from '../common/bounded-cache.js';
import type { Cache } from './cache.js';

/** Characters of all keys and values together. */
const DEFAULT_CHARACTERS = 32_000_000;

interface Entry {
  readonly value: string | number;
  readonly expiresAt: number;
}

/** The cache of one process. What was not used for longest goes first. */
export function createMemoryCache({ characters = DEFAULT_CHARACTERS, now = Date.now }: { characters?: number; now?: () => number } = {}): Cache {
  const entries = createBoundedCache<string, Entry>(characters);
  const live = (key: string): Entry | undefined => {
    const entry = entries.get(key);
    if (!entry || entry.expiresAt > now()) return entry;
    entries.delete(key);
    return undefined;
  };
  const put = (key: string, value: string | number, ttlMs: number): void => entries.set(key, { value, expiresAt: now() + ttlMs }, key.length + String(value).length);
  return {
    get: async (key) => {
      const entry = live(key);
      return entry && String(entry.value);
    },
    set: async (key, value, ttlMs) => put(key, value, ttlMs),
    increment: async (key, by, ttlMs) => {
      const total = Number(live(key)?.value ?? 0) + by;
      put(key, total, ttlMs);
      return total;
    },
    delete: async (key) => entries.delete(key),
    close: async () => undefined,
  };
}
