import { describe, expect, it } from 'vitest';
import type { UsbPort, UsbPower } from './usb-power.js';

export interface UsbPowerRig {
  usbPower: UsbPower;
  /** Has power at first. */
  port: UsbPort;
  absentPort: UsbPort;
}

/** What everything that switches USB power must do for us. */
export function usbPowerContract(name: string, makeRig: () => UsbPowerRig): void {
  describe(`UsbPower: ${name}`, () => {
    const never = new AbortController().signal;
    it('switches a port off and on, and says how it is', async () => {
      const { usbPower, port } = makeRig();
      expect(await usbPower.isOn(port, never)).toBe(true);
      await usbPower.set(port, false, never);
      await usbPower.set(port, false, never);
      expect(await usbPower.isOn(port, never)).toBe(false);
      await usbPower.set(port, true, never);
      expect(await usbPower.isOn(port, never)).toBe(true);
    });
    it('says so when there is no such port', async () => {
      const { usbPower, absentPort } = makeRig();
      await expect(usbPower.isOn(absentPort, never)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(usbPower.set(absentPort, true, never)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    });
  });
}
