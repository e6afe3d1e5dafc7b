import { describe, expect, it } from 'vitest';
import type { Actor } from '@vss/auth';
import { CallLinked, CallQueued } from '@vss/events';
import { newId } from '@vss/runtime';
import { aMessage, anActor, ask, countStatements, type Answer } from '@vss/testing';
import { aCall, aCenter, aLeader, begin, broker, codeOf, createLead, createNote, crm, database, entities, intoTeams, notesOfLead, USER_ERRORS } from '../crm.fixture.js';

describe('an operator', () => {
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
    expect(onCall.data['_entities'][0].notes.nodes).toEqual([{ text: 'before' }]);
    // An older event that comes once more takes nothing back.
    await broker.publish(aMessage(CallQueued, { call }, { centerId }));
    expect(await notesOfLead(seller, lead.id)).toEqual(['before']);
  });

  it('R-176: loses no note that is written while its call is being linked', async () => {
    const { seller, operator, centerId } = await aCenter();
    const { lead } = await createLead(seller);
    const calls = await Promise.all(Array.from({ length: 12 }, () => begin(aCall(centerId, { operatorId: operator.userId }))));
    await Promise.all(
      calls.flatMap((call) => [createNote(operator, { callId: call.id }), broker.publish(aMessage(CallLinked, { call: { ...call, leadId: lead.id, version: 2 } }, { centerId }))]),
    );
    expect(await notesOfLead(seller, lead.id)).toHaveLength(12);
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
      return [byId.data?.note?.text ?? codeOf(byId), referenced.data['_entities'][0].notes, referenced.data['_entities'][1]?.text];
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

describe('the leader of a team', () => {
  it('reads and changes what its members wrote on their calls, and no other notes', async () => {
    const { operator, operator2, supervisor, centerId } = await aCenter();
    const team = newId('team');
    await intoTeams(operator, [team]);
    const leader = aLeader(centerId, [team], 'notes:read,update', 'calls:read');
    const mine = await begin(aCall(centerId, { operatorId: operator.userId }));
    const others = await begin(aCall(centerId, { operatorId: operator2.userId }));
    const { note } = await createNote(operator, { callId: mine.id, text: 'of the team' });
    const { note: foreign } = await createNote(operator2, { callId: others.id, text: 'of nobody’s business' });
    const read = (id: string, actor: Actor = leader): Promise<Answer> => ask(crm, actor, 'query ($id: ID!) { note(id: $id) { text } }', { id });
    expect((await read(note.id)).data.note).toEqual({ text: 'of the team' });
    expect(codeOf(await read(foreign.id))).toBe('NOT_FOUND');
    expect((await read(foreign.id, supervisor)).data.note).toEqual({ text: 'of nobody’s business' });
    const onCalls = await entities(leader, [mine, others].map(({ id }) => ({ __typename: 'Call', id })), '... on Call { notes { totalCount } }');
    expect(onCalls.data['_entities']).toEqual([{ notes: { totalCount: 1 } }, { notes: { totalCount: 0 } }]);
    const change = (id: string): Promise<Answer> => ask(crm, leader, `mutation ($input: NoteUpdateInput!) { noteUpdate(input: $input) { note { text } ${USER_ERRORS} } }`, { input: { id, expectedVersion: 1, text: 'seen' } });
    expect((await change(note.id)).data.noteUpdate).toEqual({ note: { text: 'seen' }, userErrors: [] });
    expect(codeOf(await change(foreign.id))).toBe('NOT_FOUND');
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
        expect(answer.data['_entities'][0].notes.nodes).toHaveLength(1);
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
