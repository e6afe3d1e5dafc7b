import { expect, it } from 'vitest';
import { silentLogger } from '@vss/runtime';
import { aUser } from '../../../testing/serve.js';
import type { Cache } from '../../cache/cache.js';
import { createMemoryCache } from '../../cache/memory-cache.js';
import { createRateLimiter } from './rate-limiter.js';
import { shareUsage } from './share-usage.js';

const A_MINUTE = 600;
const actor = aUser();
const NEVER_MS = 2_000_000;

/** Gateways that share a cache and a clock, as far as allowances go. */
function gateways(count: number, cache: Cache, clock: { ms: number }) {
  const now = (): number => clock.ms;
  return Array.from({ length: count }, () => {
    const limiter = createRateLimiter({ settings: { roles: {}, otherwise: { points: 1e9, requests: A_MINUTE } }, isShared: true, now });
    const sharing = shareUsage({ limiter, cache, logger: silentLogger, everyMs: NEVER_MS, now });
    const admits = (): boolean => {
      try {
        limiter.take(actor, '', 1);
        return true;
      } catch {
        return false;
      }
    };
    const admitted = (): number => {
      for (let taken = 0; ; taken++) if (!admits()) return taken;
    };
    return { admits, admitted, sync: () => sharing.sync(), close: () => sharing.close() };
  });
}

type Peers = ReturnType<typeof gateways>;

async function withGateways(count: number, work: (peers: { one: Peers[number]; other: Peers[number]; all: Peers }, clock: { ms: number }) => Promise<void>, cache?: Cache): Promise<void> {
  const clock = { ms: 0 };
  const all = gateways(count, cache ?? createMemoryCache({ now: () => clock.ms }), clock);
  const [one, other] = all;
  if (!one || !other) throw new Error('Two at least');
  try {
    await work({ one, other, all }, clock);
  } finally {
    for (const one of all) one.close();
  }
}

it('what one gateway lets in is missing at the other', () =>
  withGateways(2, async ({ one, other }, clock) => {
    for (const each of [one, other]) {
      each.admits();
      await each.sync();
    }
    for (let i = 0; i < 500; i++) one.admits();
    await one.sync();
    other.admits();
    await other.sync();
    expect(other.admitted()).toBe(A_MINUTE - 500 - 2);
    clock.ms += 1_000;
    expect(other.admitted()).toBe(A_MINUTE / 60);
  }));

it('of N gateways each lets in at most one bucket more, whatever the client does, and over time only what flows in', () =>
  withGateways(3, async ({ all }, clock) => {
    const minutes = 20;
    let admitted = 0;
    // The greediest client there is: everything that any gateway gives, at every moment.
    for (; clock.ms < minutes * 60_000; clock.ms += 250) {
      for (const one of all) admitted += one.admitted();
      await Promise.all(all.map((one) => one.sync()));
    }
    expect(admitted).toBeLessThanOrEqual(all.length * A_MINUTE + minutes * A_MINUTE);
    expect(admitted).toBeGreaterThanOrEqual(minutes * A_MINUTE);
  }));

it('who changes gateways now and then is not charged for what he has long been given back', () =>
  withGateways(2, async ({ one, other }, clock) => {
    other.admits();
    await other.sync();
    // Half of what flows in, at one gateway, for ten minutes.
    for (let second = 0; second < 600; second++) {
      clock.ms += 1_000;
      for (let i = 0; i < A_MINUTE / 120; i++) expect(one.admits()).toBe(true);
      await one.sync();
    }
    other.admits();
    await other.sync();
    expect(other.admitted()).toBeGreaterThan(A_MINUTE - 10);
  }));

it('while the cache is away each counts alone, and nothing is forgotten', async () => {
  const memory = createMemoryCache();
  let isAway = true;
  const cache: Cache = { ...memory, increment: (...given) => (isAway ? Promise.reject(new Error('away')) : memory.increment(...given)) };
  await withGateways(
    2,
    async ({ one, other }) => {
      for (const each of [one, other]) {
        isAway = false;
        each.admits();
        await each.sync();
        isAway = true;
      }
      for (let i = 0; i < 400; i++) one.admits();
      await one.sync();
      expect(one.admitted()).toBe(A_MINUTE - 401);
      isAway = false;
      await one.sync();
      other.admits();
      await other.sync();
      expect(other.admits()).toBe(false);
    },
    cache,
  );
});
