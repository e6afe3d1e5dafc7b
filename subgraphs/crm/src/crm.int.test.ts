import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId, silentLogger } from '@vss/runtime';
import type { Actor } from '@vss/auth';
import { AccessDenied, CallEnded, CallLinked, CallQueued, createInProcessBroker, LeadCreated, LeadMatched, payloadOf, UserCreated, type Message, type PayloadOf } from '@vss/events';
import { aMessage, anActor, ask, countStatements, startTestDatabase, waitFor, type Answer, type TestDatabase } from '@vss/testing';
import { createCrm, migrations, type Crm } from './index.js';

let database: TestDatabase;
let crm: Crm;
const broker = createInProcessBroker({ logger: silentLogger });
const sent: Message[] = [];

beforeAll(async () => {
  database = await startTestDatabase({ migrations: [migrations] });
  crm = await createCrm({ target: database.target, broker, logger: silentLogger });
  await crm.start();
  await broker.subscribe({ group: 'test', patterns: ['crm.#', 'identity.access.denied'], handler: async (message) => void sent.push(message), onDead: async () => undefined });
});

afterAll(async () => {
  await crm?.stop();
  await broker.close();
  await database?.stop();
});

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
  startedAt: new Date().toISOString(),
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
const begin = async (call: Call): Promise<Call> => {
  await broker.publish(aMessage(CallQueued, { call }, { centerId: call.centerId }));
  return call;
};

/** A center with two sellers, two operators, a supervisor and an administrator, all known to crm. */
async function aCenter() {
  const centerId = newId('ctr');
  const of = (role: string): Actor => anActor({ role, centerId });
  const people = { seller: of('seller'), seller2: of('seller'), operator: of('operator'), operator2: of('operator'), supervisor: of('supervisor'), admin: of('admin') };
  for (const { userId: id, role } of Object.values(people))
    await broker.publish(aMessage(UserCreated, { user: { id, centerId, username: id, displayName: id, role, active: true, version: 1 } }, { centerId }));
  return { centerId, ...people };
}

const LEAD = 'lead { id clientName phone status version assignedSeller { id } assignedOperator { id } }';
const USER_ERRORS = 'userErrors { code field }';
const codeOf = (answer: Answer): unknown => answer.errors?.[0]?.extensions?.['code'];

let phones = 0;
const aPhone = (): string => `+1202555${String(1000 + (phones += 1))}`;

async function createLead(actor: Actor, input: Record<string, unknown> = {}) {
  const answer = await ask(crm, actor, `mutation ($input: LeadCreateInput!) { leadCreate(input: $input) { ${LEAD} ${USER_ERRORS} } }`, {
    input: { clientName: 'Ada', phone: aPhone(), ...input },
  });
  return { ...answer, lead: answer.data?.leadCreate?.lead, userErrors: answer.data?.leadCreate?.userErrors };
}
async function updateLead(actor: Actor, input: Record<string, unknown>) {
  const answer = await ask(crm, actor, `mutation ($input: LeadUpdateInput!) { leadUpdate(input: $input) { ${LEAD} ${USER_ERRORS} } }`, { input });
  return { ...answer, lead: answer.data?.leadUpdate?.lead, userErrors: answer.data?.leadUpdate?.userErrors };
}
async function createNote(actor: Actor, input: Record<string, unknown>) {
  const answer = await ask(crm, actor, `mutation ($input: NoteCreateInput!) { noteCreate(input: $input) { note { id text version author { id } call { id } lead { id } } ${USER_ERRORS} } }`, {
    input: { text: 'called', ...input },
  });
  return { ...answer, note: answer.data?.noteCreate?.note, userErrors: answer.data?.noteCreate?.userErrors };
}
const notesOfLead = async (actor: Actor, id: string): Promise<string[]> =>
  (await ask(crm, actor, 'query ($id: ID!) { lead(id: $id) { notes { nodes { text } totalCount } } }', { id })).data.lead.notes.nodes.map(({ text }: { text: string }) => text);
const entities = async (actor: Actor, representations: object[], fragment: string): Promise<Answer> =>
  ask(crm, actor, `query ($r: [_Any!]!) { _entities(representations: $r) { ${fragment} } }`, { r: representations });

