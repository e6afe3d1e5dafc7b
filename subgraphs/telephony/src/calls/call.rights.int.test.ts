import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LeadUpdated, UserUpdated } from '@vss/events';
import { newId } from '@vss/runtime';
import { anActor, subscribeTo } from '@vss/testing';
import { aLead, aStartedCall } from '../testing/calls.js';
import { aCenter, startPlatform, type TestCenter, type TestPlatform } from '../testing/platform.js';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.stop());

describe('who sees which call', () => {
  it('an operator his own, a seller those of his leads, a supervisor the center’s, nobody another center’s', async () => {
    const center = await aCenter(platform, { slots: 3 });
    const colleague = anActor({ role: 'operator', centerId: center.id });
    const leadId = await aLead(center, { assignedSellerId: center.seller.userId });
    const mine = await aStartedCall(center);
    const hers = await aStartedCall(center, { leadId }, colleague);
    const LIST = `{ calls { totalCount nodes { id } } }`;
    const idsOf = async (actor: typeof colleague): Promise<string[]> => ((await center.as(actor, LIST)).data.calls.nodes as { id: string }[]).map(({ id }) => id);
    expect(await idsOf(center.operator)).toEqual([mine.id]);
    expect(await idsOf(colleague)).toEqual([hers.id]);
    expect(await idsOf(center.seller)).toEqual([hers.id]);
    expect(await idsOf(center.supervisor)).toEqual([hers.id, mine.id]);
    expect(await idsOf(anActor({ role: 'supervisor' }))).toEqual([]);
    expect(await idsOf(center.admin)).toEqual(expect.arrayContaining([hers.id, mine.id]));
    // A filter only narrows; a foreign node is not there; neither is a foreign reference.
    expect((await center.as(center.operator, `query($id: ID) { calls(filter: { operatorId: $id }) { nodes { id } } }`, { id: colleague.userId })).data.calls.nodes).toEqual([]);
    const one = (actor: typeof colleague) => center.as(actor, `query($id: ID!) { call(id: $id) { id } }`, { id: hers.id });
    expect((await one(center.operator)).errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
    expect((await one(anActor({ role: 'seller', centerId: center.id }))).errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
    const ENTITY = `query($r: [_Any!]!) { entities: _entities(representations: $r) { ... on Call { id } } }`;
    const representation = { r: [{ __typename: 'Call', id: hers.id }] };
    expect((await center.as(center.operator, ENTITY, representation)).data.entities).toEqual([null]);
    expect((await center.as(center.supervisor, ENTITY, representation)).data.entities).toEqual([{ id: hers.id }]);
    // The seller sees the call, but no slots.
    const asSeller = await center.as(center.seller, `{ calls { nodes { id slot { id } } } }`);
    expect(asSeller.data.calls.nodes).toEqual([{ id: hers.id, slot: null }]);
    expect(asSeller.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    // On a slot somebody else's call is not shown.
    const onSlot = (actor: typeof colleague) => center.as(actor, `query($id: ID!) { slot(id: $id) { state call { id } } }`, { id: hers.slotId });
    expect((await onSlot(center.operator)).data.slot).toEqual({ state: 'CALLING', call: null });
    expect((await onSlot(colleague)).data.slot.call).toEqual({ id: hers.id });
    // On the lead and on the operator, the same rights.
    const LEAD = `query($r: [_Any!]!) { entities: _entities(representations: $r) { ... on Lead { id calls { totalCount nodes { id } } } ... on User { id calls { totalCount nodes { id } } } } }`;
    const both = { r: [{ __typename: 'Lead', id: leadId }, { __typename: 'User', id: colleague.userId }] };
    const total = async (actor: typeof colleague): Promise<number[]> =>
      (await center.as(actor, LEAD, both)).data.entities.map((each: { calls: { totalCount: number } }) => each.calls.totalCount);
    expect(await total(center.seller)).toEqual([1, 1]);
    expect(await total(center.operator)).toEqual([0, 0]);
    expect(await total(center.supervisor)).toEqual([1, 1]);
  });

  it('a seller whose lead is given to another sees its calls no more', async () => {
    const center = await aCenter(platform);
    const leadId = await aLead(center, { assignedSellerId: center.seller.userId });
    await aStartedCall(center, { leadId });
    const seen = async (): Promise<number> => (await center.as(center.seller, `{ calls { totalCount } }`)).data.calls.totalCount;
    expect(await seen()).toBe(1);
    await center.hub.say(LeadUpdated, { lead: { id: leadId, centerId: center.id, phone: '+15550100123', status: 'NEW', assignedSellerId: newId('usr'), assignedOperatorId: null, version: 2 } });
    expect(await seen()).toBe(0);
  });

  const inTeams = async (center: TestCenter, userId: string, teamIds: readonly string[], version = 1): Promise<void> =>
    center.hub.say(UserUpdated, { user: { id: userId, centerId: center.id, username: userId, displayName: '', role: 'operator', active: true, teamIds: [...teamIds], version } });

  /** May see, watch and end the calls of his teams. */
  const aLeader = (center: TestCenter, teamIds: readonly string[]) =>
    anActor({ role: 'leader', centerId: center.id, teamIds, grants: ['calls:read,end', 'cdrs:read'].map((line) => ({ resource: line.split(':')[0] ?? '', actions: line.split(':')[1]?.split(',') ?? [], scope: 'TEAM', effect: 'ALLOW' })) });

  it('the leader of a team those of its members and those with their leads, as the team is now', async () => {
    const center = await aCenter(platform, { slots: 4 });
    const [team, other] = [newId('team'), newId('team')];
    const [member, stranger] = [anActor({ role: 'operator', centerId: center.id }), anActor({ role: 'operator', centerId: center.id })];
    const leader = aLeader(center, [other, team]);
    await inTeams(center, member.userId, [team]);
    await inTeams(center, center.seller.userId, [team, newId('team')]);
    await inTeams(center, stranger.userId, [newId('team')]);
    const leadId = await aLead(center, { assignedSellerId: center.seller.userId });
    const byMember = await aStartedCall(center, {}, member);
    const withLead = await aStartedCall(center, { leadId }, stranger);
    const byStranger = await aStartedCall(center, {}, stranger);
    const seen = async (): Promise<string[]> => ((await center.as(leader, '{ calls { nodes { id } } }')).data.calls.nodes as { id: string }[]).map(({ id }) => id);
    expect(await seen()).toEqual([withLead.id, byMember.id]);
    expect((await center.as(leader, 'query($id: ID!) { call(id: $id) { id } }', { id: byStranger.id })).errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
    expect((await center.as(aLeader(center, []), '{ calls { totalCount } }')).data.calls.totalCount).toBe(0);
    await inTeams(center, member.userId, [], 2);
    // What comes late says nothing any more.
    await inTeams(center, member.userId, [team], 1);
    expect(await seen()).toEqual([withLead.id]);
  });

  it('the leader of a team its calls as they happen, and ends them', async () => {
    const center = await aCenter(platform, { slots: 2 });
    const team = newId('team');
    const [member, stranger] = [anActor({ role: 'operator', centerId: center.id }), anActor({ role: 'operator', centerId: center.id })];
    const leader = aLeader(center, [team]);
    await inTeams(center, member.userId, [team]);
    const live = await subscribeTo(platform.telephony, leader, 'subscription { callUpdated { call { id } } }');
    const others = await aStartedCall(center, {}, stranger);
    const own = await aStartedCall(center, {}, member);
    expect((await live.next()).data.callUpdated.call.id).toBe(own.id);
    await live.return();
    const end = (callId: string) => center.as(leader, 'mutation($input: CallEndInput!) { callEnd(input: $input) { call { id } userErrors { code } } }', { input: { callId, idempotencyKey: newId('key') } });
    expect((await end(own.id)).data.callEnd).toMatchObject({ call: { id: own.id }, userErrors: [] });
    expect((await end(others.id)).errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
  });
});
