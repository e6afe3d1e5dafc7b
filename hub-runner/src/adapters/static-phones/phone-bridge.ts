import { AppError, messageOf } from '@vss/runtime';
import { createListeners } from '../../common/listeners.js';
import type { PhoneBridge, PhoneDevice, SipRegistrar } from '../../ports/index.js';
import type { ListedDevice } from './device-file.js';

/**
 * Phones that are known from a list and seen only through SIP: one is online while it is registered. They tell no
 * telemetry, and can be started anew only by cutting their power.
 */
export function createStaticPhones({ devices, registrar }: { devices: readonly ListedDevice[]; registrar: SipRegistrar }): PhoneBridge & { close(): void } {
  const online = new Set<string>();
  const watchers = createListeners<PhoneDevice>();
  const describe = (device: ListedDevice): PhoneDevice => ({ ...device, online: device.slotNumber !== null && online.has(device.slotNumber) });
  const find = (serial: string): ListedDevice | undefined => devices.find((device) => device.serial === serial);

  const stop = registrar.watch((event) => {
    if (event.kind === 'refused') return;
    const isOnline = event.kind === 'registered';
    if (online.has(event.slotNumber) === isOnline) return;
    if (isOnline) online.add(event.slotNumber);
    else online.delete(event.slotNumber);
    const device = devices.find(({ slotNumber }) => slotNumber === event.slotNumber);
    if (device) watchers.tell(describe(device));
  });

  /** Asks, since a runner that has just started was told nothing yet of phones that registered before. */
  async function look({ slotNumber }: ListedDevice, signal: AbortSignal): Promise<void> {
    if (slotNumber === null) return;
    if (await registrar.registration(slotNumber, signal)) online.add(slotNumber);
    else online.delete(slotNumber);
  }

  return {
    async devices(signal) {
      for (const device of devices) await look(device, signal);
      return devices.map(describe);
    },
    telemetry: async () => [],
    async health(serial, signal) {
      const device = find(serial);
      if (!device) return { healthy: false, detail: `No device ${serial}` };
      if (device.slotNumber === null) return { healthy: false, detail: 'It serves no slot' };
      try {
        const registration = await registrar.registration(device.slotNumber, signal);
        return registration ? { healthy: true, detail: `Registered at ${registration.contact}` } : { healthy: false, detail: 'Not registered' };
      } catch (error) {
        return { healthy: false, detail: `The registrar cannot be asked: ${messageOf(error)}` };
      }
    },
    async restart(serial) {
      if (!find(serial)) throw new AppError('NOT_FOUND', `No device ${serial}`, { serial });
      throw new AppError('UNAVAILABLE', `${serial} has no USB port that can be switched, and no other way to start it anew`, { serial });
    },
    watch: watchers.add,
    close: stop,
  };
}
