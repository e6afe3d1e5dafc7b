import { LockMode } from '@mikro-orm/core';
import { AppError, newId as typeId, systemNow, type NewId, type Now } from '@vss/runtime';
import { DeviceFaulted, DeviceRegistered, DeviceRestored, DeviceUpdated, type DeviceAnnounced, type MessageContext, type Outbox, type PayloadOf, type TelemetrySampled } from '@vss/events';
import type { EntityManager } from '@vss/db';
import { Hub } from '../hubs/index.js';
import { recordReadings } from '../telemetry/index.js';
import { Device } from './device.entity.js';
import { faultDetail, faultsAfterPresence, faultsAfterReading, healthNews, type Health } from './health.rules.js';

interface Deps {
  outbox: Outbox;
  /** Takes devices of hubs that name no center. */
  defaultCenterId?: string | undefined;
  newId?: NewId;
  now?: Now;
}

type Announcement = PayloadOf<typeof DeviceAnnounced>;
export type DeviceService = ReturnType<typeof createDeviceService>;

/** The only writer of devices. Readings are stored without an event; only what they mean for a slot is told. */
export function createDeviceService({ outbox, defaultCenterId, newId = typeId, now = systemNow }: Deps) {
  async function tellHealth(tx: EntityManager, device: Device, before: Health, context: MessageContext): Promise<void> {
    for (const news of healthNews(before, device)) {
      const about = { deviceId: device.id, slotId: news.slotId };
      if (news.kind === 'RESTORED') await outbox.add(tx, DeviceRestored, about, context);
      else await outbox.add(tx, DeviceFaulted, { ...about, reason: news.reason, detail: faultDetail(device.serial, news.reason) }, context);
    }
  }

  /** A slot is served by one device: whoever served it before does so no more. */
  async function takeSlot(tx: EntityManager, slotId: string | null, deviceId: string | undefined, context: MessageContext): Promise<void> {
    if (!slotId) return;
    const holder = await tx.findOne(Device, { slotId }, { lockMode: LockMode.PESSIMISTIC_WRITE, filters: false });
    if (!holder || holder.id === deviceId) return;
    const before = { slotId, faults: holder.faults };
    tx.assign(holder, { slotId: null, version: holder.version + 1 });
    await outbox.add(tx, DeviceUpdated, { device: snapshot(holder) }, { ...context, centerId: holder.centerId });
    await tellHealth(tx, holder, before, { ...context, centerId: holder.centerId });
  }

  async function centerOf(tx: EntityManager, hubId: string, from: MessageContext): Promise<string> {
    // The hub's own announcement may come later than its devices': order holds for one aggregate alone.
    const hub = await tx.findOne(Hub, { id: hubId }, { filters: false });
    const centerId = hub?.centerId ?? from.centerId ?? defaultCenterId;
    if (!centerId) throw new AppError('BAD_USER_INPUT', `The hub ${hubId} names no center, and there is no default one`);
    return centerId;
  }

  return {
    async announce(tx: EntityManager, { hubId, serial, model, kind, simulated, online, slotId }: Announcement, from: MessageContext): Promise<void> {
      const known = await tx.findOne(Device, { hubId, serial }, { lockMode: LockMode.PESSIMISTIC_WRITE, filters: false });
      const centerId = known?.centerId ?? (await centerOf(tx, hubId, from));
      const context = { ...from, centerId };
      await takeSlot(tx, slotId, known?.id, context);
      const before: Health = known ? { slotId: known.slotId, faults: known.faults } : { slotId: null, faults: [] };
      const faults = faultsAfterPresence(before.faults, online);
      if (known) {
        const isSame = known.model === model && known.kind === kind && known.simulated === simulated && known.online === online && known.slotId === slotId;
        if (isSame) return;
        tx.assign(known, { model, kind, simulated, online, slotId, faults, version: known.version + 1 });
        await outbox.add(tx, DeviceUpdated, { device: snapshot(known) }, context);
        return tellHealth(tx, known, before, context);
      }
      const device = tx.create(Device, { id: newId('dev'), centerId, hubId, serial, model, kind, simulated, online, slotId, faults, createdAt: now(), version: 1 });
      await outbox.add(tx, DeviceRegistered, { device: snapshot(device) }, context);
      await tellHealth(tx, device, before, context);
    },

    async sample(tx: EntityManager, { hubId, readings }: PayloadOf<typeof TelemetrySampled>, from: MessageContext): Promise<void> {
      const serials = readings.map(({ serial }) => serial);
      const devices = await tx.find(Device, { hubId, serial: { $in: serials } }, { lockMode: LockMode.PESSIMISTIC_WRITE, filters: false, orderBy: { id: 'asc' } });
      const bySerial = new Map(devices.map((device) => [device.serial, device]));
      // A device that was not announced yet is passed over: it is measured again in a few seconds.
      const measured = readings.flatMap((reading) => {
        const device = bySerial.get(reading.serial);
        return device ? [{ device, reading }] : [];
      });
      await recordReadings(tx, measured.map(({ device, reading }) => ({ ...reading, deviceId: device.id, centerId: device.centerId })));
      for (const { device, reading } of measured) {
        const before: Health = { slotId: device.slotId, faults: device.faults };
        const faults = faultsAfterReading(before.faults, reading);
        if (faults.join() === before.faults.join()) continue;
        tx.assign(device, { faults, version: device.version + 1 });
        await tellHealth(tx, device, before, { ...from, centerId: device.centerId });
      }
    },
  };
}

function snapshot(device: Device): PayloadOf<typeof DeviceRegistered>['device'] {
  const { id, centerId, hubId, slotId, serial, model, kind, simulated, online, version } = device;
  return { id, centerId, hubId, slotId, serial, model, kind, simulated, online, version };
}
