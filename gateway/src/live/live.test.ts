import { connect } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { generateSigningKey } from '@vss/auth';
import { createActorTokens, createHttpSource } from '@vss/gateway';
import { callCenterGraph } from '../../testing/call-center.js';
import { composeGraph, inProcessSources, openStream, type Hook, type TestGraph } from '../../testing/graph.js';
import { adminGrants, grants, operatorGrants, serveSubgraphs, serveTestGateway, type Served } from '../../testing/serve.js';
import { openSocket, signIn } from '../../testing/socket-client.js';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

async function open(options: { settings?: object; hooks?: Record<string, Hook> } = {}): Promise<{ served: Served; graph: TestGraph }> {
  const graph = callCenterGraph();
  const served = await serveTestGateway({ supergraphSdl: graph.supergraphSdl, sources: inProcessSources(graph, options.hooks), ...(options.settings ? { settings: options.settings } : {}) });
  stops.push(() => served.close());
  return { served, graph };
}

/** Asks again until it is so; the other side of a socket has its own time. */
const until = (what: () => void): Promise<void> => vi.waitFor(what, { timeout: 5_000, interval: 5 });

const streamOpened = (graph: TestGraph): Promise<void> => until(() => expect(graph.streams.size).toBeGreaterThan(0));

const CALLS = 'subscription { callUpdated { cursor call { id status operator { username } notes { text author { username } } } } }';
const answerFor = (cursor: string, status: string) => ({
  data: { callUpdated: { cursor, call: { id: 'c1', status, operator: { username: 'olga' }, notes: [{ text: 'note on c1', author: { username: 'sven' } }] } } },
});

describe('a subscription', () => {
  it('is answered from every subgraph, event by event and in order', async () => {
    const { served, graph } = await open();
    const client = await signIn(served.url, await served.token());
    client.subscribe('1', CALLS);
    await until(() => expect(graph.streams.size).toBe(1));
    for (const [cursor, status] of [['1', 'DIALING'], ['2', 'RINGING'], ['3', 'ANSWERED']]) graph.emit({ cursor, callId: 'c1', status });
    for (const [cursor, status] of [['1', 'DIALING'], ['2', 'RINGING'], ['3', 'ANSWERED']] as const)
      expect(await client.next()).toEqual({ id: '1', type: 'next', payload: answerFor(cursor, status) });
    client.send({ id: '1', type: 'complete' });
    await until(() => expect([graph.streams.size, served.gateway.live.upstreams]).toEqual([0, 0]));
    await client.close();
  });

  it('is answered from subgraphs behind HTTP', async () => {
    const graph = callCenterGraph();
    const signingKey = await generateSigningKey();
    const subgraphs = await serveSubgraphs(graph, signingKey);
    const sources = Object.entries(subgraphs.urls).map(([name, url]) => createHttpSource({ name, url, tokens: createActorTokens({ subgraph: name, key: signingKey }), heartbeatMs: 20 }));
    const served = await serveTestGateway({ supergraphSdl: graph.supergraphSdl, sources, signingKey });
    stops.push(() => subgraphs.close(), () => served.close());
    const client = await signIn(served.url, await served.token());
    client.subscribe('1', CALLS);
    await until(() => expect(graph.streams.size).toBe(1));
    graph.emit({ cursor: '1', callId: 'c1', status: 'DIALING' });
    expect(await client.next()).toEqual({ id: '1', type: 'next', payload: answerFor('1', 'DIALING') });
    // The actor token lives for a minute and streams for days: it is renewed on the way.
    await until(() => expect(subgraphs.pings.length).toBeGreaterThan(1));
    expect(subgraphs.pings[0]).toEqual({ authorization: expect.stringMatching(/^Bearer ey/) });
    graph.emit({ cursor: '2', callId: 'c1', status: 'RINGING' });
    expect(await client.next()).toEqual({ id: '1', type: 'next', payload: answerFor('2', 'RINGING') });
    await client.close();
    await until(() => expect(graph.streams.size).toBe(0));
  });

  it('goes on when a subgraph fails, with that event saying so', async () => {
    let isDown = true;
    const { served, graph } = await open({ hooks: { crm: () => (isDown ? Promise.reject(new Error('down')) : undefined) } });
    const client = await signIn(served.url, await served.token());
    client.subscribe('1', 'subscription { callUpdated { call { id notes { text } } } }');
    await until(() => expect(graph.streams.size).toBe(1));
    graph.emit({ callId: 'c1', cursor: '1' });
    expect((await client.next()).payload).toMatchObject({ data: { callUpdated: { call: { id: 'c1', notes: null } } }, errors: [{ path: ['callUpdated', 'call', 'notes'], extensions: { code: 'UNAVAILABLE', subgraph: 'crm' } }] });
    isDown = false;
    graph.emit({ callId: 'c1', cursor: '2' });
    expect((await client.next()).payload).toEqual({ data: { callUpdated: { call: { id: 'c1', notes: [{ text: 'note on c1' }] } } } });
    await client.close();
  });

  it('ends for its clients when the subgraph ends it', async () => {
    const { served, graph } = await open();
    const client = await signIn(served.url, await served.token());
    client.subscribe('1', CALLS);
    await until(() => expect(graph.streams.size).toBe(1));
    for (const stream of graph.streams) stream.end();
    expect(await client.next()).toEqual({ id: '1', type: 'complete' });
    await client.close();
  });
});