describe('a seller', () => {
  it('R-052, R-177: creates a lead that is his own, in E.164', async () => {
    const { seller, centerId } = await aCenter();
    const { lead } = await createLead(seller, { phone: '+1 (202) 555-0143', clientName: '  Ada   Lovelace ' });
    expect(lead).toMatchObject({ clientName: 'Ada Lovelace', phone: '+12025550143', status: 'NEW', version: 1, assignedSeller: { id: seller.userId }, assignedOperator: null });
    const told = await waitFor(() => sent.find((message) => message.type === LeadCreated.type && message.aggregateId === lead.id));
    expect(payloadOf(LeadCreated, told).lead).toMatchObject({ centerId, assignedSellerId: seller.userId, version: 1 });
  });

  it('R-151…R-158: sees no other seller\'s leads: not in lists, by id, as input, by filter or in counts', async () => {
    const { seller, seller2 } = await aCenter();
    const { lead: own } = await createLead(seller);
    const { lead: foreign } = await createLead(seller2);

    const list = await ask(crm, seller, '{ leads { nodes { id } edges { node { id } } totalCount } }');
    expect(list.data.leads).toEqual({ nodes: [{ id: own.id }], edges: [{ node: { id: own.id } }], totalCount: 1 });

    // a filter only narrows.
    const filtered = await ask(crm, seller, 'query ($id: ID!) { leads(filter: { assignedSellerId: $id }) { nodes { id } totalCount } }', { id: seller2.userId });
    expect(filtered.data.leads).toEqual({ nodes: [], totalCount: 0 });
    const searched = await ask(crm, seller, 'query ($phone: String!) { leads(filter: { phone: $phone }) { totalCount } }', { phone: foreign.phone });
    expect(searched.data.leads.totalCount).toBe(0);

    expect(codeOf(await ask(crm, seller, 'query ($id: ID!) { lead(id: $id) { id } }', { id: foreign.id }))).toBe('NOT_FOUND');
    expect(codeOf(await updateLead(seller, { id: foreign.id, expectedVersion: 1, status: 'WON' }))).toBe('NOT_FOUND');
    expect(codeOf(await createNote(seller, { leadId: foreign.id }))).toBe('NOT_FOUND');

    const referenced = await entities(seller, [{ __typename: 'Lead', id: foreign.id }, { __typename: 'User', id: seller2.userId }], '... on Lead { id clientName } ... on User { leads { totalCount } }');
    expect(referenced.data._entities).toEqual([null, { leads: { totalCount: 0 } }]);
    expect(await notesOfLead(seller2, foreign.id)).toEqual([]);
  });

  it('gives nobody else a lead of his own making', async () => {
    const { seller, seller2, operator } = await aCenter();
    expect(codeOf(await createLead(seller, { assignedSellerId: seller2.userId }))).toBe('FORBIDDEN');
    expect(codeOf(await createLead(seller, { assignedOperatorId: operator.userId }))).toBe('FORBIDDEN');
    const { lead } = await createLead(seller);
    expect(codeOf(await updateLead(seller, { id: lead.id, expectedVersion: 1, assignedSellerId: seller2.userId }))).toBe('FORBIDDEN');
    expect((await ask(crm, seller2, '{ leads { totalCount } }')).data.leads.totalCount).toBe(0);
  });

  it('R-153: changes his leads\' data and status, each change based on the version that he read', async () => {
    const { seller } = await aCenter();
    const { lead } = await createLead(seller);
    const changed = await updateLead(seller, { id: lead.id, expectedVersion: 1, clientName: 'Grace', status: 'CONTACTED' });
    expect(changed.lead).toMatchObject({ clientName: 'Grace', status: 'CONTACTED', phone: lead.phone, version: 2 });
    const late = await updateLead(seller, { id: lead.id, expectedVersion: 1, status: 'LOST' });
    expect(late).toMatchObject({ lead: null, userErrors: [{ code: 'VERSION_CONFLICT', field: ['input', 'expectedVersion'] }] });
    expect((await ask(crm, seller, 'query ($id: ID!) { lead(id: $id) { status } }', { id: lead.id })).data.lead.status).toBe('CONTACTED');
  });
});

