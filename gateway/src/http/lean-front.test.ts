import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLogger } from '@vss/runtime';
import { callCenterGraph } from '../../testing/call-center.js';
import { inProcessSources } from '../../testing/graph.js';
import { isLean, openRaw, postRequest, type RawResponse } from '../../testing/raw-http.js';
import { listen, serveTestGateway, type Served } from '../../testing/serve.js';
import { createOrdinaryServer } from './ordinary-server.js';

const COST = '"extensions":{"cost":{"requested":0,"limit":100000}}';
const VERSION = `{"data":{"version":"1"},${COST}}`;
const version = postRequest({ query: '{ version }' });

let served: Served;
/** The same gateway behind node:http alone. */
let ordinary: Server;
let ordinaryPort: number;
beforeAll(async () => {
  const graph = callCenterGraph();
  served = await serveTestGateway({ supergraphSdl: graph.supergraphSdl, sources: inProcessSources(graph) });
  ordinary = createOrdinaryServer({ gateway: served.gateway, logger: silentLogger }).server;
  ordinaryPort = await listen(ordinary);
});
afterAll(async () => {
  ordinary.closeAllConnections();
  ordinary.close();
  await served.close();
});

async function exchange(port: number, bytes: string | Buffer): Promise<RawResponse> {
  const client = await openRaw(port);
  await client.write(bytes);
  const response = await client.next();
  client.socket.destroy();
  return response;
}

describe('the lean front', () => {
  it('answers a request that is cut at any byte', async () => {
    const client = await openRaw(served.port);
    for (let at = 1; at < version.length; at++) {
      await client.write(version.slice(0, at));
      await client.write(version.slice(at));
      const response = await client.next();
      expect([at, response.status, response.body, isLean(response)]).toEqual([at, 200, VERSION, true]);
    }
    client.socket.destroy();
  });

  it('answers a request that comes byte by byte', async () => {
    const client = await openRaw(served.port);
    for (const byte of version) await client.write(byte);
    expect((await client.next()).body).toBe(VERSION);
    client.socket.destroy();
  });

  it('answers pipelined requests in order', async () => {
    const client = await openRaw(served.port);
    const names = Array.from({ length: 20 }, (_one, index) => `a${index}`);
    await client.write(names.map((name) => postRequest({ query: `{ ${name}: version }` })).join(''));
    for (const name of names) {
      const response = await client.next();
      expect([response.body, isLean(response)]).toEqual([`{"data":{"${name}":"1"},${COST}}`, true]);
    }
    client.socket.destroy();
  });

  it('answers the second of two requests whose end comes after the first was answered', async () => {
    const client = await openRaw(served.port);
    for (const at of [1, 30, version.length - 10]) {
      await client.write(version + version.slice(0, at));
      expect((await client.next()).body).toContain(VERSION);
      await client.write(version.slice(at));
      const response = await client.next();
      expect([response.status, isLean(response)]).toEqual([200, true]);
    }
    client.socket.destroy();
  });

  it('leaves a connection to the ordinary server at the first request of another kind, in order', async () => {
    const client = await openRaw(served.port);
    const chunked = `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n13\r\n{"query":"{version}\r\n2\r\n"}\r\n0\r\n\r\n`;
    await client.write(`${version}${chunked}GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n${version}`);
    const responses = [await client.next(), await client.next(), await client.next(), await client.next()];
    expect(responses.map(({ body }) => body)).toEqual([VERSION, VERSION, '{"status":"live"}', VERSION]);
    expect(responses.map(isLean)).toEqual([true, false, false, false]);
    client.socket.destroy();
  });

  it('answers a client that says at once that it will say no more', async () => {
    const client = await openRaw(served.port);
    client.socket.end(version);
    expect((await client.next()).body).toBe(VERSION);
    expect(await client.closed).toBe('');
  });

  it('refuses a request that ends half-way', async () => {
    const client = await openRaw(served.port);
    client.socket.end(version.slice(0, -5));
    expect(await client.closed).toMatch(/^HTTP\/1\.1 400 /);
  });
});