describe('clients of one operation', () => {
  it('with equal rights share one stream and one execution an event', async () => {
    const { served, graph } = await open();
    const token = await served.token();
    const clients = await Promise.all(Array.from({ length: 20 }, () => signIn(served.url, token)));
    for (const client of clients) client.subscribe('1', CALLS);
    await until(() => expect(served.gateway.live.clients).toBe(20));
    expect(graph.opened.count).toBe(1);
    graph.emit({ cursor: '1', callId: 'c1', status: 'DIALING' });
    for (const client of clients) expect((await client.next()).payload).toEqual(answerFor('1', 'DIALING'));
    expect(graph.fetchesOf('crm')).toHaveLength(1);
    expect(served.gateway.live.events).toBe(1);
    await clients[0]?.close();
    graph.emit({ cursor: '2', callId: 'c1', status: 'RINGING' });
    for (const client of clients.slice(1)) expect((await client.next()).payload).toEqual(answerFor('2', 'RINGING'));
    await Promise.all(clients.map((client) => client.close()));
    await until(() => expect(graph.streams.size).toBe(0));
  });

  it('never share when user, rights, role, center or variables differ', async () => {
    const { served, graph } = await open();
    const others = [{}, { userId: 'u2' }, { permissionVersion: 2 }, { role: 'supervisor' }, { centerId: 'ctr_2' }, { grants: adminGrants }];
    for (const other of others) (await signIn(served.url, await served.token(other))).subscribe('1', 'subscription { callUpdated { call { id token } } }');
    await until(() => expect(graph.opened.count).toBe(others.length));
    const same = await signIn(served.url, await served.token({ sessionId: 'ses_2' }));
    same.subscribe('1', 'subscription { callUpdated { call { id token } } }');
    await until(() => expect(served.gateway.live.clients).toBe(others.length + 1));
    expect(graph.opened.count).toBe(others.length);
  });

  it('never share a replay, which is each one’s own', async () => {
    const { served, graph } = await open();
    const token = await served.token();
    const query = 'subscription($after: String) { callUpdated(after: $after) { cursor } }';
    for (const after of ['5', '5', null, null]) (await signIn(served.url, token)).subscribe('1', query, { after });
    await until(() => expect(served.gateway.live.clients).toBe(4));
    expect(graph.opened.count).toBe(3);
  });

  it('who is too slow loses the oldest events and is told how many', async () => {
    const { served, graph } = await open({ settings: { socket: { queuedEvents: 4 } } });
    const client = await signIn(served.url, await served.token());
    client.subscribe('1', 'subscription { callUpdated { cursor call { status } } }');
    await until(() => expect(graph.streams.size).toBe(1));
    client.socket.pause();
    const status = 'x'.repeat(400_000);
    for (let i = 1; i <= 60; i++) graph.emit({ cursor: String(i), callId: 'c1', status });
    await until(() => expect(served.gateway.live.events).toBe(60));
    client.socket.resume();
    let seen = 0;
    let dropped = 0;
    for (let cursor = ''; cursor !== '60'; seen++) {
      const { payload } = await client.next();
      cursor = payload.data.callUpdated.cursor;
      dropped += payload.extensions?.dropped ?? 0;
    }
    expect(dropped).toBeGreaterThan(0);
    expect(seen + dropped).toBe(60);
    await client.close();
  });

  it('who is too slow and wants no loss is cut off instead', async () => {
    const { served, graph } = await open({ settings: { socket: { queuedEvents: 4 } } });
    const token = await served.token();
    const [byConnection, bySubscription, other] = await Promise.all([openSocket(served.url), signIn(served.url, token), signIn(served.url, token)]);
    byConnection.send({ type: 'connection_init', payload: { authorization: `Bearer ${token}`, noLoss: true } });
    await byConnection.next();
    const query = 'subscription { callUpdated { cursor call { status } } }';
    byConnection.subscribe('1', query);
    bySubscription.send({ id: '1', type: 'subscribe', payload: { query, extensions: { noLoss: true } } });
    other.subscribe('1', query);
    await until(() => expect(served.gateway.live.clients).toBe(3));
    for (const slow of [byConnection, bySubscription]) slow.socket.pause();
    const status = 'x'.repeat(400_000);
    for (let i = 1; i <= 60; i++) {
      graph.emit({ cursor: String(i), callId: 'c1', status });
      expect((await other.next()).payload.data.callUpdated.cursor).toBe(String(i));
    }
    expect(served.gateway.live.clients).toBe(1);
    for (const slow of [byConnection, bySubscription]) {
      slow.socket.resume();
      expect((await slow.closed).code).toBe(4418);
    }
    await other.close();
  });

  it('what waits for a slow client is bounded by its size too', async () => {
    const { served, graph } = await open({ settings: { socket: { queuedEvents: 1_000, queuedBytes: 1_000_000 } } });
    const client = await signIn(served.url, await served.token());
    client.subscribe('1', 'subscription { callUpdated { cursor call { status } } }');
    await streamOpened(graph);
    client.socket.pause();
    for (let i = 1; i <= 60; i++) graph.emit({ cursor: String(i), callId: 'c1', status: 'x'.repeat(400_000) });
    await until(() => expect(served.gateway.live.events).toBe(60));
    client.socket.resume();
    let dropped = 0;
    for (let cursor = ''; cursor !== '60'; ) {
      const { payload } = await client.next();
      cursor = payload.data.callUpdated.cursor;
      dropped += payload.extensions?.dropped ?? 0;
    }
    expect(dropped).toBeGreaterThan(20);
    await client.close();
  });
});

