import { getNamedType, isEnumType, isInputObjectType, isLeafType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymousActor } from '@vss/auth';
import { CallOriginate, callSnapshot, slotSnapshot } from '@vss/events';
import { silentLogger, type Logger } from '@vss/runtime';
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

  it('go on in their own time when a slot cannot be moved on', async () => {
    const still = await startPlatform({ lookEveryMs: 3_600_000 });
    const center = await aCenter(still, { slots: 1 });
    // No such call: whatever is tried with the slot fails.
    await still.pool.query(`update telephony.slot set state = 'CALLING', call_id = 'call_none', deadline_at = now() - interval '1 hour' where id = $1`, [center.slots[0]]);
    const failedAt: number[] = [];
    const logger: Logger = { ...silentLogger, error: () => void failedAt.push(performance.now()), child: () => logger };
    const lookEveryMs = 500;
    const other = await createTelephony({ target: still.target, broker: still.broker, logger, now: still.clock.now, settings: { lookEveryMs } });
    await other.start();
    await waitFor(() => failedAt.length > 3);
    await other.stop();
    await still.stop();
    expect((failedAt[3] ?? 0) - (failedAt[0] ?? 0)).toBeGreaterThan(2.5 * lookEveryMs);
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
  // What a live stream shows is the snapshot in the event: a field that is missing there would be null on the wire.
  it.each([['Slot', slotSnapshot], ['Call', callSnapshot]])('of a %s has each plain field in the snapshot too', (name, snapshot) => {
    const type = platform.telephony.schema.getType(name);
    const plain = isObjectType(type) ? Object.values(type.getFields()).filter((field) => isLeafType(getNamedType(field.type))) : [];
    expect(plain.length).toBeGreaterThan(5);
    expect(plain.map((field) => field.name).filter((field) => !(field in snapshot.shape))).toEqual([]);
  });

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
