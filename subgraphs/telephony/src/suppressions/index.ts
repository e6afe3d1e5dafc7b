export * from './suppression.entity.js';
export * from './suppression.service.js';
export * from './suppression.resolver.js';
