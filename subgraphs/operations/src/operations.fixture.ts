import { afterAll, beforeAll } from 'vitest';
import { newId, silentLogger } from '@vss/runtime';
import type { Actor } from '@vss/auth';
import { CallQueued, createInProcessBroker, LeadCreated, UserCreated, type CallAnswered, type CallEnded, type CallRinging, type Message, type PayloadOf, type SlotCreated } from '@vss/events';
import { aCall as aCallSnapshot, aMessage, anActor, startTestDatabase, type Answer, type CallSnapshot, type TestDatabase } from '@vss/testing';
import { createOperations, migrations, type Operations } from './index.js';

/** operations over a database of the importing test file's own, with a broker on which the other subgraphs' events are sent by hand. */
export let database: TestDatabase;
export let operations: Operations;
export const broker = createInProcessBroker({ logger: silentLogger });
export const sent: Message[] = [];
// Half past midnight in Berlin, still the day before in UTC.
export const NOW = new Date('2026-11-22T23:30:00.000Z');
export const minutesAgo = (minutes: number): string => new Date(NOW.getTime() - minutes * 60_000).toISOString();

beforeAll(async () => {
  database = await startTestDatabase({ migrations: [migrations] });
  operations = await createOperations({ target: database.target, broker, logger: silentLogger, now: () => NOW });
  await operations.start();
  await broker.subscribe({ group: 'test', patterns: ['operations.#', 'identity.#'], handler: async (message) => void sent.push(message), onDead: async () => undefined });
});

afterAll(async () => {
  await operations?.stop();
  await broker.close();
  await database?.stop();
});

export const codeOf = (answer: Answer): unknown => answer.errors?.[0]?.extensions?.['code'];

export async function aCenter(timeZone = 'Europe/Berlin') {
  const centerId = newId('ctr');
  await database.pool(1).query('insert into operations.center values ($1, $2, $3, now())', [centerId, 'Center', timeZone]);
  const of = async (role: string): Promise<Actor> => {
    const actor = anActor({ role, centerId });
    const user = { id: actor.userId, centerId, username: actor.userId, displayName: 'x', role, active: true, teamIds: [], version: 1 };
    await broker.publish(aMessage(UserCreated, { user }, { centerId }));
    return actor;
  };
  return { centerId, admin: await of('admin'), operator: await of('operator'), operator2: await of('operator'), seller: await of('seller'), seller2: await of('seller'), supervisor: await of('supervisor') };
}

/** One that began ten minutes ago. */
export const aCall = (centerId: string, more: Partial<CallSnapshot> = {}): CallSnapshot => aCallSnapshot(centerId, { startedAt: minutesAgo(10), ...more });
export const publishCall = (definition: typeof CallQueued | typeof CallEnded | typeof CallRinging | typeof CallAnswered, call: CallSnapshot): Promise<void> => broker.publish(aMessage(definition as typeof CallQueued, { call }, { centerId: call.centerId }));
export const answered = (centerId: string, talkSeconds: number, more: Partial<CallSnapshot> = {}): CallSnapshot =>
  aCall(centerId, { status: 'ENDED', outcome: 'ANSWERED', answeredAt: minutesAgo(9), endedAt: minutesAgo(5), talkSeconds, sipCode: 200, version: 5, ...more });
type Slot = PayloadOf<typeof SlotCreated>['slot'];
export const aSlot = (centerId: string, more: Partial<Slot> = {}): Slot => ({
  id: newId('slot'),
  centerId,
  trunkId: newId('trunk'),
  hubId: null,
  number: '6001',
  kind: 'AUTO',
  state: 'IDLE',
  stateSince: minutesAgo(1),
  faultReason: null,
  adminState: 'IN_SERVICE',
  availability: 'UNAVAILABLE',
  sipRegistered: false,
  registrationExpiresAt: null,
  callId: null,
  version: 1,
  ...more,
});
type Lead = PayloadOf<typeof LeadCreated>['lead'];
export async function aLead(centerId: string, more: Partial<Lead> = {}): Promise<Lead> {
  const lead: Lead = { id: newId('lead'), centerId, phone: '+12025550100', status: 'NEW', assignedSellerId: null, assignedOperatorId: null, version: 1, ...more };
  await broker.publish(aMessage(LeadCreated, { lead }, { centerId }));
  return lead;
}
