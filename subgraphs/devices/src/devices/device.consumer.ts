import { DeviceAnnounced, on, TelemetrySampled } from '@vss/events';
import type { EntityManager } from '@vss/db';
import { following } from '../following.js';
import type { DeviceService } from './device.service.js';

export const deviceRoutes = (devices: DeviceService) => [
  on(DeviceAnnounced, (tx: EntityManager, payload, message) => devices.announce(tx, payload, following(message))),
  on(TelemetrySampled, (tx: EntityManager, payload, message) => devices.sample(tx, payload, following(message))),
];
