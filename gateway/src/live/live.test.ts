import { describe, expect, it, onTestFinished } from 'vitest';
import { generateSigningKey } from '@vss/auth';
import { createActorTokens, createHttpSource } from '@vss/gateway';
import { callCenterGraph } from '../../testing/call-center.js';
import { composeGraph, inProcessSources, openStream, type TestGraph } from '../../testing/graph.js';
import { answerFor, CALLS, openCallCenter, streamOpened, until } from '../../testing/live.js';
import { adminGrants, grants, operatorGrants, serveSubgraphs, serveTestGateway } from '../../testing/serve.js';
import { openSocket, signIn } from '../../testing/socket-client.js';

describe('a subscription', () => {
  it('is answered from every subgraph, event by event and in order', async () => {
    const { served, graph } = await openCallCenter();
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
    // What was begun last is ended first.
    onTestFinished(async () => {
      await served.close();
      await subgraphs.close();
    });
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
    const { served, graph } = await openCallCenter({ hooks: { crm: () => (isDown ? Promise.reject(new Error('down')) : undefined) } });
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
    const { served, graph } = await openCallCenter();
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
    const { served, graph } = await openCallCenter();
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
    const { served, graph } = await openCallCenter();
    const others = [{}, { userId: 'u2' }, { permissionVersion: 2 }, { role: 'supervisor' }, { centerId: 'ctr_2' }, { grants: adminGrants }];
    for (const other of others) (await signIn(served.url, await served.token(other))).subscribe('1', 'subscription { callUpdated { call { id token } } }');
    await until(() => expect(graph.opened.count).toBe(others.length));
    const same = await signIn(served.url, await served.token({ sessionId: 'ses_2' }));
    same.subscribe('1', 'subscription { callUpdated { call { id token } } }');
    await until(() => expect(served.gateway.live.clients).toBe(others.length + 1));
    expect(graph.opened.count).toBe(others.length);
  });

  it('never share a replay, which is each one’s own', async () => {
    const { served, graph } = await openCallCenter();
    const token = await served.token();
    const query = 'subscription($after: String) { callUpdated(after: $after) { cursor } }';
    for (const after of ['5', '5', null, null]) (await signIn(served.url, token)).subscribe('1', query, { after });
    await until(() => expect(served.gateway.live.clients).toBe(4));
    expect(graph.opened.count).toBe(3);
  });

  it('who is too slow loses the oldest events and is told how many', async () => {
    const { served, graph } = await openCallCenter({ settings: { socket: { queuedEvents: 4 } } });
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
    const { served, graph } = await openCallCenter({ settings: { socket: { queuedEvents: 4 } } });
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
    const { served, graph } = await openCallCenter({ settings: { socket: { queuedEvents: 1_000, queuedBytes: 1_000_000 } } });
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
    const { served, graph } = await openCallCenter();
    const client = await signIn(served.url, await served.token());
    client.subscribe('1', 'subscription { callMonitored { cursor } }');
    expect(await client.next()).toMatchObject({ id: '1', type: 'error', payload: [{ path: ['callMonitored'], extensions: { code: 'FORBIDDEN' } }] });
    const nobody = await signIn(served.url);
    nobody.subscribe('1', CALLS);
    expect(await nobody.next()).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    expect(graph.opened.count).toBe(0);
  });

  it('a denied field inside is null with an error in every event', async () => {
    const { served, graph } = await openCallCenter();
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
    const { served } = await openCallCenter();
    const client = await openSocket(served.url);
    client.send({ type: 'connection_init', payload: { authorization: 'Bearer nonsense' } });
    expect((await client.closed).code).toBe(4401);
  });

  it('a token in the header counts, a cookie does not', async () => {
    const { served } = await openCallCenter();
    const client = await openSocket(served.url, { headers: { authorization: `Bearer ${await served.token()}` } });
    client.send({ type: 'connection_init' });
    await client.next();
    client.subscribe('1', '{ me { id } }');
    expect((await client.next()).payload).toEqual({ data: { me: { id: 'u1' } } });
    await client.close();
  });

  it('a stream ends when its token does', async () => {
    const { served, graph } = await openCallCenter();
    const client = await signIn(served.url, await served.token({}, 1));
    client.subscribe('1', CALLS);
    expect(await client.next()).toMatchObject({ id: '1', type: 'error', payload: [{ extensions: { code: 'UNAUTHENTICATED', reason: 'TOKEN_EXPIRED' } }] });
    expect((await client.closed).code).toBe(4401);
    await until(() => expect(graph.streams.size).toBe(0));
  });

  it('a stream ends with its session; a stream of the same user’s other session goes on', async () => {
    const { served, graph } = await openCallCenter();
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
    const { served, graph } = await openCallCenter();
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
    const { served } = await openCallCenter();
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
    onTestFinished(() => served.close());
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
