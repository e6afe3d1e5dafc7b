import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createBoundedQueue } from '@vss/gateway';

/** An answer as its bytes were. */
export interface RawResponse {
  readonly status: number;
  /** As written, names too: the lean front writes them in small letters and node:http some in capitals. */
  readonly head: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A client that writes and reads bytes. */
export interface RawClient {
  readonly socket: Socket;
  /** Writes, and gives the event loop the turns in which the other side reads it. */
  write(bytes: string | Buffer): Promise<void>;
  /** The next answer; an answer in chunks is put together. */
  next(): Promise<RawResponse>;
  /** Everything that came and was not taken by `next`, when the other side has closed. */
  readonly closed: Promise<string>;
}

export async function openRaw(port: number): Promise<RawClient> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  let buffered = Buffer.alloc(0);
  const arrivals = createBoundedQueue<true>({ limit: 1 });
  socket.on('data', (chunk) => {
    buffered = Buffer.concat([buffered, chunk]);
    arrivals.push(true);
  });
  socket.on('error', () => undefined);
  const closed = new Promise<string>((resolve) => {
    socket.once('close', () => {
      arrivals.end();
      resolve(buffered.toString());
    });
  });
  return {
    socket,
    async write(bytes) {
      await new Promise((resolve) => void socket.write(bytes, resolve));
      for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => void setImmediate(resolve));
    },
    async next() {
      for (;;) {
        const found = takeResponse(buffered);
        if (found) {
          buffered = buffered.subarray(found.length);
          return found.response;
        }
        if ((await arrivals.next()).done) throw new Error(`The connection was closed after ${JSON.stringify(buffered.toString())}`);
      }
    },
    closed,
  };
}

function takeResponse(bytes: Buffer): { response: RawResponse; length: number } | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const head = bytes.toString('latin1', 0, headEnd);
  const [line = '', ...fields] = head.split('\r\n');
  const headers = Object.fromEntries(fields.map((field) => [field.slice(0, field.indexOf(':')).toLowerCase(), field.slice(field.indexOf(':') + 1).trim()]));
  const start = headEnd + 4;
  const body = headers['transfer-encoding'] === 'chunked' ? takeChunks(bytes, start) : takeBytes(bytes, start, Number(headers['content-length'] ?? 0));
  return body && { response: { status: Number(line.split(' ')[1]), head, headers, body: body.text }, length: body.end };
}

const takeBytes = (bytes: Buffer, start: number, length: number) => (bytes.length < start + length ? undefined : { text: bytes.toString('utf8', start, start + length), end: start + length });

function takeChunks(bytes: Buffer, start: number): { text: string; end: number } | undefined {
  let text = '';
  for (let at = start; ; ) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    const next = lineEnd + 2 + size + 2;
    if (bytes.length < next) return undefined;
    if (size === 0) return { text, end: next };
    text += bytes.toString('utf8', lineEnd + 2, next - 2);
    at = next;
  }
}

/** A request in the form that the lean front answers, unless the given headers make it another. */
export function postRequest(body: unknown, headers: Record<string, string> = {}): string {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const all = { host: 'gateway.test', 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)), ...headers };
  return `POST /graphql HTTP/1.1\r\n${Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${text}`;
}

/** Whether the lean front wrote it. */
export const isLean = ({ head }: RawResponse): boolean => head.includes('\r\ndate: ');
