import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CallOriginate } from '@vss/events';
import { anActor, countStatements } from '@vss/testing';
import { aCenter, startPlatform, type TestCenter, type TestPlatform } from '../testing/platform.js';

let platform: TestPlatform;
let center: TestCenter;
let callId: string;
beforeAll(async () => {
  // No look by itself: it would send statements while they are counted.
  platform = await startPlatform({ wrapUpMs: 0, lookEveryMs: 3_600_000 });
  center = await aCenter(platform, { slots: 1 });
  callId = (await center.start({ slotSelector: {} })).data.callStart.call.id;
  await center.hub.finished(await center.hub.next(CallOriginate), { outcome: 'BUSY' });
});
afterAll(() => platform.stop());

const CDRS = `query($filter: CdrFilter) { cdrs(filter: $filter) { totalCount nodes { id outcome call { id } } } }`;

describe('call detail records (R-065, X-39)', () => {
  it.each([
    ['update telephony.cdr set outcome = $$ANSWERED$$'],
    ['delete from telephony.cdr'],
    ['truncate telephony.cdr'],
    ['update telephony.call_leg set address = $$x$$'],
    ['delete from telephony.call_leg'],
  ])('are never changed: %s', async (sql) => {
    await expect(platform.pool.query(sql)).rejects.toThrow(/immutable/);
  });

  it('are seen by who may see the call', async () => {
    const seen = async (actor = center.operator, filter = {}): Promise<unknown> => (await center.as(actor, CDRS, { filter })).data.cdrs;
    const one = { totalCount: 1, nodes: [{ outcome: 'BUSY', call: { id: callId } }] };
    expect(await seen()).toMatchObject(one);
    expect(await seen(center.supervisor)).toMatchObject(one);
    expect(await seen(center.admin)).toMatchObject(one);
    for (const actor of [center.seller, anActor({ role: 'operator', centerId: center.id }), anActor({ role: 'supervisor' })]) expect(await seen(actor)).toMatchObject({ totalCount: 0 });
    expect(await seen(center.supervisor, { outcome: 'ANSWERED' })).toMatchObject({ totalCount: 0 });
    expect(await seen(center.supervisor, { operatorId: center.operator.userId, startedFrom: '2020-01-01T00:00:00Z', startedTo: '2100-01-01T00:00:00Z' })).toMatchObject(one);
    const { id } = (await center.as(center.operator, CDRS)).data.cdrs.nodes[0];
    const byId = (actor = center.operator) => center.as(actor, `query($id: ID!) { cdr(id: $id) { outcome legs: call { legs { party } } } }`, { id });
    expect((await byId()).data.cdr).toMatchObject({ outcome: 'BUSY' });
    expect((await byId(center.seller)).errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a list of calls', () => {
  it('costs the same number of SQL statements for 200 as for 20', async () => {
    const many = await aCenter(platform, { slots: 1 });
    const { id: slotId, trunk_id: trunkId } = (await many.slot(many.slots[0] ?? '')) as { id: string; trunk_id: string };
    await platform.pool.query(
      `insert into telephony.call (id, center_id, status, outcome, direction, phone_number, slot_id, trunk_id, operator_id, lead_id, started_at, ended_at, talk_seconds, version)
       select 'call_' || n, $1, 'ENDED', 'BUSY', 'OUTBOUND', '+15550100123', $2, $3, 'usr_' || n % 7, 'lead_' || n % 5, now() - n * interval '1 second', now(), 0, 1 from generate_series(1, 220) n`,
      [many.id, slotId, trunkId],
    );
    await platform.pool.query(
      `insert into telephony.cdr (id, center_id, call_id, direction, phone_number, slot_number, trunk_id, outcome, started_at, ended_at, ring_seconds, talk_seconds, total_seconds)
       select 'cdr_' || id, center_id, id, direction, phone_number, '6001', trunk_id, outcome, started_at, ended_at, 0, 0, 1 from telephony.call where center_id = $1`,
      [many.id],
    );
    await platform.pool.query(
      `insert into telephony.call_leg (id, center_id, call_id, party, channel_id, address, started_at, ended_at)
       select 'leg_' || id, center_id, id, 'FAR_END', id, phone_number, started_at, ended_at from telephony.call where center_id = $1`,
      [many.id],
    );
    const LIST = `query($first: Int!) { calls(first: $first) { totalCount nodes { id status slot { number state trunk { id name } call { id } } operator { id } lead { id } center { id } legs { party channelId } cdr { id totalSeconds call { id } trunk { id } lead { id } } } } }`;
    const statements = async (first: number): Promise<number> => {
      const scope = platform.telephony.scopeFor({ actor: many.supervisor, traceId: 'trace_1' });
      return countStatements(scope.em, async () => {
        const { data, errors } = (await platform.telephony.execute({ query: LIST, variables: { first }, scope })) as { data: { calls: { nodes: { legs: unknown[]; cdr: unknown }[] } }; errors?: unknown };
        expect(errors).toBeUndefined();
        expect(data.calls.nodes).toHaveLength(first);
        expect(data.calls.nodes.every(({ legs, cdr }) => legs.length === 1 && cdr !== null)).toBe(true);
      });
    };
    const few = await statements(20);
    // The page, its count, slots, legs, CDRs, their calls, trunks.
    expect(few).toBe(7);
    expect(await statements(200)).toBe(few);
  });

  it('on each trunk, lead and person costs one statement too', async () => {
    const REFERENCES = `query($r: [_Any!]!) { entities: _entities(representations: $r) { ... on User { calls(first: 3) { nodes { id } totalCount } } ... on Lead { calls(first: 2) { nodes { id } } } } }`;
    const representations = [...Array.from({ length: 7 }, (_, n) => ({ __typename: 'User', id: `usr_${n}` })), ...Array.from({ length: 5 }, (_, n) => ({ __typename: 'Lead', id: `lead_${n}` }))];
    const { data } = await center.as(center.admin, REFERENCES, { r: representations });
    expect(data.entities.slice(0, 7).every((user: { calls: { nodes: unknown[]; totalCount: number } }) => user.calls.nodes.length === 3 && user.calls.totalCount > 30)).toBe(true);
    expect(data.entities.slice(7).every((lead: { calls: { nodes: unknown[] } }) => lead.calls.nodes.length === 2)).toBe(true);
  });
});
