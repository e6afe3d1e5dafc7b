import { describe, expect, it } from 'vitest';
import type { Actor } from '@vss/auth';
import { CallAnswered, CallEnded, CallQueued, CallRinging, LeadUpdated, SlotCreated, SlotTransitioned, UserUpdated } from '@vss/events';
import { newId } from '@vss/runtime';
import { aMessage, anActor, ask, countStatements } from '@vss/testing';
import { aCall, aCenter, aLead, answered, aSlot, broker, minutesAgo, NOW, operations, publishCall } from '../operations.fixture.js';

const DASHBOARD = `{ dashboard { role scope at
  calls { active startedToday answeredToday failedToday talkSecondsToday seizures answered talked answerSeizureRatio averageCallDurationSeconds byOutcome { outcome count } }
  slots { total free busy fault byState { state count } }
  operators { operator { id } activeCalls callsToday answeredToday talkSecondsToday }
  leads { total won wonRatio byStatus { status count } }
  activity { at started answered ended } } }`;
async function dashboard(actor: Actor) {
  const answer = await ask(operations, actor, DASHBOARD);
  expect(answer.errors).toBeUndefined();
  return answer.data.dashboard;
}

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
      talked: 1,
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
    expect(new Set(byOperator.keys())).toEqual(new Set([operator.userId, operator2.userId]));
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

  it('shows the leader of a team what is of its members', async () => {
    const { centerId, operator2, seller } = await aBusyCenter();
    const team = newId('team');
    const leader = anActor({ role: 'leader', centerId, teamIds: [team], grants: ['dashboard', 'calls', 'leads'].map((resource) => ({ resource, actions: ['read'], scope: 'TEAM', effect: 'ALLOW' })) });
    const intoTeam = ({ userId: id, role }: Actor, teamIds: string[], version: number): Promise<void> =>
      broker.publish(aMessage(UserUpdated, { user: { id, centerId, username: id, displayName: 'x', role, active: true, teamIds, version } }, { centerId }));
    // One lead is in the open pool.
    expect(await dashboard(leader)).toMatchObject({ scope: 'TEAM', slots: null, operators: [], calls: { active: 0, startedToday: 0 }, leads: { total: 1 } });
    await intoTeam(operator2, [newId('team'), team], 2);
    const seen = await dashboard(leader);
    expect(seen.operators).toEqual([{ operator: { id: operator2.userId }, activeCalls: 1, callsToday: 2, answeredToday: 0, talkSecondsToday: 0 }]);
    expect(seen).toMatchObject({ calls: { active: 1, startedToday: 2, failedToday: 1 }, leads: { total: 2, won: 0 } });
    // The calls with a seller's leads are his team's as well, whoever makes them.
    await intoTeam(seller, [team], 2);
    expect(await dashboard(leader)).toMatchObject({ calls: { active: 1, startedToday: 3, talkSecondsToday: 120 }, leads: { total: 3, won: 1 } });
    await intoTeam(operator2, [], 3);
    expect((await dashboard(leader)).operators).toEqual([]);
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

  it('averages the length of calls that have ended; one that goes on does not make it shorter', async () => {
    const { operator, supervisor, centerId } = await aCenter();
    await publishCall(CallEnded, answered(centerId, 60, { operatorId: operator.userId }));
    await publishCall(CallAnswered, aCall(centerId, { operatorId: operator.userId, status: 'ANSWERED', answeredAt: minutesAgo(1), version: 3 }));
    expect((await dashboard(supervisor)).calls).toMatchObject({ answered: 2, talked: 1, talkSecondsToday: 60, averageCallDurationSeconds: 60 });
  });

  it('costs a constant number of statements', async () => {
    const { supervisor } = await aBusyCenter();
    const { supervisor: idle } = await aCenter();
    const measure = (actor: Actor): Promise<number> => countStatements(operations.scopeFor({ actor, traceId: 't' }).em, () => dashboard(actor));
    expect([await measure(supervisor), await measure(idle)]).toEqual([6, 6]);
  });
});
