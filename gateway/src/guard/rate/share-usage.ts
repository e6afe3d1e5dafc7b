import { messageOf, type Logger } from '@vss/runtime';
import type { Cache } from '../../cache/cache.js';
import { MINUTE_MS, refill, type Bucket } from './bucket.js';
import type { Account, RateLimiter } from './rate-limiter.js';

/** What an account's bucket was when the gateways last compared notes. */
interface Compared {
  level: number;
  at: number;
  /** What all gateways together had taken by then. */
  total: number;
}

export interface UsageSharing {
  /** Tells what was taken here, and takes away what was taken elsewhere. Never rejects. */
  sync(): Promise<void>;
  close(): void;
}

const EVERY_MS = 250;
/** A counter that nobody adds to is forgotten after this long: whoever used it has a full bucket again. */
const KEPT_MS = 2 * MINUTE_MS;

/**
 * Gateways that share a cache share allowances. A request never waits for that: each gateway takes from its own bucket,
 * and a few times a second they tell each other by counters that only grow. So of N gateways each may let in one full
 * bucket before it hears of the others; what was let in beyond the allowance is then owed, and nothing is let in until
 * it is paid. Over time nobody gets more than N buckets and what flows in. While the cache is away each counts alone.
 */
export function shareUsage({ limiter, cache, logger, everyMs = EVERY_MS, now = Date.now }: { limiter: RateLimiter; cache: Cache; logger: Logger; everyMs?: number; now?: () => number }): UsageSharing {
  const compared = new WeakMap<Bucket, Compared>();
  let syncing: Promise<void> | undefined;

  async function share(account: Account, kind: 'points' | 'requests'): Promise<void> {
    const bucket = account[kind];
    const perMinute = account.rate[kind];
    const own = account.untold[kind];
    account.untold[kind] = 0;
    const at = now();
    refill(bucket, perMinute, at);
    const { level } = bucket;
    try {
      const total = await cache.increment(`rate:${kind}:${account.key}`, own, KEPT_MS);
      const before = compared.get(bucket);
      // A total that shrank is that of a new counter.
      const elsewhere = before && total >= before.total ? Math.max(0, total - before.total - own) : 0;
      const owed = before ? level - levelIf(before, elsewhere, own, at, perMinute) : 0;
      bucket.level -= Math.max(0, owed);
      compared.set(bucket, { level: level - Math.max(0, owed), at, total });
    } catch (error) {
      account.untold[kind] += own;
      limiter.touch(account);
      throw error;
    }
  }

  const shareAccount = (account: Account): Promise<unknown> => Promise.all([share(account, 'points'), share(account, 'requests')]);

  async function shareAll(): Promise<void> {
    const [first, ...others] = limiter.takeTouched();
    if (!first) return;
    try {
      // The first one shows whether the cache is there: it is not worth a hundred thousand failures to find out.
      await shareAccount(first);
    } catch (error) {
      for (const account of others) limiter.touch(account);
      return logger.debug({ err: error }, `Usage could not be shared: ${messageOf(error)}`);
    }
    await Promise.allSettled(others.map(shareAccount));
  }

  const sync = (): Promise<void> => (syncing ??= shareAll().finally(() => (syncing = undefined)));
  const timer = setInterval(() => void sync(), everyMs);
  timer.unref();
  return { sync, close: () => clearInterval(timer) };
}

/** Where the bucket would be, had everything been taken from it since then that was taken here and elsewhere. */
function levelIf({ level, at }: Compared, elsewhere: number, own: number, now: number, perMinute: number): number {
  return Math.min(perMinute, level - elsewhere + ((now - at) * perMinute) / MINUTE_MS) - own;
}
