import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { generateSigningKey } from '@vss/auth';
import { createActorTokens, createHttpSource } from '@vss/gateway';
import { callCenterGraph } from '../../testing/call-center.js';
import { inProcessSources, type Hook, type TestGraph } from '../../testing/graph.js';
import { adminGrants, listen, serveSubgraphs, serveTestGateway, type Served } from '../../testing/serve.js';

const ALL = '{ call(id: "c1") { status operator { username } notes { text author { username } } } }';
const ALL_ANSWER = { call: { status: 'RINGING', operator: { username: 'olga' }, notes: [{ text: 'note on c1', author: { username: 'sven' } }] } };
const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

async function serve(graph: TestGraph, hooks: Record<string, Hook> = {}, settings = {}): Promise<Served> {
  const served = await serveTestGateway({ supergraphSdl: graph.supergraphSdl, sources: inProcessSources(graph, hooks), settings });
  stops.push(() => served.close());
  return served;
}

async function overHttp(graph: TestGraph, urls: Record<string, string> = {}) {
  const signingKey = await generateSigningKey();
  const subgraphs = await serveSubgraphs(graph, signingKey);
  const sources = Object.entries({ ...subgraphs.urls, ...urls }).map(([name, url]) => createHttpSource({ name, url, tokens: createActorTokens({ subgraph: name, key: signingKey }) }));
  const served = await serveTestGateway({ supergraphSdl: graph.supergraphSdl, sources, signingKey });
  stops.push(() => subgraphs.close(), () => served.close());
  return { served, subgraphs };
}

/** An HTTP server that answers everything with the same bytes. */
async function answering(status: number, body: string | Buffer, headers: Record<string, string> = { 'content-type': 'application/json' }): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(status, headers).end(body));
  stops.push(async () => server.close());
  return `http://127.0.0.1:${await listen(server)}/graphql`;
}

