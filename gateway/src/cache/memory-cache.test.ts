import { expect, it } from 'vitest';
import { silentLogger } from '@vss/runtime';
import { cacheContract } from '../../testing/cache-contract.js';
import type { Cache } from './cache.js';
import { createFallbackCache } from './fallback-cache.js';
import { createMemoryCache } from './memory-cache.js';

const never = (): Promise<never> => Promise.reject(new Error('away'));
const away: Cache = { get: never, set: never, increment: never, delete: never, close: async () => undefined };

cacheContract('memory', () => createMemoryCache());
cacheContract('fallback to memory', () => createFallbackCache({ shared: away, own: createMemoryCache(), logger: silentLogger }));
cacheContract('fallback that is not needed', () => createFallbackCache({ shared: createMemoryCache(), own: createMemoryCache(), logger: silentLogger }));

it('keeps no more than it may, and what was used last', async () => {
  const cache = createMemoryCache({ characters: 100 });
  for (const key of ['a', 'b', 'c']) {
    await cache.set(key, 'x'.repeat(40), 1_000);
    await cache.get('a');
  }
  expect([await cache.get('a'), await cache.get('b')]).toEqual(['x'.repeat(40), undefined]);
  await cache.set('d', 'x'.repeat(101), 1_000);
  expect(await cache.get('d')).toBeUndefined();
});

it('after a failure asks the shared cache again only when the pause is over', async () => {
  const clock = { ms: 0 };
  let asked = 0;
  const shared: Cache = { ...away, get: () => (++asked, never()) };
  const cache = createFallbackCache({ shared, own: createMemoryCache(), logger: silentLogger, pauseMs: 100, now: () => clock.ms });
  for (let i = 0; i < 5; i++) await cache.get('a');
  expect(asked).toBe(1);
  clock.ms = 100;
  for (let i = 0; i < 5; i++) await cache.get('a');
  expect(asked).toBe(2);
});