describe('rights', () => {
  it('a denied subscription opens no stream', async () => {
    const { served, graph } = await open();
    const client = await signIn(served.url, await served.token());
    client.subscribe('1', 'subscription { callMonitored { cursor } }');
    expect(await client.next()).toMatchObject({ id: '1', type: 'error', payload: [{ path: ['callMonitored'], extensions: { code: 'FORBIDDEN' } }] });
    const nobody = await signIn(served.url);
    nobody.subscribe('1', CALLS);
    expect(await nobody.next()).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    expect(graph.opened.count).toBe(0);
  });

  it('a denied field inside is null with an error in every event', async () => {
    const { served, graph } = await open();
    const client = await signIn(served.url, await served.token({ grants: grants({ 'calls:read': 'OWN' }) }));
    client.subscribe('1', 'subscription { callUpdated { call { id notes { text } token } } }');
    await until(() => expect(graph.streams.size).toBe(1));
    for (const cursor of ['1', '2']) {
      graph.emit({ cursor, callId: 'c1' });
      const { payload } = await client.next();
      expect(payload.data).toEqual({ callUpdated: { call: { id: 'c1', notes: null, token: null } } });
      expect(payload.errors.map((error: { path: unknown }) => error.path)).toEqual([['callUpdated', 'call', 'notes'], ['callUpdated', 'call', 'token']]);
    }
    expect(graph.fetchesOf('crm')).toEqual([]);
    await client.close();
  });

  it('a bad token is refused at the door', async () => {
    const { served } = await open();
    const client = await openSocket(served.url);
    client.send({ type: 'connection_init', payload: { authorization: 'Bearer nonsense' } });
    expect((await client.closed).code).toBe(4401);
  });

  it('a token in the header counts, a cookie does not', async () => {
    const { served } = await open();
    const client = await openSocket(served.url, { headers: { authorization: `Bearer ${await served.token()}` } });
    client.send({ type: 'connection_init' });
    await client.next();
    client.subscribe('1', '{ me { id } }');
    expect((await client.next()).payload).toEqual({ data: { me: { id: 'u1' } } });
    await client.close();
  });

  it('a stream ends when its token does', async () => {
    const { served, graph } = await open();
    const client = await signIn(served.url, await served.token({}, 1));
    client.subscribe('1', CALLS);
    expect(await client.next()).toMatchObject({ id: '1', type: 'error', payload: [{ extensions: { code: 'UNAUTHENTICATED', reason: 'TOKEN_EXPIRED' } }] });
    expect((await client.closed).code).toBe(4401);
    await until(() => expect(graph.streams.size).toBe(0));
  });

  it('a stream ends with its session; a stream of the same user’s other session goes on', async () => {
    const { served, graph } = await open();
    const [first, second] = [await served.token({ sessionId: 'ses_1' }), await served.token({ sessionId: 'ses_2' })];
    const [ended, other] = await Promise.all([signIn(served.url, first), signIn(served.url, second)]);
    for (const client of [ended, other]) client.subscribe('1', CALLS);
    await until(() => expect(served.gateway.live.clients).toBe(2));
    served.gateway.endSession('ses_1');
    expect(await ended.next()).toMatchObject({ id: '1', type: 'error', payload: [{ extensions: { code: 'UNAUTHENTICATED', reason: 'SESSION_ENDED' } }] });
    expect((await ended.closed).code).toBe(4401);
    graph.emit({ cursor: '1', callId: 'c1', status: 'DIALING' });
    expect((await other.next()).payload).toEqual(answerFor('1', 'DIALING'));
    // Neither by HTTP nor by a new connection does the token open anything any more.
    expect(await served.post({ query: '{ version }' }, { token: first })).toMatchObject({ status: 401, body: { errors: [{ extensions: { reason: 'SESSION_ENDED' } }] } });
    const again = await openSocket(served.url);
    again.send({ type: 'connection_init', payload: { authorization: `Bearer ${first}` } });
    expect((await again.closed).code).toBe(4401);
    expect(await served.query('{ version }', { token: second })).toEqual({ data: { version: '1' } });
    await other.close();
  });

  it('a stream goes on when the token is renewed by a ping', async () => {
    const { served, graph } = await open();
    const token = await served.token({}, 1);
    const [client, forgetful] = await Promise.all([signIn(served.url, token), signIn(served.url, token)]);
    client.subscribe('1', CALLS);
    client.send({ type: 'ping', payload: { authorization: `Bearer ${await served.token({ sessionId: 'ses_2' })}` } });
    expect(await client.next()).toMatchObject({ type: 'pong', payload: { expiresAt: expect.any(String) } });
    // The other one's end tells that the first token's time is over.
    expect((await forgetful.closed).code).toBe(4401);
    graph.emit({ cursor: '1', callId: 'c1', status: 'DIALING' });
    expect((await client.next()).payload).toEqual(answerFor('1', 'DIALING'));
    expect(graph.opened.count).toBe(1);
    await client.close();
  });

  it('a renewal with other rights ends the streams; with another user, the connection', async () => {
    const { served } = await open();
    const client = await signIn(served.url, await served.token());
    client.subscribe('1', CALLS);
    await until(() => expect(served.gateway.live.clients).toBe(1));
    client.send({ type: 'ping', payload: { authorization: `Bearer ${await served.token({ permissionVersion: 2, grants: operatorGrants })}` } });
    expect(await client.next()).toMatchObject({ id: '1', type: 'error', payload: [{ extensions: { reason: 'RIGHTS_CHANGED' } }] });
    expect(await client.next()).toMatchObject({ type: 'pong' });
    client.send({ type: 'ping', payload: { authorization: `Bearer ${await served.token({ userId: 'u2' })}` } });
    expect((await client.closed).code).toBe(4403);
  });
});

