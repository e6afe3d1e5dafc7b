import { randomBytes, randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';

export interface Clients {
  /** Resolves when every client has its next message: the first of them, and the instant of the last one's. */
  nextOfAll(): Promise<{ text: string; at: bigint; bytes: number }>;
  close(): void;
}

interface ClientOptions {
  readonly url: string;
  readonly token?: string | undefined;
  readonly query: string;
  readonly variables: object;
}

const [TEXT, CLOSE, PING, PONG] = [0x1, 0x8, 0x9, 0xa];
const AT_ONCE = 50;
const EVENT_MS = 10_000;

export async function openClients({ count, ...options }: ClientOptions & { readonly count: number }): Promise<Clients> {
  let [heard, bytes, first] = [0, 0, ''];
  let broken: Error | undefined;
  let waiting = Promise.withResolvers<{ text: string; at: bigint; bytes: number }>();
  // Nobody waits yet: who does later is told then.
  waiting.promise.catch(() => {});
  const fail = (error: Error): void => waiting.reject((broken ??= error));
  const take = (message: Buffer): void => {
    if (heard++ === 0) first = message.toString();
    bytes += message.length;
    if (heard === count) waiting.resolve({ text: first, at: process.hrtime.bigint(), bytes: bytes / count });
  };

  const sockets: Socket[] = [];
  for (let from = 0; from < count; from += AT_ONCE)
    sockets.push(...(await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - from) }, () => openClient(options, take, fail)))));
  return {
    nextOfAll() {
      [heard, bytes, first] = [0, 0, ''];
      waiting = Promise.withResolvers();
      if (broken) waiting.reject(broken);
      const late = setTimeout(() => fail(new Error(`Only ${heard} of ${count} clients heard of an event`)), EVENT_MS);
      return waiting.promise.finally(() => clearTimeout(late));
    },
    close() {
      for (const socket of sockets) socket.removeAllListeners().on('error', () => {}).destroy();
    },
  };
}

/** A plain socket, because 5,000 full clients would cost more than what is measured. Resolves when it is acknowledged. */
function openClient(options: ClientOptions, take: (message: Buffer) => void, fail: (error: Error) => void): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const { hostname, port, pathname, host } = new URL(options.url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  const end = (error: Error): void => {
    reject(error);
    fail(error);
  };
  socket.on('error', end).on('close', () => end(new Error('A client was closed')));

  let isSubscribed = false;
  const read = createFrameReader((opcode, payload) => {
    if (opcode === PING) socket.write(frame(PONG, payload));
    else if (opcode === CLOSE) end(new Error(`A client was closed: ${payload.subarray(2).toString()}`));
    else if (opcode === TEXT && isSubscribed) take(payload);
    else if (opcode === TEXT && payload.includes('connection_ack')) {
      isSubscribed = true;
      socket.write(message({ id: randomUUID(), type: 'subscribe', payload: { query: options.query, variables: options.variables } }));
      resolve(socket);
    }
  });
  socket.once('data', (chunk) => {
    const head = chunk.indexOf('\r\n\r\n');
    if (head < 0 || !chunk.subarray(0, SWITCHING.length).equals(SWITCHING)) return end(new Error(`No WebSocket: ${chunk.toString()}`));
    socket.on('data', read);
    return socket.write(message({ type: 'connection_init', payload: options.token ? { authorization: `Bearer ${options.token}` } : undefined }));
  });
  socket.write(
    `GET ${pathname} HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n`,
  );
  return promise;
}

const SWITCHING = Buffer.from('HTTP/1.1 101');
const message = (content: object): Buffer => frame(TEXT, Buffer.from(JSON.stringify(content)));

/** RFC 6455, 5.2; a client's frames are masked. */
function frame(opcode: number, payload: Buffer): Buffer {
  const mask = randomBytes(4);
  const head = payload.length < 126 ? Buffer.from([0x80 | opcode, 0x80 | payload.length]) : Buffer.from([0x80 | opcode, 0xfe, payload.length >> 8, payload.length & 0xff]);
  return Buffer.concat([head, mask, payload.map((byte, index) => byte ^ (mask[index & 3] ?? 0))]);
}

function createFrameReader(take: (opcode: number, payload: Buffer) => void): (chunk: Buffer) => void {
  let rest: Buffer | undefined;
  return (chunk) => {
    let buffer = rest ? Buffer.concat([rest, chunk]) : chunk;
    for (;;) {
      const short = (buffer[1] ?? 0) & 0x7f;
      const head = short === 126 ? 4 : 2;
      if (buffer.length < head) break;
      const end = head + (short === 126 ? buffer.readUInt16BE(2) : short);
      if (buffer.length < end) break;
      take((buffer[0] ?? 0) & 0x0f, buffer.subarray(head, end));
      buffer = buffer.subarray(end);
    }
    rest = buffer.length > 0 ? buffer : undefined;
  };
}
