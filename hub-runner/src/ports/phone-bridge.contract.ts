import { describe, expect, it } from 'vitest';
import type { PhoneBridge, PhoneDevice } from './phone-bridge.js';

export interface PhoneBridgeRig {
  phones: PhoneBridge;
  /** Makes the device of this slot healthy, respectively not. */
  connect: (slotNumber: string) => Promise<void>;
  disconnect: (slotNumber: string) => Promise<void>;
  slotNumber: string;
}

/** What everything that knows phones must do for us. */
export function phoneBridgeContract(name: string, makeRig: () => Promise<PhoneBridgeRig>): void {
  describe(`PhoneBridge: ${name}`, () => {
    const never = new AbortController().signal;
    it('lists devices, tells which is healthy, and tells when one comes or goes', async () => {
      const { phones, slotNumber, connect, disconnect } = await makeRig();
      const told: PhoneDevice[] = [];
      phones.watch((device) => told.push(device));
      await connect(slotNumber);
      const device = (await phones.devices(never)).find((one) => one.slotNumber === slotNumber);
      expect(device).toMatchObject({ online: true });
      const serial = device?.serial ?? '';
      expect(await phones.health(serial, never)).toMatchObject({ healthy: true });
      await disconnect(slotNumber);
      expect(await phones.health(serial, never)).toMatchObject({ healthy: false });
      expect(told.at(-1)).toMatchObject({ serial, online: false });
    });
    it('reads within 0…100 what is a share, and nothing for what is not known', async () => {
      const { phones } = await makeRig();
      const readings = await phones.telemetry(never);
      const shares = readings.flatMap((reading) => [reading.cpuPercent, reading.ramPercent, reading.batteryPercent, reading.linkPercent]);
      expect(shares.filter((value) => value !== null && (value < 0 || value > 100))).toEqual([]);
    });
    it('holds an unknown device for unhealthy, and cannot restart it', async () => {
      const { phones } = await makeRig();
      expect(await phones.health('nobody', never)).toMatchObject({ healthy: false });
      await expect(phones.restart('nobody', never)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    });
  });
}
