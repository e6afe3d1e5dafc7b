export * from './call.consumer.js';
export * from './call.entity.js';
export * from './call.lifecycle.js';
export * from './call.queries.js';
export * from './call.resolver.js';
export * from './call.service.js';
export * from './call.types.js';
export * from './personal-holdings.js';
