export { VssClient, type VssClientOptions } from './client.js';
export { VssError } from './errors.js';
export type { SignedInUser } from './session.js';
export * from './generated/operations.js';
