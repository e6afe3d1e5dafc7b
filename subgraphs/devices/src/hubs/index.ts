export { Hub, HubConnection, HubEdge } from './hub.entity.js';
export { HubResolver } from './hub.resolver.js';
export { hubRoutes } from './hub.consumer.js';
export { createHubService, type HubService } from './hub.service.js';
export { MISSED_HEARTBEATS } from './hub.rules.js';
