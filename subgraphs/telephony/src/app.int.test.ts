import { isEnumType, isInputObjectType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymousActor } from '@vss/auth';
import { CallOriginate } from '@vss/events';
import { silentLogger } from '@vss/runtime';
import { waitFor } from '@vss/testing';
import { createTelephony } from './index.js';
import { aCenter, startPlatform, type TestPlatform } from './testing/platform.js';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startPlatform({ wrapUpMs: 50 });
});
afterAll(() => platform.stop());

describe('a call from start to CDR (R-173, R-175)', () => {
  it('goes through its states, writes one CDR, and the slot is READY again', async () => {
    const center = await aCenter(platform);
    const [slotId = ''] = center.slots;
    const started = await center.start({ slotId });
    expect(started).toMatchObject({ data: { callStart: { call: { status: 'QUEUED', phoneNumber: '+15550100123' }, userErrors: [] } } });
    const callId = started.data.callStart.call.id as string;
    expect(await center.slot(slotId)).toMatchObject({ state: 'CALLING', call_id: callId });
    const command = await center.hub.next(CallOriginate);
    expect(command).toMatchObject({ callId, slotId, phoneNumber: '+15550100123', fencingToken: 1 });
    await center.hub.started(command);
    await center.hub.rang(command);
    await center.hub.pickedUp(command);
    expect(await center.call(callId)).toMatchObject({ status: 'ANSWERED' });
    expect(await center.slot(slotId)).toMatchObject({ state: 'ACTIVE_CALL' });
    platform.clock.pass(5_000);
    await center.hub.finished(command);
    await waitFor(async () => (await center.slot(slotId)).state === 'READY');
    const answer = await center.as(center.operator, `query($id: ID!) { call(id: $id) {
      status outcome direction phoneNumber startedAt ringingAt answeredAt endedAt talkSeconds sipCode hangupCause hungUpBy failureReason version
      slot { id number state trunk { id name } } operator { id } lead { id } center { id }
      legs { party channelId address } cdr { outcome slotNumber ringSeconds talkSeconds totalSeconds call { id } operator { id } trunk { id } } } }`, { id: callId });
    expect(answer.errors).toBeUndefined();
    expect(answer.data.call).toMatchObject({
      status: 'ENDED', outcome: 'ANSWERED', direction: 'OUTBOUND', talkSeconds: 5, sipCode: 200, hangupCause: 16, hungUpBy: 'FAR_END', failureReason: null,
      slot: { id: slotId, state: 'READY' }, operator: { id: center.operator.userId }, lead: null, center: { id: center.id },
      legs: [{ party: 'SLOT' }, { party: 'FAR_END', address: '+15550100123' }],
      cdr: { outcome: 'ANSWERED', slotNumber: '6001', talkSeconds: 5, call: { id: callId }, operator: { id: center.operator.userId }, trunk: { id: center.trunkId } },
    });
  });
});

describe('several instances', () => {
  it('move each slot once', async () => {
    const center = await aCenter(platform, { slots: 8 });
    await Promise.all(center.slots.map((slotId) => center.start({ slotId })));
    const other = await createTelephony({ target: platform.target, broker: platform.broker, logger: silentLogger, now: platform.clock.now });
    platform.clock.pass(21_000);
    await Promise.all([other.look(), platform.telephony.look(), other.look(), platform.telephony.look()]);
    const { rows } = await platform.pool.query(`select count(*)::int as ended, count(distinct aggregate_id)::int as calls from telephony.outbox where type = 'telephony.call.ended' and center_id = $1`, [center.id]);
    expect(rows).toEqual([{ ended: 8, calls: 8 }]);
    expect(await center.count('cdr')).toBe(8);
    await other.stop();
  });
});

describe('a new start', () => {
  it('ends what was left behind in the middle of a call', async () => {
    const first = await startPlatform({ wrapUpMs: 0 });
    const center = await aCenter(first, { slots: 1 });
    const { data } = await center.start({ slotSelector: {} });
    const command = await center.hub.next(CallOriginate);
    await center.hub.started(command);
    await first.telephony.stop();
    first.clock.pass(120_000);
    const second = await createTelephony({ target: first.target, broker: first.broker, logger: silentLogger, settings: { wrapUpMs: 0 }, now: first.clock.now });
    await second.start();
    await waitFor(async () => (await center.call(data.callStart.call.id))['status'] === 'ENDED');
    await waitFor(async () => (await center.slot(command.slotId))['state'] === 'READY');
    expect(await center.call(data.callStart.call.id)).toMatchObject({ outcome: 'FAILED', failure_reason: 'TIMED_OUT' });
    await first.stop(second);
  });
});

describe('the schema', () => {
  it('describes every type, field, argument and enum value', () => {
    const nameless: string[] = [];
    for (const type of Object.values(platform.telephony.schema.getTypeMap())) {
      if (type.name.startsWith('_') || ['Query', 'Mutation', 'Subscription', 'String', 'Int', 'Boolean', 'ID', 'Float'].includes(type.name) || /^(link|federation)__/.test(type.name)) continue;
      // Stubs of other subgraphs' types are described by their owners.
      if (['User', 'Lead', 'Center', 'Hub'].includes(type.name)) continue;
      if (!type.description) nameless.push(type.name);
      const parts = isEnumType(type) ? type.getValues() : isObjectType(type) || isInputObjectType(type) ? Object.values(type.getFields()) : [];
      for (const part of parts) {
        if (!part.description) nameless.push(`${type.name}.${part.name}`);
        for (const arg of 'args' in part ? part.args : []) if (!arg.description) nameless.push(`${type.name}.${part.name}(${arg.name})`);
      }
    }
    expect(nameless).toEqual([]);
  });

  it('is closed to who has not signed in', async () => {
    const center = await aCenter(platform, { slots: 1 });
    for (const query of ['{ slots { totalCount } }', '{ calls { totalCount } }', '{ cdrs { totalCount } }', '{ trunks { totalCount } }', '{ suppressions { totalCount } }'])
      expect((await center.as(anonymousActor, query)).errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect((await center.start({ slotSelector: {} }, anonymousActor)).errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
