import { createClient } from '@redis/client';
import { messageOf, type Logger } from '@vss/runtime';
import type { Cache } from './cache.js';

export interface RedisCacheOptions {
  /** `redis://:password@host:6379/0`, or `rediss://` with TLS. */
  readonly url: string;
  readonly logger: Logger;
  /** How long one answer is waited for. */
  readonly waitMs?: number;
  /** How long after a lost connection the next one is tried. */
  readonly reconnectMs?: number;
}

/** What is ours in a Redis that others may use too. */
const PREFIX = 'vss:gateway:';
const WAIT_MS = 100;
const RECONNECT_MS = 500;
const CONNECT_MS = 2_000;
/** Commands that wait for a Redis that is slow. */
const MAX_WAITING = 100_000;

/** The cache that all gateways share. Connects in the background; while Redis is away every call rejects at once. */
export function createRedisCache({ url, logger, waitMs = WAIT_MS, reconnectMs = RECONNECT_MS }: RedisCacheOptions): Cache {
  const client = createClient({
    url,
    keyPrefix: PREFIX,
    disableOfflineQueue: true,
    commandsQueueMaxLength: MAX_WAITING,
    socket: { connectTimeout: CONNECT_MS, reconnectStrategy: reconnectMs },
  });
  let isAway = false;
  client.on('error', (error) => {
    if (!isAway) logger.warn({ err: error }, `Redis is away: ${messageOf(error)}`);
    isAway = true;
  });
  client.on('ready', () => {
    if (isAway) logger.info('Redis is back');
    isAway = false;
  });
  // It goes on trying by itself; what it says of each attempt comes as an `error`.
  const connecting = client.connect().catch(() => undefined);

  /** A Redis that was stopped in its tracks takes commands and says nothing. */
  async function answered<T>(command: Promise<T>): Promise<T> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject(new Error(`Redis has not answered within ${waitMs} ms`)), waitMs);
    try {
      return await Promise.race([command, late.promise]);
    } finally {
      clearTimeout(timer);
      // Nobody waits for it any more.
      command.catch(() => undefined);
    }
  }

  return {
    get: async (key) => (await answered(client.get(key))) ?? undefined,
    set: async (key, value, ttlMs) => void (await answered(client.set(key, value, { expiration: { type: 'PX', value: ttlMs } }))),
    increment: async (key, by, ttlMs) => {
      const [total] = await answered(client.multi().incrBy(key, by).pExpire(key, ttlMs).exec());
      return Number(total);
    },
    delete: async (key) => void (await answered(client.del(key))),
    close: async () => {
      client.destroy();
      await connecting;
    },
  };
}
