import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Cache } from '../src/cache/cache.js';

const LONG_MS = 60_000;

/** What every cache does, whatever keeps it. */
export function cacheContract(name: string, open: () => Promise<Cache> | Cache): void {
  describe(`cache: ${name}`, () => {
    let cache: Cache;
    beforeAll(async () => {
      cache = await open();
    });
    afterAll(() => cache.close());
    const aKey = (): string => `key ${randomUUID()}`;

    it('gives what was set last, and nothing before that', async () => {
      const key = aKey();
      expect(await cache.get(key)).toBeUndefined();
      await cache.set(key, 'first', LONG_MS);
      await cache.set(key, 'second', LONG_MS);
      expect(await cache.get(key)).toBe('second');
      expect(await cache.get(aKey())).toBeUndefined();
    });

    it('keeps any text as it is', async () => {
      const key = aKey();
      for (const text of ['', 'ключ ☎ \u{1f4de}', '{"a":"\\u0000"}\r\n\0', 'x'.repeat(200_000)]) {
        await cache.set(key, text, LONG_MS);
        expect(await cache.get(key)).toBe(text);
      }
    });

    it('forgets a text when its time is over', async () => {
      const [brief, lasting] = [aKey(), aKey()];
      await cache.set(brief, 'gone soon', 40);
      await cache.set(lasting, 'stays', 40);
      await cache.set(lasting, 'stays', LONG_MS);
      await vi.waitFor(async () => expect(await cache.get(brief)).toBeUndefined());
      expect(await cache.get(lasting)).toBe('stays');
    });

    it('forgets what is deleted', async () => {
      const key = aKey();
      await cache.set(key, 'a', LONG_MS);
      await cache.delete(key);
      await cache.delete(key);
      expect(await cache.get(key)).toBeUndefined();
    });

    it('counts, for all who count at once', async () => {
      const key = aKey();
      expect(await cache.increment(key, 5, LONG_MS)).toBe(5);
      const totals = await Promise.all(Array.from({ length: 100 }, () => cache.increment(key, 2, LONG_MS)));
      expect(new Set(totals).size).toBe(100);
      expect(await cache.increment(key, -5, LONG_MS)).toBe(200);
    });

    it('begins to count anew when a counter’s time is over, which each addition puts off', async () => {
      const key = aKey();
      await cache.increment(key, 1, 40);
      await cache.increment(key, 1, LONG_MS);
      const brief = aKey();
      await cache.increment(brief, 7, 40);
      await vi.waitFor(async () => expect(await cache.get(brief)).toBeUndefined());
      expect([await cache.increment(brief, 1, LONG_MS), await cache.increment(key, 1, LONG_MS)]).toEqual([1, 3]);
    });
  });
}