describe('an operator', () => {
  it('R-143: sees the leads assigned to him and the open pool, and changes their status alone', async () => {
    const { admin, operator, operator2 } = await aCenter();
    const { lead: own } = await createLead(admin, { assignedOperatorId: operator.userId });
    const { lead: pool } = await createLead(admin);
    const { lead: foreign } = await createLead(admin, { assignedOperatorId: operator2.userId });
    const list = await ask(crm, operator, '{ leads { nodes { id } } }');
    expect(list.data.leads.nodes.map(({ id }: { id: string }) => id).sort()).toEqual([own.id, pool.id].sort());
    expect((await updateLead(operator, { id: pool.id, expectedVersion: 1, status: 'QUALIFIED' })).lead.status).toBe('QUALIFIED');
    expect(codeOf(await updateLead(operator, { id: own.id, expectedVersion: 1, phone: aPhone() }))).toBe('FORBIDDEN');
    expect(codeOf(await updateLead(operator, { id: foreign.id, expectedVersion: 1, status: 'WON' }))).toBe('NOT_FOUND');
    expect(codeOf(await createLead(operator))).toBe('FORBIDDEN');
  });

  it('R-176: writes a note on his call, and it hangs on the call\'s lead', async () => {
    const { seller, operator, operator2, centerId } = await aCenter();
    const { lead } = await createLead(seller);
    const call = await begin(aCall(centerId, { operatorId: operator.userId, leadId: lead.id }));
    const { note } = await createNote(operator, { callId: call.id, text: ' wants a demo ' });
    expect(note).toMatchObject({ text: 'wants a demo', author: { id: operator.userId }, call: { id: call.id }, lead: { id: lead.id } });
    expect(await notesOfLead(seller, lead.id)).toEqual(['wants a demo']);
    expect(codeOf(await createNote(operator2, { callId: call.id }))).toBe('NOT_FOUND');
  });

  it('R-176: writes a note before the call is linked, and it follows to the lead', async () => {
    const { seller, operator, centerId } = await aCenter();
    const { lead } = await createLead(seller);
    const call = await begin(aCall(centerId, { operatorId: operator.userId }));
    const { note } = await createNote(operator, { callId: call.id, text: 'before' });
    expect(note.lead).toBeNull();
    expect(await notesOfLead(seller, lead.id)).toEqual([]);
    await broker.publish(aMessage(CallLinked, { call: { ...call, leadId: lead.id, version: 2 } }, { centerId }));
    expect(await notesOfLead(seller, lead.id)).toEqual(['before']);
    const onCall = await entities(seller, [{ __typename: 'Call', id: call.id }], '... on Call { notes { nodes { text } } }');
    expect(onCall.data._entities[0].notes.nodes).toEqual([{ text: 'before' }]);
    // An older event that comes once more takes nothing back.
    await broker.publish(aMessage(CallQueued, { call }, { centerId }));
    expect(await notesOfLead(seller, lead.id)).toEqual(['before']);
  });

  it('writes a note on the call that he has just started, whose event is still on its way', async () => {
    const { operator, centerId } = await aCenter();
    const call = aCall(centerId, { operatorId: operator.userId });
    const writing = createNote(operator, { callId: call.id });
    await begin(call);
    expect((await writing).note).toMatchObject({ call: { id: call.id } });
  });

  it('finds no call that does not exist', async () => {
    const { operator } = await aCenter();
    const old = 'call_01jd0000000000000000000000';
    expect(codeOf(await createNote(operator, { callId: old }))).toBe('NOT_FOUND');
    expect(codeOf(await createNote(operator, { callId: 'c_882' }))).toBe('NOT_FOUND');
  });
});

