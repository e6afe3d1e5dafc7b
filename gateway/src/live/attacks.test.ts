import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { createHttpSource } from '@vss/gateway';
import { callCenterGraph } from '../../testing/call-center.js';
import { inProcessSources } from '../../testing/graph.js';
import { heldBytes } from '../../testing/held-bytes.js';
import { serveTestGateway, type Json, type Served } from '../../testing/serve.js';
import { signIn, type SocketClient } from '../../testing/socket-client.js';

const CALLS = 'subscription { callUpdated { cursor call { id status notes { text } } } }';
const right = (cursor: string) => ({ data: { callUpdated: { cursor, call: { id: 'c1', status: 'RINGING', notes: [{ text: 'note on c1' }] } } } });
const graph = callCenterGraph();
const until = (what: () => void): Promise<void> => vi.waitFor(what, { timeout: 10_000, interval: 5 });

let served: Served;
const stops: (() => Promise<unknown>)[] = [];
// Whatever was sent, the next one is served, and nothing stays.
afterEach(async () => {
  const client = await signIn(served.url, await served.token());
  client.subscribe('1', '{ version }');
  expect((await client.next()).payload).toEqual({ data: { version: '1' } });
  await client.close();
  await until(() => expect(served.gateway.live).toMatchObject({ upstreams: 0, clients: 0, connections: 0 }));
  await served.close();
  for (const stop of stops.splice(0)) await stop();
});

/** The call center; its telephony is elsewhere where an address is given. */
async function serve({ telephony, settings = {} }: { telephony?: string; settings?: object } = {}): Promise<Served> {
  const sources = inProcessSources(graph).map((source) => (telephony && source.name === 'telephony' ? createHttpSource({ name: 'telephony', url: telephony, heartbeatMs: 50 }) : source));
  served = await serveTestGateway({ supergraphSdl: graph.supergraphSdl, sources, settings: { rates: undefined, ...settings } });
  return served;
}

/** A frame as clients write it; `first` is its first byte, flags and kind. */
function frame(first: number, payload: string | Buffer, { isMasked = true, length }: { isMasked?: boolean; length?: bigint } = {}): Buffer {
  const bytes = Buffer.from(payload);
  const head = Buffer.alloc(10);
  head.writeUInt8(first, 0);
  head.writeUInt8((isMasked ? 0x80 : 0) | 127, 1);
  head.writeBigUInt64BE(length ?? BigInt(bytes.length), 2);
  if (!isMasked) return Buffer.concat([head, bytes]);
  const mask = randomBytes(4);
  return Buffer.concat([head, mask, bytes.map((byte, index) => byte ^ (mask[index % 4] ?? 0))]);
}
/** Frames up to 125 bytes have a length of one byte. */
function small(first: number, payload: string | Buffer): Buffer {
  const bytes = Buffer.from(payload);
  return Buffer.concat([Buffer.from([first, 0x80 | bytes.length, 0, 0, 0, 0]), bytes]);
}
const [TEXT, BINARY, CONTINUED, CLOSE, PING, LAST] = [0x1, 0x2, 0x0, 0x8, 0x9, 0x80];

/** A connection of graphql-transport-ws as bytes, when the gateway has taken it. */
async function openBytes(): Promise<Socket> {
  const socket = connect(served.port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write('GET /graphql HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-protocol: graphql-transport-ws\r\n\r\n');
  expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 101 /);
  return socket;
}

/** The code with which the gateway closes. */
async function closeCode(socket: Socket): Promise<number> {
  let bytes = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk]);
    if (bytes.includes(0x88)) socket.end();
  });
  await once(socket, 'close');
  const at = bytes.indexOf(0x88);
  return at < 0 ? 0 : bytes.readUInt16BE(at + 2);
}

