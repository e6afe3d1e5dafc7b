import { connect } from 'node:net';
import { mkdtemp, mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callCenterGraph } from '../../testing/call-center.js';
import { inProcessSources } from '../../testing/graph.js';
import { serveTestGateway, type Served } from '../../testing/serve.js';

let served: Served;
let origin: string;
beforeAll(async () => {
  const dashboardDir = await mkdtemp(join(tmpdir(), 'vss-dashboard-'));
  await writeFile(join(dashboardDir, 'index.html'), '<title>Dashboard</title>');
  await mkdir(join(dashboardDir, 'assets'));
  await writeFile(join(dashboardDir, 'assets', 'app-1.js'), 'export {};');
  const graph = callCenterGraph();
  served = await serveTestGateway({ supergraphSdl: graph.supergraphSdl, sources: inProcessSources(graph), settings: { dashboardDir } });
  origin = new URL(served.url).origin;
});
afterAll(() => served.close());

const nested = (depth: number): string => `{ ${'call(id: "c1") { operator { '.repeat(depth)} id ${'} }'.repeat(depth)} }`;

describe('a request that is not one', () => {
  it.each([
    ['malformed JSON', '{"query":', {}, 400, 'BAD_REQUEST'],
    ['no JSON object', '"hello"', {}, 400, 'BAD_REQUEST'],
    ['null', 'null', {}, 400, 'BAD_REQUEST'],
    ['a batch', '[{"query":"{ version }"}]', {}, 400, 'BAD_REQUEST'],
    ['no query', '{"variables":{}}', {}, 400, 'BAD_REQUEST'],
    ['a query that is no text', '{"query":{"kind":"Document"}}', {}, 400, 'BAD_REQUEST'],
    ['variables that are no object', '{"query":"{ version }","variables":[1]}', {}, 400, 'BAD_REQUEST'],
    ['another content type', '{"query":"{ version }"}', { 'content-type': 'text/plain' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['another charset', '{"query":"{ version }"}', { 'content-type': 'application/json; charset=utf-16' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a compressed body', '{"query":"{ version }"}', { 'content-encoding': 'gzip' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a media type that cannot be made', '{"query":"{ version }"}', { accept: 'image/png' }, 406, 'NOT_ACCEPTABLE'],
  ])('%s is refused', async (_what, body, headers, status, code) => {
    const answer = await served.post(body, { headers });
    expect(answer.status).toBe(status);
    expect(answer.body.errors?.[0]?.extensions).toMatchObject({ code, traceId: expect.any(String) });
  });

  it('invalid UTF-8 is refused', async () => {
    const body = Buffer.concat([Buffer.from('{"query":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
    const response = await fetch(served.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect(response.status).toBe(400);
  });

  it('another method is refused', async () => {
    const response = await fetch(served.url, { method: 'DELETE' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST']);
  });

  it('bytes that are no HTTP close the connection', async () => {
    expect(await raw('hello\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
  });

  /** Sends bytes and reads until the gateway closes. */
  function raw(text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      let received = '';
      const socket = connect(served.port, '127.0.0.1', () => socket.write(text));
      socket.on('data', (chunk) => (received += String(chunk)));
      socket.on('close', () => resolve(received));
      socket.on('error', reject);
    });
  }
});

describe('the media type of an answer', () => {
  const OLDER = 'application/json; charset=utf-8';
  const NEWER = 'application/graphql-response+json; charset=utf-8';
  it.each([
    ['', OLDER],
    ['*/*', OLDER],
    ['application/*', OLDER],
    ['APPLICATION/JSON', OLDER],
    ['application/json; charset=UTF-8', OLDER],
    ['application/json;charset="utf-8"', OLDER],
    ['text/html, */*;q=0.1', OLDER],
    ['application/graphql-response+json', NEWER],
    ['application/graphql-response+json, application/json', NEWER],
    ['application/json, application/graphql-response+json', OLDER],
    ['application/json;q=0.9, application/graphql-response+json', NEWER],
    ['application/graphql-response+json;q=0.5, application/json;q=0.7', OLDER],
    ['*/*, application/graphql-response+json', NEWER],
    ['application/json;q=0, */*', NEWER],
    ['multipart/mixed;deferSpec=20220824, application/graphql-response+json, application/json;q=0.9', NEWER],
    ['multipart/mixed;boundary="a,b";subscriptionSpec=1.0,application/json', OLDER],
    ['text/html', undefined],
    ['application/json;q=0', undefined],
    ['application/json; charset=utf-16', undefined],
    ['multipart/mixed', undefined],
    ['multipart/mixed;deferSpec=20220824', undefined],
    ['application/jsonp', undefined],
  ])('for Accept: %s is %s', async (accept, type) => {
    const { status, headers } = await served.post({ query: '{ version }' }, { headers: { accept } });
    expect([status, headers.get('content-type')]).toEqual(type ? [200, type] : [406, OLDER]);
  });
});

describe('an operation that is too much', () => {
  const aliases = `{ ${Array.from({ length: 200 }, (_one, index) => `a${index}: version`).join(' ')} }`;
  const cyclic = '{ call(id: "c1") { ...A } } fragment A on Call { operator { id } ...B } fragment B on Call { ...A }';
  const bomb = `{ call(id: "c1") { ...F0 } } ${Array.from({ length: 30 }, (_one, i) => `fragment F${i} on Call { ${i < 29 ? `...F${i + 1} ...F${i + 1}` : 'id status'} }`).join(' ')}`;
  it.each([
    ['10,000 levels', nested(5_000), 'GRAPHQL_PARSE_FAILED|OPERATION_TOO_LARGE'],
    ['16 levels', nested(9), 'OPERATION_TOO_LARGE'],
    ['200 aliases', aliases, 'OPERATION_TOO_LARGE'],
    ['10,000 fields', `{ ${'version '.repeat(10_000)} }`, 'OPERATION_TOO_LARGE'],
    ['100 root fields', `{ ${'version '.repeat(100)} }`, 'OPERATION_TOO_LARGE'],
    ['a field 1,000 times', `{ call(id: "c1") { ${'operator { id } '.repeat(1_000)} } }`, 'OPERATION_TOO_LARGE'],
    ['a cyclic fragment', cyclic, 'GRAPHQL_VALIDATION_FAILED'],
    ['fragments that double', bomb, 'BAD_USER_INPUT|OPERATION_TOO_LARGE'],
    ['a syntax error', '{ version', 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', '{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['a subscription', 'subscription { callUpdated { cursor } }', 'SUBSCRIPTION_NEEDS_WEBSOCKET'],
    ['a subscription that graphql-js throws on', 'subscription($x: Boolean!) { callUpdated @include(if: $x) { cursor } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['several operations and no name', 'query A { version } query B { version }', 'OPERATION_RESOLUTION_FAILURE'],
  ])('%s is refused', async (_what, query, codes) => {
    const started = performance.now();
    const answer = await served.post({ query }, { token: await served.token() });
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(answer.body.data ?? null).toBeNull();
    expect(answer.body.errors?.[0]?.extensions['code']).toMatch(new RegExp(`^(${codes})$`));
    expect(answer.body.errors?.[0]?.extensions['traceId']).toMatch(/^[0-9a-f]{32}$/);
  });

  it('is 200 for application/json and 400 for application/graphql-response+json', async () => {
    for (const query of ['{ nothing }', '{ version', 'query A { version } query B { version }']) {
      expect((await served.post({ query })).status).toBe(200);
      const newer = await served.post({ query }, { headers: { accept: 'application/graphql-response+json' } });
      expect([newer.status, newer.headers.get('content-type')]).toEqual([400, 'application/graphql-response+json; charset=utf-8']);
    }
  });

  it('introspection by the usual query is not', async () => {
    const { getIntrospectionQuery } = await import('graphql');
    const { data } = await served.query(getIntrospectionQuery());
    expect(data['__schema'].types.map(({ name }: { name: string }) => name)).not.toContain('access__Scope');
  });
});

describe('GET', () => {
  const at = `/graphql?query=${encodeURIComponent('{ version }')}`;
  it('is refused without a header that a foreign page cannot send', async () => {
    expect((await fetch(origin + at)).status).toBe(400);
  });
  it('runs queries, not mutations', async () => {
    const headers = { 'apollo-require-preflight': '1' };
    expect(await (await fetch(origin + at, { headers })).json()).toMatchObject({ data: { version: '1' } });
    const mutation = await fetch(`${origin}/graphql?query=${encodeURIComponent('mutation { login(name: "x") { token } }')}`, { headers });
    expect(mutation.status).toBe(405);
  });
});

describe('other addresses', () => {
  it('tell health and keys', async () => {
    expect(await (await fetch(`${origin}/health/live`)).json()).toEqual({ status: 'live' });
    expect(await (await fetch(`${origin}/health/ready`)).json()).toEqual({ status: 'ready', supergraph: expect.stringMatching(/^[0-9a-f]{12}$/) });
    expect(await (await fetch(`${origin}/.well-known/jwks.json`)).json()).toMatchObject({ keys: [{ kty: 'OKP' }] });
    expect(await (await fetch(`${origin}/.well-known/gateway-jwks.json`)).json()).toEqual({ keys: [] });
  });

  it('serve the dashboard and its routes with security headers', async () => {
    for (const path of ['/', '/calls/live']) {
      const page = await fetch(origin + path, { headers: { accept: 'text/html' } });
      expect(await page.text()).toContain('Dashboard');
      expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect([page.headers.get('x-content-type-options'), page.headers.get('cache-control')]).toEqual(['nosniff', 'no-cache']);
    }
    expect((await fetch(`${origin}/assets/app-1.js`)).headers.get('cache-control')).toContain('immutable');
  });

  it('serve GraphiQL where that is asked for', async () => {
    const graphiqlDir = await mkdtemp(join(tmpdir(), 'vss-graphiql-'));
    await writeFile(join(graphiqlDir, 'index.html'), '<title>GraphiQL</title>');
    await mkdir(join(graphiqlDir, 'assets'));
    await writeFile(join(graphiqlDir, 'assets', 'index-1.js'), 'export {};');
    const graph = callCenterGraph();
    const other = await serveTestGateway({ supergraphSdl: graph.supergraphSdl, sources: inProcessSources(graph), settings: { graphiqlDir } });
    for (const path of ['/graphiql', '/graphiql/', '/graphiql?query={version}']) {
      const page = await fetch(new URL(path, other.url));
      expect([page.status, await page.text()]).toEqual([200, '<title>GraphiQL</title>']);
      expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    }
    const typed = await fetch(other.url, { headers: { accept: 'text/html,*/*;q=0.8' }, redirect: 'manual' });
    expect([typed.status, typed.headers.get('location')]).toEqual([303, '/graphiql']);
    const script = await fetch(new URL('/graphiql/assets/index-1.js', other.url));
    expect([script.status, script.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
    expect((await fetch(new URL('/graphiql/assets/none.js', other.url))).status).toBe(404);
    expect((await fetch(new URL('/graphiqls', other.url))).status).toBe(404);
    await other.close();
    expect((await fetch(`${origin}/graphiql`)).status).toBe(404);
  });

  it('are 404 in JSON where there is nothing', async () => {
    for (const path of ['/assets/none.js', '/.well-known/none', '/graphql/x']) {
      const response = await fetch(origin + path);
      expect([path, response.status, response.headers.get('content-type')]).toEqual([path, 404, 'application/json; charset=utf-8']);
    }
    expect((await fetch(`${origin}/x`, { method: 'POST' })).status).toBe(404);
  });

  it('a caller may give its trace', async () => {
    const answer = await served.post({ query: '{ version }' }, { headers: { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' } });
    expect(answer.headers.get('x-vss-trace-id')).toBe('0af7651916cd43dd8448eb211c80319c');
  });
});
