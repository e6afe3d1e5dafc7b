import { DeviceAnnounced, TelemetrySampled } from '@vss/events';
import { messageOf, withDeadline, type Logger, type Now } from '@vss/runtime';
import type { Journal } from './journal/index.js';
import type { PhoneBridge, PhoneDevice } from './ports/index.js';
import type { Reports } from './reports/index.js';

interface Deps {
  hubId: string;
  simulated: boolean;
  phones: PhoneBridge;
  journal: Journal;
  reports: Reports;
  logger: Logger;
  now: Now;
  requestMs: number;
}

/** Announces the devices beside this runner, and reports what they measure. */
export function createDevices({ hubId, simulated, phones, journal, reports, logger, now, requestMs }: Deps) {
  let stopWatching = (): void => undefined;

  const slotIdOf = (slotNumber: string | null): string | null =>
    [...journal.state.slots.values()].find((slot) => slot.slotNumber === slotNumber)?.slotId ?? null;

  const payloadOf = ({ serial, model, kind, online, slotNumber }: PhoneDevice) => ({ hubId, serial, model, kind, simulated, online, slotId: slotIdOf(slotNumber), at: now().toISOString() });
  const announcement = (device: PhoneDevice) => reports.report(DeviceAnnounced, payloadOf(device));
  const list = () => withDeadline(requestMs, 'Listing devices', (signal) => phones.devices(signal));

  async function announceAll(): Promise<void> {
    const devices = await list();
    await reports.appendSurely(devices.map(announcement));
  }

  return {
    start(): void {
      stopWatching = phones.watch((device) => {
        void reports.appendSurely([announcement(device)]).catch((error: unknown) => logger.error({ err: error }, 'A device was not announced'));
      });
      void announceAll().catch((error: unknown) => logger.error({ err: error }, 'The devices cannot be listed'));
    },
    async announceAgain(): Promise<void> {
      try {
        for (const device of await list()) await reports.sendOnce(DeviceAnnounced, payloadOf(device));
      } catch (error) {
        logger.warn(`The devices cannot be listed: ${messageOf(error)}`);
      }
    },
    async sample(): Promise<void> {
      try {
        const readings = await withDeadline(requestMs, 'Reading telemetry', (signal) => phones.telemetry(signal));
        if (readings.length > 0) await reports.sendOnce(TelemetrySampled, { hubId, readings: [...readings] });
      } catch (error) {
        logger.warn(`No telemetry: ${messageOf(error)}`);
      }
    },
    stop: (): void => stopWatching(),
  };
}
