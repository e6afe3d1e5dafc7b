import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer, get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { generateSigningKey } from '@vss/auth';
import { silentLogger, type Logger } from '@vss/runtime';
import { waitFor } from '@vss/testing';
import type { GivenSettings } from '@vss/gateway';
import { callCenterGraph } from '../../testing/call-center.js';
import { composeGraph, inProcessSources, type Hook } from '../../testing/graph.js';
import { startGatewayProcess } from '../../testing/process.js';
import { listen, serveTestGateway, type Served } from '../../testing/serve.js';
import { signIn } from '../../testing/socket-client.js';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

async function serve(options: { hooks?: Record<string, Hook>; settings?: GivenSettings; logger?: Logger } = {}): Promise<Served> {
  const graph = callCenterGraph();
  const { hooks = {}, settings = {}, logger = silentLogger } = options;
  const served = await serveTestGateway({ supergraphSdl: graph.supergraphSdl, sources: inProcessSources(graph, hooks), settings, logger });
  stops.push(() => served.close());
  return served;
}

// By node:http, since fetch sends no Host of ours.
const pageOf = async ({ url }: { url: string }, headers: Record<string, string> = {}): Promise<{ status: number | undefined; text: string }> => {
  const [response] = (await once(get(new URL('/metrics', url), { headers, agent: false }), 'response')) as [IncomingMessage];
  return { status: response.statusCode, text: await text(response) };
};
/** The value of one line of the page. */
const valueIn = (page: string, line: string): number | undefined => {
  const found = page.split('\n').find((candidate) => candidate.startsWith(`${line} `));
  return found === undefined ? undefined : Number(found.slice(line.length + 1));
};

/** Keeps what is logged, as it would be written. */
function aLog(): { logger: Logger; lines: Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = [];
  const note = (about: unknown, msg?: string): void => void lines.push({ ...(about as object), msg });
  return { lines, logger: { ...silentLogger, info: note, warn: note, child: () => silentLogger } as Logger };
}