describe('another supergraph', () => {
  const twoGraphs = (secondOfWords: string, secondOfNotes: string): TestGraph[] =>
    [['status: String', 'note: String'], [secondOfWords, secondOfNotes]].map(([words, notes]) =>
      composeGraph(
        [
          {
            name: 'words',
            sdl: `type Query { count: Int } type Subscription { said: Said! } type Said { word: Word } type Word @key(fields: "id") { id: ID! ${words} }`,
            resolvers: { Subscription: { said: { subscribe: (_parent, _args, { graph }) => openStream(graph), resolve: (event) => ({ word: event }) } } },
          },
          { name: 'notes', sdl: `type Word @key(fields: "id") { id: ID! ${notes} }`, resolvers: { Word: { __resolveReference: ({ id }) => ({ id, note: `note on ${String(id)}`, status: 'of notes', fresh: 'new' }) } } },
        ],
        { access: false },
      ),
    );
  const SAID = 'subscription { said { word { id status note } } }';

  async function openBoth(secondOfWords: string, secondOfNotes: string) {
    const [first, second] = twoGraphs(secondOfWords, secondOfNotes) as [TestGraph, TestGraph];
    const served = await serveTestGateway({ supergraphSdl: first.supergraphSdl, sources: inProcessSources(first), settings: { isAuthenticated: false } });
    stops.push(() => served.close());
    const client = await signIn(served.url);
    client.subscribe('1', SAID);
    await until(() => expect(first.streams.size).toBe(1));
    first.emit({ id: 'a', status: 'SAID' });
    expect((await client.next()).payload).toEqual({ data: { said: { word: { id: 'a', status: 'SAID', note: 'note on a' } } } });
    expect(await served.gateway.replaceSupergraph(second.supergraphSdl)).toBe('taken');
    return { first, client, served };
  }

  it('with the same source for a stream: it goes on, and who comes later joins it', async () => {
    const { first, client, served } = await openBoth('status: String', 'note: String fresh: String');
    first.emit({ id: 'b', status: 'SAID' });
    expect((await client.next()).payload).toEqual({ data: { said: { word: { id: 'b', status: 'SAID', note: 'note on b' } } } });
    const late = await signIn(served.url);
    late.subscribe('1', SAID);
    await until(() => expect(served.gateway.live.clients).toBe(2));
    expect([first.opened.count, served.gateway.live.upstreams]).toEqual([1, 1]);
  });

  it('with another one: it ends, and says why', async () => {
    const { first, client } = await openBoth('', 'note: String status: String');
    expect(await client.next()).toMatchObject({ id: '1', type: 'error', payload: [{ extensions: { code: 'SUPERGRAPH_CHANGED' } }] });
    await until(() => expect(first.streams.size).toBe(0));
    client.subscribe('2', '{ count }');
    expect(await client.next()).toMatchObject({ type: 'next' });
  });
});

