import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CallOriginate } from '@vss/events';
import { waitFor } from '@vss/testing';
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
