import { afterEach, describe, expect, it } from 'vitest';
import {
  CallFinished,
  CallHangup,
  CallOriginate,
  CallPickedUp,
  CallRang,
  CallStarted,
  CommandFailed,
  CommandStarted,
  CommandSucceeded,
  DeviceAnnounced,
  HubAnnounced,
  HubHeartbeat,
  HubLeft,
  SlotChecked,
  SlotRecover,
  SlotRegister,
  SlotRegistered,
  SlotUnregister,
  SlotUnregistered,
  TelemetrySampled,
} from '@vss/events';
import { createExposition, createMetrics, newId, silentLogger } from '@vss/runtime';
import { createHubRunner } from './app.js';
import { createSimulatedHub } from './simulated/hub.js';
import { sipPasswordOf } from './slots/sip-password.js';
import { aBroker, aCommand, aFolder, hear } from './testing/rig.js';

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

async function aHub() {
  const { dir, remove } = await aFolder();
  const broker = aBroker();
  const heard = await hear(broker);
  const hubId = newId('hub');
  const metrics = createMetrics();
  const make = () =>
    createHubRunner({
      hubId,
      centerId: 'ctr_test',
      name: 'Test hub',
      broker,
      ports: createSimulatedHub({ seed: 7, speed: 100, devices: { AUTO: 2, MF: 1, LS: 1 } }),
      journalDir: dir,
      sipPassword: (slotNumber) => sipPasswordOf('secret', slotNumber),
      logger: silentLogger,
      metrics,
      intervals: { heartbeatMs: 20, telemetryMs: 20, sweepMs: 20, askAgainMs: 20, comebackMs: 200, powerOffMs: 10 },
    });
  const runner = await make();
  await runner.start();
  let running: typeof runner | undefined = runner;
  const stop = async (): Promise<void> => {
    await running?.stop();
    running = undefined;
  };
  cleanUps.push(remove, () => broker.close(), stop);
  const slotId = newId('slot');
  const register = () => broker.publish(aCommand(SlotRegister, { hubId, slotId, slotNumber: '6001', slotKind: 'AUTO', centerId: 'ctr_test' }));
  const call = async (phoneNumber: string, more: object = {}) => {
    const callId = newId('call');
    await broker.publish(aCommand(CallOriginate, { hubId, slotId, callId, slotNumber: '6001', phoneNumber, ringTimeoutMs: 30_000, ...more }));
    return callId;
  };
  const again = async (): Promise<void> => {
    running = await make();
    await running.start();
  };
  return { broker, heard, hubId, slotId, register, call, stop, again, metrics };
}