describe('metrics', () => {
  it('tell operations by name, their errors by code, and what each subgraph was asked', async () => {
    const served = await serve({ hooks: { crm: () => Promise.reject(new Error('boom')) } });
    const token = await served.token();
    for (const id of ['c1', 'c2']) await served.query('query Status($id: ID!) { call(id: $id) { status } }', { token, variables: { id } });
    await served.query('query Notes { call(id: "c1") { notes { text } } }', { token });
    await served.query('{ version }', { token });
    await served.query('query Wrong { nothing }', { token });
    await served.query('query Denied { secrets }');
    await served.query('{ version }', { token: 'forged' });
    const { text: page } = await pageOf(served);
    expect(valueIn(page, 'vss_gateway_errors_total{code="UNAUTHENTICATED"}')).toBe(1);
    // Those without variables: one with variables is kept when it comes again.
    expect(valueIn(page, 'vss_gateway_cache_entries{cache="requests"}')).toBe(2);
    expect(valueIn(page, 'vss_gateway_operation_duration_seconds_count{operation="Status",type="query"}')).toBe(2);
    expect(valueIn(page, 'vss_gateway_operation_errors_total{operation="Status",type="query"}')).toBe(0);
    expect(valueIn(page, 'vss_gateway_operation_errors_total{operation="Notes",type="query"}')).toBe(1);
    expect(valueIn(page, 'vss_gateway_operation_duration_seconds_count{operation="(unnamed)",type="query"}')).toBe(1);
    expect(valueIn(page, 'vss_gateway_errors_total{code="UNAVAILABLE"}')).toBe(1);
    expect(valueIn(page, 'vss_gateway_errors_total{code="GRAPHQL_VALIDATION_FAILED"}')).toBeGreaterThan(0);
    expect(valueIn(page, 'vss_gateway_fetch_duration_seconds_count{subgraph="telephony"}')).toBe(3);
    expect(valueIn(page, 'vss_gateway_fetch_failures_total{subgraph="crm",outcome="failed"}')).toBe(1);
    expect(valueIn(page, 'vss_gateway_fetches_in_flight{subgraph="telephony"}')).toBe(0);
    expect(valueIn(page, 'vss_gateway_operations_in_flight')).toBe(0);
    expect(valueIn(page, 'vss_gateway_cache_misses_total{cache="plans"}')).toBe(3);
    expect(valueIn(page, 'vss_gateway_cache_hits_total{cache="plans"}')).toBe(1);
    expect(valueIn(page, 'vss_gateway_cache_entries{cache="documents"}')).toBe(3);
  });

  it('tell what operations cost, and who came too early', async () => {
    const served = await serve({ settings: { rates: { roles: {}, otherwise: { points: 10_000, requests: 1 } } } });
    const token = await served.token();
    expect((await served.query('query First { calls { id } }', { token })).errors).toBeUndefined();
    expect((await served.query('query Second { calls { id } }', { token })).errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
    const { text: page } = await pageOf(served);
    // What was refused counts too: it was asked for.
    expect(valueIn(page, 'vss_gateway_operation_cost_count')).toBe(2);
    expect(valueIn(page, 'vss_gateway_operation_cost_sum')).toBeGreaterThan(0);
    expect(valueIn(page, 'vss_gateway_rate_limited_total{limit="REQUESTS"}')).toBe(1);
  });

  it('tell of live streams: who is here, what came, what was lost, taken up again and ended', async () => {
    const graph = callCenterGraph();
    const served = await serveTestGateway({ supergraphSdl: graph.supergraphSdl, sources: inProcessSources(graph), settings: { socket: { queuedEvents: 4 } } });
    stops.push(() => served.close());
    const read = async (name: string): Promise<number | undefined> => valueIn((await pageOf(served)).text, `vss_gateway_live_${name}`);
    const client = await signIn(served.url, await served.token());
    client.subscribe('1', 'subscription Watch($after: String) { callUpdated(after: $after) { cursor call { status } } }', { after: '5' });
    await waitFor(async () => graph.streams.size === 1);
    expect([await read('connections'), await read('clients'), await read('upstreams'), await read('opened_total'), await read('replays_total')]).toEqual([1, 1, 1, 1, 1]);
    client.socket.pause();
    for (let i = 1; i <= 60; i++) graph.emit({ cursor: String(i), callId: 'c1', status: 'x'.repeat(400_000) });
    await waitFor(async () => (await read('events_total')) === 60);
    expect(await read('dropped_total')).toBeGreaterThan(0);
    served.gateway.endSession('ses_1');
    client.socket.terminate();
    await waitFor(async () => (await read('connections')) === 0);
    expect([await read('clients'), await read('upstreams')]).toEqual([0, 0]);
    const { text: page } = await pageOf(served);
    expect(valueIn(page, 'vss_gateway_operation_duration_seconds_count{operation="Watch",type="subscription"}')).toBe(1);
    expect(valueIn(page, 'vss_gateway_operations_in_flight')).toBe(0);
  });

  it('tell how many answers were at hand', async () => {
    const graph = composeGraph([
      { name: 'a', sdl: 'type Query { news: String @cacheControl(maxAge: 60) @access(permission: "public") now: String @access(permission: "public") }', resolvers: {} },
    ]);
    const served = await serveTestGateway({ supergraphSdl: graph.supergraphSdl, sources: inProcessSources(graph), settings: { keepsAnswers: true } });
    stops.push(() => served.close());
    for (const field of ['news', 'news', 'news', 'now']) await served.query(`{ ${field} }`);
    const { text: page } = await pageOf(served);
    expect(valueIn(page, 'vss_gateway_cache_hits_total{cache="answers"}')).toBe(2);
    expect(valueIn(page, 'vss_gateway_cache_misses_total{cache="answers"}')).toBe(1);
  });

  it('tell what the guard did not give', async () => {
    const served = await serve();
    await served.query('mutation { callStart(number: "+49") { id } }', { token: await served.token({ grants: { allow: {}, deny: [] } }) });
    expect(valueIn((await pageOf(served)).text, 'vss_gateway_denied_total{permission="calls:start"}')).toBe(1);
  });

  it('are given to callers on this machine, and to none that came through a proxy or by another name', async () => {
    const served = await serve();
    expect((await pageOf(served)).status).toBe(200);
    expect((await pageOf(served, { 'x-forwarded-for': '203.0.113.7' })).status).toBe(404);
    expect((await pageOf(served, { forwarded: 'for=203.0.113.7' })).status).toBe(404);
    expect((await pageOf(served, { host: 'gateway.example.com' })).status).toBe(404);
  });

  it('move to an address of their own', async () => {
    const served = await serve();
    const metrics = await served.gateway.metrics.serve({ host: '127.0.0.1', port: 0 });
    stops.push(() => metrics.close());
    expect((await pageOf(served)).status).toBe(404);
    const { status, text: page } = await pageOf({ url: `http://127.0.0.1:${metrics.port}` }, { 'x-forwarded-for': '203.0.113.7' });
    expect([status, valueIn(page, 'vss_gateway_operations_in_flight')]).toEqual([200, 0]);
    expect((await fetch(`http://127.0.0.1:${metrics.port}/graphql`)).status).toBe(404);
  });

  it('are all there that the dashboard draws', async () => {
    const served = await serve();
    await served.query('{ version }');
    const { text: page } = await pageOf(served);
    const told = new Map([...page.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type = '']) => [name, type]));
    const dashboard = readFileSync(join(import.meta.dirname, '../../../deploy/grafana/vss-gateway.json'), 'utf8');
    const drawn = new Set(dashboard.match(/\b(?:vss|process|nodejs)_[a-z0-9_]+(?=[{)])/g));
    const isTold = (name: string): boolean => told.has(name) || told.get(name.replace(/_(bucket|sum|count)$/, '')) === 'histogram';
    expect(drawn.size).toBeGreaterThan(20);
    expect([...drawn].filter((name) => !isTold(name))).toEqual([]);
    // And nothing that we count is left out of it.
    expect([...told.keys()].filter((name) => name.startsWith('vss_') && !dashboard.includes(name))).toEqual([]);
  });
});

