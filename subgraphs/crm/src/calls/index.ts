export { CallProjection } from './call.projection.js';
export { callRoutes } from './call.consumer.js';
