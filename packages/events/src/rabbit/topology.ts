import type { Channel } from 'amqplib';

/** The names of everything that is declared, under one prefix. */
export const topologyOf = (prefix: string) => ({
  /** Topic exchange; the routing key is the message's type. */
  events: `${prefix}.events`,
  /** Direct exchange; the routing key is the hub's id. */
  commands: `${prefix}.commands`,
  /** What cannot even be read. Dead letters proper are rows of the group that could not handle them. */
  dead: `${prefix}.dead`,
  /** Spreads a group's messages over its partitions by their header. */
  group: (name: string): string => `${prefix}.group.${name}`,
  partition: (name: string, partition: number): string => `${prefix}.${name}.${partition}`,
  hub: (hubId: string): string => `${prefix}.hub.${hubId}`,
});
export type Topology = ReturnType<typeof topologyOf>;

export const PARTITION_HEADER = 'vss-partition';
// Every end of a consumer counts as a delivery of what it held. This is the broker's own last net, far above ours.
const DELIVERY_LIMIT = 1_000;
const MOST_UNREADABLE = 10_000;

const durableQueue = (topology: Topology) => ({
  durable: true,
  arguments: {
    'x-queue-type': 'quorum',
    // One consumer at a time, the next one when it ends: with competing ones the order would be lost.
    'x-single-active-consumer': true,
    'x-delivery-limit': DELIVERY_LIMIT,
    'x-dead-letter-exchange': topology.dead,
  },
});

export async function declareExchanges(channel: Channel, topology: Topology): Promise<void> {
  await channel.assertExchange(topology.events, 'topic', { durable: true });
  await channel.assertExchange(topology.commands, 'direct', { durable: true });
  await channel.assertExchange(topology.dead, 'fanout', { durable: true });
  await channel.assertQueue(topology.dead, { durable: true, arguments: { 'x-queue-type': 'quorum', 'x-max-length': MOST_UNREADABLE } });
  await channel.bindQueue(topology.dead, topology.dead, '');
}

/** Gives the names of the group's queues. */
export async function declareGroup(channel: Channel, topology: Topology, group: string, patterns: readonly string[], partitions: number): Promise<string[]> {
  const exchange = topology.group(group);
  await channel.assertExchange(exchange, 'headers', { durable: true });
  const queues = Array.from({ length: partitions }, (_, partition) => topology.partition(group, partition));
  for (const [partition, queue] of queues.entries()) {
    await channel.assertQueue(queue, durableQueue(topology));
    await channel.bindQueue(queue, exchange, '', { 'x-match': 'all', [PARTITION_HEADER]: partition });
  }
  // Last: a message that comes before its queue is bound would be dropped.
  for (const pattern of patterns) await channel.bindExchange(exchange, topology.events, pattern);
  return queues;
}

/** A queue that only this connection can read, and that goes with its consumer. Gives its name, which the server makes. */
export async function declareTemporary(channel: Channel, topology: Topology, patterns: readonly string[]): Promise<string[]> {
  const { queue } = await channel.assertQueue('', { exclusive: true, autoDelete: true, durable: false });
  for (const pattern of patterns) await channel.bindQueue(queue, topology.events, pattern);
  return [queue];
}

export async function declareHub(channel: Channel, topology: Topology, hubId: string): Promise<string> {
  const queue = topology.hub(hubId);
  await channel.assertQueue(queue, durableQueue(topology));
  await channel.bindQueue(queue, topology.commands, hubId);
  return queue;
}
