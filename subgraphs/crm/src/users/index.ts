export { UserProjection } from './user.projection.js';
export { userRoutes } from './user.consumer.js';
