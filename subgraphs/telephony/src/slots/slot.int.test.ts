import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DeviceFaulted, DeviceRestored, SlotChecked, SlotRecover, SlotRegister, SlotRegistered, SlotRegistrationFailed, SlotUnregister, SlotUnregistered, type Message, payloadOf } from '@vss/events';
import { newId } from '@vss/runtime';
import { waitFor } from '@vss/testing';
import { aCenter, startPlatform, type TestCenter, type TestPlatform } from '../testing/platform.js';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.stop());

const at = (): string => platform.clock.now().toISOString();
const slotIs = (center: TestCenter, id: string, state: string): Promise<unknown> => waitFor(async () => (await center.slot(id)).state === state, 8_000, state);

async function aSlot(): Promise<{ center: TestCenter; id: string; hubId: string }> {
  const center = await aCenter(platform, { slots: 1 });
  return { center, id: center.slots[0] ?? '', hubId: center.hub.id };
}

/** The `n`-th command of this kind, from 1. */
const nth = async (center: TestCenter, type: string, n: number): Promise<{ commandId: string; cyclePower?: boolean }> => {
  const messages = await waitFor(() => {
    const found = center.hub.commands.filter((each: Message) => each.type === type);
    return found.length >= n ? found : undefined;
  }, 8_000, `${type} number ${n}`);
  return messages[n - 1]?.payload as { commandId: string; cyclePower?: boolean };
};

describe('in service (F-09)', () => {
  it('tells every step in order, with a version each', async () => {
    const { id } = await aSlot();
    const { rows } = await platform.pool.query(`select type, payload from telephony.outbox where aggregate_id = $1 and type not like 'hub.%' order by n`, [id]);
    expect(rows.map(({ payload }) => payload.slot.state)).toEqual(['IDLE', 'ASSIGNED', 'REGISTERING', 'READY']);
    expect(rows.map(({ payload }) => payload.slot.version)).toEqual([1, 2, 3, 4]);
    expect(rows.at(-1).payload).toMatchObject({ from: 'REGISTERING', to: 'READY', cause: 'REGISTERED', slot: { availability: 'FREE', sipRegistered: true } });
  });

  it('gives a registration three tries, further apart each time, then FAULT with SIP_LOST', async () => {
    const { center, id, hubId } = await aSlot();
    center.hub.registers = false;
    await center.hub.say(SlotUnregistered, { hubId, slotId: id, reason: 'gone', at: at() });
    for (const attempt of [1, 2, 3]) {
      const { commandId } = await nth(center, SlotRegister.type, attempt + 1);
      const failed = { hubId, slotId: id, commandId, reason: '403', retryable: true, at: at() };
      await center.hub.say(SlotRegistrationFailed, failed, 2);
      // An answer to an earlier attempt changes nothing.
      await center.hub.say(SlotRegistrationFailed, { ...failed, commandId: 'cmd_old' });
      const slot = await center.slot(id);
      expect(slot).toMatchObject(attempt < 3 ? { state: 'ASSIGNED', registration_failures: attempt } : { state: 'FAULT', fault_reason: 'SIP_LOST' });
      const waitMs = (slot['deadline_at'] as Date).getTime() - (slot['state_since'] as Date).getTime();
      expect(Math.round(waitMs / 1_000)).toBe([2, 4, 30][attempt - 1]);
      platform.clock.pass(5_000);
    }
    // The platform itself asks for a check, and takes the slot back when it passes.
    platform.clock.pass(31_000);
    const { commandId } = await nth(center, SlotRecover.type, 1);
    center.hub.registers = true;
    await center.hub.say(SlotChecked, { hubId, slotId: id, commandId, healthy: true, detail: 'fine', at: at() });
    await slotIs(center, id, 'READY');
  });

  it('takes silence after a registration for a failure', async () => {
    const { center, id, hubId } = await aSlot();
    center.hub.registers = false;
    await center.hub.say(SlotUnregistered, { hubId, slotId: id, reason: 'gone', at: at() });
    for (const attempt of [2, 3, 4]) {
      await nth(center, SlotRegister.type, attempt);
      platform.clock.pass(36_000);
      await slotIs(center, id, attempt < 4 ? 'ASSIGNED' : 'FAULT');
      platform.clock.pass(5_000);
    }
    await slotIs(center, id, 'FAULT');
    expect(await center.slot(id)).toMatchObject({ fault_reason: 'SIP_LOST' });
  });

  it('gives up at once where another try is useless', async () => {
    const { center, id, hubId } = await aSlot();
    center.hub.registers = false;
    await center.hub.say(SlotUnregistered, { hubId, slotId: id, reason: 'gone', at: at() });
    await center.hub.say(SlotRegistrationFailed, { hubId, slotId: id, commandId: null, reason: 'unknown user', retryable: false, at: at() });
    expect(await center.slot(id)).toMatchObject({ state: 'FAULT', fault_reason: 'SIP_LOST' });
  });

  it('renews a registration that is about to end, and takes one that the phone renews itself', async () => {
    const { center, id, hubId } = await aSlot();
    const soon = new Date(platform.clock.now().getTime() + 60_000);
    await center.hub.say(SlotRegistered, { hubId, slotId: id, commandId: null, contact: 'sip:x', expiresAt: soon.toISOString(), at: at() });
    expect(await center.slot(id)).toMatchObject({ state: 'READY', registration_expires_at: soon });
    center.hub.registers = false;
    platform.clock.pass(56_000);
    const { commandId } = await nth(center, SlotRegister.type, 2);
    const answer = { hubId, slotId: id, commandId, contact: 'sip:x', at: at() };
    await center.hub.say(SlotRegistered, { ...answer, expiresAt: soon.toISOString() });
    expect(await center.slot(id)).toMatchObject({ state: 'REGISTERING' });
    await center.hub.say(SlotRegistered, { ...answer, expiresAt: new Date(soon.getTime() + 60_000).toISOString() });
    expect(await center.slot(id)).toMatchObject({ state: 'READY' });
    const { rows } = await platform.pool.query(`select payload from telephony.outbox where aggregate_id = $1 and payload ->> 'cause' = 'REGISTRATION_EXPIRING'`, [id]);
    expect(rows).toHaveLength(1);
  });

  it('of a slot of a hub that goes away ends in FAULT, and begins again after a check when it is back', async () => {
    const { center, id, hubId } = await aSlot();
    await center.hub.setOnline(false);
    await slotIs(center, id, 'FAULT');
    expect(await center.slot(id)).toMatchObject({ fault_reason: 'HEARTBEAT_LOST', registration_expires_at: null });
    await center.hub.setOnline(true);
    const { commandId } = await nth(center, SlotRecover.type, 1);
    await center.hub.say(SlotChecked, { hubId, slotId: id, commandId, healthy: false, detail: 'booting', at: at() });
    expect(await center.slot(id)).toMatchObject({ state: 'FAULT' });
    platform.clock.pass(66_000);
    const again = await nth(center, SlotRecover.type, 2);
    await center.hub.say(SlotChecked, { hubId, slotId: id, commandId: again.commandId, healthy: true, detail: 'fine', at: at() }, 2);
    await slotIs(center, id, 'READY');
  });
});

