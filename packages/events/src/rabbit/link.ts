import { connect, type Channel, type ChannelModel, type ConfirmChannel } from 'amqplib';
import { AppError, delay, messageOf, withDeadline, type Logger } from '@vss/runtime';

/** A connection that is there, and comes back when it is lost. */
export interface Link {
  isUp(): boolean;
  /** The channel to publish on; undefined while there is none. */
  publisher(): ConfirmChannel | undefined;
  /** A channel of one's own, as soon as there is a connection. */
  openChannel(signal: AbortSignal): Promise<Channel>;
  /** Resolves at the first connection; rejects when there was none by then, or none can ever be. */
  firstUp(deadlineMs: number): Promise<void>;
  close(): Promise<void>;
}

export interface LinkOptions {
  readonly url: string;
  readonly logger: Logger;
  /** On every new connection, before it is used. */
  readonly prepare: (channel: ConfirmChannel) => Promise<void>;
}

const BACKOFF_MS = { first: 100, most: 5_000 };
const CONNECT_MS = 10_000;
const HEARTBEAT_S = 5;

export function createLink({ url, logger, prepare }: LinkOptions): Link {
  const stopping = new AbortController();
  let connection: ChannelModel | undefined;
  let publisher: ConfirmChannel | undefined;
  let isBlocked = false;
  let lastFailure: unknown;
  let up = Promise.withResolvers<ChannelModel>();
  up.promise.catch(() => undefined);

  async function hold(): Promise<void> {
    const opened = await connect(url, { heartbeat: HEARTBEAT_S, timeout: CONNECT_MS, noDelay: true, clientProperties: { connection_name: 'vss' } } as object);
    const closed = new Promise<void>((resolve) => void opened.once('close', () => resolve()));
    opened.on('error', (error: unknown) => (lastFailure = error));
    opened.on('blocked', () => (isBlocked = true));
    opened.on('unblocked', () => (isBlocked = false));
    try {
      const channel = await opened.createConfirmChannel();
      channel.on('error', (error: unknown) => (lastFailure = error));
      // Without its publisher a connection is of no use: start over.
      channel.on('close', () => void opened.close().catch(() => undefined));
      await withDeadline(CONNECT_MS, 'Preparing RabbitMQ', () => prepare(channel));
      [connection, publisher, isBlocked, lastFailure] = [opened, channel, false, undefined];
      if (stopping.signal.aborted) return;
      up.resolve(opened);
      await closed;
      if (!stopping.signal.aborted) logger.warn({ reason: messageOf(lastFailure ?? 'closed by the server') }, 'The connection to RabbitMQ was lost');
    } finally {
      [connection, publisher] = [undefined, undefined];
      await opened.close().catch(() => undefined);
    }
  }

  async function run(): Promise<void> {
    for (let waitMs = BACKOFF_MS.first; !stopping.signal.aborted; waitMs = Math.min(waitMs * 2, BACKOFF_MS.most)) {
      try {
        await hold();
        waitMs = BACKOFF_MS.first;
      } catch (error) {
        lastFailure = error;
        logger.debug({ reason: messageOf(error) }, 'RabbitMQ cannot be reached');
      }
      up.reject(new Error('lost'));
      up = Promise.withResolvers();
      up.promise.catch(() => undefined);
      await delay(waitMs, stopping.signal).catch(() => undefined);
    }
  }
  const running = run();

  return {
    isUp: () => publisher !== undefined && !isBlocked,
    publisher: () => publisher,
    async openChannel(signal) {
      const aborted = Promise.withResolvers<never>();
      const abort = (): void => aborted.reject(signal.reason as Error);
      if (signal.aborted) abort();
      signal.addEventListener('abort', abort, { once: true });
      try {
        for (;;) {
          const current = connection ?? (await Promise.race([up.promise, aborted.promise]).catch(() => undefined));
          signal.throwIfAborted();
          if (current) return await current.createChannel();
        }
      } finally {
        signal.removeEventListener('abort', abort);
        aborted.promise.catch(() => undefined);
      }
    },
    async firstUp(deadlineMs) {
      const until = Date.now() + deadlineMs;
      for (;;) {
        if (connection) return;
        const isHopeless = /ACCESS_REFUSED|403|Invalid URL|Expected amqp/i.test(messageOf(lastFailure ?? ''));
        if (isHopeless || Date.now() > until) throw new AppError('UNAVAILABLE', messageOf(lastFailure ?? `no answer within ${deadlineMs} ms`), {}, { cause: lastFailure });
        await delay(20);
      }
    },
    async close() {
      stopping.abort(new Error('closed'));
      await connection?.close().catch(() => undefined);
      await running;
    },
  };
}
