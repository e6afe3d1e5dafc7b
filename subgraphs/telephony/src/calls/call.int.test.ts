import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CallHangup, CallOriginate, DeviceFaulted, LeadMatched } from '@vss/events';
import { newId } from '@vss/runtime';
import { anActor, waitFor } from '@vss/testing';
import { aLead, aStartedCall } from '../testing/calls.js';
import { aCenter, startPlatform, type TestCenter, type TestPlatform } from '../testing/platform.js';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startPlatform({ wrapUpMs: 0 });
});
afterAll(() => platform.stop());

const END = `mutation($input: CallEndInput!) { callEnd(input: $input) { call { id status outcome } userErrors { code field } } }`;
const tables = ['call', 'call_leg', 'cdr', 'slot_lease', 'command', 'outbox', 'idempotency_key'];
const counts = (center: TestCenter) => Promise.all(tables.map((table) => center.count(table)));

describe('callStart: what is refused changes nothing', () => {
  let center: TestCenter;
  let foreign: TestCenter;
  beforeAll(async () => {
    center = await aCenter(platform, { slots: 3 });
    foreign = await aCenter(platform, { slots: 1 });
    await platform.pool.query(`update telephony.slot set admin_state = 'DRAINING', version = version + 1 where id = $1`, [center.slots[1]]);
    await platform.pool.query(`update telephony.slot set state = 'IDLE', deadline_at = null where id = $1`, [center.slots[2]]);
  });

  const refused: [string, (c: TestCenter) => Record<string, unknown>, string, string[]][] = [
    ['a slot that is not READY', (c) => ({ slotId: c.slots[2] }), 'SLOT_NOT_READY', ['input', 'slotId']],
    ['a slot that is draining', (c) => ({ slotId: c.slots[1] }), 'SLOT_NOT_READY', ['input', 'slotId']],
    ['no slot that fits', () => ({ slotSelector: { kind: 'LS' } }), 'NO_SLOT_FREE', ['input', 'slotSelector']],
    ['neither slot nor selector', () => ({}), 'INPUT_INVALID', ['input', 'slotId']],
    ['slot and selector', (c) => ({ slotId: c.slots[0], slotSelector: {} }), 'INPUT_INVALID', ['input', 'slotId']],
    ['a malformed number', (c) => ({ slotId: c.slots[0], phoneNumber: '12 34' }), 'PHONE_NUMBER_INVALID', ['input', 'phoneNumber']],
    ['an emergency number', (c) => ({ slotId: c.slots[0], phoneNumber: '112' }), 'PHONE_NUMBER_FORBIDDEN', ['input', 'phoneNumber']],
    ['a premium number', (c) => ({ slotId: c.slots[0], phoneNumber: '+19005550100' }), 'PHONE_NUMBER_FORBIDDEN', ['input', 'phoneNumber']],
    ['a satellite number', (c) => ({ slotId: c.slots[0], phoneNumber: '+881612345678' }), 'PHONE_NUMBER_FORBIDDEN', ['input', 'phoneNumber']],
  ];
  it.each(refused)('%s', async (_, input, code, field) => {
    const before = await counts(center);
    const slotBefore = await center.slot(center.slots[0] ?? '');
    const { data } = await center.start(input(center));
    expect(data.callStart).toMatchObject({ call: null, userErrors: [{ code, field, retryable: code === 'SLOT_NOT_READY' || code === 'NO_SLOT_FREE' }] });
    const refusals = code === 'PHONE_NUMBER_FORBIDDEN' ? 1 : 0;
    expect(await counts(center)).toEqual(before.map((count, i) => (tables[i] === 'outbox' ? count + refusals : count)));
    expect(await center.slot(center.slots[0] ?? '')).toEqual(slotBefore);
  });

  it.each([
    ['a foreign slot', () => ({ slotId: foreign.slots[0] })],
    ['an unknown slot', () => ({ slotId: newId('slot') })],
    ['a foreign trunk', () => ({ slotSelector: { trunkId: foreign.trunkId } })],
    ['an unknown lead', () => ({ slotId: center.slots[0], leadId: 'lead_1' })],
  ])('%s is NOT_FOUND', async (_, input) => {
    const before = await counts(center);
    expect((await center.start(input())).errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
    expect(await counts(center)).toEqual(before);
  });

  it('a lead of another operator or center is NOT_FOUND, one’s own and the open pool’s are taken', async () => {
    const somebodys = await aLead(center, { assignedOperatorId: newId('usr') });
    const elsewhere = await aLead(foreign);
    for (const leadId of [somebodys, elsewhere]) expect((await center.start({ slotId: center.slots[0], leadId })).errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
    for (const assignedOperatorId of [center.operator.userId, null]) {
      const leadId = await aLead(center, { assignedOperatorId });
      const call = await aStartedCall(center, { leadId });
      expect(await center.call(call.id)).toMatchObject({ lead_id: leadId });
      await center.hub.finished(call.command, { outcome: 'BUSY' });
      await waitFor(async () => (await center.slot(call.slotId)).state === 'READY');
    }
  });

  it.each(['seller', 'supervisor'] as const)('is not for the %s (R-155, R-166)', async (role) => {
    const before = await center.count('call');
    expect((await center.start({ slotId: center.slots[0] }, center[role])).errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    expect(await center.count('call')).toBe(before);
  });
});

describe('callStart: once and only once', () => {
  it('makes one call and one command for one key, and refuses the key for another input', async () => {
    const center = await aCenter(platform);
    const input = { slotId: center.slots[0], idempotencyKey: 'same' };
    const answers = await Promise.all([center.start(input), center.start(input), center.start(input)]);
    expect(new Set(answers.map(({ data }) => data.callStart.call.id)).size).toBe(1);
    expect((await center.start({ ...input, phoneNumber: '+15550100124' })).data.callStart).toMatchObject({ call: null, userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED' }] });
    await center.hub.next(CallOriginate);
    expect([await center.count('call'), center.hub.count(CallOriginate)]).toEqual([1, 1]);
  });

  it('gives one slot to one of 50 that want it at once', async () => {
    const center = await aCenter(platform);
    const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => center.start({ slotId: center.slots[0] }, i % 2 ? center.operator : center.admin)));
    expect(answers.filter(({ data }) => data.callStart.call)).toHaveLength(1);
    const refusals = answers.filter(({ data }) => !data.callStart.call);
    expect(new Set(refusals.map(({ data }) => data.callStart.userErrors[0].code))).toEqual(new Set(['SLOT_NOT_READY']));
    expect([await center.count('call'), await center.count('slot_lease')]).toEqual([1, 1]);
  });

  it('picks as many different slots as there are', async () => {
    const center = await aCenter(platform, { slots: 4 });
    const answers = await Promise.all(Array.from({ length: 10 }, () => center.start({ slotSelector: { kind: 'AUTO', trunkId: center.trunkId } })));
    expect(answers.filter(({ data }) => data.callStart.call)).toHaveLength(4);
    expect(answers.filter(({ data }) => data.callStart.userErrors[0]?.code === 'NO_SLOT_FREE')).toHaveLength(6);
  });
});

describe('reports of the hub', () => {
  it('delivered twice have the same result', async () => {
    const center = await aCenter(platform);
    const call = await aStartedCall(center);
    await center.hub.started(call.command, 2);
    await center.hub.rang(call.command, 2);
    await center.hub.pickedUp(call.command, 2);
    platform.clock.pass(3_000);
    await center.hub.finished(call.command, {}, 2);
    const seen = await counts(center);
    const ended = await center.call(call.id);
    // The same again under new ids, as a runner that lost its answers would send them.
    await center.hub.started(call.command);
    await center.hub.rang(call.command);
    await center.hub.pickedUp(call.command);
    await center.hub.finished(call.command, { outcome: 'BUSY' });
    expect(await center.call(call.id)).toEqual(ended);
    expect(ended).toMatchObject({ status: 'ENDED', outcome: 'ANSWERED', talk_seconds: 3 });
    expect([await center.count('cdr'), await center.count('call_leg'), await center.count('command')]).toEqual([1, 2, seen[4]]);
    const { rows } = await platform.pool.query(`select type, status from telephony.command where call_id = $1`, [call.id]);
    expect(rows).toEqual([{ type: 'hub.call.originate', status: 'SUCCEEDED' }]);
  });

  it('may be missing or out of order', async () => {
    const center = await aCenter(platform);
    const first = await aStartedCall(center);
    await center.hub.pickedUp(first.command);
    await center.hub.rang(first.command);
    await center.hub.started(first.command);
    expect(await center.call(first.id)).toMatchObject({ status: 'ANSWERED' });
    await center.hub.finished(first.command);
    expect(await center.call(first.id)).toMatchObject({ status: 'ENDED', outcome: 'ANSWERED' });
    const second = await aStartedCall(center);
    const answeredAt = platform.clock.now().toISOString();
    platform.clock.pass(2_000);
    const legs = [{ party: 'FAR_END' as const, channelId: 'x', address: 'y', startedAt: answeredAt, answeredAt, endedAt: answeredAt, sipCode: 200, hangupCause: 16 }];
    await center.hub.finished(second.command, { legs });
    expect(await center.call(second.id)).toMatchObject({ status: 'ENDED', outcome: 'ANSWERED', talk_seconds: 2 });
    await waitFor(async () => (await center.slot(second.slotId)).state === 'READY');
  });

  it('of another hub are not believed', async () => {
    const center = await aCenter(platform);
    const other = await aCenter(platform, { slots: 1 });
    const call = await aStartedCall(center);
    await other.hub.finished(call.command);
    expect(await center.call(call.id)).toMatchObject({ status: 'QUEUED' });
  });

  it.each([['BUSY', 486, 17], ['NO_ANSWER', 480, 19], ['REJECTED', 603, 21], ['INVALID_NUMBER', 404, 1], ['CONGESTION', 503, 34]] as const)('end a call as %s and free the slot', async (outcome, sipCode, hangupCause) => {
    const center = await aCenter(platform, { slots: 1 });
    const call = await aStartedCall(center);
    await center.hub.started(call.command);
    await center.hub.finished(call.command, { outcome, sipCode, hangupCause });
    expect(await center.call(call.id)).toMatchObject({ outcome, sip_code: sipCode, hangup_cause: hangupCause, talk_seconds: 0 });
    await waitFor(async () => (await center.slot(call.slotId)).state === 'READY');
  });

  it.each(['EXPIRED', 'STALE_LEASE', 'IN_DOUBT', 'REFUSED', 'ADAPTER'] as const)('that a call could not be placed (%s) end it', async (code) => {
    const center = await aCenter(platform, { slots: 1 });
    const call = await aStartedCall(center);
    await center.hub.commandFailed(call.command, code);
    expect(await center.call(call.id)).toMatchObject({ status: 'ENDED', outcome: 'FAILED', failure_reason: code === 'EXPIRED' ? 'COMMAND_EXPIRED' : code });
    await waitFor(async () => (await center.slot(call.slotId)).state === 'READY');
    if (code === 'IN_DOUBT') await center.hub.next(CallHangup);
    expect(center.hub.count(CallHangup)).toBe(code === 'IN_DOUBT' ? 1 : 0);
  });
});

describe('callEnd', () => {
  const end = (center: TestCenter, callId: string, actor = center.operator, idempotencyKey = newId('key')) => center.as(actor, END, { input: { callId, idempotencyKey } });

  it('orders a hang-up once; the call ends when the hub says so, by the operator', async () => {
    const center = await aCenter(platform);
    const call = await aStartedCall(center);
    await center.hub.started(call.command);
    expect((await end(center, call.id, center.operator, 'k')).data.callEnd).toMatchObject({ call: { status: 'DIALING' }, userErrors: [] });
    await end(center, call.id, center.operator, 'k');
    await end(center, call.id);
    expect(await center.hub.next(CallHangup)).toMatchObject({ callId: call.id, slotId: call.slotId });
    await center.hub.finished(call.command, { outcome: 'CANCELLED', hungUpBy: 'PLATFORM', sipCode: 487 });
    expect(await center.call(call.id)).toMatchObject({ status: 'ENDED', outcome: 'CANCELLED', hung_up_by: 'OPERATOR' });
    expect(center.hub.count(CallHangup)).toBe(1);
    // Told so each time that it is asked with the same key.
    for (const _ of [1, 2]) expect((await end(center, call.id, center.operator, 'late')).data.callEnd).toMatchObject({ call: { status: 'ENDED' }, userErrors: [{ code: 'CALL_ALREADY_ENDED', field: ['input', 'callId'] }] });
    expect((await end(center, call.id, center.operator, 'k')).data.callEnd).toMatchObject({ call: { status: 'ENDED' }, userErrors: [] });
  });

  it('is for one’s own calls, and for an administrator', async () => {
    const center = await aCenter(platform);
    const call = await aStartedCall(center);
    for (const actor of [anActor({ role: 'operator', centerId: center.id }), anActor({ role: 'operator' })]) expect((await end(center, call.id, actor)).errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
    for (const actor of [center.seller, center.supervisor]) expect((await end(center, call.id, actor)).errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    expect(center.hub.count(CallHangup)).toBe(0);
    expect((await end(center, call.id, center.admin)).data.callEnd.userErrors).toEqual([]);
    await center.hub.next(CallHangup);
  });

  it('ends the call even if the hub never answers', async () => {
    const center = await aCenter(platform);
    const call = await aStartedCall(center);
    await center.hub.started(call.command);
    await center.hub.pickedUp(call.command);
    await end(center, call.id);
    platform.clock.pass(16_000);
    await waitFor(async () => (await center.call(call.id)).status === 'ENDED');
    expect(await center.call(call.id)).toMatchObject({ outcome: 'FAILED', failure_reason: 'HANGUP_UNCONFIRMED' });
  });
});

describe('deadlines: every call ends', () => {
  it('one whose hub says nothing', async () => {
    const center = await aCenter(platform);
    const call = await aStartedCall(center);
    platform.clock.pass(21_000);
    await waitFor(async () => (await center.call(call.id)).status === 'ENDED');
    expect(await center.call(call.id)).toMatchObject({ outcome: 'FAILED', failure_reason: 'COMMAND_EXPIRED', hung_up_by: 'PLATFORM' });
    // Should the hub have dialled after all, it hears that it is over.
    expect(await center.hub.next(CallHangup)).toMatchObject({ callId: call.id });
    const { rows } = await platform.pool.query(`select status from telephony.command where call_id = $1 and type = $2`, [call.id, CallOriginate.type]);
    expect(await waitFor(() => rows[0].status)).toMatch(/EXPIRED|QUEUED|DISPATCHED/);
    await waitFor(async () => (await center.slot(call.slotId)).state === 'READY');
    await center.hub.rang(call.command);
    await center.hub.finished(call.command);
    expect(await center.count('cdr')).toBe(1);
  });

  it('one that rings for ever', async () => {
    const center = await aCenter(platform);
    const call = await aStartedCall(center);
    await center.hub.started(call.command);
    await center.hub.rang(call.command);
    platform.clock.pass(60_000);
    await platform.telephony.look();
    expect(await center.call(call.id)).toMatchObject({ status: 'RINGING' });
    platform.clock.pass(31_000);
    await waitFor(async () => (await center.call(call.id)).status === 'ENDED');
    expect(await center.call(call.id)).toMatchObject({ outcome: 'FAILED', failure_reason: 'TIMED_OUT' });
  });

  it('one that nobody hangs up', async () => {
    const center = await aCenter(platform);
    const call = await aStartedCall(center);
    await center.hub.pickedUp(call.command);
    platform.clock.pass(4 * 3_600_000 + 1_000);
    await waitFor(async () => (await center.call(call.id)).status === 'ENDED');
    expect(await center.call(call.id)).toMatchObject({ outcome: 'FAILED', failure_reason: 'MAX_DURATION' });
  });

  it('one whose slot goes into FAULT, with the slot’s reason', async () => {
    const center = await aCenter(platform);
    const call = await aStartedCall(center);
    await center.hub.pickedUp(call.command);
    await center.hub.say(DeviceFaulted, { deviceId: newId('dev'), slotId: call.slotId, reason: 'OVERHEAT', detail: '71 °C' });
    expect(await center.call(call.id)).toMatchObject({ status: 'ENDED', outcome: 'FAILED', failure_reason: 'OVERHEAT' });
    expect(await center.slot(call.slotId)).toMatchObject({ state: 'FAULT', fault_reason: 'OVERHEAT', call_id: null, lease_id: null });
    expect(await center.count('cdr')).toBe(1);
    await center.hub.next(CallHangup);
  });

  it('one whose hub goes away; the hub is to hang up however late it comes back', async () => {
    const center = await aCenter(platform);
    const call = await aStartedCall(center);
    await center.hub.pickedUp(call.command);
    await center.hub.setOnline(false);
    await waitFor(async () => (await center.call(call.id)).status === 'ENDED');
    expect(await center.call(call.id)).toMatchObject({ outcome: 'FAILED', failure_reason: 'HEARTBEAT_LOST' });
    const { deadlineAt } = await center.hub.next(CallHangup);
    expect(Date.parse(deadlineAt) - platform.clock.now().getTime()).toBeGreaterThan(3_600_000);
  });

  it('but none whose hub was away for a moment only', async () => {
    const slow = await startPlatform({ lookEveryMs: 3_600_000 });
    try {
      const center = await aCenter(slow, { slots: 1 });
      const call = await aStartedCall(center);
      await center.hub.pickedUp(call.command);
      await center.hub.setOnline(false);
      await center.hub.setOnline(true);
      await slow.telephony.look();
      expect(await center.call(call.id)).toMatchObject({ status: 'ANSWERED' });
      expect(await center.slot(call.slotId)).toMatchObject({ state: 'ACTIVE_CALL' });
    } finally {
      await slow.stop();
    }
  });
});

describe('the lead of a call (X-38)', () => {
  it('is the one that crm finds, also after the end; the first stays', async () => {
    const center = await aCenter(platform);
    const call = await aStartedCall(center);
    const leadId = await aLead(center, { assignedSellerId: center.seller.userId });
    await center.hub.finished(call.command);
    await center.hub.say(LeadMatched, { callId: call.id, leadId }, 2);
    await center.hub.say(LeadMatched, { callId: call.id, leadId: await aLead(center) });
    expect(await center.call(call.id)).toMatchObject({ lead_id: leadId });
    const cdrs = await center.as(center.seller, `query($id: ID) { cdrs(filter: { leadId: $id }) { totalCount nodes { lead { id } call { lead { id } } } } }`, { id: leadId });
    expect(cdrs.data.cdrs).toEqual({ totalCount: 1, nodes: [{ lead: { id: leadId }, call: { lead: { id: leadId } } }] });
  });
});
