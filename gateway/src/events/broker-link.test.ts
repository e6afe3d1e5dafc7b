import { describe, expect, it, vi } from 'vitest';
import { AccessDenied, createInProcessBroker, payloadOf, SessionEnded, type Broker, type Message } from '@vss/events';
import { silentLogger, type Logger } from '@vss/runtime';
import type { Denial, IdentityNews } from '@vss/gateway';
import { aUser } from '../../testing/serve.js';
import { createBrokerLink } from './broker-link.js';

const aDenial = (operation: string): Denial => ({ actor: aUser(), permission: 'slots:read', operation, traceId: 'trace_1', count: 2, sourceAddress: '192.0.2.7' });

const ended = (sessionId: string): Message => ({
  id: `msg_${sessionId}`,
  type: SessionEnded.type,
  version: 1,
  at: new Date().toISOString(),
  centerId: 'ctr_1',
  aggregateId: 'u1',
  sequence: 1,
  causationId: null,
  traceId: 't',
  actor: 'u1',
  payload: { sessionId, userId: 'u1', reason: 'LOGOUT' },
});

const noNews: IdentityNews = { endSession: () => undefined, changeRights: () => undefined, changeKeys: () => undefined };

async function aBroker() {
  const broker = createInProcessBroker({ logger: silentLogger });
  const heard: Message[] = [];
  await broker.subscribe({ group: 'audit', patterns: [AccessDenied.type], handler: async (message) => void heard.push(message), onDead: () => Promise.reject(new Error('dead')) });
  return { broker, heard, operations: () => heard.map((message) => payloadOf(AccessDenied, message).operation) };
}

/** There is no broker until `come`. */
function away(logger: Logger = silentLogger) {
  let broker: Broker | undefined;
  const link = createBrokerLink({ connect: () => (broker ? Promise.resolve(broker) : Promise.reject(new Error('nobody there'))), logger, retryMs: 5, mostWaiting: 2 });
  return { link, come: (given: Broker) => void (broker = given) };
}

describe('the link of a gateway to the broker', () => {
  it('publishes a denial as the audit reads it', async () => {
    const { broker, heard } = await aBroker();
    const { link, come } = away();
    come(broker);
    link.start(noNews);
    link.tellDenial(aDenial('Query.slots'));
    await vi.waitFor(() => expect(heard).toHaveLength(1));
    expect(heard[0]).toMatchObject({ type: 'identity.access.denied', traceId: 'trace_1', centerId: 'ctr_1', actor: 'u1' });
    expect(heard.map((message) => payloadOf(AccessDenied, message))).toEqual([{ userId: 'u1', role: 'operator', permission: 'slots:read', operation: 'Query.slots', wall: 'GATEWAY', count: 2, sourceAddress: '192.0.2.7', at: expect.any(String) }]);
    await link.close();
  });

  it('keeps some while there is no broker, and says how many it could not keep', async () => {
    const { broker, operations } = await aBroker();
    const errors: unknown[] = [];
    const logger: Logger = { ...silentLogger, warn: () => undefined, error: (...given: unknown[]) => void errors.push(given[0]), child: () => logger };
    const { link, come } = away(logger);
    link.start(noNews);
    for (const name of ['a', 'b', 'c', 'd']) link.tellDenial(aDenial(name));
    come(broker);
    await vi.waitFor(() => expect(errors).toEqual([{ lost: 2 }]));
    expect(operations()).toEqual(['a', 'b']);
    link.tellDenial(aDenial('e'));
    await link.close();
    expect(operations()).toEqual(['a', 'b', 'e']);
    expect(errors).toHaveLength(1);
  });

  it('hears of every session that ends', async () => {
    const { broker } = await aBroker();
    const { link, come } = away();
    const heard: string[] = [];
    come(broker);
    link.start({ ...noNews, endSession: (sessionId) => void heard.push(sessionId) });
    await vi.waitFor(async () => {
      await broker.publish(ended('ses_1'));
      expect(heard).toContain('ses_1');
    });
    await link.close();
  });
});