/** A request whose head is written out: `{host}` and so on are what is odd about it. */
const head = (fields: string, { line = 'POST /graphql HTTP/1.1', body = '{"query":"{ version }"}', eol = '\r\n' } = {}): string =>
  [line, ...fields.split('|').filter(Boolean), '', body].join(eol);
const USUAL = 'host: x|content-type: application/json|content-length: 23';

describe('whatever is not of the common form gets the answer that node:http alone would give', () => {
  it.each([
    ['another method', head(USUAL, { line: 'PUT /graphql HTTP/1.1' })],
    ['another address', head(USUAL, { line: 'POST /nothing HTTP/1.1' })],
    ['a query string', head(USUAL, { line: 'POST /graphql?a=1 HTTP/1.1' })],
    ['an absolute address', head(USUAL, { line: 'POST http://x/graphql HTTP/1.1' })],
    ['HTTP/1.0', head(USUAL, { line: 'POST /graphql HTTP/1.0' })],
    ['an unknown version', head(USUAL, { line: 'POST /graphql HTTP/7.1' })],
    ['two spaces in the first line', head(USUAL, { line: 'POST  /graphql HTTP/1.1' })],
    ['no host', head('content-type: application/json|content-length: 23')],
    ['two hosts', head(`${USUAL}|host: y`)],
    ['both lengths', head(`${USUAL}|transfer-encoding: chunked`)],
    ['a strange transfer encoding', head(`${USUAL}|transfer-encoding: x`)],
    ['a length beside a chunked body that hides a request', head(`${USUAL}|Transfer-Encoding : chunked`)],
    ['two equal lengths', head(`${USUAL}|content-length: 23`)],
    ['two different lengths', head(`${USUAL}|content-length: 3`)],
    ['a list of lengths', head('host: x|content-type: application/json|content-length: 23, 23')],
    ['a length with a sign', head('host: x|content-type: application/json|content-length: +23')],
    ['a length in another base', head('host: x|content-type: application/json|content-length: 0x17')],
    ['a length beyond all numbers', head('host: x|content-type: application/json|content-length: 99999999999999999999')],
    ['a negative length', head('host: x|content-type: application/json|content-length: -1')],
    ['a space before the colon', head('host: x|content-type: application/json|content-length : 23')],
    ['a folded line', head('host: x|content-type: application/json|x-a: b|\tc|content-length: 23')],
    ['a first header that is folded', head(` a: b|${USUAL}`)],
    ['a name that is no token', head(`${USUAL}|a b: c`)],
    ['an empty name', head(`${USUAL}|: c`)],
    ['a line without colon', head(`${USUAL}|abc`)],
    ['a zero byte', head(`${USUAL}|x-a: b\0c`)],
    ['a bare carriage return', head(`${USUAL}|x-a: b\rc`)],
    ['a bare line feed', head(`${USUAL}|x-a: b\ncontent-length: 3`)],
    ['line feeds only', head(USUAL, { eol: '\n' })],
    ['letters beyond ASCII', head(`${USUAL}|x-a: \u00e9`)],
    ['the last request', head(`${USUAL}|connection: close`)],
    ['a list in connection', head(`${USUAL}|connection: keep-alive, x-a`)],
    ['an upgrade that nobody makes', head(`${USUAL}|connection: upgrade|upgrade: h2c`)],
    ['an expectation', head(`${USUAL}|expect: 100-continue`)],
    ['an expectation that nobody knows', head(`${USUAL}|expect: more`)],
    ['a trailer', head(`${USUAL}|trailer: x`)],
    ['no body', head('host: x|content-type: application/json', { body: '' })],
    ['a body that begins with a blank line', `\r\n${version}`],
    ['a head of 10 kB', head(`${USUAL}|x-a: ${'b'.repeat(10_000)}`)],
    ['a head of 20 kB', head(`${USUAL}|x-a: ${'b'.repeat(20_000)}`)],
    ['a body of 100 kB', postRequest({ query: '{ version }', extensions: { pad: 'x'.repeat(100_000) } })],
    ['a body of 3 MB', postRequest({ query: '{ version }', extensions: { pad: 'x'.repeat(3_000_000) } })],
    ['TLS', Buffer.from('16030100c8010000c40303', 'hex')],
  ])('%s', async (_what, bytes) => {
    const [ours, theirs] = [await exchange(served.port, bytes), await exchange(ordinaryPort, bytes)];
    expect(isLean(ours)).toBe(false);
    expect(plain(ours)).toEqual(plain(theirs));
  });
});