describe('faults of devices', () => {
  it('last until the device is restored; the graver reason stands', async () => {
    const { center, id } = await aSlot();
    const fault = (reason: 'BATTERY' | 'DEVICE_OFFLINE') => center.hub.say(DeviceFaulted, { deviceId: 'dev_1', slotId: id, reason, detail: 'low' }, 2);
    await fault('BATTERY');
    expect(await center.slot(id)).toMatchObject({ state: 'FAULT', fault_reason: 'BATTERY', deadline_at: null });
    await fault('DEVICE_OFFLINE');
    await center.hub.setOnline(false);
    await platform.telephony.look();
    expect(await center.slot(id)).toMatchObject({ state: 'FAULT', fault_reason: 'BATTERY' });
    await center.hub.setOnline(true);
    await center.hub.say(DeviceRestored, { deviceId: 'dev_1', slotId: id }, 2);
    await slotIs(center, id, 'READY');
  });
});

describe('slotRecover', () => {
  const recover = (center: TestCenter, slotId: string, over: Record<string, unknown> = {}, actor = center.admin) =>
    center.as(actor, `mutation($input: SlotRecoverInput!) { slotRecover(input: $input) { slot { id state } userErrors { code field retryable } } }`, { input: { slotId, idempotencyKey: newId('key'), ...over } });

  it('has the slot checked, with a power cycle where asked', async () => {
    const { center, id, hubId } = await aSlot();
    await center.hub.say(DeviceFaulted, { deviceId: 'dev_1', slotId: id, reason: 'SCRIPT_HUNG', detail: 'hung' });
    const input = { cyclePower: true, idempotencyKey: 'k' };
    expect((await recover(center, id, input)).data.slotRecover).toMatchObject({ slot: { state: 'FAULT' }, userErrors: [] });
    await recover(center, id, input);
    const command = await nth(center, SlotRecover.type, 1);
    expect(command.cyclePower).toBe(true);
    expect(center.hub.count(SlotRecover)).toBe(1);
    await center.hub.say(SlotChecked, { hubId, slotId: id, commandId: command.commandId, healthy: true, detail: 'fine', at: at() });
    await slotIs(center, id, 'READY');
  });

  it('is refused for a slot that is not at fault, whose hub is away, of a stranger, and to others', async () => {
    const { center, id } = await aSlot();
    expect((await recover(center, id)).data.slotRecover).toEqual({ slot: null, userErrors: [{ code: 'SLOT_NOT_FAULTED', field: ['input', 'slotId'], retryable: false }] });
    await center.hub.setOnline(false);
    await slotIs(center, id, 'FAULT');
    expect((await recover(center, id)).data.slotRecover.userErrors).toEqual([{ code: 'HUB_OFFLINE', field: ['input', 'slotId'], retryable: true }]);
    expect((await recover(center, newId('slot'))).errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
    for (const actor of [center.operator, center.supervisor, center.seller]) expect((await recover(center, id, {}, actor)).errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    expect(center.hub.count(SlotRecover)).toBe(0);
  });
});

describe('slotAdminStateSet', () => {
  const set = (center: TestCenter, slotId: string, adminState: string, over: Record<string, unknown> = {}, actor = center.admin) =>
    center.as(actor, `mutation($input: SlotAdminStateSetInput!) { slotAdminStateSet(input: $input) { slot { state adminState availability version } userErrors { code field } } }`, { input: { slotId, adminState, ...over } });

  it('takes a slot out of service and back', async () => {
    const { center, id } = await aSlot();
    expect((await set(center, id, 'MAINTENANCE', { expectedVersion: 4 })).data.slotAdminStateSet).toMatchObject({ slot: { state: 'IDLE', adminState: 'MAINTENANCE', availability: 'UNAVAILABLE' }, userErrors: [] });
    await nth(center, SlotUnregister.type, 1);
    await platform.telephony.look();
    expect(await center.slot(id)).toMatchObject({ state: 'IDLE' });
    await set(center, id, 'IN_SERVICE');
    await slotIs(center, id, 'READY');
  });

  it('lets a call end first', async () => {
    const { center, id } = await aSlot();
    await center.start({ slotId: id });
    expect((await set(center, id, 'DRAINING')).data.slotAdminStateSet.slot).toMatchObject({ state: 'CALLING', availability: 'BUSY' });
    platform.clock.pass(21_000);
    await slotIs(center, id, 'POSTCALL');
    platform.clock.pass(4_000);
    await slotIs(center, id, 'IDLE');
    await nth(center, SlotUnregister.type, 1);
  });

  it('lets a registration end first, and not wait for its renewal', async () => {
    const { center, id, hubId } = await aSlot();
    center.hub.registers = false;
    await center.hub.say(SlotUnregistered, { hubId, slotId: id, reason: 'gone', at: at() });
    const { commandId } = await nth(center, SlotRegister.type, 2);
    expect((await set(center, id, 'MAINTENANCE')).data.slotAdminStateSet.slot).toMatchObject({ state: 'REGISTERING' });
    const expiresAt = new Date(platform.clock.now().getTime() + 3_600_000).toISOString();
    await center.hub.say(SlotRegistered, { hubId, slotId: id, commandId, contact: 'sip:x', expiresAt, at: at() });
    await slotIs(center, id, 'IDLE');
    await nth(center, SlotUnregister.type, 1);
  });

  it('refuses an old version and what is retired, and changes nothing', async () => {
    const { center, id } = await aSlot();
    const before = await center.slot(id);
    expect((await set(center, id, 'DRAINING', { expectedVersion: 3 })).data.slotAdminStateSet).toEqual({ slot: null, userErrors: [{ code: 'VERSION_CONFLICT', field: ['input', 'expectedVersion'] }] });
    expect(await center.slot(id)).toEqual(before);
    await set(center, id, 'RETIRED');
    expect((await set(center, id, 'IN_SERVICE')).data.slotAdminStateSet.userErrors).toEqual([{ code: 'SLOT_RETIRED', field: ['input', 'adminState'] }]);
    for (const actor of [center.operator, center.supervisor]) expect((await set(center, id, 'IN_SERVICE', {}, actor)).errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('slots', () => {
  it('are listed by number and filtered', async () => {
    const center = await aCenter(platform, { slots: 4, slotKind: 'MF' });
    const list = async (filter: Record<string, unknown>, actor = center.operator): Promise<string[]> =>
      ((await center.as(actor, `query($filter: SlotFilter) { slots(filter: $filter) { nodes { id } } }`, { filter })).data.slots.nodes as { id: string }[]).map(({ id }) => id);
    const [a = '', b = '', c, d] = center.slots;
    await center.start({ slotId: a });
    await center.hub.say(DeviceFaulted, { deviceId: 'dev_1', slotId: b, reason: 'BATTERY', detail: 'low' });
    expect(await list({})).toEqual([a, b, c, d]);
    expect(await list({ availability: 'FREE' })).toEqual([c, d]);
    expect(await list({ availability: 'BUSY' })).toEqual([a]);
    expect(await list({ availability: 'UNAVAILABLE' })).toEqual([b]);
    expect(await list({ state: 'FAULT' })).toEqual([b]);
    expect(await list({ kind: 'LS' })).toEqual([]);
    expect(await list({ trunkId: center.trunkId }, center.supervisor)).toHaveLength(4);
    expect((await center.as(center.seller, `{ slots { totalCount } }`)).errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    const page = await center.as(center.operator, `{ slots(first: 3) { totalCount liveCursor pageInfo { hasNextPage } } }`);
    expect(page.data.slots).toMatchObject({ totalCount: 4, pageInfo: { hasNextPage: true }, liveCursor: expect.any(String) });
  });
});

it('reads the command that a test looks for as the hub would', async () => {
  const { center } = await aSlot();
  const [message] = center.hub.commands;
  expect(message && payloadOf(SlotRegister, message)).toMatchObject({ hubId: center.hub.id, centerId: center.id, slotKind: 'AUTO', fencingToken: 0 });
});
