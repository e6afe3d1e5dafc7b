import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId, silentLogger, StartError } from '@vss/runtime';
import { aCommand, anEvent, brokerContract, waitFor } from '@vss/testing';
import { startRabbitMq, type RabbitMq } from '../../../tests/services/rabbitmq.js';
import { createRabbitBroker, type Broker, type Message } from './index.js';

let server: RabbitMq;
// Fails the run where RabbitMQ is not installed: a broker that was not tried is not a broker that works.
beforeAll(async () => {
  server = await startRabbitMq();
}, 90_000);
afterAll(() => server?.stop());

const connect = (prefix: string): Promise<Broker> => createRabbitBroker({ url: server.url, logger: silentLogger, attempts: 3, backoffMs: 2, prefix });
const noDead = async (): Promise<void> => undefined;

brokerContract('RabbitMQ', async () => {
  const prefix = newId('t');
  const broker = await connect(prefix);
  const brokers = [broker];
  return {
    broker,
    async another() {
      const other = await connect(prefix);
      brokers.push(other);
      return other;
    },
    async stop() {
      await Promise.all(brokers.map((broker) => broker.close()));
    },
  };
});

describe('RabbitMQ', () => {
  it('comes back after a restart of the server, with what was sent, in order', async () => {
    const broker = await connect(newId('t'));
    const seen: Message[] = [];
    await broker.subscribe({ group: 'g', patterns: ['#'], handler: async (message) => void seen.push(message), onDead: noDead });
    for (let i = 1; i <= 20; i++) await broker.publish(anEvent('a', i));
    // A quorum queue that is cut off within moments of its declaration may come back without a leader.
    await waitFor(() => seen.length === 20);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    await server.kill();
    await waitFor(() => !broker.isConnected(), 20_000, 'the loss');
    await expect(broker.publish(anEvent('a', 21))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await server.start();
    for (let i = 21; i <= 40; i++) await waitFor(() => broker.publish(anEvent('a', i)).then(() => true, () => false), 30_000, 'the publication');
    await waitFor(() => seen.some(({ sequence }) => sequence === 40), 30_000, 'the last message');
    const firsts = [...new Set(seen.map(({ sequence }) => sequence))];
    expect(firsts).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
    await broker.close();
  }, 120_000);

  it('makes the queue of a hub anew when it was deleted', async () => {
    const prefix = newId('t');
    const broker = await connect(prefix);
    const hubId = newId('hub');
    await broker.publish(aCommand(hubId, 's', 1));
    const { connect: open } = await import('amqplib');
    const connection = await open(server.url);
    await (await connection.createChannel()).deleteQueue(`${prefix}.hub.${hubId}`);
    await connection.close();
    await waitFor(() => broker.publish(aCommand(hubId, 's', 2)).then(() => true, () => false));
    const seen: number[] = [];
    await broker.consumeCommands({ hubId, handler: async ({ sequence }) => void seen.push(sequence), onDead: noDead });
    await waitFor(() => seen.length === 1);
    expect(seen).toEqual([2]);
    await broker.close();
  });

  it('puts what cannot be read into the dead queue and goes on', async () => {
    const prefix = newId('t');
    const broker = await connect(prefix);
    const seen: number[] = [];
    await broker.subscribe({ group: 'g', patterns: ['#'], handler: async ({ sequence }) => void seen.push(sequence), onDead: noDead });
    const { connect: open } = await import('amqplib');
    const connection = await open(server.url);
    const channel = await connection.createConfirmChannel();
    for (let partition = 0; partition < 4; partition++) channel.publish(`${prefix}.events`, 'x.y.z', Buffer.from('{ not json'), { headers: { 'vss-partition': partition } });
    await channel.waitForConfirms();
    await broker.publish(anEvent('a', 1));
    await waitFor(() => seen.length === 1);
    await waitFor(async () => (await channel.checkQueue(`${prefix}.dead`)).messageCount === 4);
    const dead = await channel.get(`${prefix}.dead`);
    expect(dead && dead.properties.headers).toMatchObject({ group: 'g', reason: 'A message is not JSON' });
    await connection.close();
    await broker.close();
  });

  it('hands a dead consumer’s messages to the next, in order', async () => {
    const prefix = newId('t');
    const [first, second] = [await connect(prefix), await connect(prefix)];
    const seen: string[] = [];
    const began = Promise.withResolvers<void>();
    const never = new Promise<void>(() => undefined);
    await first.subscribe({ group: 'g', patterns: ['#'], handler: () => (began.resolve(), never), onDead: noDead });
    for (let i = 1; i <= 30; i++) await first.publish(anEvent('a', i));
    await began.promise;
    await second.subscribe({ group: 'g', patterns: ['#'], handler: async ({ sequence }) => void seen.push(String(sequence)), onDead: noDead });
    expect(seen).toEqual([]);
    // Its connection ends as with the process: without a word.
    const closing = first.close();
    await waitFor(() => seen.length === 30, 15_000, 'all of them at the second');
    expect(seen).toEqual(Array.from({ length: 30 }, (_, i) => String(i + 1)));
    void closing;
    await second.close();
  });

  it('puts away a message that ends every consumer that takes it', async () => {
    const prefix = newId('t');
    const broker = await connect(prefix);
    const queues = await broker.subscribe({ group: 'g', patterns: ['#'], handler: async () => undefined, onDead: noDead });
    await queues.stop();
    await broker.publish(anEvent('a', 1));
    const { connect: open } = await import('amqplib');
    const connection = await open(server.url);
    const channel = await connection.createChannel();
    const enough = Promise.withResolvers<void>();
    for (let partition = 0; partition < 4; partition++)
      await channel.consume(`${prefix}.g.${partition}`, (raw) => {
        if (raw?.properties.headers?.['x-delivery-count'] === 50) enough.resolve();
        else if (raw) channel.nack(raw, false, true);
      });
    await enough.promise;
    await connection.close();
    const dead: string[] = [];
    const handled: number[] = [];
    await broker.subscribe({ group: 'g', patterns: ['#'], handler: async ({ sequence }) => void handled.push(sequence), onDead: async (_, reason) => void dead.push(reason) });
    await broker.publish(anEvent('a', 2));
    await waitFor(() => handled.length === 1);
    expect(dead).toEqual([expect.stringContaining('Its consumers ended')]);
    expect(handled).toEqual([2]);
    await broker.close();
  });

  it('says in one line that it cannot be reached, without the password', async () => {
    const failure = await createRabbitBroker({ url: 'amqp://vss:geheim@127.0.0.1:1', logger: silentLogger, connectMs: 100 }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StartError);
    expect((failure as Error).message).toMatch(/^RabbitMQ cannot be reached at amqp:\/\/127\.0\.0\.1:1/);
    expect((failure as Error).message).not.toContain('geheim');
  });
});
