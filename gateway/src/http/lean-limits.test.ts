import { afterEach, describe, expect, it } from 'vitest';
import { callCenterGraph } from '../../testing/call-center.js';
import { inProcessSources, type Hook } from '../../testing/graph.js';
import { isLean, openRaw, postRequest } from '../../testing/raw-http.js';
import { serveTestGateway, type Served } from '../../testing/serve.js';
import type { GatewaySettings } from '../settings.js';

const version = postRequest({ query: '{ version }' });
const QUICK: GatewaySettings['connection'] = { headersMs: 200, requestMs: 400, idleMs: 400, slowReaderMs: 400 };

let served: Served;
afterEach(() => served.close());

async function serve({ settings = {}, identity }: { settings?: Partial<GatewaySettings>; identity?: Hook }): Promise<Served> {
  const graph = callCenterGraph();
  served = await serveTestGateway({ supergraphSdl: graph.supergraphSdl, sources: inProcessSources(graph, identity ? { identity } : {}), settings });
  return served;
}

/** A subgraph that answers when it is told to. */
function held() {
  const asked = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  const identity: Hook = async () => {
    asked.resolve();
    await go.promise;
    return { data: { version: '1' } };
  };
  return { identity, asked: asked.promise, go: go.resolve };
}

describe('a connection is closed', () => {
  it('when no request comes', async () => {
    const { port } = await serve({ settings: { connection: QUICK } });
    expect(await (await openRaw(port)).closed).toBe('');
  });

  it('when no further request comes', async () => {
    const { port } = await serve({ settings: { connection: QUICK } });
    const client = await openRaw(port);
    await client.write(version);
    expect((await client.next()).status).toBe(200);
    expect(await client.closed).toBe('');
  });

  it.each([
    ['a head', version.slice(0, 60)],
    ['a first line', 'POST'],
    ['a body', version.slice(0, -3)],
    ['something else', 'GET /heal'],
  ])('with 408 when %s does not become whole', async (_what, bytes) => {
    const { port } = await serve({ settings: { connection: QUICK } });
    const client = await openRaw(port);
    await client.write(bytes);
    expect(await client.closed).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('with 408 when it becomes whole too slowly, byte by byte', async () => {
    const { port } = await serve({ settings: { connection: QUICK } });
    const client = await openRaw(port);
    const trickle = setInterval(() => client.socket.write('a'), 20);
    await client.write('POST /graphql HTTP/1.1\r\nx-a: ');
    expect(await client.closed).toMatch(/^HTTP\/1\.1 408 /);
    clearInterval(trickle);
  });

  it.each([
    ['the lean front', version],
    ['the ordinary server', postRequest({ query: '{ version }' }, { 'x-many': 'x'.repeat(10_000) })],
  ])('when the client does not read its answers: %s, which does not make what was asked for meanwhile', async (_which, request) => {
    const answers = { count: 0 };
    const identity: Hook = () => {
      answers.count++;
      return Promise.resolve({ data: { version: 'x'.repeat(1_000_000) } });
    };
    const { port } = await serve({ settings: { connection: QUICK }, identity });
    const client = await openRaw(port);
    client.socket.pause();
    for (let count = 0; count < 300; count++) client.socket.write(request);
    // Who does not read learns of the end by writing.
    const trickle = setInterval(() => client.socket.write(request), 20);
    await client.closed;
    clearInterval(trickle);
    expect(answers.count).toBeLessThan(30);
    expect(await (await fetch(`http://127.0.0.1:${port}/health/live`)).json()).toEqual({ status: 'live' });
  });
});

describe('while the gateway stops', () => {
  it.each([
    ['the lean front', {}, true],
    ['the ordinary server', { 'x-many': 'x'.repeat(10_000) }, false],
  ])('%s finishes the answer under way, closes, and takes no further request', async (_which, headers, isLeanly) => {
    const { identity, asked, go } = held();
    const { port } = await serve({ identity });
    const idle = await openRaw(port);
    const busy = await openRaw(port);
    await busy.write(postRequest({ query: '{ version }' }, headers));
    await asked;
    const closing = served.close();
    expect(await idle.closed).toBe('');
    await expect(openRaw(port)).rejects.toThrow(/ECONNREFUSED/);
    go();
    const response = await busy.next();
    expect([response.body, isLean(response)]).toEqual(['{"data":{"version":"1"},"extensions":{"cost":{"requested":0,"limit":100000}}}', isLeanly]);
    expect(await busy.closed).toBe('');
    await closing;
  });

  it('a connection without end does not hold it up', async () => {
    const { identity, asked } = held();
    const { port } = await serve({ identity, settings: { drainMs: 100 } });
    const busy = await openRaw(port);
    await busy.write(version);
    await asked;
    await served.close();
    expect(await busy.closed).toBe('');
  });
});
