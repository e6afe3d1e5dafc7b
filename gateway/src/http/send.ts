import type { ServerResponse } from 'node:http';
import { piecesOf } from './answer-text.js';
import { JSON_HEADERS, type HttpAnswer } from './message.js';

/** Sends a whole answer. */
export function sendAnswer(response: ServerResponse, { status, headers, body, traceId, cookies = [] }: HttpAnswer): void {
  const { body: main, tail } = piecesOf(body);
  response.writeHead(status, {
    ...headers,
    ...(traceId ? { 'x-vss-trace-id': traceId } : {}),
    ...(cookies.length > 0 ? { 'set-cookie': [...cookies] } : {}),
    'content-length': main.length + tail.length,
  });
  if (typeof main === 'string') return void response.end(main + tail, 'latin1');
  response.write(main);
  response.end(tail, 'latin1');
}

/** Sends a JSON answer that is not one to an operation. */
export function sendJson(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  sendAnswer(response, { status, headers: { ...JSON_HEADERS, ...headers }, body: JSON.stringify(body) });
}
