import type { IncomingMessage } from 'node:http';
import { newTraceId as makeTraceId, parseTraceparent } from '@vss/runtime';
import type { RequestScope } from '../execute/request-scope.js';

export const newTraceId = makeTraceId;

/** The trace of a request: the caller's goes on where it sent a W3C `traceparent`, else one begins. Spread into the scope. */
export const traceOf = (request: Pick<IncomingMessage, 'headers'>): Pick<RequestScope, 'traceId' | 'traceparent'> => traceFrom(request.headers['traceparent']);

/** The same for an operation over a live connection, which has no headers of its own: `extensions.traceparent`. */
export function traceFrom(given: unknown): Pick<RequestScope, 'traceId' | 'traceparent'> {
  return (given === undefined ? undefined : parseTraceparent(given)) ?? { traceId: makeTraceId() };
}
