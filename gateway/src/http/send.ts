import type { ServerResponse } from 'node:http';
import { JSON_HEADERS, type HttpAnswer } from './message.js';

/** Sends a whole answer. */
export function sendAnswer(response: ServerResponse, { status, headers, body, traceId, cookies = [] }: HttpAnswer): void {
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
  response.writeHead(status, {
    ...headers,
    ...(traceId ? { 'x-vss-trace-id': traceId } : {}),
    ...(cookies.length > 0 ? { 'set-cookie': [...cookies] } : {}),
    'content-length': length,
  });
  response.end(body);
}

/** Sends a JSON answer that is not one to an operation. */
export function sendJson(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  sendAnswer(response, { status, headers: { ...JSON_HEADERS, ...headers }, body: JSON.stringify(body) });
}
