export * from './trunk.entity.js';
export * from './trunk.resolver.js';
export * from './trunk.service.js';
export * from './trunk.types.js';
