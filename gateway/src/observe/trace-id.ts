import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export const newTraceId = (): string => randomBytes(16).toString('hex');

/** The caller's trace goes on where it sent a W3C `traceparent`; else a new one begins. */
export function traceIdOf(request: IncomingMessage): string {
  const given = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(String(request.headers['traceparent'] ?? ''))?.[1];
  return given && !/^0+$/.test(given) ? given : newTraceId();
}
