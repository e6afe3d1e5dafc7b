export * from './lease.entity.js';
export * from './lease.service.js';
export * from './lease.resolver.js';
