import { keyIdOf, type Actor } from '@vss/auth';
import { AppError } from '@vss/runtime';
import { createBoundedCache } from '../../common/bounded-cache.js';
import { fullBucket, refill, waitFor, type Bucket } from './bucket.js';

/** What a minute holds. */
export interface Rate {
  /** Points of cost. */
  readonly points: number;
  readonly requests: number;
}

export interface RateSettings {
  /** By the name of the role; `anonymous` for who sent no token. */
  readonly roles: Readonly<Record<string, Rate>>;
  /** For every other role. */
  readonly otherwise: Rate;
}

export const DEFAULT_RATES: RateSettings = { roles: { anonymous: { points: 100_000, requests: 1_200 } }, otherwise: { points: 3_000_000, requests: 12_000 } };

/** Who shares an allowance, with what is left of it. */
export interface Account {
  readonly key: string;
  readonly rate: Rate;
  readonly points: Bucket;
  readonly requests: Bucket;
  /** What was taken here since the other gateways were last told. */
  untold: { points: number; requests: number };
}

export interface RateLimiter {
  /** Takes one request of this cost, or throws RATE_LIMITED with the time after which to come back. */
  take(actor: Actor, address: string, cost: number): void;
  /** Accounts that something was taken from since this was last called. */
  takeTouched(): Iterable<Account>;
  /** Has the account given again by `takeTouched`. */
  touch(account: Account): void;
}

/** Beyond this many the one not used for longest is forgotten: it is full again, or nearly. */
const KEPT_ACCOUNTS = 100_000;
/** A session or an API key has what its role has, all of a user's together this many times as much: one that runs wild leaves room for the others. */
const SESSIONS_OF_A_USER = 3;
/** What a full refusal is waited for at least, so that nobody comes back at once. */
const SHORTEST_WAIT_MS = 100;

export interface RateLimiterOptions {
  readonly settings: RateSettings;
  /** Whether somebody asks for what was touched. */
  readonly isShared?: boolean;
  readonly now?: () => number;
}

/** Token buckets, kept in this process: what other gateways took is brought in by `shareUsage`. */
export function createRateLimiter({ settings, isShared = false, now = Date.now }: RateLimiterOptions): RateLimiter {
  const accounts = createBoundedCache<string, Account>(KEPT_ACCOUNTS);
  // One token gives one Actor object, so most requests need no more than this.
  const ofActor = new WeakMap<Actor, readonly Account[]>();
  let touched = new Set<Account>();

  /** Bounded: while nobody can be told, accounts that are long forgotten must not stay. */
  function touch(one: Account): void {
    if (touched.size < KEPT_ACCOUNTS) touched.add(one);
  }

  function account(key: string, rate: Rate): Account {
    const known = accounts.get(key);
    // Another rate: the role is another now.
    if (known && known.rate.points === rate.points && known.rate.requests === rate.requests) return known;
    const fresh = { key, rate, points: fullBucket(rate.points, now()), requests: fullBucket(rate.requests, now()), untold: { points: 0, requests: 0 } };
    accounts.set(key, fresh);
    return fresh;
  }

  function accountsOf(actor: Actor, address: string): readonly Account[] {
    const ofRole = settings.roles[actor.role] ?? settings.otherwise;
    const rate = actor.limits ? { ...ofRole, points: Math.min(ofRole.points, actor.limits.costPerMinute) } : ofRole;
    if (actor.kind === 'anonymous') return [account(`address:${clientNetwork(address)}`, rate)];
    const known = ofActor.get(actor);
    if (known) return known;
    const together = { points: ofRole.points * SESSIONS_OF_A_USER, requests: ofRole.requests * SESSIONS_OF_A_USER };
    // Both secrets of a key that is rotated share what it has.
    const own = actor.kind === 'service' ? `key:${keyIdOf(actor.sessionId)}` : `session:${actor.sessionId}`;
    const found = [account(own, rate), account(`user:${actor.userId}`, together)];
    ofActor.set(actor, found);
    return found;
  }

  return {
    take(actor, address, cost) {
      const at = now();
      const found = accountsOf(actor, address);
      for (const one of found) assertEnough(one, cost, at);
      for (const one of found) {
        one.points.level -= cost;
        one.requests.level -= 1;
        one.untold.points += cost;
        one.untold.requests += 1;
        if (isShared) touch(one);
      }
    },
    takeTouched() {
      const taken = touched;
      touched = new Set();
      return taken;
    },
    touch,
  };
}

function assertEnough({ rate, points, requests }: Account, cost: number, at: number): void {
  refill(points, rate.points, at);
  refill(requests, rate.requests, at);
  const [waitPoints, waitRequests] = [waitFor(points, cost, rate.points), waitFor(requests, 1, rate.requests)];
  if (waitPoints === 0 && waitRequests === 0) return;
  const isCost = waitPoints >= waitRequests;
  const retryAfterMs = Math.max(waitPoints, waitRequests, SHORTEST_WAIT_MS);
  const most = isCost ? `${rate.points} points of cost` : `${rate.requests} requests`;
  throw new AppError('RATE_LIMITED', `You have used up your ${most} a minute: come back in ${Math.ceil(retryAfterMs / 1000)} s`, { limit: isCost ? 'COST' : 'REQUESTS', most: isCost ? rate.points : rate.requests, retryAfterMs });
}

/** Whoever has one IPv6 address has the 64 bits behind its network. */
export function clientNetwork(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address;
  const [before = '', after = ''] = address.split('::', 2);
  const [head, tail] = [before, after].map((part) => part.split(':').filter(Boolean)) as [string[], string[]];
  const zeros = address.includes('::') ? Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0') : [];
  return [...head, ...zeros, ...tail].slice(0, 4).join(':');
}
