import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:http';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { loadGatewayConfig } from './config.js';
import { composeGraph } from '../testing/graph.js';
import { MAIN, startGatewayProcess } from '../testing/process.js';
import { listen } from '../testing/serve.js';

const running: ChildProcess[] = [];
let supergraph: string;
let subgraphUrl: string;
let hold = Promise.resolve();

beforeAll(async () => {
  const subgraph = createServer((_request, response) => {
    void hold.then(() => response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"hello":"world"}}'));
  });
  subgraphUrl = `http://127.0.0.1:${await listen(subgraph)}/graphql`;
  const graph = composeGraph([{ name: 'a', sdl: 'type Query { hello: String }', resolvers: {} }], { access: false });
  supergraph = join(await mkdtemp(join(tmpdir(), 'vss-gateway-')), 'supergraph.graphql');
  await writeFile(supergraph, graph.supergraphSdl);
  return async () => {
    subgraph.closeAllConnections();
    subgraph.close();
  };
});
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

function start(env: Record<string, string>) {
  const gateway = startGatewayProcess(env);
  running.push(gateway.child);
  return gateway;
}

const ask = async (url: string, query: string): Promise<unknown> => (await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }) })).json();

describe('the gateway as a process of its own', () => {
  it('serves any supergraph file, and SIGTERM lets a running request finish', async () => {
    const gateway = start({ SUPERGRAPH: supergraph, PORT: '0', VSS_AUTH: 'off', VSS_SUBGRAPH_URLS: `a=${subgraphUrl}` });
    const url = await gateway.ready;
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/graphql$/);
    expect(await ask(url, '{ __typename }')).toMatchObject({ data: { __typename: 'Query' } });
    const held = Promise.withResolvers<void>();
    hold = held.promise;
    const answer = ask(url, '{ hello }');
    // The signal must not overtake the request.
    expect(await ask(url, '{ __typename }')).toMatchObject({ data: { __typename: 'Query' } });
    gateway.child.kill('SIGTERM');
    held.resolve();
    expect(await answer).toMatchObject({ data: { hello: 'world' } });
    expect(await gateway.ended).toMatchObject({ code: 0, out: `Gateway ready at ${url}\n`, err: '' });
  });

  it('asks subgraphs at the addresses that the supergraph says', async () => {
    const addressed = join(dirname(supergraph), 'addressed.graphql');
    await writeFile(addressed, (await readFile(supergraph, 'utf8')).replace('http://a.test/graphql', subgraphUrl));
    const gateway = start({ VSS_SUPERGRAPH: addressed, VSS_PORT: '0', VSS_AUTH: 'off' });
    expect(await ask(await gateway.ready, '{ hello }')).toMatchObject({ data: { hello: 'world' } });
  });

  it('is whole by itself: its folder runs where nothing is installed', async () => {
    const alone = await mkdtemp(join(tmpdir(), 'vss-gateway-alone-'));
    await cp(dirname(MAIN), join(alone, 'dist'), { recursive: true });
    await writeFile(join(alone, 'package.json'), '{"type":"module"}');
    const gateway = startGatewayProcess({ SUPERGRAPH: supergraph, PORT: '0', VSS_AUTH: 'off', VSS_SUBGRAPH_URLS: `a=${subgraphUrl}` }, join(alone, 'dist/main.js'));
    running.push(gateway.child);
    const url = await gateway.ready;
    expect(await ask(url, '{ hello }')).toMatchObject({ data: { hello: 'world' } });
    // What is loaded late is there too: Apollo Server answers what is not a plain POST.
    const byGet = await fetch(`${url}?query={hello}`, { headers: { 'apollo-require-preflight': 'true' } });
    expect(await byGet.json()).toMatchObject({ data: { hello: 'world' } });
    gateway.child.kill('SIGTERM');
    expect(await gateway.ended).toMatchObject({ code: 0, err: '' });
    await rm(alone, { recursive: true });
  });

  it('answers, and stops, while its broker is away', async () => {
    const gateway = start({ SUPERGRAPH: supergraph, PORT: '0', VSS_AUTH: 'off', VSS_SUBGRAPH_URLS: `a=${subgraphUrl}`, AMQP_URL: 'amqp://127.0.0.1:1' });
    expect(await ask(await gateway.ready, '{ hello }')).toMatchObject({ data: { hello: 'world' } });
    gateway.child.kill('SIGTERM');
    expect(await gateway.ended).toMatchObject({ code: 0 });
  });

  it('answers by every way over HTTP, and serves GraphiQL where that is asked for', async () => {
    const url = await start({ SUPERGRAPH: supergraph, PORT: '0', VSS_AUTH: 'off', VSS_GRAPHIQL: 'on', VSS_SUBGRAPH_URLS: `a=${subgraphUrl}` }).ready;
    const byGet = await fetch(`${url}?query={hello}`, { headers: { 'apollo-require-preflight': '1' } });
    expect(await byGet.json()).toMatchObject({ data: { hello: 'world' } });
    const stream = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', accept: 'text/event-stream' }, body: '{"query":"{ hello }"}' });
    expect(await stream.text()).toMatch(/^:\n\nevent: next\ndata: \{"data":\{"hello":"world"\}.*\}\n\nevent: complete\ndata:\n\n$/);
    const page = await fetch(new URL('/graphiql', url));
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('GraphiQL')]);
  });

  it('asks who is there unless told otherwise', async () => {
    const gateway = start({ VSS_SUPERGRAPH: supergraph, VSS_PORT: '0', VSS_SUBGRAPH_URLS: `a=${subgraphUrl}` });
    const url = await gateway.ready;
    expect(await ask(url, '{ __typename }')).toMatchObject({ data: { __typename: 'Query' } });
    expect(await ask(url, '{ hello }')).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', authorization: 'Bearer x' }, body: '{"query":"{ __typename }"}' });
    expect(response.status).toBe(401);
  });

  it('stops with one clear line on a taken port, an unreadable supergraph and a subgraph without address', async () => {
    const taken = createServer();
    const port = String(await listen(taken));
    const broken = join(tmpdir(), `vss-broken-${process.pid}.graphql`);
    await writeFile(broken, 'type Query { hello: String }');
    const homeless = join(tmpdir(), `vss-homeless-${process.pid}.graphql`);
    await writeFile(homeless, (await readFile(supergraph, 'utf8')).replace('http://a.test/graphql', ''));
    const base = { VSS_AUTH: 'off', VSS_SUBGRAPH_URLS: `a=${subgraphUrl}`, VSS_PORT: '0' };
    for (const [env, line] of [
      [{ ...base, VSS_SUPERGRAPH: supergraph, VSS_PORT: port }, /^The gateway cannot listen on 127\.0\.0\.1:\d+: the port is taken\n$/],
      [{ ...base, VSS_SUPERGRAPH: '/nowhere.graphql' }, /^The supergraph \/nowhere\.graphql cannot be read: .*ENOENT.*\n$/],
      [{ ...base, VSS_SUPERGRAPH: broken }, /^The supergraph cannot be used: .*\n$/],
      [{ VSS_AUTH: 'off', VSS_PORT: '0', VSS_SUPERGRAPH: homeless }, /^The subgraph a has no address: name it in VSS_SUBGRAPH_URLS\n$/],
      [{ ...base, VSS_SUPERGRAPH: supergraph, VSS_HOST: '0.0.0.0' }, /VSS_AUTH: off is refused on 0\.0\.0\.0: only on a loopback address\n$/],
      [{ ...base, VSS_SUPERGRAPH: supergraph, VSS_SUBGRAPH_URLS: 'b=http://127.0.0.1:1' }, /^VSS_SUBGRAPH_URLS names subgraphs .*: b\n$/],
    ] as const) {
      const { code, err } = await start(env).ended;
      expect(err).toMatch(line);
      expect(code).toBe(1);
    }
    taken.close();
  });
});