describe('frames', () => {
  it.each<[string, Buffer[], number]>([
    ['without a mask', [frame(LAST | TEXT, '{}', { isMasked: false })], 1002],
    ['of an unknown kind', [small(LAST | 0x3, 'x')], 1002],
    ['of an unknown control', [small(LAST | 0xb, 'x')], 1002],
    ['with a bit that means nothing', [small(LAST | 0x40 | TEXT, '{}')], 1002],
    ['that go on with nothing', [small(LAST | CONTINUED, '{}')], 1002],
    ['that begin twice', [small(TEXT, '{'), small(TEXT, '{')], 1002],
    ['of a control in parts', [small(PING, 'x')], 1002],
    ['of a control that is long', [frame(LAST | PING, 'x'.repeat(126))], 1002],
    ['of a close with a code that is none', [small(LAST | CLOSE, Buffer.from([0x00, 0x01]))], 1002],
    ['of text that is no UTF-8', [small(LAST | TEXT, Buffer.from([0x22, 0xff, 0x22]))], 1007],
    ['of bytes', [small(LAST | BINARY, '{"type":"ping"}')], 4400],
    ['of 2^63 bytes', [frame(LAST | TEXT, 'x', { length: 2n ** 63n })], 1009],
    ['of 9 PB', [frame(LAST | TEXT, 'x', { length: 2n ** 53n })], 1009],
    ['of a gigabyte', [frame(LAST | TEXT, 'x', { length: 10n ** 9n })], 1009],
    ['of a megabyte', [frame(LAST | TEXT, `{"type":"ping","payload":{"pad":"${'x'.repeat(1_000_000)}"}}`)], 1009],
    ['of a megabyte in parts', [small(TEXT, '{'), ...Array.from({ length: 20 }, () => frame(CONTINUED, ' '.repeat(50_000))), small(LAST | CONTINUED, '}')], 1009],
    ['by the hundred thousand for one message', [small(TEXT, '{'), Buffer.concat(Array.from({ length: 100_000 }, () => small(CONTINUED, ' ')))], 1008],
  ])('%s close the connection', async (_what, frames, code) => {
    await serve();
    const socket = await openBytes();
    const closed = closeCode(socket);
    for (const bytes of frames) socket.write(bytes);
    expect(await closed).toBe(code);
  });

  it.each<[string, string]>([
    ['deep JSON', `{"type":"ping","payload":{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}}`],
    ['an id named __proto__', '{"type":"complete","id":"__proto__"}'],
    ['keys that objects know', '{"type":"ping","__proto__":{"type":"x"},"constructor":1,"payload":{"__proto__":{"authorization":"x"}}}'],
    ['an authorization that is no text', '{"type":"ping","payload":{"authorization":{"toString":"x"}}}'],
  ])('of %s are a message like any other', async (_what, text) => {
    await serve();
    const client = await signIn(served.url, await served.token());
    client.send(text);
    client.subscribe('__proto__', '{ version }', { __proto__x: 1, constructor: 1 });
    for (let message = await client.next(); ; message = await client.next()) {
      if (message.type === 'pong') continue;
      expect(message).toEqual({ id: '__proto__', type: 'next', payload: { data: { version: '1' } } });
      break;
    }
    await client.close();
  });
});

