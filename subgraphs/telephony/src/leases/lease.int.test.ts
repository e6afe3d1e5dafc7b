import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readExplainId, type Grant } from '@vss/auth';
import { CallOriginate, DeviceFaulted } from '@vss/events';
import { newId } from '@vss/runtime';
import { anActor, waitFor } from '@vss/testing';
import { aCenter, startPlatform, type TestCenter, type TestPlatform } from '../testing/platform.js';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startPlatform({ wrapUpMs: 0 });
});
afterAll(() => platform.stop());

const reserve = (center: TestCenter, over: Record<string, unknown> = {}, actor = center.operator) =>
  center.as(actor, `mutation($input: SlotReserveInput!) { slotReserve(input: $input) { lease { id purpose expiresAt endedAt slot { id availability } holder { id } } userErrors { code field retryable } } }`, {
    input: { slotId: center.slots[0], seconds: 60, idempotencyKey: newId('key'), ...over },
  });
const release = (center: TestCenter, leaseId: string, actor = center.operator) =>
  center.as(actor, `mutation($input: SlotReleaseInput!) { slotRelease(input: $input) { lease { id endedAt slot { availability } } userErrors { code } } }`, { input: { leaseId } });

describe('a reservation', () => {
  it('keeps the slot for its holder, whose calls use it and raise no new token', async () => {
    const center = await aCenter(platform, { slots: 1 });
    const { data } = await reserve(center, { idempotencyKey: 'k' });
    expect(data.slotReserve).toMatchObject({ lease: { purpose: 'CALL', endedAt: null, slot: { availability: 'RESERVED' }, holder: { id: center.operator.userId } }, userErrors: [] });
    expect((await reserve(center, { idempotencyKey: 'k' })).data.slotReserve.lease.id).toBe(data.slotReserve.lease.id);
    const colleague = anActor({ role: 'operator', centerId: center.id });
    expect((await center.start({ slotId: center.slots[0] }, colleague)).data.callStart.userErrors[0]).toMatchObject({ code: 'SLOT_NOT_READY', retryable: true });
    expect((await center.start({ slotSelector: {} }, colleague)).data.callStart.userErrors[0]).toMatchObject({ code: 'NO_SLOT_FREE' });
    expect((await reserve(center, {}, colleague)).data.slotReserve).toMatchObject({ lease: null, userErrors: [{ code: 'SLOT_NOT_READY' }] });
    const started = await center.start({ slotId: center.slots[0] });
    const command = await center.hub.next(CallOriginate);
    expect(command).toMatchObject({ callId: started.data.callStart.call.id, fencingToken: 1 });
    expect((await release(center, data.slotReserve.lease.id)).data.slotRelease.userErrors).toEqual([{ code: 'LEASE_IN_USE' }]);
    await center.hub.finished(command, { outcome: 'BUSY' });
    await waitFor(async () => (await center.slot(center.slots[0] ?? '')).state === 'READY');
    expect(await center.slot(center.slots[0] ?? '')).toMatchObject({ lease_id: data.slotReserve.lease.id });
    expect((await release(center, data.slotReserve.lease.id)).data.slotRelease).toMatchObject({ lease: { slot: { availability: 'FREE' } }, userErrors: [] });
    expect((await release(center, data.slotReserve.lease.id)).data.slotRelease.userErrors).toEqual([]);
    await center.start({ slotId: center.slots[0] }, colleague);
    expect(await center.slot(center.slots[0] ?? '')).toMatchObject({ fencing_token: 2 });
  });

  it('ends by itself', async () => {
    const center = await aCenter(platform, { slots: 1 });
    const { data } = await reserve(center);
    platform.clock.pass(61_000);
    await waitFor(async () => (await center.slot(center.slots[0] ?? '')).lease_id === null);
    const { rows } = await platform.pool.query('select end_reason from telephony.slot_lease where id = $1', [data.slotReserve.lease.id]);
    expect(rows).toEqual([{ end_reason: 'EXPIRED' }]);
  });

  it('ends with a fault of the slot', async () => {
    const center = await aCenter(platform, { slots: 1 });
    await reserve(center);
    await center.hub.say(DeviceFaulted, { deviceId: 'dev_1', slotId: center.slots[0] ?? '', reason: 'OVERHEAT', detail: 'hot' });
    expect(await center.slot(center.slots[0] ?? '')).toMatchObject({ state: 'FAULT', lease_id: null });
  });

  it('goes to one of many that want it', async () => {
    const center = await aCenter(platform, { slots: 1 });
    const answers = await Promise.all(Array.from({ length: 20 }, () => reserve(center)));
    expect(answers.filter(({ data }) => data.slotReserve.lease)).toHaveLength(1);
  });

  it.each([0, -1, 3_601])('of %i seconds is refused and nothing changes', async (seconds) => {
    const center = await aCenter(platform, { slots: 1 });
    const before = await center.slot(center.slots[0] ?? '');
    expect((await reserve(center, { seconds })).data.slotReserve).toEqual({ lease: null, userErrors: [{ code: 'INPUT_INVALID', field: ['input', 'seconds'], retryable: false }] });
    expect([await center.slot(center.slots[0] ?? ''), await center.count('slot_lease')]).toEqual([before, 0]);
  });

  describe('under a grant with conditions', () => {
    const whoMay = (center: TestCenter, conditions: Grant['conditions']) =>
      anActor({ role: 'operator', centerId: center.id, grants: [{ resource: 'slots', actions: ['read', 'release'], scope: 'CENTER', effect: 'ALLOW' }, { resource: 'slots', actions: ['reserve'], scope: 'ASSIGNED', effect: 'ALLOW', ...(conditions ? { conditions } : {}) }] });

    it('lasts no longer than the grant says', async () => {
      const center = await aCenter(platform, { slots: 1 });
      const actor = whoMay(center, { maxDurationSec: 30 });
      const { data } = await reserve(center, { seconds: 31 }, actor);
      expect(data.slotReserve).toEqual({ lease: null, userErrors: [{ code: 'RIGHT_LIMITED', field: ['input', 'seconds'], retryable: false }] });
      expect((await reserve(center, { seconds: 30 }, actor)).data.slotReserve.userErrors).toEqual([]);
    });

    it('is one of as many at a time as the grant says, also when all are asked for at once', async () => {
      const center = await aCenter(platform, { slots: 4 });
      const actor = whoMay(center, { maxConcurrent: 2 });
      const answers = await Promise.all(center.slots.map((slotId) => reserve(center, { slotId }, actor)));
      const leases = answers.flatMap(({ data }) => data.slotReserve.lease ?? []);
      expect(leases).toHaveLength(2);
      expect(answers.flatMap(({ data }) => data.slotReserve.userErrors)).toEqual(Array.from({ length: 2 }, () => ({ code: 'RIGHT_LIMITED', field: ['input', 'slotId'], retryable: false })));
      await release(center, leases[0].id, actor);
      const free = center.slots.find((id) => !leases.some(({ slot }: { slot: { id: string } }) => slot.id === id));
      expect((await reserve(center, { slotId: free }, actor)).data.slotReserve.userErrors).toEqual([]);
    });

    it('says by its explainId which right was limited', async () => {
      const center = await aCenter(platform, { slots: 1 });
      const actor = whoMay(center, { maxDurationSec: 1 });
      const query = `mutation($input: SlotReserveInput!) { slotReserve(input: $input) { userErrors { explainId } } }`;
      const { data } = await center.as(actor, query, { input: { slotId: center.slots[0], seconds: 60, idempotencyKey: newId('key') } });
      expect(readExplainId(data.slotReserve.userErrors[0].explainId)).toMatchObject({ userId: actor.userId, permission: 'slots:reserve', why: 'You may reserve a slot for 1 seconds at most' });
    });
  });

  it('of a stranger’s slot, and a stranger’s lease, are NOT_FOUND; others have no right', async () => {
    const center = await aCenter(platform, { slots: 1 });
    const { data } = await reserve(center);
    const code = { code: 'NOT_FOUND' };
    expect((await reserve(center, {}, anActor({ role: 'operator' }))).errors?.[0]?.extensions).toMatchObject(code);
    expect((await release(center, data.slotReserve.lease.id, anActor({ role: 'operator', centerId: center.id }))).errors?.[0]?.extensions).toMatchObject(code);
    expect((await release(center, newId('lease'))).errors?.[0]?.extensions).toMatchObject(code);
    for (const actor of [center.seller, center.supervisor]) expect((await reserve(center, {}, actor)).errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    expect((await release(center, data.slotReserve.lease.id, center.admin)).data.slotRelease.userErrors).toEqual([]);
  });
});
