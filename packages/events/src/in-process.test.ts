import { expect, it } from 'vitest';
import { silentLogger } from '@vss/runtime';
import { anEvent, brokerContract } from '@vss/testing';
import { createInProcessBroker } from './index.js';

brokerContract('in-process', async () => {
  const broker = createInProcessBroker({ logger: silentLogger, attempts: 3, backoffMs: 2 });
  return { broker, another: async () => broker, stop: () => broker.close() };
});

it('holds what is published until it is opened', async () => {
  const broker = createInProcessBroker({ logger: silentLogger, open: false });
  const sent = broker.publish(anEvent('a'));
  const seen: string[] = [];
  await broker.subscribe({ group: 'late', patterns: ['#'], handler: async (message) => void seen.push(message.aggregateId), onDead: async () => undefined });
  expect(seen).toEqual([]);
  broker.open();
  await sent;
  expect(seen).toEqual(['a']);
});

it('calls a message published only when every group has handled it', async () => {
  const broker = createInProcessBroker({ logger: silentLogger });
  const held = Promise.withResolvers<void>();
  await broker.subscribe({ group: 'a', patterns: ['#'], handler: async () => undefined, onDead: async () => undefined });
  await broker.subscribe({ group: 'b', patterns: ['#'], handler: () => held.promise, onDead: async () => undefined });
  const sent = broker.publish(anEvent('a')).then(() => 'published');
  expect(await Promise.race([sent, new Promise((resolve) => setImmediate(resolve, 'held'))])).toBe('held');
  held.resolve();
  expect(await sent).toBe('published');
});