describe('a hub-runner with a simulated hub', () => {
  it('counts the commands that it has ended, and tells whether it is ready', async () => {
    const { heard, register, metrics } = await aHub();
    await register();
    await heard.next(CommandSucceeded);
    const page = await createExposition(metrics).text();
    expect(page).toContain('vss_hub_commands_total{type="hub.slot.register",result="SUCCEEDED"} 1');
    expect(page).toContain('vss_hub_ready 1');
  });

  it('announces itself and its devices as simulated, and reports on them', async () => {
    const { heard, hubId, stop } = await aHub();
    expect(await heard.next(HubAnnounced)).toMatchObject({ hubId, name: 'Test hub (SIMULATED)', simulated: true });
    const device = await heard.next(DeviceAnnounced);
    expect(device).toMatchObject({ simulated: true, online: true, slotId: null });
    expect(`${device.serial} ${device.model}`).toMatch(/SIMULATED.*SIMULATED/);
    await heard.next(HubHeartbeat);
    const { readings } = await heard.next(TelemetrySampled);
    expect(readings).toHaveLength(4);
    await stop();
    await heard.next(HubLeft);
  });

  it('registers a slot, calls from it and reports the whole call in order', async () => {
    const { heard, slotId, register, call } = await aHub();
    await register();
    expect(await heard.next(SlotRegistered)).toMatchObject({ slotId, contact: 'sip:6001@simulated.invalid' });
    expect(await heard.next(DeviceAnnounced, (device) => device.slotId === slotId)).toMatchObject({ kind: 'AUTO' });
    const callId = await call('+15550100104');
    const end = await heard.next(CallFinished);
    expect(end).toMatchObject({ callId, slotId, outcome: 'ANSWERED', hungUpBy: 'FAR_END', hangupCause: 16, failureReason: null });
    expect(end.legs.map((leg) => leg.party)).toEqual(['SLOT', 'FAR_END']);
    const about = heard.messages.filter((message) => message.aggregateId === slotId).map((message) => message.type);
    expect(about.filter((type) => type.startsWith('runner.call.'))).toEqual([CallStarted.type, CallRang.type, CallPickedUp.type, CallFinished.type]);
    const sequences = heard.messages.filter((message) => message.aggregateId === slotId).map((message) => message.sequence);
    expect(sequences).toEqual(sequences.map((_, i) => i + 1));
  });

  it('hangs up for the operator who asked', async () => {
    const { broker, heard, hubId, slotId, register, call } = await aHub();
    await register();
    await heard.next(SlotRegistered);
    const callId = await call('+15550100100');
    await heard.next(CallPickedUp);
    await broker.publish(aCommand(CallHangup, { hubId, slotId, callId }));
    expect(await heard.next(CallFinished)).toMatchObject({ outcome: 'ANSWERED', hungUpBy: 'OPERATOR' });
  });

  it('refuses a call from a slot that is not registered', async () => {
    const { heard, call } = await aHub();
    const callId = await call('+15550100100');
    expect(await heard.next(CommandFailed)).toMatchObject({ code: 'REFUSED', reason: 'Slot 6001 is not registered' });
    expect(heard.of(CallFinished)).toMatchObject([{ callId, outcome: 'FAILED', failureReason: 'REFUSED' }]);
    expect(heard.of(CallStarted)).toEqual([]);
  });

  it('does not begin a command after its deadline, nor one of an earlier holder', async () => {
    const { heard, register, call } = await aHub();
    await register();
    await heard.next(SlotRegistered);
    await call('+15550100101', { fencingToken: 5 });
    await heard.next(CallFinished);
    await call('+15550100100', { deadlineAt: new Date(Date.now() - 1).toISOString(), fencingToken: 5 });
    await heard.next(CommandFailed, (failure) => failure.code === 'EXPIRED');
    await call('+15550100100', { fencingToken: 4 });
    await heard.next(CommandFailed, (failure) => failure.code === 'STALE_LEASE');
    expect(heard.of(CallStarted)).toHaveLength(1);
  });

  it('does a command that comes twice once, and tells its result again', async () => {
    const { broker, heard, hubId, slotId, register } = await aHub();
    await register();
    await heard.next(SlotRegistered);
    const order = { hubId, slotId, callId: newId('call'), slotNumber: '6001', phoneNumber: '+15550100101', ringTimeoutMs: 30_000 };
    const message = aCommand(CallOriginate, order);
    await Promise.all([broker.publish(message), broker.publish(message)]);
    await broker.publish(message);
    const { commandId } = message.payload as { commandId: string };
    await heard.next(CallFinished);
    await broker.publish(aCommand(SlotRecover, { hubId, slotId, slotNumber: '6001', cyclePower: false }));
    await heard.next(SlotChecked);
    expect(heard.of(CallStarted)).toHaveLength(1);
    expect(heard.of(CommandStarted).filter((started) => started.commandId === commandId)).toHaveLength(1);
    expect(heard.of(CommandSucceeded).filter((success) => success.commandId === commandId)).toHaveLength(3);
  });

  it('cycles the power of a slot that serves no call, and finds it healthy afterwards', async () => {
    const { broker, heard, hubId, slotId, register } = await aHub();
    await register();
    await heard.next(SlotRegistered);
    await broker.publish(aCommand(SlotRecover, { hubId, slotId, slotNumber: '6001', cyclePower: true }));
    expect(await heard.next(SlotUnregistered)).toMatchObject({ slotId, reason: 'The device has no power' });
    expect(await heard.next(SlotChecked)).toMatchObject({ slotId, healthy: true });
  });

  it('refuses to cycle the power during a call', async () => {
    const { broker, heard, hubId, slotId, register, call } = await aHub();
    await register();
    await heard.next(SlotRegistered);
    await call('+15550100100');
    await heard.next(CallPickedUp);
    await broker.publish(aCommand(SlotRecover, { hubId, slotId, slotNumber: '6001', cyclePower: true }));
    expect(await heard.next(CommandFailed)).toMatchObject({ code: 'REFUSED', reason: 'The slot is in a call' });
  });

  it('takes a slot out of service', async () => {
    const { broker, heard, hubId, slotId, register } = await aHub();
    await register();
    await heard.next(SlotRegistered);
    await broker.publish(aCommand(SlotUnregister, { hubId, slotId, slotNumber: '6001' }));
    expect(await heard.next(SlotUnregistered)).toMatchObject({ reason: 'The slot was taken out of service' });
    const { serial } = await heard.next(DeviceAnnounced, (device) => device.slotId === slotId);
    const announced = () => heard.of(DeviceAnnounced).filter((device) => device.serial === serial);
    await heard.next(DeviceAnnounced, () => announced().at(-1)?.slotId === null);
  });

  it('brings its slots back after a stop, and has told the end of the calls that were open', async () => {
    const { heard, register, call, stop, again } = await aHub();
    await register();
    await heard.next(SlotRegistered);
    const callId = await call('+15550100100');
    await heard.next(CallPickedUp);
    await stop();
    expect(heard.of(CallFinished)).toMatchObject([{ callId, outcome: 'ANSWERED', hungUpBy: 'PLATFORM' }]);
    const before = heard.messages.length;
    await again();
    await heard.next(SlotRegistered, () => heard.messages.slice(before).some((message) => message.type === SlotRegistered.type));
  });
});
