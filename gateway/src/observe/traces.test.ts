import { createServer, type IncomingMessage } from 'node:http';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { startCollector } from '@vss/testing';
import { composeGraph } from '../../testing/graph.js';
import { startGatewayProcess } from '../../testing/process.js';
import { listen } from '../../testing/serve.js';

const [TRACE, CLIENT_SPAN] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'];
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

/** A gateway in a process of its own before one subgraph that tells what it was sent. */
async function start(env: Record<string, string>) {
  const sent: IncomingMessage['headers'][] = [];
  const subgraph = createServer((request, response) => {
    sent.push(request.headers);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"hello":"world"}}');
  });
  const url = `http://127.0.0.1:${await listen(subgraph)}/graphql`;
  const graph = composeGraph([{ name: 'a', sdl: 'type Query { hello: String }', resolvers: {} }], { access: false });
  const file = join(await mkdtemp(join(tmpdir(), 'vss-traces-')), 'supergraph.graphql');
  await writeFile(file, graph.supergraphSdl);
  const gateway = startGatewayProcess({ VSS_SUPERGRAPH: file, VSS_PORT: '0', VSS_AUTH: 'off', VSS_SUBGRAPH_URLS: `a=${url}`, ...env });
  stops.push(() => subgraph.close(), () => subgraph.closeAllConnections(), () => gateway.child.kill('SIGKILL'));
  const address = await gateway.ready;
  const ask = async (headers: Record<string, string> = {}): Promise<string | null> => {
    const response = await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: '{"query":"query Hello { hello }"}' });
    expect(await response.json()).toMatchObject({ data: { hello: 'world' } });
    return response.headers.get('x-vss-trace-id');
  };
  return { gateway, address, sent, ask };
}

it('the built gateway records the trace that a client is in, and the subgraph is told its place in it', async () => {
  const collector = await startCollector();
  stops.push(() => collector.close());
  const { ask, sent, gateway } = await start({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, VSS_TRACE_RATIO: '0' });
  // The second time it is a known operation: the short way tells as much as the long one.
  for (let i = 0; i < 2; i++) expect(await ask({ traceparent: `00-${TRACE}-${CLIENT_SPAN}-01` })).toBe(TRACE);
  await ask({ traceparent: `00-${TRACE}-${CLIENT_SPAN}-00` });
  await ask();
  // What is recorded is sent before it ends.
  gateway.child.kill('SIGTERM');
  expect(await gateway.ended).toMatchObject({ code: 0, err: '' });
  const named = (name: string) => collector.spans.filter((span) => span.name === name);
  expect(collector.spans.map(({ name }) => name).sort()).toEqual(['fetch a', 'fetch a', 'plan', 'query Hello', 'query Hello']);
  for (const { service, parentSpanId } of named('query Hello')) expect([service, parentSpanId]).toEqual(['vss-gateway', CLIENT_SPAN]);
  expect(named('fetch a').map(({ parentSpanId }) => parentSpanId)).toEqual(named('query Hello').map(({ spanId }) => spanId));
  expect(sent.slice(0, 2).map(({ traceparent }) => traceparent)).toEqual(named('fetch a').map(({ spanId }) => `00-${TRACE}-${spanId}-01`));
  expect(sent[2]?.['traceparent']).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-00$`));
});

it('without an address for traces ids travel all the same, and metrics are told', async () => {
  const { ask, sent, address } = await start({});
  const traceId = await ask();
  expect(traceId).toMatch(/^[0-9a-f]{32}$/);
  expect(sent[0]?.['traceparent']).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-00$`));
  // A malformed one is no trace.
  expect(await ask({ traceparent: `00-${TRACE}-${CLIENT_SPAN}` })).not.toBe(TRACE);
  const page = await (await fetch(new URL('/metrics', address))).text();
  expect(page).toContain('vss_gateway_operation_duration_seconds_count{operation="Hello",type="query"} 2');
  expect(page).toMatch(/^nodejs_version_info/m);
});
