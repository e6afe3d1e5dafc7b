import { once } from 'node:events';
import { createClient } from 'graphql-sse';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { callCenterGraph } from '../../testing/call-center.js';
import { EVENT_STREAM, MULTIPART, openHttpStream, type HttpStream, type StreamPart } from '../../testing/http-stream.js';
import { inProcessSources, type TestGraph } from '../../testing/graph.js';
import { openRaw, postRequest } from '../../testing/raw-http.js';
import { serveTestGateway, type Served } from '../../testing/serve.js';
import type { GivenSettings } from '../settings.js';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

async function open(settings: GivenSettings = {}): Promise<{ served: Served; graph: TestGraph }> {
  const graph = callCenterGraph();
  const served = await serveTestGateway({ supergraphSdl: graph.supergraphSdl, sources: inProcessSources(graph), settings });
  stops.push(() => served.close());
  return { served, graph };
}

/** Asks again until it is so; the other side of a connection has its own time. */
const until = (what: () => void): Promise<void> => vi.waitFor(what, { timeout: 5_000, interval: 5 });

const CALLS = 'subscription { callUpdated { cursor call { id status operator { username } } } }';
const answerFor = (cursor: string) => ({ data: { callUpdated: { cursor, call: { id: 'c1', status: 'DIALING', operator: { username: 'olga' } } } } });
const event = (cursor: string) => ({ cursor, callId: 'c1', status: 'DIALING' });

/** The errors of a part, in whichever form. */
const errorsIn = (part: StreamPart | undefined) => (part && typeof part === 'object' ? ('failed' in part ? part.failed : part.next.errors) : undefined);