describe('a client that asks and asks and never reads', () => {
  const request = (text: string): Buffer => frame(LAST | TEXT, text);
  it.each<[string, Buffer]>([
    ['pings of WebSocket', Buffer.concat(Array.from({ length: 500 }, () => small(LAST | PING, 'x'.repeat(125))))],
    ['pings of the protocol', Buffer.concat(Array.from({ length: 1_000 }, () => request('{"type":"ping"}')))],
    ['queries that are none', Buffer.concat(Array.from({ length: 500 }, (_one, index) => request(JSON.stringify({ type: 'subscribe', id: `q${index}`, payload: { query: `{ nothing${index} }` } }))))],
    ['the same answer', Buffer.concat(Array.from({ length: 500 }, (_one, index) => request(JSON.stringify({ type: 'subscribe', id: `q${index}`, payload: { query: '{ __schema { types { name description } } }' } }))))],
  ])('%s makes the gateway neither grow nor stop', async (_what, requests) => {
    await serve();
    const client = await signIn(served.url, await served.token());
    const bytes = await openBytes();
    bytes.write(request(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${await served.token()}` } })));
    await once(bytes, 'data');
    bytes.pause();
    const before = heldBytes();
    for (let written = 0; written < 10_000_000 && !bytes.destroyed; written += requests.length) bytes.write(requests);
    // Others are served meanwhile, many times over.
    for (let i = 0; i < 100; i++) {
      client.subscribe(`v${i}`, '{ version }');
      expect([(await client.next()).payload, (await client.next()).type]).toEqual([{ data: { version: '1' } }, 'complete']);
    }
    // What the client could not get rid of is one buffer, written again and again. Answered and kept, it would be 100 MB.
    expect(heldBytes() - before).toBeLessThan(30_000_000);
    bytes.destroy();
    await client.close();
  });
});

/** A subgraph that speaks, or does not, as a script says. Given the socket of each subscription. */
async function liveSubgraph(script: (socket: WebSocket) => void, { isMute = false } = {}): Promise<string> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (socket) => {
    socket.on('error', () => undefined);
    socket.on('message', (data) => {
      if (isMute) return;
      const message = JSON.parse((data as Buffer).toString()) as { type: string };
      if (message.type === 'connection_init') socket.send('{"type":"connection_ack"}');
      if (message.type === 'ping') socket.send('{"type":"pong"}');
      if (message.type === 'subscribe') script(socket);
    });
  });
  await once(server, 'listening');
  stops.push(async () => {
    for (const socket of server.clients) socket.terminate();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as { port: number }).port}/graphql`;
}

const event = (payload: unknown): string => JSON.stringify({ id: '1', type: 'next', payload });
const rawEvent = (cursor: string, call: object = { __typename: 'Call', id: 'c1', status: 'RINGING' }) => ({ data: { callUpdated: { cursor, call } } });

async function follow(script: (socket: WebSocket) => void, options?: { isMute: boolean }): Promise<SocketClient> {
  await serve({ telephony: await liveSubgraph(script, options) });
  const client = await signIn(served.url, await served.token());
  client.subscribe('1', CALLS);
  return client;
}

describe('a subgraph whose event', () => {
  it.each<[string, unknown, Json]>([
    ['is null', null, { data: null }],
    ['is a text', 'event', { data: null }],
    ['is a list', [], { data: null }],
    ['has neither data nor errors', {}, { data: null }],
    ['has data that are a text', { data: 'x' }, { data: null }],
    ['has a number for its root', { data: { callUpdated: 5 } }, { data: null }],
    ['has null for its root', { data: { callUpdated: null } }, { data: null }],
    ['has an object for a text', rawEvent('2', { __typename: 'Call', id: 'c1', status: {} }), { data: { callUpdated: { cursor: '2', call: { id: 'c1', status: null, notes: [{ text: 'note on c1' }] } } } }],
    ['has an error with a strange path', { ...rawEvent('2'), errors: [{ message: 'x', path: 5, extensions: 'y' }] }, right('2')],
    ['has errors that are none', { ...rawEvent('2'), errors: 'x' }, { data: null }],
  ])('%s costs that event and no more', async (_what, payload, expected) => {
    const client = await follow((socket) => {
      for (const one of [rawEvent('1'), payload, rawEvent('3')]) socket.send(event(one));
    });
    expect((await client.next()).payload).toEqual(right('1'));
    const { type, payload: answer } = await client.next();
    expect([type, answer.data ?? null]).toEqual(['next', expected.data]);
    expect(answer.errors).toEqual([expect.objectContaining({ message: expect.any(String), extensions: expect.objectContaining({ code: expect.any(String), traceId: expect.any(String) }) })]);
    expect((await client.next()).payload).toEqual(right('3'));
    await client.close();
  });

  it('says more than was asked is not believed', async () => {
    const client = await follow((socket) => {
      socket.send(event({ ...rawEvent('1', { __typename: 'Call', id: 'c1', status: 'RINGING', notes: [{ text: 'forged' }], __proto__x: 1 }), extensions: { secret: 'x' } }));
    });
    expect((await client.next()).payload).toEqual(right('1'));
    await client.close();
  });
});

describe('a subgraph whose stream', () => {
  it.each<[string, (socket: WebSocket) => void]>([
    ['is no JSON', (socket) => socket.send('hello')],
    ['is null', (socket) => socket.send('null')],
    ['is bytes that are no UTF-8', (socket) => socket.send(Buffer.from([0xff, 0xfe]))],
    ['refuses in strange words', (socket) => socket.send('{"id":"1","type":"error","payload":{"message":"x"}}')],
    ['refuses without words', (socket) => socket.send('{"id":"1","type":"error"}')],
    ['is closed with a code', (socket) => socket.close(4500, 'no more')],
    ['is cut off', (socket) => socket.terminate()],
    ['is a message of 40 MB', (socket) => socket.send(event({ data: { callUpdated: { cursor: 'x'.repeat(40_000_000) } } }), () => socket.terminate())],
  ])('%s ends for its clients with a reason', async (_what, script) => {
    const client = await follow((socket) => {
      socket.send(event(rawEvent('1')));
      script(socket);
    });
    let message = await client.next();
    while (message.type === 'next') message = await client.next();
    expect(message).toMatchObject({ id: '1', type: 'error', payload: [{ message: expect.any(String), extensions: { code: expect.stringMatching(/^(UNAVAILABLE|INTERNAL_SERVER_ERROR)$/), traceId: expect.any(String) } }] });
    client.subscribe('2', '{ version }');
    expect((await client.next()).payload).toEqual({ data: { version: '1' } });
    await client.close();
  });

  it('never begins is given up', async () => {
    const client = await follow(() => undefined, { isMute: true });
    expect(await client.next()).toMatchObject({ id: '1', type: 'error', payload: [{ extensions: { code: 'UNAVAILABLE' } }] });
    await client.close();
  });

  it('is a flood loses no event unsaid', async () => {
    const last = 2_000;
    const client = await follow((socket) => {
      for (let cursor = 1; cursor <= last; cursor++) socket.send(event(rawEvent(String(cursor))));
    });
    let seen = 0;
    for (let cursor = 0; cursor < last; ) {
      const { payload } = await client.next();
      const next = Number(payload.data.callUpdated.cursor);
      expect(next).toBeGreaterThan(cursor);
      seen += 1 + (payload.extensions?.dropped ?? 0);
      expect(seen).toBe(next);
      cursor = next;
    }
    await client.close();
  });
});
