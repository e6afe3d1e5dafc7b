export * from './cdr.entity.js';
export * from './cdr.resolver.js';