describe('the protocol', () => {
  it('runs queries and mutations too', async () => {
    const { served } = await open();
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
    const { served, graph } = await open();
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
    const { served } = await open();
    const client = await openSocket(served.url);
    for (const message of messages) client.send(message);
    expect((await client.closed).code).toBe(code);
  });

  it('closes on an id that is in use, on no introduction and on another protocol', async () => {
    const { served } = await open({ settings: { socket: { initMs: 50 } } });
    expect((await (await openSocket(served.url)).closed).code).toBe(4408);
    const twice = await signIn(served.url, await served.token());
    twice.subscribe('1', CALLS);
    twice.subscribe('1', CALLS);
    expect((await twice.closed).code).toBe(4409);
    await expect(openSocket(served.url, { protocol: 'graphql-ws' })).rejects.toThrow('subprotocol');
  });

  it('refuses operations over the limit and frames over the size', async () => {
    const { served } = await open({ settings: { socket: { operations: 2, maxMessageBytes: 2_000 } } });
    const client = await signIn(served.url, await served.token());
    for (const id of ['1', '2', '3']) client.subscribe(id, CALLS);
    expect(await client.next()).toMatchObject({ id: '3', type: 'error', payload: [{ extensions: { code: 'RATE_LIMITED' } }] });
    client.subscribe('4', `{ version ${' '.repeat(3_000)} }`);
    expect((await client.closed).code).toBe(1009);
  });

  it('answers a flood of subscriptions with when to come back, and goes on', async () => {
    const { served, graph } = await open({ settings: { socket: { operationRate: { burst: 3, perSecond: 0.001 } } } });
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
    const { served } = await open({ settings: { socket: { connectionsPerUser: 2, connectionsPerAddress: 4 } } });
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
    const { served } = await open({ settings: { socket: { heartbeatMs: 30, initMs: 60_000 } } });
    const socket = connect(served.port, '127.0.0.1');
    socket.write('GET /graphql HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-protocol: graphql-transport-ws\r\n\r\n');
    socket.resume();
    await new Promise((resolve) => socket.once('close', resolve));
    await until(() => expect(served.gateway.live.connections).toBe(0));
  });
});

describe('what is left behind', () => {
  it('by 500 opened and closed streams: nothing', async () => {
    const { served, graph } = await open({ settings: { socket: { operationRate: { burst: 1_000, perSecond: 1 } } } });
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
    const { served, graph } = await open();
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
    const { served, graph } = await open({
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
