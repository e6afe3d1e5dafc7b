import { describe, expect, it } from 'vitest';
import { callControlContract } from '../ports/call-control.contract.js';
import { phoneBridgeContract } from '../ports/phone-bridge.contract.js';
import { remoteHostContract } from '../ports/remote-host.contract.js';
import { sipRegistrarContract } from '../ports/sip-registrar.contract.js';
import { usbPowerContract } from '../ports/usb-power.contract.js';
import type { HubPorts } from '../ports/index.js';
import { createSimulatedHub } from './hub.js';

const never = new AbortController().signal;
const slot = { number: '6001', kind: 'AUTO', password: 'secret' } as const;

const aHub = (seed: string | number = 1): HubPorts => createSimulatedHub({ seed, speed: 1_000, devices: { AUTO: 1, MF: 1, LS: 1 } });

async function registered(hub: HubPorts): Promise<void> {
  const done = Promise.withResolvers<void>();
  const stop = hub.registrar.watch((event) => event.kind === 'registered' && done.resolve());
  await hub.registrar.provision(slot, never);
  await done.promise;
  stop();
}

callControlContract('simulated', async () => {
  const hub = aHub();
  await hub.open();
  await registered(hub);
  const numbers = { answers: '+15550100100', hangsUp: '+15550100104', busy: '+15550100101', rejects: '+15550100103', silent: '+15550100102', unknown: '+15550100106' };
  return { calls: hub.callControl, slotNumber: '6001', absentSlotNumber: '6002', numbers, shortRingMs: 3_000, close: () => hub.close() };
});

sipRegistrarContract('simulated', async () => {
  const hub = aHub();
  return { registrar: hub.registrar, slot, startPhone: async () => undefined, close: () => hub.close() };
});

usbPowerContract('simulated', () => ({ usbPower: aHub().usbPower, port: { location: '1-1', port: 1 }, absentPort: { location: '9-9', port: 1 } }));

phoneBridgeContract('simulated', async () => {
  const hub = aHub();
  await registered(hub);
  const portOf = async (slotNumber: string) => {
    const device = (await hub.phones.devices(never)).find((one) => one.slotNumber === slotNumber);
    if (!device?.usbPort) throw new Error('The device has no port');
    return device.usbPort;
  };
  return {
    phones: hub.phones,
    slotNumber: '6001',
    connect: async () => undefined,
    disconnect: async (slotNumber) => hub.usbPower.set(await portOf(slotNumber), false, never),
  };
});

remoteHostContract('simulated', async () => {
  const hub = aHub();
  return { host: hub.remoteHost, close: () => hub.close() };
});

describe('a simulated hub', () => {
  /** What becomes of ten calls, one after the other, to a number whose fate is left to chance. */
  async function fortunes(seed: number): Promise<string[]> {
    const hub = aHub(seed);
    await registered(hub);
    const outcomes: string[] = [];
    for (let i = 0; i < 10; i += 1) {
      const end = Promise.withResolvers<string>();
      const stop = hub.callControl.watch((event) => event.kind === 'finished' && end.resolve(event.result.outcome));
      await hub.callControl.originate({ callId: `call_${i}`, slotNumber: '6001', phoneNumber: '+15550100177', ringTimeoutMs: 10_000 }, never);
      outcomes.push(await end.promise);
      stop();
    }
    await hub.close();
    return outcomes;
  }

  it('gives a slot the same fortunes for the same seed, and others for another', async () => {
    const [first, again, other] = await Promise.all([fortunes(3), fortunes(3), fortunes(4)]);
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it('plugs in another device when a slot finds none free', async () => {
    const hub = aHub();
    await hub.registrar.provision(slot, never);
    await hub.registrar.provision({ ...slot, number: '6002' }, never);
    const devices = await hub.phones.devices(never);
    expect(devices.filter((device) => device.kind === 'AUTO').map((device) => device.slotNumber)).toEqual(['6001', '6002']);
    await hub.close();
  });

  it('warms up and drains in a call, and has no battery in a host', async () => {
    const hub = aHub();
    await hub.open();
    await registered(hub);
    const [before] = await hub.phones.telemetry(never);
    await hub.callControl.originate({ callId: 'call_x', slotNumber: '6001', phoneNumber: '+15550100100', ringTimeoutMs: 10_000 }, never);
    for (let i = 0; i < 30; i += 1) await hub.phones.telemetry(never);
    const [after, , host] = await hub.phones.telemetry(never);
    expect(after?.cpuPercent).toBeGreaterThan((before?.cpuPercent ?? 0) + 20);
    expect(after?.temperatureCelsius).toBeGreaterThan(before?.temperatureCelsius ?? 0);
    expect(after?.batteryPercent).toBeLessThan(before?.batteryPercent ?? 0);
    expect(host).toMatchObject({ batteryPercent: null });
    await hub.close();
  });

  it('has a fault now and then: the device goes, its call ends, and it comes back by itself', async () => {
    const hub = createSimulatedHub({ seed: 5, speed: 1_000, devices: { AUTO: 1, MF: 0, LS: 0 }, faultEveryMs: 60_000 });
    await registered(hub);
    const events: string[] = [];
    const back = Promise.withResolvers<void>();
    hub.callControl.watch((event) => event.kind === 'finished' && events.push(`finished ${event.result.failureReason}`));
    hub.registrar.watch((event) => {
      events.push(event.kind);
      if (event.kind === 'registered') back.resolve();
    });
    await hub.open();
    await hub.callControl.originate({ callId: 'call_x', slotNumber: '6001', phoneNumber: '+15550100100', ringTimeoutMs: 10_000 }, never);
    await back.promise;
    expect(events).toEqual(['finished DEVICE_OFFLINE', 'lost', 'registered']);
    await hub.close();
  });
});