describe('a note', () => {
  it('needs a call or a lead, and a text that fits', async () => {
    const { seller } = await aCenter();
    const { lead } = await createLead(seller);
    expect((await createNote(seller, {})).userErrors).toEqual([{ code: 'NOTE_TARGET_MISSING', field: ['input'] }]);
    for (const text of ['', '  ', 'x'.repeat(10_001), 'a\0b'])
      expect((await createNote(seller, { leadId: lead.id, text })).userErrors).toEqual([{ code: 'NOTE_TEXT_INVALID', field: ['input', 'text'] }]);
    expect((await createNote(seller, { leadId: lead.id, text: 'x'.repeat(10_000) })).note.text).toHaveLength(10_000);
  });

  it('names no lead but the call\'s own', async () => {
    const { seller, operator, centerId } = await aCenter();
    const [{ lead }, { lead: other }] = [await createLead(seller), await createLead(seller)];
    const call = await begin(aCall(centerId, { operatorId: operator.userId, leadId: lead.id }));
    expect((await createNote(operator, { callId: call.id, leadId: other.id })).userErrors).toEqual([{ code: 'NOTE_TARGET_MISMATCH', field: ['input', 'leadId'] }]);
    expect((await createNote(operator, { callId: call.id, leadId: lead.id })).note.lead.id).toBe(lead.id);
  });

  it('X-19: is changed by who wrote it, and what it said is kept', async () => {
    const { seller, seller2, operator } = await aCenter();
    const { lead } = await createLead(seller);
    const update = (actor: Actor, id: string, text: string, expectedVersion = 1): Promise<Answer> =>
      ask(crm, actor, `mutation ($input: NoteUpdateInput!) { noteUpdate(input: $input) { note { text version } ${USER_ERRORS} } }`, { input: { id, expectedVersion, text } });
    const { note } = await createNote(seller, { leadId: lead.id, text: 'first' });
    expect((await update(seller, note.id, 'second')).data.noteUpdate.note).toEqual({ text: 'second', version: 2 });
    expect((await update(seller, note.id, 'third')).data.noteUpdate.userErrors[0].code).toBe('VERSION_CONFLICT');
    const kept = await database.pool(1).query('select version, text, replaced_by from crm.note_revision where note_id = $1', [note.id]);
    expect(kept.rows).toEqual([{ version: 1, text: 'first', replaced_by: seller.userId }]);

    const { note: operators } = await createNote(operator, { leadId: lead.id });
    expect(codeOf(await update(seller, operators.id, 'mine now'))).toBe('FORBIDDEN');
    expect(codeOf(await update(seller2, note.id, 'mine now', 2))).toBe('NOT_FOUND');
    expect(codeOf(await update(operator, operators.id, 'again'))).toBe('FORBIDDEN');
  });

  it('R-158: is read by a seller only on his own leads and their calls', async () => {
    const { seller, seller2, operator, supervisor, centerId } = await aCenter();
    const { lead } = await createLead(seller);
    const call = await begin(aCall(centerId, { operatorId: operator.userId, leadId: lead.id }));
    const { note } = await createNote(operator, { callId: call.id, text: 'secret' });
    const read = async (actor: Actor): Promise<unknown[]> => {
      const byId = await ask(crm, actor, 'query ($id: ID!) { note(id: $id) { text } }', { id: note.id });
      const referenced = await entities(actor, [{ __typename: 'Call', id: call.id }, { __typename: 'Note', id: note.id }], '... on Call { notes { nodes { text } totalCount } } ... on Note { text }');
      return [byId.data?.note?.text ?? codeOf(byId), referenced.data._entities[0].notes, referenced.data._entities[1]?.text];
    };
    const all = ['secret', { nodes: [{ text: 'secret' }], totalCount: 1 }, 'secret'];
    expect(await read(seller)).toEqual(all);
    expect(await read(operator)).toEqual(all);
    expect(await read(supervisor)).toEqual(all);
    expect(await read(seller2)).toEqual(['NOT_FOUND', { nodes: [], totalCount: 0 }, undefined]);
    expect(await read(anActor({ role: 'supervisor' }))).toEqual(['NOT_FOUND', { nodes: [], totalCount: 0 }, undefined]);
    expect(codeOf(await createNote(supervisor, { callId: call.id }))).toBe('FORBIDDEN');
  });
});

