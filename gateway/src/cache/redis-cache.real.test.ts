import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { silentLogger } from '@vss/runtime';
import { startRedis, type Redis } from '../../../tests/services/redis.js';
import { cacheContract } from '../../testing/cache-contract.js';
import type { Cache } from './cache.js';
import { createFallbackCache } from './fallback-cache.js';
import { createMemoryCache } from './memory-cache.js';
import { createRedisCache } from './redis-cache.js';

let redis: Redis;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis?.stop());

const WAIT_MS = 200;
const connected = async (): Promise<Cache> => {
  const cache = createRedisCache({ url: redis.url, logger: silentLogger, waitMs: WAIT_MS, reconnectMs: 20 });
  await vi.waitFor(() => cache.set('ready', 'yes', 60_000), { timeout: 10_000 });
  return cache;
};

cacheContract('redis', connected);

it('is one for all who use it', async () => {
  const [one, other] = await Promise.all([connected(), connected()]);
  await one.set('shared', 'by all', 60_000);
  expect(await other.get('shared')).toBe('by all');
  await Promise.all([one.increment('counter', 2, 60_000), other.increment('counter', 3, 60_000)]);
  expect(await one.increment('counter', 0, 60_000)).toBe(5);
  await Promise.all([one.close(), other.close()]);
});

describe('a Redis that goes away', () => {
  it.each([
    ['is killed', async (): Promise<void> => redis.kill(), async (): Promise<void> => redis.start()],
    ['hangs', async (): Promise<void> => void process.kill(redis.pid, 'SIGSTOP'), async (): Promise<void> => void process.kill(redis.pid, 'SIGCONT')],
  ])('and %s: no call fails, counters go on, and it is used again when it is back', async (_how, stop, start) => {
    const own = createMemoryCache();
    const cache = createFallbackCache({ shared: await connected(), own, logger: silentLogger, pauseMs: 50 });
    await cache.set('known', 'before', 60_000);
    await stop();
    expect(await cache.get('known')).toBe('before');
    await cache.set('new', 'meanwhile', 60_000);
    expect(await cache.get('new')).toBe('meanwhile');
    expect([await cache.increment('mine', 1, 60_000), await cache.increment('mine', 1, 60_000)]).toEqual([1, 2]);
    await start();
    const witness = await connected();
    await vi.waitFor(
      async () => {
        await cache.set('again', 'shared', 60_000);
        expect(await witness.get('again')).toBe('shared');
      },
      { timeout: 10_000 },
    );
    expect(await cache.get('new')).toBe('meanwhile');
    await Promise.all([cache.close(), witness.close()]);
  });

  it('rejects within its bound, and closes', async () => {
    const cache = await connected();
    process.kill(redis.pid, 'SIGSTOP');
    await expect(cache.get('anything')).rejects.toThrow(`within ${WAIT_MS} ms`);
    await cache.close();
    process.kill(redis.pid, 'SIGCONT');
  });
});
