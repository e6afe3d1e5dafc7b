export * from './actor.js';
export * from './decide.js';
export * from './explain-id.js';
export * from './grants.js';
export * from './roles.js';
export * from './tokens.js';
export * from './api-key.js';
export * from './narrow.js';