describe('a call without a lead', () => {
  const matches = (callId: string): Message[] => sent.filter((message) => message.type === LeadMatched.type && message.aggregateId === callId);

  it('X-38: is proposed the lead with its number, once', async () => {
    const { admin, operator, centerId } = await aCenter();
    const { lead } = await createLead(admin);
    const call = aCall(centerId, { operatorId: operator.userId, phoneNumber: lead.phone });
    const queued = aMessage(CallQueued, { call }, { centerId });
    await broker.publish(queued);
    await broker.publish(queued);
    const other = await begin(aCall(centerId, { operatorId: operator.userId, phoneNumber: lead.phone }));
    await waitFor(() => matches(other.id).length);
    expect(matches(call.id).map((message) => message.payload)).toEqual([{ leadId: lead.id, callId: call.id }]);
  });

  it('is proposed no lead of another operator or center', async () => {
    const { admin, operator, operator2, centerId } = await aCenter();
    const { lead } = await createLead(admin, { assignedOperatorId: operator2.userId });
    const { lead: pool } = await createLead(admin);
    const foreign = await begin(aCall(centerId, { operatorId: operator.userId, phoneNumber: lead.phone }));
    const elsewhere = await begin(aCall(newId('ctr'), { operatorId: operator.userId, phoneNumber: pool.phone }));
    const own = await begin(aCall(centerId, { operatorId: operator2.userId, phoneNumber: lead.phone }));
    await waitFor(() => matches(own.id).length);
    expect([matches(foreign.id), matches(elsewhere.id)]).toEqual([[], []]);
  });
});

describe('input', () => {
  it.each(['12345', 'abc', '+1202', '', '2025550143', '+12025550143\0'])('refuses the number %j and stores nothing', async (phone) => {
    const { seller } = await aCenter();
    expect(await createLead(seller, { phone })).toMatchObject({ lead: null, userErrors: [{ code: 'PHONE_NUMBER_INVALID', field: ['input', 'phone'] }] });
    expect((await ask(crm, seller, '{ leads { totalCount } }')).data.leads.totalCount).toBe(0);
  });

  it('of a client name is refused when it is empty', async () => {
    const { seller } = await aCenter();
    expect((await createLead(seller, { clientName: ' ' })).userErrors).toEqual([{ code: 'CLIENT_NAME_INVALID', field: ['input', 'clientName'] }]);
  });

  it('may be sent twice with one idempotency key', async () => {
    const { seller, operator, centerId } = await aCenter();
    const input = { clientName: 'Ada', phone: aPhone(), idempotencyKey: 'k1' };
    const [first, second] = await Promise.all([createLead(seller, input), createLead(seller, input)]);
    expect(first.lead.id).toBe(second.lead.id);
    expect((await createLead(seller, { ...input, clientName: 'Grace' })).userErrors).toEqual([{ code: 'IDEMPOTENCY_KEY_REUSED', field: ['input', 'idempotencyKey'] }]);
    const call = await begin(aCall(centerId, { operatorId: operator.userId }));
    const note = { callId: call.id, text: 'once', idempotencyKey: 'k1' };
    expect((await createNote(operator, note)).note.id).toBe((await createNote(operator, note)).note.id);
  });

  it('that names a stranger is not found', async () => {
    const { admin } = await aCenter();
    const stranger = (await aCenter()).seller;
    expect(codeOf(await createLead(admin, { assignedSellerId: stranger.userId }))).toBe('NOT_FOUND');
    expect(codeOf(await createLead(admin, { assignedOperatorId: 'nobody' }))).toBe('NOT_FOUND');
  });

  it('finds leads by a part of their name or number', async () => {
    const { seller } = await aCenter();
    await createLead(seller, { clientName: 'Ada 100% Lovelace', phone: '+442079460018' });
    await createLead(seller, { clientName: 'Grace Hopper' });
    const found = async (search: string): Promise<number> => (await ask(crm, seller, 'query ($s: String!) { leads(filter: { search: $s }) { totalCount } }', { s: search })).data.leads.totalCount;
    expect(await Promise.all(['lovel', '100%', '%', '_', '7946', '+44 20', 'nobody'].map(found))).toEqual([1, 1, 1, 0, 1, 1, 0]);
  });
});