describe.each([
  ['SSE', EVENT_STREAM, 'text/event-stream; charset=utf-8'],
  ['multipart', MULTIPART, 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0'],
])('a subscription by %s', (_name, accept, contentType) => {
  const subscribe = async (served: Served, { query = CALLS, token, ...more }: { query?: string; token?: string; extensions?: object } = {}): Promise<HttpStream> =>
    openHttpStream(served.url, { accept, body: { query, ...more }, token: token ?? (await served.token()) });

  it('is answered event by event, by the same execution as everybody else, and ends with the stream', async () => {
    const { served, graph } = await open();
    const clients = [await subscribe(served), await subscribe(served)];
    expect([clients[0]?.status, clients[0]?.headers.get('content-type'), clients[0]?.headers.get('cache-control')]).toEqual([200, contentType, 'no-store']);
    expect(clients[0]?.headers.get('x-vss-trace-id')).toMatch(/^[0-9a-f]{32}$/);
    expect([graph.opened.count, served.gateway.live]).toMatchObject([1, { clients: 2, connections: 2 }]);
    for (const cursor of ['1', '2']) graph.emit(event(cursor));
    for (const client of clients) for (const cursor of ['1', '2']) expect(await client.next()).toEqual({ next: answerFor(cursor) });
    for (const stream of graph.streams) stream.end();
    for (const client of clients) expect([await client.next(), await client.next()]).toEqual(['complete', undefined]);
    expect(served.gateway.live).toMatchObject({ upstreams: 0, clients: 0 });
  });

  it('is over for the subgraph when the client goes away', async () => {
    const { served, graph } = await open();
    const client = await subscribe(served);
    expect(graph.streams.size).toBe(1);
    client.leave();
    await until(() => expect([graph.streams.size, served.gateway.live.connections]).toEqual([0, 0]));
  });

  it('is kept alive while nothing happens', async () => {
    const { served } = await open({ socket: { heartbeatMs: 20 } });
    const client = await subscribe(served);
    for (let count = 0; count < 3; count++) expect(await client.part()).toBe('heartbeat');
  });

  it('ends when the token expires', async () => {
    const { served, graph } = await open();
    const client = await subscribe(served, { token: await served.token({}, 2) });
    graph.emit(event('1'));
    expect(await client.next()).toEqual({ next: answerFor('1') });
    expect(errorsIn(await client.next())).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED', reason: 'TOKEN_EXPIRED' } }]);
    expect([await client.next(), await client.next()]).toEqual(['complete', undefined]);
    await until(() => expect(graph.streams.size).toBe(0));
  });

  it('ends when the session does, and another one goes on', async () => {
    const { served, graph } = await open();
    const client = await subscribe(served, { token: await served.token({ sessionId: 'ses_a' }) });
    const other = await subscribe(served, { token: await served.token({ sessionId: 'ses_b' }) });
    served.gateway.endSession('ses_a');
    expect(errorsIn(await client.next())).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED', reason: 'SESSION_ENDED' } }]);
    expect(await client.next()).toBe('complete');
    graph.emit(event('1'));
    expect(await other.next()).toEqual({ next: answerFor('1') });
  });

  it('is told to subscribe again when the gateway stops', async () => {
    const { served } = await open();
    const client = await subscribe(served);
    const closing = served.close();
    expect(errorsIn(await client.next())).toMatchObject([{ extensions: { code: 'UNAVAILABLE', reason: 'GOING_AWAY' } }]);
    expect([await client.next(), await client.next()]).toEqual(['complete', undefined]);
    await closing;
  });

  it('is not begun any more while the gateway stops', async () => {
    const { served } = await open();
    void served.gateway.drain();
    expect((await subscribe(served)).status).toBe(503);
  });

  it('that a subgraph refuses says so within the stream', async () => {
    const { served } = await open();
    const client = await subscribe(served, { query: 'subscription { callMonitored { cursor } }' });
    expect(errorsIn(await client.next())).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect([await client.next(), await client.next()]).toEqual(['complete', undefined]);
  });

  it('leaves nothing behind after 500 clients have come and gone', async () => {
    const { served, graph } = await open();
    const token = await served.token();
    for (let round = 0; round < 25; round++) {
      const clients = await Promise.all(Array.from({ length: 20 }, () => subscribe(served, { token })));
      for (const client of clients) client.leave();
    }
    await until(() => expect([graph.streams.size, served.gateway.live]).toMatchObject([0, { upstreams: 0, clients: 0, connections: 0 }]));
  });
});

describe('a client that reads slowly', () => {
  const request = (token: string, extensions = {}): string =>
    postRequest({ query: 'subscription { callUpdated { cursor } }', extensions }, { accept: EVENT_STREAM, authorization: `Bearer ${token}` });
  const large = (cursor: number) => ({ cursor: `${cursor}`.padEnd(100_000, ' ') });

  /** Emits until the kernel's and our own buffers are full and events are lost. */
  async function overflow({ served, graph }: { served: Served; graph: TestGraph }, events: number): Promise<void> {
    for (let cursor = 1; cursor <= events; cursor++) {
      graph.emit(large(cursor));
      await until(() => expect(served.gateway.live.events).toBe(cursor));
    }
  }

  it('is told how many events it lost', async () => {
    const given = await open({ socket: { queuedEvents: 4 } });
    const client = await openRaw(given.served.port);
    await client.write(request(await given.served.token()));
    await until(() => expect(given.graph.streams.size).toBe(1));
    client.socket.pause();
    await overflow(given, 200);
    let text = '';
    client.socket.on('data', (chunk) => (text += String(chunk)));
    client.socket.resume();
    await until(() => expect(text).toContain('"cursor":"200 '));
    const cursors = [...text.matchAll(/"cursor":"(\d+) +"\}\}(?:,"extensions":\{"dropped":(\d+)\})?/g)].map(([, cursor, dropped = '0']) => [Number(cursor), Number(dropped)] as const);
    expect(cursors.length).toBeLessThan(200);
    // Each comes once, in order, and says how many are missing before it.
    let last = 0;
    for (const [cursor, dropped] of cursors) {
      expect(cursor).toBe(last + dropped + 1);
      last = cursor;
    }
    client.socket.destroy();
  });

  it('is cut off in place of that where it asked for it', async () => {
    const given = await open({ socket: { queuedEvents: 4 } });
    const client = await openRaw(given.served.port);
    await client.write(request(await given.served.token(), { noLoss: true }));
    await until(() => expect(given.graph.streams.size).toBe(1));
    client.socket.pause();
    await overflow(given, 200);
    client.socket.resume();
    await until(() => expect(given.graph.streams.size).toBe(0));
    await until(() => expect(given.served.gateway.live.connections).toBe(0));
    client.socket.destroy();
  });

  it('is given up when it does not read at all', async () => {
    const given = await open({ socket: { queuedEvents: 4 }, connection: { headersMs: 10_000, requestMs: 10_000, idleMs: 10_000, slowReaderMs: 100 } });
    const client = await openRaw(given.served.port);
    await client.write(request(await given.served.token()));
    await until(() => expect(given.graph.streams.size).toBe(1));
    client.socket.pause();
    for (let cursor = 1; given.graph.streams.size > 0; cursor++) {
      given.graph.emit(large(cursor));
      await new Promise((resolve) => void setImmediate(resolve));
    }
    await until(() => expect([given.graph.streams.size, given.served.gateway.live.connections]).toEqual([0, 0]));
    client.socket.destroy();
  });
});