describe('the common form gets the same bytes from either', () => {
  let token: string;
  beforeAll(async () => {
    token = `Bearer ${await served.token()}`;
  });
  it.each([
    ['a query', { query: '{ version }' }, {}],
    ['the same query again', { query: '{ version }' }, {}],
    ['a user', { query: '{ me { id username email } call(id: "c1") { status notes { text } } }' }, { authorization: 'token' }],
    ['variables', { query: 'query Q($id: ID!) { call(id: $id) { id } }', variables: { id: 'c2' }, operationName: 'Q' }, { authorization: 'token' }],
    ['letters beyond ASCII', { query: 'mutation($n: String!) { login(name: $n) { token } }', variables: { n: 'Žofie 日本 🎈' } }, {}],
    ['a mutation that sets a cookie', { query: 'mutation { login(name: "x") { token } }' }, { 'vss-session': 'cookie', 'user-agent': 'test' }],
    ['a failing field', { query: '{ broken missing }' }, {}],
    ['an unknown field', { query: '{ nothing }' }, {}],
    ['an unknown field in the newer type', { query: '{ nothing }' }, { accept: 'application/graphql-response+json' }],
    ['a syntax error', { query: '{' }, {}],
    ['bad variables', { query: 'query($id: ID!) { call(id: $id) { id } }' }, { authorization: 'token' }],
    ['bad variables in the newer type', { query: 'query($id: ID!) { call(id: $id) { id } }' }, { authorization: 'token', accept: 'application/graphql-response+json' }],
    ['an unknown operation', { query: '{ version }', operationName: 'X' }, {}],
    ['variables that are no object', { query: '{ version }', variables: 'x' }, {}],
    ['a bad token', { query: '{ version }' }, { authorization: 'Bearer x' }],
    ['a bad scheme', { query: '{ version }' }, { authorization: 'Basic x' }],
    ['a subscription', { query: 'subscription { callUpdated { cursor } }' }, {}],
    ['no query', {}, {}],
    ['a batch', [], {}],
    ['no JSON', '{"query"', {}],
    ['plain text', { query: '{ version }' }, { 'content-type': 'text/plain' }],
    ['no content type', { query: '{ version }' }, { 'content-type': '' }],
    ['a compressed body', { query: '{ version }' }, { 'content-encoding': 'gzip' }],
    ['a type that cannot be made', { query: '{ version }' }, { accept: 'text/html' }],
    ['the newer type', { query: '{ version }' }, { accept: 'application/graphql-response+json, application/json;q=0.9' }],
    ['empty', '', {}],
  ])('%s', async (_what, body, headers: Record<string, string>) => {
    const request = postRequest(body, headers['authorization'] === 'token' ? { ...headers, authorization: token } : headers);
    const [ours, theirs] = [await exchange(served.port, request), await exchange(ordinaryPort, request)];
    expect([isLean(ours), isLean(theirs)]).toEqual([true, false]);
    expect(plain(ours)).toEqual(plain(theirs));
  });

  it('also to a query by GET', async () => {
    for (const query of ['{ version }', '{ broken missing }', '{ nothing }', '{']) {
      const asked = await exchange(served.port, `GET /graphql?query=${encodeURIComponent(query)} HTTP/1.1\r\nhost: x\r\napollo-require-preflight: 1\r\n\r\n`);
      expect(plain(asked)).toEqual(plain(await exchange(served.port, postRequest({ query }))));
    }
  });
});

/** Without what differs from request to request, and in one spelling. */
function plain({ status, headers, body }: RawResponse) {
  const { date: _date, 'x-vss-trace-id': traceId, 'keep-alive': _idle, ...rest } = headers;
  // An explainId holds the instant of its denial.
  const told = body.replaceAll(/"explainId":"[\w-]+"/g, '"explainId":"ID"');
  return { status, headers: rest, body: traceId ? told.replaceAll(traceId, 'TRACE') : told };
}