describe('rights', () => {
  it('R-160: let a supervisor read every lead and change none', async () => {
    const { seller, supervisor } = await aCenter();
    const { lead } = await createLead(seller);
    expect((await ask(crm, supervisor, '{ leads { nodes { id } } }')).data.leads.nodes).toEqual([{ id: lead.id }]);
    expect(codeOf(await updateLead(supervisor, { id: lead.id, expectedVersion: 1, status: 'WON' }))).toBe('FORBIDDEN');
    expect(codeOf(await createLead(supervisor))).toBe('FORBIDDEN');
    expect(codeOf(await createNote(supervisor, { leadId: lead.id }))).toBe('FORBIDDEN');
  });

  it('that were not given are told to the audit', async () => {
    const { supervisor, centerId } = await aCenter();
    await createLead(supervisor);
    const told = await waitFor(() => sent.find((message) => message.type === AccessDenied.type && message.centerId === centerId));
    expect(payloadOf(AccessDenied, told)).toMatchObject({ userId: supervisor.userId, permission: 'leads:create', operation: 'Mutation.leadCreate', wall: 'SUBGRAPH' });
  });
});

describe('statements', () => {
  it.each(['seller', 'operator', 'supervisor'] as const)('are as few for many rows as for two: %s', async (role) => {
    const center = await aCenter();
    const actor = center[role];
    const make = async (count: number): Promise<string[]> => {
      const calls: string[] = [];
      for (let index = 0; index < count; index += 1) {
        const { lead } = await createLead(center.seller, {});
        const call = await begin(aCall(center.centerId, { operatorId: center.operator.userId, leadId: lead.id }));
        await createNote(center.operator, { callId: call.id });
        calls.push(call.id);
      }
      return calls;
    };
    const measure = async (calls: string[]): Promise<number> => {
      const em = crm.scopeFor({ actor, traceId: 't' }).em;
      return countStatements(em, async () => {
        const list = await ask(crm, actor, '{ leads(first: 200) { nodes { id notes { nodes { text lead { id } } totalCount } } totalCount } }');
        expect(list.errors).toBeUndefined();
        const answer = await entities(actor, [...calls.map((id) => ({ __typename: 'Call', id })), ...calls.map(() => ({ __typename: 'User', id: center.seller.userId }))], '... on Call { notes { nodes { text lead { id } } totalCount } } ... on User { leads { nodes { id } } }');
        expect(answer.data._entities[0].notes.nodes).toHaveLength(1);
      });
    };
    const few = await make(2);
    const atTwo = await measure(few);
    const many = [...few, ...(await make(20))];
    expect(await measure(many)).toBe(atTwo);
    expect(atTwo).toBeGreaterThan(5);
    expect(atTwo).toBeLessThanOrEqual(14);
  });
});

describe('for the platform', () => {
  it('enters leads to begin with once', async () => {
    const { centerId, seller } = await aCenter();
    const drafts = [{ clientName: 'A', phone: '+12025559901', assignedSellerId: seller.userId }, { clientName: 'B', phone: '+12025559902' }];
    const first = await crm.ensureLeads(centerId, drafts);
    expect((await crm.ensureLeads(centerId, drafts)).map(({ id }) => id)).toEqual(first.map(({ id }) => id));
    expect((await ask(crm, seller, '{ leads { totalCount } }')).data.leads.totalCount).toBe(1);
  });

  it('says every lead again', async () => {
    expect(await crm.snapshotLeads()).toBeGreaterThan(0);
    await waitFor(() => sent.some(({ type }) => type === 'crm.lead.snapshotted'));
  });

  it('keeps what becomes of a call', async () => {
    const { centerId, operator } = await aCenter();
    const call = await begin(aCall(centerId, { operatorId: operator.userId }));
    await broker.publish(aMessage(CallEnded, { call: { ...call, status: 'ENDED', outcome: 'BUSY', version: 3 } }, { centerId }));
    const { rows } = await database.pool(1).query('select status, outcome, version from crm.call_projection where id = $1', [call.id]);
    expect(rows).toEqual([{ status: 'ENDED', outcome: 'BUSY', version: 3 }]);
  });
});