describe('a query', () => {
  it('is answered from several subgraphs in this process', async () => {
    const served = await serve(callCenterGraph());
    expect(await served.query(ALL, { token: await served.token() })).toEqual({ data: ALL_ANSWER });
  });

  it('is answered from several subgraphs over HTTP, each with a token made for it', async () => {
    const graph = callCenterGraph();
    const { served, subgraphs } = await overHttp(graph);
    expect(await served.query(ALL, { token: await served.token() })).toEqual({ data: ALL_ANSWER });
    expect(new Set(graph.fetches.map((fetch) => fetch.actor))).toEqual(new Set(['u1']));
    const sent = subgraphs.headers.find(({ name }) => name === 'crm')?.headers ?? {};
    expect(Object.keys(sent).sort()).toEqual(['accept', 'authorization', 'content-length', 'content-type', 'host', 'traceparent']);
  });

  it('signs one actor token for an access token and a subgraph', async () => {
    const graph = callCenterGraph();
    const { served, subgraphs } = await overHttp(graph);
    const token = await served.token();
    for (let i = 0; i < 3; i++) await served.query(ALL, { token });
    const used = new Set(subgraphs.headers.filter(({ name }) => name === 'telephony').map(({ headers }) => headers['authorization']));
    expect(used.size).toBe(1);
  });

  it('tells identity alone about the client, and takes cookies from it alone', async () => {
    const { served, subgraphs } = await overHttp(callCenterGraph());
    const body = { query: 'mutation { login(name: "olga") { token } }' };
    const answer = await served.post(body, { headers: { 'user-agent': 'Test/1', 'vss-session': 'cookie', cookie: 'other=1; vss_refresh=old' } });
    expect(answer.body).toMatchObject({ data: { login: { token: 'token of olga from Test/1' } } });
    expect(answer.headers.get('set-cookie')).toBe('vss_refresh=olga; HttpOnly');
    expect(subgraphs.headers.at(-1)?.headers).toMatchObject({ 'x-vss-client-address': '127.0.0.1', 'x-vss-user-agent': 'Test/1', 'x-vss-refresh-cookie': 'old', 'x-vss-wants-cookie': 'true' });
  });

  it('tells any subgraph where a change comes from, and nothing else of the client', async () => {
    const { served, subgraphs } = await overHttp(callCenterGraph());
    await served.post({ query: 'mutation { callStart(number: "+49") { id } }' }, { token: await served.token(), headers: { 'user-agent': 'Test/1', cookie: 'vss_refresh=old' } });
    const sent = subgraphs.headers.find(({ name }) => name === 'telephony')?.headers ?? {};
    expect(Object.keys(sent).filter((name) => name.startsWith('x-vss-'))).toEqual(['x-vss-client-address']);
    expect(sent['x-vss-client-address']).toBe('127.0.0.1');
  });

  it('fills in variable defaults and refuses wrong variables', async () => {
    const served = await serve(callCenterGraph());
    const token = await served.token();
    const query = 'query($id: ID! = "c2", $with: Boolean = false) { call(id: $id) { id status @include(if: $with) } }';
    expect(await served.query(query, { token })).toEqual({ data: { call: { id: 'c2' } } });
    const wrong = await served.query(query, { token, variables: { id: null } });
    expect(wrong.errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT', traceId: expect.any(String) } });
  });
});

describe('a subgraph that fails', () => {
  const query = '{ calls { id notes { text } } }';
  const expected = (message: unknown) =>
    ['c1', 'c2'].map((_id, index) => expect.objectContaining({ message, path: ['calls', index, 'notes'], extensions: { code: 'UNAVAILABLE', subgraph: 'crm', traceId: expect.any(String) } }));

  it('costs only its own fields, each told with path, subgraph and trace id', async () => {
    const served = await serve(callCenterGraph(), { crm: () => Promise.reject(new Error('boom at 10.0.0.3')) });
    const { data, errors } = await served.query(query, { token: await served.token() });
    expect(data).toEqual({ calls: [{ id: 'c1', notes: null }, { id: 'c2', notes: null }] });
    expect(errors).toEqual(expected('The subgraph crm does not answer as it should'));
  });

  it('is given up at its deadline', async () => {
    const served = await serve(callCenterGraph(), { crm: () => new Promise(() => undefined) }, { resilience: { deadlineMs: 50 } });
    const { data, errors } = await served.query(query, { token: await served.token() });
    expect(data.calls[0]).toEqual({ id: 'c1', notes: null });
    expect(errors).toEqual(expected('The subgraph crm did not answer in time'));
  });

  it.each([
    ['HTML', 200, '<html>'],
    ['nothing', 200, ''],
    ['null', 200, 'null'],
    ['an object that is no answer', 200, '{}'],
    ['malformed errors', 200, '{"errors":"no"}'],
    ['malformed data', 200, '{"data":[1]}'],
    ['too few entities', 200, '{"data":{"_entities":[{"notes":[]}]}}'],
    ['invalid UTF-8', 200, Buffer.from([0x7b, 0x22, 0xff, 0xfe])],
    ['a gateway error', 502, 'Bad gateway'],
  ])('answers %s: a typed error', async (_what, status, body) => {
    const { served } = await overHttp(callCenterGraph(), { crm: await answering(status, body) });
    const { data, errors } = await served.query(query, { token: await served.token() });
    expect(data).toEqual({ calls: [{ id: 'c1', notes: null }, { id: 'c2', notes: null }] });
    expect(errors).toEqual(expected(expect.stringContaining('crm')));
  });

  it('that is down costs only its own fields', async () => {
    const { served } = await overHttp(callCenterGraph(), { crm: 'http://127.0.0.1:1/graphql' });
    const { errors } = await served.query(query, { token: await served.token() });
    expect(errors).toEqual(expected('The subgraph crm cannot be reached'));
  });

  it('is asked once more for a query when the connection broke, never for a mutation', async () => {
    let hits = 0;
    const server = createServer((request) => {
      hits++;
      request.socket.destroy();
    });
    stops.push(async () => server.close());
    const { served } = await overHttp(callCenterGraph(), { telephony: `http://127.0.0.1:${await listen(server)}/graphql` });
    const token = await served.token();
    await served.query('{ call(id: "c1") { id } }', { token });
    expect(hits).toBe(2);
    const { data, errors } = await served.query('mutation { callStart(number: "+49") { id } }', { token });
    expect(hits).toBe(3);
    expect(data).toEqual({ callStart: null });
    expect(errors?.[0]).toMatchObject({ path: ['callStart'], extensions: { code: 'UNAVAILABLE' } });
  });
});

describe('an error of a resolver', () => {
  it('keeps its words when it was foreseen', async () => {
    const served = await serve(callCenterGraph());
    const { data, errors } = await served.query('{ version missing }');
    expect(data).toEqual({ version: '1', missing: null });
    expect(errors).toEqual([expect.objectContaining({ message: 'There is no such thing', path: ['missing'], extensions: { code: 'NOT_FOUND', id: 'x', subgraph: 'identity', traceId: expect.any(String) } })]);
  });

  it('is a reference number when it was not', async () => {
    const served = await serve(callCenterGraph());
    const { errors } = await served.query('{ broken }');
    expect(errors?.[0]?.message).toBe(`Something went wrong on our side; quote the reference ${errors?.[0]?.extensions['traceId']}`);
    expect(JSON.stringify(errors)).not.toContain('10.0.0.7');
    expect(errors?.[0]).toMatchObject({ path: ['broken'], extensions: { code: 'INTERNAL_SERVER_ERROR' } });
  });

  it('of completion is told, not hidden in extensions', async () => {
    const served = await serve(callCenterGraph(), { identity: () => Promise.resolve({ data: { version: null } }) });
    const { data, errors } = await served.query('{ version }', { token: await served.token({ grants: adminGrants }) });
    expect(data).toBeNull();
    expect(errors).toHaveLength(1);
  });
});
