import { connect } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { CALLS, openCallCenter, streamOpened, until } from '../../testing/live.js';
import { openSocket, signIn } from '../../testing/socket-client.js';

describe('the protocol', () => {
  it('runs queries and mutations too', async () => {
    const { served } = await openCallCenter();
    const client = await signIn(served.url, await served.token());
    client.subscribe('q', '{ call(id: "c1") { notes { text } } }');
    expect([await client.next(), await client.next()]).toEqual([{ id: 'q', type: 'next', payload: { data: { call: { notes: [{ text: 'note on c1' }] } } } }, { id: 'q', type: 'complete' }]);
    client.subscribe('m', 'mutation { callStart(number: "+49") { id } }');
    expect([await client.next(), await client.next()]).toEqual([{ id: 'm', type: 'next', payload: { data: { callStart: { id: 'c1' } } } }, { id: 'm', type: 'complete' }]);
    client.subscribe('q', '{ version }');
    expect((await client.next()).payload).toEqual({ data: { version: '1' } });
    await client.close();
  });

  it.each([
    ['a document that is not valid', 'subscription { nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['nothing left of the root field', 'subscription { callUpdated @include(if: false) { cursor } }', 'GRAPHQL_VALIDATION_FAILED|QUERY_PLANNING_FAILED'],
    ['@include with a variable on the root field', 'subscription($x: Boolean!) { callUpdated @include(if: $x) { cursor } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['a variable of the wrong type', 'subscription($x: String!) { callUpdated(after: $x) { cursor } }', 'BAD_USER_INPUT'],
    ['too many aliases', `subscription { callUpdated { ${Array.from({ length: 101 }, (_one, i) => `a${i}: cursor`).join(' ')} } }`, 'OPERATION_TOO_LARGE'],
  ])('%s is an error of that operation', async (_what, query, codes) => {
    const { served, graph } = await openCallCenter();
    const client = await signIn(served.url, await served.token());
    client.subscribe('1', query);
    const answer = await client.next();
    expect(answer).toMatchObject({ id: '1', type: 'error', payload: [{ extensions: { code: expect.stringMatching(new RegExp(`^(${codes})$`)), traceId: expect.any(String) } }] });
    expect(graph.opened.count).toBe(0);
    client.subscribe('1', '{ version }');
    expect((await client.next()).payload).toEqual({ data: { version: '1' } });
    await client.close();
  });

  it.each([
    ['no message', ['hello'], 4400],
    ['an unknown type', [{ type: 'start' }], 4400],
    ['a subscription without a query', [{ type: 'connection_init' }, { type: 'subscribe', id: '1', payload: {} }], 4400],
    ['a subscription before the introduction', [{ type: 'subscribe', id: '1', payload: { query: '{ version }' } }], 4401],
    ['two introductions', [{ type: 'connection_init' }, { type: 'connection_init' }], 4429],
  ])('closes on %s', async (_what, messages, code) => {
    const { served } = await openCallCenter();
    const client = await openSocket(served.url);
    for (const message of messages) client.send(message);
    expect((await client.closed).code).toBe(code);
  });

  it('closes on an id that is in use, on no introduction and on another protocol', async () => {
    const { served } = await openCallCenter({ settings: { socket: { initMs: 50 } } });
    expect((await (await openSocket(served.url)).closed).code).toBe(4408);
    const twice = await signIn(served.url, await served.token());
    twice.subscribe('1', CALLS);
    twice.subscribe('1', CALLS);
    expect((await twice.closed).code).toBe(4409);
    await expect(openSocket(served.url, { protocol: 'graphql-ws' })).rejects.toThrow('subprotocol');
  });

  it('refuses operations over the limit and frames over the size', async () => {
    const { served } = await openCallCenter({ settings: { socket: { operations: 2, maxMessageBytes: 2_000 } } });
    const client = await signIn(served.url, await served.token());
    for (const id of ['1', '2', '3']) client.subscribe(id, CALLS);
    expect(await client.next()).toMatchObject({ id: '3', type: 'error', payload: [{ extensions: { code: 'RATE_LIMITED' } }] });
    client.subscribe('4', `{ version ${' '.repeat(3_000)} }`);
    expect((await client.closed).code).toBe(1009);
  });

  it('answers a flood of subscriptions with when to come back, and goes on', async () => {
    const { served, graph } = await openCallCenter({ settings: { socket: { operationRate: { burst: 3, perSecond: 0.001 } } } });
    const client = await signIn(served.url, await served.token());
    for (let i = 0; i < 10; i++) client.subscribe(String(i), CALLS);
    const refused = [await client.next(), await client.next()];
    expect(refused[0]).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'RATE_LIMITED', limit: 'OPERATION_RATE', retryAfterMs: expect.any(Number) } }] });
    await until(() => expect(served.gateway.live.clients).toBe(3));
    expect(graph.opened.count).toBe(1);
    for (let i = 0; i < 2_000; i++) client.subscribe(`x${i}`, CALLS);
    expect((await client.closed).code).toBe(4429);
    await until(() => expect([graph.streams.size, served.gateway.live.connections]).toEqual([0, 0]));
  });

  it('lets nobody open more connections than he may, nor one address', async () => {
    const { served } = await openCallCenter({ settings: { socket: { connectionsPerUser: 2, connectionsPerAddress: 4 } } });
    const [mine, his] = [await served.token(), await served.token({ userId: 'u2' })];
    const first = await signIn(served.url, mine);
    await signIn(served.url, mine);
    const third = await openSocket(served.url);
    third.send({ type: 'connection_init', payload: { authorization: `Bearer ${mine}` } });
    expect((await third.closed).code).toBe(1013);
    for (let i = 0; i < 2; i++) await signIn(served.url, his);
    await expect(openSocket(served.url)).rejects.toThrow('429');
    await first.close();
    await vi.waitFor(() => signIn(served.url, mine));
  });

  it('drops a half-open connection', async () => {
    const { served } = await openCallCenter({ settings: { socket: { heartbeatMs: 30, initMs: 60_000 } } });
    const socket = connect(served.port, '127.0.0.1');
    socket.write('GET /graphql HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-protocol: graphql-transport-ws\r\n\r\n');
    socket.resume();
    await new Promise((resolve) => socket.once('close', resolve));
    await until(() => expect(served.gateway.live.connections).toBe(0));
  });
});

