import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId, silentLogger } from '@vss/runtime';
import type { Actor } from '@vss/auth';
import {
  CallEnded,
  CallQueued,
  CallRinging,
  CenterCreated,
  createInProcessBroker,
  HubHeartbeat,
  LeadCreated,
  LeadUpdated,
  MessageDeadLettered,
  MessagesRedriven,
  SignInRefused,
  SlotCreated,
  SlotTransitioned,
  UserCreated,
  type Message,
  type PayloadOf,
} from '@vss/events';
import { aMessage, anActor, ask, countStatements, startTestDatabase, waitFor, type Answer, type TestDatabase } from '@vss/testing';
import { createOperations, migrations, type Operations } from './index.js';

let database: TestDatabase;
let operations: Operations;
const broker = createInProcessBroker({ logger: silentLogger });
const sent: Message[] = [];
// Half past midnight in Berlin, still the day before in UTC.
const NOW = new Date('2026-11-22T23:30:00.000Z');
const minutesAgo = (minutes: number): string => new Date(NOW.getTime() - minutes * 60_000).toISOString();

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

const codeOf = (answer: Answer): unknown => answer.errors?.[0]?.extensions?.['code'];

async function aCenter(timeZone = 'Europe/Berlin') {
  const centerId = newId('ctr');
  await database.pool(1).query('insert into operations.center values ($1, $2, $3, now())', [centerId, 'Center', timeZone]);
  const of = async (role: string): Promise<Actor> => {
    const actor = anActor({ role, centerId });
    const user = { id: actor.userId, centerId, username: actor.userId, displayName: 'x', role, active: true, version: 1 };
    await broker.publish(aMessage(UserCreated, { user }, { centerId }));
    return actor;
  };
  return { centerId, admin: await of('admin'), operator: await of('operator'), operator2: await of('operator'), seller: await of('seller'), seller2: await of('seller'), supervisor: await of('supervisor') };
}

type Call = PayloadOf<typeof CallQueued>['call'];
const aCall = (centerId: string, more: Partial<Call> = {}): Call => ({
  id: newId('call'),
  centerId,
  status: 'QUEUED',
  outcome: null,
  direction: 'OUTBOUND',
  phoneNumber: '+12025550100',
  slotId: newId('slot'),
  operatorId: null,
  leadId: null,
  startedAt: minutesAgo(10),
  ringingAt: null,
  answeredAt: null,
  endedAt: null,
  talkSeconds: null,
  sipCode: null,
  hangupCause: null,
  hungUpBy: null,
  failureReason: null,
  version: 1,
  ...more,
});
const publishCall = (definition: typeof CallQueued | typeof CallEnded | typeof CallRinging, call: Call): Promise<void> => broker.publish(aMessage(definition as typeof CallQueued, { call }, { centerId: call.centerId }));
const answered = (centerId: string, talkSeconds: number, more: Partial<Call> = {}): Call =>
  aCall(centerId, { status: 'ENDED', outcome: 'ANSWERED', answeredAt: minutesAgo(9), endedAt: minutesAgo(5), talkSeconds, sipCode: 200, version: 5, ...more });
