import { describe, expect, it } from 'vitest';
import { newId } from '@vss/runtime';
import type { Actor } from '@vss/auth';
import { CallEnded, HubHeartbeat, LeadCreated, SignInRefused, SlotCreated, SlotTransitioned } from '@vss/events';
import { aMessage, ask, countStatements, waitFor, type Answer } from '@vss/testing';
import { aCall, aCenter, aLead, answered, aSlot, broker, codeOf, minutesAgo, operations, publishCall, sent } from '../operations.fixture.js';

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
