import { z } from 'zod';
import { defineEvent, instant } from './definition.js';
import { slotFaultReason } from './telephony.js';

export const hubSnapshot = z.object({
  id: z.string(),
  centerId: z.string(),
  name: z.string(),
  /** True for the simulated hub; shown as SIMULATED wherever the hub or its devices show. */
  simulated: z.boolean(),
  online: z.boolean(),
  lastSeenAt: instant,
  version: z.number().int(),
});
export const deviceSnapshot = z.object({
  id: z.string(),
  centerId: z.string(),
  hubId: z.string(),
  slotId: z.string().nullable(),
  serial: z.string(),
  model: z.string(),
  kind: z.enum(['AUTO', 'MF', 'LS']),
  simulated: z.boolean(),
  online: z.boolean(),
  version: z.number().int(),
});

export const HubRegistered = defineEvent('devices.hub.registered', z.object({ hub: hubSnapshot }), (p) => p.hub.id);
export const HubUpdated = defineEvent('devices.hub.updated', z.object({ hub: hubSnapshot }), (p) => p.hub.id);
export const DeviceRegistered = defineEvent('devices.device.registered', z.object({ device: deviceSnapshot }), (p) => p.device.id);
export const DeviceUpdated = defineEvent('devices.device.updated', z.object({ device: deviceSnapshot }), (p) => p.device.id);
/** A device is not fit to serve its slot: telephony decides what follows. */
export const DeviceFaulted = defineEvent(
  'devices.device.faulted',
  z.object({ deviceId: z.string(), slotId: z.string(), reason: slotFaultReason, detail: z.string() }),
  (p) => p.slotId,
);
/** A device that had faulted is fit again. */
export const DeviceRestored = defineEvent('devices.device.restored', z.object({ deviceId: z.string(), slotId: z.string() }), (p) => p.slotId);
