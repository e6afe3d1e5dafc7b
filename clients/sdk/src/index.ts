export { VssClient, type VssClientOptions } from './client.js';
export { VssError } from './errors.js';
export { newIdempotencyKey } from './idempotency.js';
export type { LiveState, WebSocketConstructor } from './live.js';
export type { SignedInUser } from './session.js';
export * from './generated/operations.js';