describe('settings', () => {
  it('take PORT and SUPERGRAPH in place of the longer names', () => {
    expect(loadGatewayConfig({ PORT: '5000', SUPERGRAPH: 'a' })).toMatchObject({ port: 5000, supergraph: 'a', host: '127.0.0.1', isAuthenticated: true });
    expect(loadGatewayConfig({ PORT: '5000', VSS_PORT: '4001', SUPERGRAPH: 'a', VSS_SUPERGRAPH: 'b' })).toMatchObject({ port: 4001, supergraph: 'b' });
    expect(loadGatewayConfig({ SUPERGRAPH: 'a' }).port).toBe(4000);
  });

  it('refuse to go without authentication on an address that others reach', () => {
    expect(() => loadGatewayConfig({ SUPERGRAPH: 'a', VSS_AUTH: 'off', VSS_HOST: '0.0.0.0' })).toThrow(/VSS_AUTH/);
    expect(() => loadGatewayConfig({ SUPERGRAPH: 'a', VSS_AUTH: 'off', VSS_HOST: '::1' })).not.toThrow();
  });

  it('limit requests to all subgraphs, or to one', () => {
    const limitsOf = (text: string) => loadGatewayConfig({ SUPERGRAPH: 'a', VSS_SUBGRAPH_LIMITS: text }).subgraphLimits;
    expect(limitsOf('deadlineMs=3000, crm.deadlineMs=800,crm.failureRatio=0.2')).toEqual({ resilience: { deadlineMs: 3_000 }, resilienceOf: { crm: { deadlineMs: 800, failureRatio: 0.2 } } });
    for (const wrong of ['deadline=1', 'deadlineMs=-1', 'deadlineMs=0', 'deadlineMs', 'a.b.queue=1', 'toString=1']) expect(() => limitsOf(wrong)).toThrow(/VSS_SUBGRAPH_LIMITS/);
  });

  it('report every problem at once', () => {
    expect(() => loadGatewayConfig({ VSS_PORT: 'x', VSS_AUTH: 'maybe' })).toThrow(/VSS_PORT.*VSS_AUTH|VSS_AUTH.*VSS_PORT/);
  });
});
