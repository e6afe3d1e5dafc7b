import type { Channel, ConfirmChannel, Options } from 'amqplib';
import { AppError, messageOf, StartError, type Logger } from '@vss/runtime';
import type { AttemptOptions } from '../attempts.js';
import type { Broker, Subscription } from '../broker.js';
import { isCommand, type Message } from '../message.js';
import { partitionOf } from '../patterns.js';
import { traceMessages } from '../traced-broker.js';
import { startConsuming } from './consumer.js';
import { createLink } from './link.js';
import { declareExchanges, declareGroup, declareHub, declareTemporary, PARTITION_HEADER, topologyOf } from './topology.js';

export interface RabbitOptions {
  /** `amqp://user:password@host:port/vhost` */
  readonly url: string;
  readonly logger: Logger;
  readonly attempts?: number;
  /** Before the second attempt; doubled with each. */
  readonly backoffMs?: number;
  /** Queues of each group. The same in every process: it decides which queue a message goes to. */
  readonly partitions?: number;
  /** Of every name that is declared. */
  readonly prefix?: string;
  /** How long the first connection may take. */
  readonly connectMs?: number;
}

const CONFIRM_MS = 15_000;
const GROUP_PREFETCH = 10;
const HUB_PREFETCH = 64;
// Past its deadline a command is not begun; the queue need not keep it for much longer.
const COMMAND_GRACE_MS = 60_000;

/** RabbitMQ as the broker: quorum queues, publisher confirms, order per aggregate by partitions with one active consumer each. */
export async function createRabbitBroker(options: RabbitOptions): Promise<Broker> {
  const { url, logger, attempts = 5, backoffMs = 100, partitions = 4, prefix = 'vss', connectMs = 30_000 } = options;
  const topology = topologyOf(prefix);
  const knownHubs = new Set<string>();
  const returned = new Set<string>();
  const subscriptions = new Set<Subscription>();
  const link = createLink({
    url,
    logger,
    async prepare(channel) {
      knownHubs.clear();
      channel.on('return', (message: { fields: { routingKey: string }; properties: { messageId?: string } }) => {
        knownHubs.delete(message.fields.routingKey);
        returned.add(message.properties.messageId ?? '');
      });
      await declareExchanges(channel, topology);
    },
  });
  try {
    await link.firstUp(connectMs);
  } catch (error) {
    await link.close();
    throw new StartError(`RabbitMQ cannot be reached at ${withoutSecrets(url)}: ${messageOf(error)}`, { cause: error });
  }

  async function send(exchange: string, key: string, content: Buffer, properties: Options.Publish): Promise<void> {
    const channel = publisher();
    await confirmed((done) => channel.publish(exchange, key, content, { persistent: true, contentType: 'application/json', ...properties }, done));
  }

  function publisher(): ConfirmChannel {
    const channel = link.publisher();
    if (!channel) throw new AppError('UNAVAILABLE', 'There is no connection to RabbitMQ now');
    return channel;
  }

  async function sendCommand(message: Message): Promise<void> {
    const { hubId, deadlineAt } = message.payload as { hubId: string; deadlineAt?: string };
    if (!knownHubs.has(hubId)) {
      // A hub that never was here yet finds its commands when it comes.
      await declareHub(publisher(), topology, hubId);
      knownHubs.add(hubId);
    }
    const leftMs = deadlineAt === undefined ? undefined : Math.max(Date.parse(deadlineAt) - Date.now(), 0) + COMMAND_GRACE_MS;
    const expiration = leftMs === undefined ? {} : { expiration: String(leftMs) };
    await send(topology.commands, hubId, encode(message), { messageId: message.id, type: message.type, mandatory: true, ...expiration });
    // A message that no queue takes comes back before its confirmation.
    if (returned.delete(message.id)) throw new AppError('UNAVAILABLE', `The queue of the hub ${hubId} is gone; it is made anew`);
  }

  async function consume(group: string, prefetch: number, wanted: Pick<AttemptOptions, 'handler' | 'onDead'>, rest: Pick<Parameters<typeof startConsuming>[0], 'declare' | 'laneOf'>): Promise<Subscription> {
    const subscription = await startConsuming({
      link,
      logger,
      prefetch,
      attempts: { ...wanted, attempts, backoffMs, logger, group },
      discard: async (raw, reason) => {
        logger.error({ group, reason }, 'A message cannot be read; it is put into the dead queue');
        await send(topology.dead, '', raw.content, { headers: { reason, group } });
      },
      ...rest,
    });
    subscriptions.add(subscription);
    return {
      check: () => subscription.check(),
      async stop() {
        subscriptions.delete(subscription);
        await subscription.stop();
      },
    };
  }

  return traceMessages({
    async publish(message) {
      if (isCommand(message)) return sendCommand(message);
      const partition = partitionOf(message.aggregateId, partitions);
      await send(topology.events, message.type, encode(message), { messageId: message.id, type: message.type, headers: { [PARTITION_HEADER]: partition } });
    },
    subscribe({ group, patterns, isTemporary, handler, onDead }) {
      const declare = (channel: Channel): Promise<string[]> => (isTemporary ? declareTemporary(channel, topology, patterns) : declareGroup(channel, topology, group, patterns, partitions));
      return consume(group, GROUP_PREFETCH, { handler, onDead }, { declare, laneOf: (queue) => queue });
    },
    consumeCommands: ({ hubId, handler, onDead }) =>
      consume(hubId, HUB_PREFETCH, { handler, onDead }, { declare: async (channel) => [await declareHub(channel, topology, hubId)], laneOf: (_, message) => message.aggregateId }),
    isConnected: () => link.isUp(),
    async close() {
      await Promise.all([...subscriptions].map((subscription) => subscription.stop()));
      await link.close();
    },
  });
}

const encode = (message: Message): Buffer => Buffer.from(JSON.stringify(message));

async function confirmed(publish: (done: (error: unknown) => void) => void): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      timer = setTimeout(() => reject(new AppError('UNAVAILABLE', `RabbitMQ has not confirmed a message within ${CONFIRM_MS} ms`)), CONFIRM_MS);
      const settle = (error: unknown): void => (error ? reject(new AppError('UNAVAILABLE', `RabbitMQ did not take a message: ${messageOf(error)}`, {}, { cause: error })) : resolve());
      publish(settle);
    });
  } finally {
    clearTimeout(timer);
  }
}

function withoutSecrets(url: string): string {
  try {
    const { protocol, host, pathname } = new URL(url);
    return `${protocol}//${host}${pathname}`;
  } catch {
    return 'an address that is not a URL';
  }
}