describe('what is left behind', () => {
  it('by 500 opened and closed streams: nothing', async () => {
    const { served, graph } = await openCallCenter({ settings: { socket: { operationRate: { burst: 1_000, perSecond: 1 } } } });
    const client = await signIn(served.url, await served.token());
    for (let i = 0; i < 500; i++) {
      client.subscribe(`s${i}`, 'subscription($after: String) { callUpdated(after: $after) { cursor } }', i % 2 ? {} : { after: String(i) });
      // Every third is stopped while it is still being opened.
      if (i % 3) await streamOpened(graph);
      client.send({ id: `s${i}`, type: 'complete' });
    }
    await until(() => expect([graph.streams.size, served.gateway.live.upstreams, served.gateway.live.clients]).toEqual([0, 0, 0]));
    client.subscribe('last', '{ version }');
    expect((await client.next()).payload).toEqual({ data: { version: '1' } });
    await client.close();
  });

  it('by connections that break: nothing', async () => {
    const { served, graph } = await openCallCenter();
    const token = await served.token();
    const clients = await Promise.all(Array.from({ length: 50 }, () => signIn(served.url, token)));
    for (const [i, client] of clients.entries()) client.subscribe('1', 'subscription($after: String) { callUpdated(after: $after) { cursor } }', { after: String(i) });
    await until(() => expect(graph.streams.size).toBe(50));
    for (const client of clients) client.socket.terminate();
    await until(() => expect([graph.streams.size, served.gateway.live.upstreams, served.gateway.live.connections]).toEqual([0, 0, 0]));
  });
});

describe('a gateway that stops', () => {
  it('lets running requests finish and closes connections with 1001', async () => {
    const held = Promise.withResolvers<void>();
    const started = Promise.withResolvers<void>();
    let isHeld = true;
    const { served, graph } = await openCallCenter({
      hooks: {
        crm: () => {
          if (!isHeld) return undefined;
          started.resolve();
          return held.promise.then(() => ({ data: { noteCount: 7 } }));
        },
      },
    });
    const token = await served.token();
    const client = await signIn(served.url, token);
    client.subscribe('1', 'subscription { callUpdated { cursor } }');
    await until(() => expect(graph.streams.size).toBe(1));
    const running = served.query('{ noteCount }', { token });
    await started.promise;
    const closing = served.close();
    isHeld = false;
    held.resolve();
    expect(await running).toEqual({ data: { noteCount: 7 } });
    expect(await client.closed).toEqual({ code: 1001, reason: 'The gateway is stopping' });
    await closing;
    expect(graph.streams.size).toBe(0);
    await expect(fetch(served.url)).rejects.toThrow('fetch failed');
  });
});