type Slot = PayloadOf<typeof SlotCreated>['slot'];
const aSlot = (centerId: string, more: Partial<Slot> = {}): Slot => ({
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
async function aLead(centerId: string, more: Partial<Lead> = {}): Promise<Lead> {
  const lead: Lead = { id: newId('lead'), centerId, phone: '+12025550100', status: 'NEW', assignedSellerId: null, assignedOperatorId: null, version: 1, ...more };
  await broker.publish(aMessage(LeadCreated, { lead }, { centerId }));
  return lead;
}

const DASHBOARD = `{ dashboard { role scope at
  calls { active startedToday answeredToday failedToday talkSecondsToday seizures answered answerSeizureRatio averageCallDurationSeconds byOutcome { outcome count } }
  slots { total free busy fault byState { state count } }
  operators { operator { id } activeCalls callsToday answeredToday talkSecondsToday }
  leads { total won wonRatio byStatus { status count } }
  activity { at started answered ended } } }`;
async function dashboard(actor: Actor) {
  const answer = await ask(operations, actor, DASHBOARD);
  expect(answer.errors).toBeUndefined();
  return answer.data.dashboard;
}

describe('a center', () => {
  it('is made at the first start, once, and told of', async () => {
    const [first, second] = await Promise.all([1, 2].map(() => operations.ensureDefaultCenter({ name: 'Main', timeZone: 'Europe/Berlin' })));
    expect(second).toBe(first);
    await waitFor(async () => (await database.pool(1).query('select 1 from operations.center')).rowCount);
    await expect(operations.ensureDefaultCenter({ name: 'Main', timeZone: 'Europe/Berlen' })).rejects.toThrow('There is no time zone');
    const told = sent.filter(({ type }) => type === CenterCreated.type);
    expect(told.length).toBeLessThanOrEqual(1);
  });

  it('is seen by its own people and by who sees all', async () => {
    const { centerId, seller, admin } = await aCenter();
    const other = await aCenter();
    const query = '{ centers { id } }';
    expect((await ask(operations, seller, query)).data.centers).toEqual([{ id: centerId }]);
    expect((await ask(operations, admin, query)).data.centers.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining([centerId, other.centerId]));
    const byId = 'query ($id: ID!) { center(id: $id) { name timeZone } }';
    expect((await ask(operations, seller, byId, { id: centerId })).data.center).toEqual({ name: 'Center', timeZone: 'Europe/Berlin' });
    expect(codeOf(await ask(operations, seller, byId, { id: other.centerId }))).toBe('NOT_FOUND');
    const referenced = await ask(operations, seller, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Center { name } } }', { r: [centerId, other.centerId].map((id) => ({ __typename: 'Center', id })) });
    expect(referenced.data._entities).toEqual([{ name: 'Center' }, null]);
  });
});

describe('the event log', () => {
  const events = async (actor: Actor, filter: Record<string, unknown> = {}): Promise<Answer> =>
    ask(operations, actor, 'query ($filter: LogEventFilter) { events(first: 200, filter: $filter) { nodes { id type module severity at aggregateId summary actor traceId payload center { id } } totalCount } }', { filter });
  const typesOf = (answer: Answer): string[] => answer.data.events.nodes.map(({ type }: { type: string }) => type);

  it('stores each event once, in the order of time, newest first', async () => {
    const { centerId, supervisor } = await aCenter();
    const slot = aSlot(centerId);
    const created = aMessage(SlotCreated, { slot }, { centerId, at: minutesAgo(3), actor: 'usr_1', traceId: 'trace_1' });
    const faulted = aMessage(SlotTransitioned, { slot: { ...slot, state: 'FAULT', faultReason: 'OVERHEAT', version: 2 }, from: 'READY', to: 'FAULT', cause: 'device', commandId: null }, { centerId, at: minutesAgo(2) });
    for (const message of [created, faulted, created, faulted]) await broker.publish(message);
    const answer = await events(supervisor, { aggregateId: slot.id });
    expect(answer.data.events.totalCount).toBe(2);
    expect(answer.data.events.nodes).toMatchObject([
      { id: faulted.id, type: faulted.type, module: 'OTTB', severity: 'ERROR', summary: 'Slot 6001 went from READY to FAULT (OVERHEAT)' },
      { id: created.id, type: created.type, module: 'OTTB', severity: 'INFO', at: minutesAgo(3), actor: 'usr_1', traceId: 'trace_1', center: { id: centerId }, payload: { slot: { number: '6001' } } },
    ]);
  });

  it('R-181: shows a supervisor the errors of OTTB', async () => {
    const { centerId, supervisor } = await aCenter();
    await publishCall(CallEnded, aCall(centerId, { status: 'ENDED', outcome: 'FAILED', failureReason: 'SIP_LOST', version: 2 }));
    await publishCall(CallEnded, answered(centerId, 10));
    await aLead(centerId);
    await broker.publish(aMessage(SignInRefused, { username: 'ada', reason: 'WRONG_CREDENTIALS' }, { centerId, at: minutesAgo(30), traceId: 'trace_2' }));
    expect(typesOf(await events(supervisor, { module: 'OTTB', severity: 'ERROR' }))).toEqual(['telephony.call.ended']);
    expect(typesOf(await events(supervisor, { module: 'WORKSPACE' }))).toEqual(['crm.lead.created']);
    expect(typesOf(await events(supervisor, { severity: 'WARNING' }))).toEqual(['identity.signin.refused']);
    expect(typesOf(await events(supervisor, { traceId: 'trace_2' }))).toEqual(['identity.signin.refused']);
    expect(typesOf(await events(supervisor, { type: 'crm.lead.created', from: minutesAgo(20) }))).toEqual(['crm.lead.created']);
    expect(typesOf(await events(supervisor, { module: 'POINT', to: minutesAgo(20) }))).toEqual(['identity.signin.refused']);
  });

  it('takes kinds of events that it does not know, and what could not be counted', async () => {
    const { centerId, supervisor } = await aCenter();
    await broker.publish({ ...aMessage(LeadCreated, { lead: await aLead(centerId) }, { centerId }), id: newId('msg'), type: 'billing.invoice.sent', payload: { text: 'x' } });
    await broker.publish({ ...aMessage(LeadCreated, { lead: await aLead(centerId) }, { centerId }), id: newId('msg'), payload: { lead: 'malformed' } });
    expect(typesOf(await events(supervisor)).filter((type) => type.startsWith('billing'))).toHaveLength(1);
    expect(typesOf(await events(supervisor, { type: 'crm.lead.created' }))).toHaveLength(3);
    await waitFor(async () => typesOf(await events(supervisor, { module: 'DCI', severity: 'ERROR' })).includes('operations.message.deadlettered'));
  });

  it('leaves measurements out', async () => {
    const { centerId, supervisor } = await aCenter();
    await broker.publish(aMessage(HubHeartbeat, { hubId: newId('hub'), at: minutesAgo(0) }, { centerId }));
    expect(typesOf(await events(supervisor, { module: 'HUB' }))).toEqual([]);
  });

  it('is for supervisors and administrators, each within his center', async () => {
    const { centerId, operator, seller, admin } = await aCenter();
    const { supervisor: stranger } = await aCenter();
    const lead = await aLead(centerId);
    expect([codeOf(await events(operator)), codeOf(await events(seller))]).toEqual(['FORBIDDEN', 'FORBIDDEN']);
    expect(typesOf(await events(stranger, { aggregateId: lead.id }))).toEqual([]);
    expect(typesOf(await events(admin, { aggregateId: lead.id }))).toEqual(['crm.lead.created']);
    await waitFor(() => sent.some(({ type, actor }) => type === 'identity.access.denied' && actor === seller.userId));
  });

  it('costs as few statements for many events as for two', async () => {
    const { centerId, supervisor } = await aCenter();
    const measure = (): Promise<number> => countStatements(operations.scopeFor({ actor: supervisor, traceId: 't' }).em, () => events(supervisor));
    await aLead(centerId);
    const few = await measure();
    for (let index = 0; index < 20; index += 1) await aLead(centerId);
    expect(await measure()).toBe(few);
    expect(few).toBe(3);
  });
});

describe('the dashboard', () => {
  async function aBusyCenter() {
    const center = await aCenter();
    const { centerId, operator, operator2, seller, seller2 } = center;
    const own = await aLead(centerId, { assignedSellerId: seller.userId, assignedOperatorId: operator.userId });
    await aLead(centerId, { assignedSellerId: seller.userId, status: 'LOST' });
    const others = await aLead(centerId, { assignedSellerId: seller2.userId, assignedOperatorId: operator2.userId });
    await broker.publish(aMessage(LeadUpdated, { lead: { ...own, status: 'WON', version: 2 } }, { centerId }));

    await publishCall(CallEnded, answered(centerId, 120, { operatorId: operator.userId, leadId: own.id }));
    await publishCall(CallEnded, aCall(centerId, { operatorId: operator.userId, status: 'ENDED', outcome: 'BUSY', endedAt: minutesAgo(4), version: 3 }));
    await publishCall(CallEnded, aCall(centerId, { operatorId: operator2.userId, leadId: others.id, status: 'ENDED', outcome: 'FAILED', failureReason: 'IN_DOUBT', endedAt: minutesAgo(4), version: 2 }));
    const going = aCall(centerId, { operatorId: operator2.userId, leadId: others.id });
    await publishCall(CallQueued, going);
    await publishCall(CallRinging, { ...going, status: 'RINGING', ringingAt: minutesAgo(9), version: 3 });
    // Yesterday in Berlin, today in UTC.
    await publishCall(CallEnded, answered(centerId, 999, { operatorId: operator.userId, leadId: own.id, startedAt: minutesAgo(40), answeredAt: minutesAgo(39), endedAt: minutesAgo(35) }));

    const free = aSlot(centerId, { state: 'READY', availability: 'FREE' });
    await broker.publish(aMessage(SlotCreated, { slot: free }, { centerId }));
    const slot = aSlot(centerId);
    await broker.publish(aMessage(SlotCreated, { slot }, { centerId }));
    await broker.publish(aMessage(SlotTransitioned, { slot: { ...slot, state: 'FAULT', version: 2 }, from: 'IDLE', to: 'FAULT', cause: 'x', commandId: null }, { centerId }));
    await broker.publish(aMessage(SlotCreated, { slot: aSlot(centerId, { state: 'ACTIVE_CALL', availability: 'BUSY' }) }, { centerId }));
    return center;
  }

  it('R-178: shows a supervisor and an administrator the whole center', async () => {
    const { supervisor, admin, operator, operator2 } = await aBusyCenter();
    const seen = await dashboard(supervisor);
    expect(seen).toMatchObject({ role: 'supervisor', scope: 'CENTER', at: NOW.toISOString() });
    expect(seen.calls).toEqual({
      active: 1,
      startedToday: 4,
      answeredToday: 1,
      failedToday: 1,
      talkSecondsToday: 120,
      seizures: 3,
      answered: 1,
      answerSeizureRatio: 1 / 3,
      averageCallDurationSeconds: 120,
      byOutcome: [
        { outcome: 'ANSWERED', count: 1 },
        { outcome: 'BUSY', count: 1 },
        { outcome: 'FAILED', count: 1 },
      ],
    });
    expect(seen.slots).toEqual({ total: 3, free: 1, busy: 1, fault: 1, byState: [{ state: 'ACTIVE_CALL', count: 1 }, { state: 'FAULT', count: 1 }, { state: 'READY', count: 1 }] });
    expect(seen.leads).toEqual({ total: 3, won: 1, wonRatio: 1 / 3, byStatus: [{ status: 'LOST', count: 1 }, { status: 'NEW', count: 1 }, { status: 'WON', count: 1 }] });
    const byOperator = new Map(seen.operators.map(({ operator: { id }, ...counts }: { operator: { id: string } }) => [id, counts]));
    expect([...byOperator.keys()].sort()).toEqual([operator.userId, operator2.userId].sort());
    expect(byOperator.get(operator.userId)).toEqual({ activeCalls: 0, callsToday: 2, answeredToday: 1, talkSecondsToday: 120 });
    expect(byOperator.get(operator2.userId)).toEqual({ activeCalls: 1, callsToday: 2, answeredToday: 0, talkSecondsToday: 0 });
    const total = (kind: string): number => seen.activity.reduce((sum: number, point: Record<string, number>) => sum + (point[kind] ?? 0), 0);
    expect(seen.activity).toHaveLength(60);
    expect([total('started'), total('answered'), total('ended')]).toEqual([5, 2, 4]);
    expect(seen.activity.at(-11)).toMatchObject({ at: minutesAgo(10), started: 4 });
    expect((await dashboard(admin)).calls).toEqual(seen.calls);
  });

  it('X-30: shows an operator his own figures', async () => {
    const { operator } = await aBusyCenter();
    const seen = await dashboard(operator);
    expect(seen).toMatchObject({ scope: 'OWN', calls: { active: 0, startedToday: 2, answeredToday: 1, failedToday: 0, talkSecondsToday: 120 }, slots: { total: 3 } });
    expect(seen.operators).toEqual([{ operator: { id: operator.userId }, activeCalls: 0, callsToday: 2, answeredToday: 1, talkSecondsToday: 120 }]);
    expect(seen.leads.total).toBe(2);
  });

  it('R-177: shows a seller his own leads and their calls, and no slots', async () => {
    const { seller, seller2 } = await aBusyCenter();
    const seen = await dashboard(seller);
    expect(seen).toMatchObject({ scope: 'OWN', slots: null, operators: [], calls: { active: 0, startedToday: 1, talkSecondsToday: 120 }, leads: { total: 2, won: 1, wonRatio: 0.5 } });
    expect((await dashboard(seller2)).calls).toMatchObject({ active: 1, startedToday: 2, answeredToday: 0, averageCallDurationSeconds: null });
  });

  it('is empty where nothing has happened, and counts an event once', async () => {
    const { operator, supervisor, centerId } = await aCenter();
    expect(await dashboard(operator)).toMatchObject({ calls: { startedToday: 0, answerSeizureRatio: null }, operators: [{ callsToday: 0 }], leads: { total: 0, wonRatio: null } });
    const call = answered(centerId, 60, { operatorId: operator.userId });
    const ended = aMessage(CallEnded, { call }, { centerId });
    for (const message of [ended, ended, aMessage(CallQueued, { call: { ...call, status: 'QUEUED', outcome: null, version: 1 } }, { centerId })]) await broker.publish(message);
    expect((await dashboard(supervisor)).calls).toMatchObject({ active: 0, startedToday: 1, talkSecondsToday: 60 });
    expect((await dashboard(anActor({ role: 'supervisor' }))).calls.startedToday).toBe(0);
  });

  it('costs a constant number of statements', async () => {
    const { supervisor } = await aBusyCenter();
    const { supervisor: idle } = await aCenter();
    const measure = (actor: Actor): Promise<number> => countStatements(operations.scopeFor({ actor, traceId: 't' }).em, () => dashboard(actor));
    expect([await measure(supervisor), await measure(idle)]).toEqual([6, 6]);
  });
});

describe('a dead letter', () => {
  const LIST = '{ deadLetters { nodes { id consumer messageType subjectId reason attempts redrivenAt redrivenBy { id } } totalCount } }';
  const redrive = (actor: Actor, id: string): Promise<Answer> =>
    ask(operations, actor, 'mutation ($input: DeadLetterRedriveInput!) { deadLetterRedrive(input: $input) { deadLetter { redrivenBy { id } } userErrors { code retryable } } }', { input: { id } });

  it('is shown and tried again at an administrator\'s word', async () => {
    const { centerId, admin, supervisor, operator } = await aCenter();
    const dead = aMessage(MessageDeadLettered, { messageId: newId('msg'), messageType: 'crm.lead.created', subjectId: newId('lead'), group: 'telephony', reason: 'no table', attempts: 5 }, { centerId });
    await broker.publish(dead);
    await broker.publish(dead);
    const seen = await ask(operations, supervisor, LIST);
    expect(seen.data.deadLetters).toMatchObject({ totalCount: 1, nodes: [{ consumer: 'telephony', messageType: 'crm.lead.created', reason: 'no table', attempts: 5, redrivenAt: null, redrivenBy: null }] });
    const { id, subjectId } = seen.data.deadLetters.nodes[0];
    expect(codeOf(await ask(operations, operator, LIST))).toBe('FORBIDDEN');
    expect(codeOf(await redrive(supervisor, id))).toBe('FORBIDDEN');
    expect((await ask(operations, (await aCenter()).supervisor, LIST)).data.deadLetters.totalCount).toBe(0);

    expect((await redrive(admin, id)).data.deadLetterRedrive).toEqual({ deadLetter: { redrivenBy: { id: admin.userId } }, userErrors: [] });
    const asked = await waitFor(() => sent.find(({ type, aggregateId }) => type === MessagesRedriven.type && aggregateId === subjectId));
    expect(asked.payload).toEqual({ group: 'telephony', subjectId });
    expect((await redrive(admin, id)).data.deadLetterRedrive).toEqual({ deadLetter: null, userErrors: [{ code: 'REDRIVE_UNDER_WAY', retryable: true }] });
    expect(codeOf(await redrive(admin, newId('dead')))).toBe('NOT_FOUND');

    await broker.publish({ ...dead, id: newId('msg') });
    expect((await ask(operations, supervisor, LIST)).data.deadLetters).toMatchObject({ totalCount: 1, nodes: [{ redrivenAt: null }] });
  });

  it('of its own is handled once its cause is gone', async () => {
    const { centerId, admin, supervisor } = await aCenter();
    const lead = await aLead(centerId);
    const late = aMessage(LeadUpdated, { lead: { ...lead, status: 'WON', version: 2 } }, { centerId });
    const pool = database.pool(1);
    await pool.query(`alter table operations.lead_projection add constraint broken check (id <> '${lead.id}' or status <> 'WON')`);
    await broker.publish(late);
    expect((await dashboard(supervisor)).leads.won).toBe(0);
    await pool.query('alter table operations.lead_projection drop constraint broken');
    const letter = await waitFor(async () => (await ask(operations, supervisor, LIST)).data.deadLetters.nodes[0]);
    expect(letter).toMatchObject({ consumer: 'operations.dashboard', subjectId: lead.id });
    await redrive(admin, letter.id);
    await waitFor(async () => (await dashboard(supervisor)).leads.won === 1);
  });
});
