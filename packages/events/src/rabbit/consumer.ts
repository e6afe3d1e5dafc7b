import type { Channel, ConsumeMessage } from 'amqplib';
import { AppError, delay, messageOf, withDeadline, type Logger } from '@vss/runtime';
import { bringToEnd, settledSoon, type AttemptOptions } from '../attempts.js';
import type { Subscription } from '../broker.js';
import { parseMessage, type Message } from '../message.js';
import type { Link } from './link.js';

export interface ConsumerOptions {
  readonly link: Link;
  readonly logger: Logger;
  /** Declares what is consumed and gives the queues. Done again on every new channel. */
  readonly declare: (channel: Channel) => Promise<string[]>;
  /** Messages that the server sends ahead, for each queue. */
  readonly prefetch: number;
  /** Messages with the same lane are handled one after the other. */
  readonly laneOf: (queue: string, message: Message) => string;
  readonly attempts: AttemptOptions;
  /** Puts away what cannot be read. */
  readonly discard: (message: ConsumeMessage, reason: string) => Promise<void>;
}

const REOPEN_MS = 200;
const DECLARE_MS = 30_000;
// A message that was delivered this often without an end ends its consumers, one way or another.
const MOST_DELIVERIES = 50;

/** Consumes until it is stopped, over every loss of the connection. Resolves when it consumes for the first time. */
export async function startConsuming(options: ConsumerOptions): Promise<Subscription> {
  const { link, logger, declare, prefetch, discard, attempts, laneOf } = options;
  const stopping = new AbortController();
  const consuming = Promise.withResolvers<void>();
  // Kept over reconnects: a message that comes again waits for the handler that still has it.
  const lanes = new Map<string, Promise<void>>();
  let channel: Channel | undefined;
  let consumed: readonly string[] = [];

  async function take(from: Channel, queue: string, raw: ConsumeMessage): Promise<void> {
    let message: Message;
    try {
      message = parseMessage(raw.content.toString());
    } catch (error) {
      await discard(raw, messageOf(error));
      from.ack(raw);
      return;
    }
    const lane = laneOf(queue, message);
    const work = (lanes.get(lane) ?? Promise.resolve()).then(() => finish(from, raw, message));
    lanes.set(lane, work);
    await work.finally(() => lanes.get(lane) === work && lanes.delete(lane));
  }

  async function finish(from: Channel, raw: ConsumeMessage, message: Message): Promise<void> {
    if (stopping.signal.aborted) return;
    const deliveries = Number(raw.properties.headers?.['x-delivery-count'] ?? 0);
    await bringToEnd(message, deliveries < MOST_DELIVERIES ? attempts : givenUp(attempts, deliveries), stopping.signal);
    from.ack(raw);
  }

  async function begin(opened: Channel): Promise<void> {
    const queues = (consumed = await declare(opened));
    await opened.prefetch(prefetch);
    for (const queue of queues) {
      await opened.consume(queue, (raw) => {
        // null: the queue was deleted. Declared again on a new channel.
        if (raw === null) void opened.close().catch(() => undefined);
        // What is not acknowledged is delivered again; nothing else is to be done about a failure here.
        else take(opened, queue, raw).catch((error: unknown) => logger.debug({ reason: messageOf(error) }, 'A message was left to be delivered again'));
      });
    }
  }

  async function hold(): Promise<void> {
    const opened = await link.openChannel(stopping.signal);
    const closed = new Promise<void>((resolve) => void opened.once('close', () => resolve()));
    opened.on('error', (error: unknown) => logger.warn({ group: attempts.group, reason: messageOf(error) }, 'A channel of RabbitMQ was closed'));
    try {
      await withDeadline(DECLARE_MS, `Declaring the queues of ${attempts.group}`, () => begin(opened), stopping.signal);
    } catch (error) {
      await opened.close().catch(() => undefined);
      throw error;
    }
    channel = opened;
    consuming.resolve();
    await closed;
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await hold();
      } catch (error) {
        if (!stopping.signal.aborted) logger.warn({ group: attempts.group, reason: messageOf(error) }, 'Messages cannot be consumed now');
      }
      channel = undefined;
      await delay(REOPEN_MS, stopping.signal).catch(() => undefined);
    }
  }
  const running = run();
  await consuming.promise;

  return {
    async check() {
      if (!channel) throw new AppError('UNAVAILABLE', `${attempts.group} is not connected`);
      for (const queue of consumed) await channel.checkQueue(queue);
      return consumed.join();
    },
    async stop() {
      const current = channel;
      // Not cancelled first: the next consumer would be sent later messages while this one still has earlier ones.
      stopping.abort(new AppError('UNAVAILABLE', `${attempts.group} is stopping`));
      await settledSoon(lanes.values());
      // Gives back, in order, what was sent ahead.
      await current?.close().catch(() => undefined);
      await running;
    },
  };
}

const givenUp = (attempts: AttemptOptions, deliveries: number): AttemptOptions => ({
  ...attempts,
  attempts: 1,
  handler: () => Promise.reject(new Error(`Its consumers ended ${deliveries} times while they had it`)),
});