describe('the log', () => {
  it('has a line for a slow operation: what each subgraph took of it, and no value of a variable', async () => {
    const [slow, fast] = [aLog(), aLog()];
    const query = 'query Notes($id: ID!) { call(id: $id) { status notes { text author { username } } } }';
    const ask = async (log: typeof slow, slowOperationMs: number): Promise<string | null> => {
      const served = await serve({ settings: { slowOperationMs }, logger: log.logger });
      return (await served.post({ query, variables: { id: 'c1' } }, { token: await served.token() })).headers.get('x-vss-trace-id');
    };
    await ask(fast, 60_000);
    // Nothing is as fast as this.
    const traceId = await ask(slow, 0.001);
    // Each key is named here: there is no other.
    const took = { count: 1, totalMs: expect.any(Number), longestMs: expect.any(Number) };
    expect(slow.lines).toEqual([
      {
        msg: 'Slow operation',
        operation: 'Notes',
        type: 'query',
        hash: createHash('sha256').update(query).digest('hex'),
        role: 'operator',
        hasErrors: false,
        traceId,
        durationMs: expect.any(Number),
        cost: expect.any(Number),
        fetches: { telephony: took, crm: took, identity: took },
      },
    ]);
    expect(fast.lines).toEqual([]);
  });

  it('has a line for each operation where that is wanted, and none otherwise', async () => {
    const [wanted, unwanted] = [aLog(), aLog()];
    await (await serve({ settings: { accessLog: true }, logger: wanted.logger })).query('query Version { version }');
    await (await serve({ logger: unwanted.logger })).query('query Version { version }');
    expect(wanted.lines).toMatchObject([{ msg: 'Operation', operation: 'Version', role: 'anonymous', hasErrors: false }]);
    expect(unwanted.lines).toEqual([]);
  });
});

it('is not ready while the keys of access tokens can neither be had nor fetched, and says so', async () => {
  const graph = callCenterGraph();
  const { publicJwk } = await generateSigningKey();
  let isThere = false;
  const identity = createServer((_request, response) => (isThere ? response.end(JSON.stringify({ keys: [publicJwk] })) : response.writeHead(503).end()));
  const port = await listen(identity);
  stops.push(() => identity.close());
  const file = join(await mkdtemp(join(tmpdir(), 'vss-ready-')), 'supergraph.graphql');
  await writeFile(file, graph.supergraphSdl);
  const urls = [...graph.schemas.keys()].map((name) => `${name}=http://127.0.0.1:1/graphql`).join(',');
  const gateway = startGatewayProcess({ VSS_SUPERGRAPH: file, VSS_PORT: '0', VSS_SUBGRAPH_URLS: urls, VSS_JWKS_URL: `http://127.0.0.1:${port}/jwks` });
  stops.push(() => gateway.child.kill('SIGKILL'));
  const url = await gateway.ready;
  const ready = async (): Promise<unknown> => {
    const response = await fetch(new URL('/health/ready', url));
    return [response.status, await response.json()];
  };
  expect(await ready()).toMatchObject([503, { status: 'not ready', missing: ['keys'] }]);
  // What asks nobody who he is goes on.
  const asked = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{ __typename }"}' });
  expect(await asked.json()).toMatchObject({ data: { __typename: 'Query' } });
  isThere = true;
  expect(await ready()).toMatchObject([200, { status: 'ready' }]);
  isThere = false;
  expect(await ready()).toMatchObject([200, { status: 'ready' }]);
});