describe('the number of streams', () => {
  it('is limited for each user', async () => {
    const { served } = await open({ socket: { connectionsPerUser: 2 } });
    const subscribe = async (userId: string): Promise<HttpStream> => openHttpStream(served.url, { accept: EVENT_STREAM, body: { query: CALLS }, token: await served.token({ userId }) });
    const first = await subscribe('u1');
    expect([(await subscribe('u1')).status, (await subscribe('u1')).status, (await subscribe('u2')).status]).toEqual([200, 429, 200]);
    first.leave();
    await until(() => expect(served.gateway.live.connections).toBe(2));
    expect((await subscribe('u1')).status).toBe(200);
  });
});

describe('what is no subscription, asked for as an event stream', () => {
  it('is a stream of one answer', async () => {
    const { served } = await open();
    const stream = await openHttpStream(served.url, { accept: EVENT_STREAM, body: { query: '{ version }' } });
    expect([await stream.next(), await stream.next(), await stream.next()]).toMatchObject([{ next: { data: { version: '1' } } }, 'complete', undefined]);
  });

  it('says within the stream why there is none', async () => {
    const { served } = await open();
    for (const query of ['{ nothing }', '{', 'subscription { nothing }', 'query A { version } query B { version }']) {
      const stream = await openHttpStream(served.url, { accept: EVENT_STREAM, body: { query } });
      expect([stream.status, errorsIn(await stream.next()), await stream.next()]).toMatchObject([200, [{ extensions: { code: expect.any(String), traceId: expect.any(String) } }], 'complete']);
    }
  });

  it('is a whole answer where that will do', async () => {
    const { served } = await open();
    const { status, body } = await served.post({ query: '{ version }' }, { headers: { accept: 'application/graphql-response+json, application/json, text/event-stream, multipart/mixed' } });
    expect([status, body]).toMatchObject([200, { data: { version: '1' } }]);
  });
});

describe('a stream by GET', () => {
  const address = (served: Served): string => `${served.url}?query=${encodeURIComponent(CALLS)}`;

  it('is refused where a foreign page could have asked for it', async () => {
    const { served } = await open();
    const stream = await openHttpStream(address(served), { accept: EVENT_STREAM, method: 'GET', token: await served.token() });
    expect(stream.status).toBe(400);
  });

  it.each([
    ['a header that no foreign page can send', { 'apollo-require-preflight': '1' }],
    ["the browser's word that the page is ours", { 'sec-fetch-site': 'same-origin' }],
  ])('runs with %s', async (_what, headers: Record<string, string>) => {
    const { served, graph } = await open();
    // `fetch` does not let us say where a page is from.
    const client = await openRaw(served.port);
    const fields = Object.entries({ host: 'x', accept: EVENT_STREAM, authorization: `Bearer ${await served.token()}`, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
    await client.write(`GET ${address(served).slice(address(served).indexOf('/graphql'))} HTTP/1.1\r\n${fields.join('')}\r\n`);
    await until(() => expect(graph.streams.size).toBe(1));
    graph.emit(event('1'));
    const [chunk] = (await once(client.socket, 'data')) as [Buffer];
    expect(String(chunk)).toMatch(/^HTTP\/1\.1 200 |event: next/);
    client.socket.destroy();
  });
});

it('the client of graphql-sse follows a subscription and closes it', async () => {
  const { served, graph } = await open();
  const client = createClient({ url: served.url, headers: { authorization: `Bearer ${await served.token()}` }, retryAttempts: 0 });
  const results = client.iterate({ query: CALLS });
  const first = results.next();
  await until(() => expect(graph.streams.size).toBe(1));
  for (const cursor of ['1', '2']) graph.emit(event(cursor));
  expect([(await first).value, (await results.next()).value]).toEqual([answerFor('1'), answerFor('2')]);
  for (const stream of graph.streams) stream.end();
  expect((await results.next()).done).toBe(true);
  const second = client.iterate({ query: CALLS });
  const waiting = second.next();
  await until(() => expect(graph.streams.size).toBe(1));
  await second.return?.();
  await waiting;
  await until(() => expect([graph.streams.size, served.gateway.live.connections]).toEqual([0, 0]));
  const refused = client.iterate({ query: 'subscription { nothing }' });
  expect((await refused.next()).value).toMatchObject({ errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] });
  client.dispose();
});
