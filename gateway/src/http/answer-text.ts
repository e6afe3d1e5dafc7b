import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { HttpAnswer } from './message.js';

/** The headers that every answer of a moment ends with. */
export interface Ending {
  readonly keep: string;
  readonly close: string;
}

/** `idleMs`: how long a connection without a request stays open; clients are told. */
export function endingAt(date: Date, idleMs: number): Ending {
  const now = `date: ${date.toUTCString()}\r\n`;
  return {
    keep: `${now}connection: keep-alive\r\nkeep-alive: timeout=${Math.floor(idleMs / 1_000)}\r\ncontent-length: `,
    close: `${now}connection: close\r\ncontent-length: `,
  };
}

/** Up to here copying the body behind its head costs less than writing two buffers. */
const COPIED_BYTES = 16_384;

/** Bytes, or text of one character a byte, and what follows them. */
export function piecesOf(body: HttpAnswer['body']): { readonly body: Buffer | string; readonly tail: string } {
  if (typeof body === 'object' && 'head' in body) return { body: body.head, tail: body.tail };
  if (typeof body === 'object') return { body, tail: '' };
  // As many bytes as characters: plain ASCII, which is written faster as it is.
  return { body: Buffer.byteLength(body) === body.length ? body : Buffer.from(body), tail: '' };
}

const written = new WeakMap<HttpAnswer['headers'], Map<number, string>>();

/** Status line and headers; those that many answers share are written out once. */
function fixedPart({ status, headers }: HttpAnswer): string {
  let byStatus = written.get(headers);
  if (!byStatus) written.set(headers, (byStatus = new Map()));
  let text = byStatus.get(status);
  if (text === undefined) {
    const fields = Object.entries(headers).filter(([name]) => name !== 'connection');
    text = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${fields.map(([name, value]) => `${name}: ${value}\r\n`).join('')}`;
    byStatus.set(status, text);
  }
  return text;
}

/** Writes a whole answer in one go; gives false where the socket has enough to write for now, as `socket.write` does. */
export function writeAnswer(socket: Socket, answer: HttpAnswer, ending: string): boolean {
  const { traceId, cookies } = answer;
  const { body, tail } = piecesOf(answer.body);
  const length = body.length + tail.length;
  let head = fixedPart(answer);
  if (traceId) head += `x-vss-trace-id: ${traceId}\r\n`;
  if (cookies) for (const cookie of cookies) head += `set-cookie: ${cookie}\r\n`;
  head += `${ending}${length}\r\n\r\n`;
  if (typeof body === 'string') return socket.write(head + body + tail, 'latin1');
  if (length <= COPIED_BYTES) {
    const bytes = Buffer.allocUnsafe(head.length + length);
    bytes.write(head, 'latin1');
    body.copy(bytes, head.length);
    bytes.write(tail, head.length + body.length, 'latin1');
    return socket.write(bytes);
  }
  socket.cork();
  socket.write(head, 'latin1');
  const isRoomy = socket.write(body);
  if (tail !== '') socket.write(tail, 'latin1');
  socket.uncork();
  return isRoomy;
}
