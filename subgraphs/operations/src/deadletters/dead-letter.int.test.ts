import { describe, expect, it } from 'vitest';
import { newId } from '@vss/runtime';
import type { Actor } from '@vss/auth';
import { LeadUpdated, MessageDeadLettered, MessagesRedriven } from '@vss/events';
import { aMessage, ask, waitFor, type Answer } from '@vss/testing';
import { aCenter, aLead, broker, codeOf, database, operations, sent } from '../operations.fixture.js';

const wonLeads = async (actor: Actor): Promise<number> => (await ask(operations, actor, '{ dashboard { leads { won } } }')).data.dashboard.leads.won;

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
    expect(await wonLeads(supervisor)).toBe(0);
    await pool.query('alter table operations.lead_projection drop constraint broken');
    const letter = await waitFor(async () => (await ask(operations, supervisor, LIST)).data.deadLetters.nodes[0]);
    expect(letter).toMatchObject({ consumer: 'operations.dashboard', subjectId: lead.id });
    await redrive(admin, letter.id);
    await waitFor(async () => (await wonLeads(supervisor)) === 1);
  });
});
