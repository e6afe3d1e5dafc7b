import { HubAnnounced, HubHeartbeat, HubLeft, on } from '@vss/events';
import type { EntityManager } from '@vss/db';
import { following } from '../following.js';
import type { HubService } from './hub.service.js';

export const hubRoutes = (hubs: HubService) => [
  on(HubAnnounced, (tx: EntityManager, payload, message) => hubs.announce(tx, payload, following(message))),
  on(HubHeartbeat, (tx: EntityManager, payload, message) => hubs.beat(tx, payload, following(message))),
  on(HubLeft, (tx: EntityManager, payload, message) => hubs.leave(tx, payload.hubId, following(message))),
];
