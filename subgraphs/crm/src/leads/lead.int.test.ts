import { describe, expect, it } from 'vitest';
import type { Actor } from '@vss/auth';
import { AccessDenied, LeadCreated, payloadOf } from '@vss/events';
import { undescribed } from '@vss/graphql';
import { newId } from '@vss/runtime';
import { ask, waitFor } from '@vss/testing';
import { aCall, aCenter, aLeader, aPhone, begin, codeOf, createLead, createNote, crm, entities, intoTeams, notesOfLead, sent, updateLead } from '../crm.fixture.js';

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
    expect(referenced.data['_entities']).toEqual([null, { leads: { totalCount: 0 } }]);
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
    expect(new Set(list.data.leads.nodes.map(({ id }: { id: string }) => id))).toEqual(new Set([own.id, pool.id]));
    expect((await updateLead(operator, { id: pool.id, expectedVersion: 1, status: 'QUALIFIED' })).lead.status).toBe('QUALIFIED');
    expect(codeOf(await updateLead(operator, { id: own.id, expectedVersion: 1, phone: aPhone() }))).toBe('FORBIDDEN');
    expect(codeOf(await updateLead(operator, { id: foreign.id, expectedVersion: 1, status: 'WON' }))).toBe('NOT_FOUND');
    expect(codeOf(await createLead(operator))).toBe('FORBIDDEN');
  });
});

describe('the leader of a team', () => {
  async function aTeam() {
    const center = await aCenter();
    const { seller, seller2, operator, operator2, admin, centerId } = center;
    const team = newId('team');
    for (const [member, teams] of [[seller, [team]], [operator, [newId('team'), team]], [seller2, [newId('team')]]] as const) await intoTeams(member, [...teams]);
    const leadOf = async (assignedSellerId: string, assignedOperatorId: string | null): Promise<string> => (await createLead(admin, { assignedSellerId, assignedOperatorId })).lead.id;
    const leads = {
      ofSeller: await leadOf(seller.userId, operator2.userId),
      ofOperator: await leadOf(seller2.userId, operator.userId),
      open: await leadOf(seller2.userId, null),
      foreign: await leadOf(seller2.userId, operator2.userId),
    };
    return { ...center, team, leads, leader: aLeader(centerId, [newId('team'), team], 'leads:read,update') };
  }
  const seenBy = async (actor: Actor): Promise<string[]> => (await ask(crm, actor, '{ leads { nodes { id } } }')).data.leads.nodes.map(({ id }: { id: string }) => id).toReversed();

  it('sees its leads, those of the pool and no others, as the team is now', async () => {
    const { leader, leads, seller, seller2, centerId } = await aTeam();
    expect(await seenBy(leader)).toEqual([leads.ofSeller, leads.ofOperator, leads.open]);
    expect(await seenBy(aLeader(centerId, [], 'leads:read'))).toEqual([leads.open]);
    expect(codeOf(await ask(crm, leader, 'query ($id: ID!) { lead(id: $id) { id } }', { id: leads.foreign }))).toBe('NOT_FOUND');
    const bySeller = await entities(leader, [seller, seller2].map(({ userId: id }) => ({ __typename: 'User', id })), '... on User { leads { totalCount } }');
    expect(bySeller.data['_entities']).toEqual([{ leads: { totalCount: 1 } }, { leads: { totalCount: 2 } }]);
    await intoTeams(seller, []);
    expect(await seenBy(leader)).toEqual([leads.ofOperator, leads.open]);
  });

  it('changes them as their seller may, and gives them to nobody else', async () => {
    const { leader, leads, seller2 } = await aTeam();
    expect((await updateLead(leader, { id: leads.ofSeller, expectedVersion: 1, clientName: 'Grace' })).lead).toMatchObject({ clientName: 'Grace' });
    expect(codeOf(await updateLead(leader, { id: leads.ofSeller, expectedVersion: 2, assignedSellerId: seller2.userId }))).toBe('FORBIDDEN');
    expect(codeOf(await updateLead(leader, { id: leads.foreign, expectedVersion: 1, clientName: 'Grace' }))).toBe('NOT_FOUND');
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

  it.each(['{ lead(id: "\\u0000") { id } }', '{ leads(filter: { search: "a\\u0000" }) { totalCount } }', '{ leads(filter: { assignedSellerId: "\\u0000" }) { totalCount } }', 'mutation { noteCreate(input: { text: "x", leadId: "\\u0000" }) { note { id } } }'])(
    'with a character that cannot be stored is refused: %s',
    async (query) => expect(codeOf(await ask(crm, (await aCenter()).seller, query))).toBe('BAD_USER_INPUT'),
  );

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

describe('for the platform', () => {
  it('describes everything that clients see', () => expect(undescribed(crm.schema)).toEqual([]));

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
});
