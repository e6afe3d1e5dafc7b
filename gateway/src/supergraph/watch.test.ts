import { createServer, type IncomingHttpHeaders } from 'node:http';
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { composeGraph } from '../../testing/graph.js';
import { startGatewayProcess, type GatewayProcess } from '../../testing/process.js';
import { listen } from '../../testing/serve.js';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

let folder: string;
let subgraphUrl: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vss-supergraph-'));
  const subgraph = createServer((_request, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"a":"A","b":"B","c":"C"}}'));
  subgraphUrl = `http://127.0.0.1:${await listen(subgraph)}/graphql`;
  stops.push(
    () => rm(folder, { recursive: true }),
    () => subgraph.closeAllConnections(),
    () => subgraph.close(),
  );
});

const sdlOf = (fields: string): string => composeGraph([{ name: 'a', sdl: `type Query { ${fields} }`, resolvers: {} }], { access: false }).supergraphSdl;
const until = (check: () => unknown): Promise<unknown> => vi.waitFor(check, { timeout: 20_000, interval: 20 });

async function start(supergraph: string, env: Record<string, string> = {}) {
  const gateway = startGatewayProcess({ VSS_SUPERGRAPH: supergraph, VSS_PORT: '0', VSS_AUTH: 'off', VSS_SUBGRAPH_URLS: `a=${subgraphUrl}`, VSS_LOG_LEVEL: 'info', ...env });
  stops.push(() => gateway.child.kill('SIGKILL'));
  const url = await gateway.ready;
  const ask = async (query: string): Promise<unknown> =>
    ((await (await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }) })).json()) as { data?: unknown }).data;
  const health = async () => (await (await fetch(new URL('/health/ready', url))).json()) as { supergraph: string; refusedSupergraph?: string };
  return { gateway, ask, health };
}

async function logOf({ child, ended }: GatewayProcess): Promise<string[]> {
  child.kill('SIGTERM');
  const { code, err } = await ended;
  expect(code).toBe(0);
  return err.split('\n').filter((line) => line.includes('supergraph'));
}

describe('a supergraph file', () => {
  it('that is written anew, or replaced by another, is taken without a restart; a bad one is refused once and told once', async () => {
    const file = join(folder, 'supergraph.graphql');
    await writeFile(file, sdlOf('a: String'));
    const { gateway, ask, health } = await start(file);
    expect(await ask('{ a }')).toEqual({ a: 'A' });

    await writeFile(file, sdlOf('a: String b: String'));
    await until(async () => expect(await ask('{ b }')).toEqual({ b: 'B' }));

    const { supergraph } = await health();
    for (const text of ['type Query { a: Strin', 'type Query { a: Stri']) {
      const { refusedSupergraph } = await health();
      await writeFile(file, text);
      await until(async () => expect((await health()).refusedSupergraph).not.toBe(refusedSupergraph));
      await writeFile(file, text);
    }
    expect(await health()).toMatchObject({ supergraph });
    expect(await ask('{ b }')).toEqual({ b: 'B' });

    await writeFile(`${file}.new`, sdlOf('a: String b: String c: String'));
    await rename(`${file}.new`, file);
    await until(async () => expect(await ask('{ c }')).toEqual({ c: 'C' }));
    expect((await health()).refusedSupergraph).toBeUndefined();
    const log = await logOf(gateway);
    expect(log.filter((line) => line.includes('was refused'))).toHaveLength(2);
    expect(log.filter((line) => line.includes('is in use'))).toHaveLength(2);
  });

  it('may be a link into a folder that is exchanged as a whole', async () => {
    for (const [version, fields] of [['1', 'a: String'], ['2', 'a: String b: String']] as const) {
      await mkdir(join(folder, version));
      await writeFile(join(folder, version, 'supergraph.graphql'), sdlOf(fields));
    }
    await symlink('1', join(folder, 'data'));
    await symlink('data/supergraph.graphql', join(folder, 'supergraph.graphql'));
    const { ask } = await start(join(folder, 'supergraph.graphql'));
    await symlink('2', join(folder, 'next'));
    await rename(join(folder, 'next'), join(folder, 'data'));
    await until(async () => expect(await ask('{ b }')).toEqual({ b: 'B' }));
  });

  it('that is gone for a while is told once, and taken when it is back', async () => {
    const file = join(folder, 'supergraph.graphql');
    await writeFile(file, sdlOf('a: String'));
    const { gateway, ask } = await start(file, { VSS_SUPERGRAPH_POLL_MS: '100' });
    let told = '';
    gateway.child.stderr?.on('data', (chunk) => (told += String(chunk)));
    await rm(file);
    await until(() => expect(told).toContain('cannot be read'));
    expect(await ask('{ a }')).toEqual({ a: 'A' });
    await writeFile(file, sdlOf('a: String b: String'));
    await until(async () => expect(await ask('{ b }')).toEqual({ b: 'B' }));
    expect((await logOf(gateway)).filter((line) => line.includes('cannot be read'))).toHaveLength(1);
  });
});

describe('a supergraph address', () => {
  it('is asked again and again, and gives the text only when it is another', async () => {
    const asked: IncomingHttpHeaders[] = [];
    const served = { text: sdlOf('a: String'), etag: '"1"', isBroken: false };
    const server = createServer((request, response) => {
      asked.push(request.headers);
      if (served.isBroken) response.writeHead(503).end();
      else if (request.headers['if-none-match'] === served.etag) response.writeHead(304).end();
      else response.writeHead(200, { etag: served.etag }).end(served.text);
    });
    const url = `http://127.0.0.1:${await listen(server)}/supergraph.graphql`;
    stops.push(() => server.closeAllConnections(), () => server.close());
    const { gateway, ask } = await start(url, { VSS_SUPERGRAPH_POLL_MS: '100' });
    expect(asked[0]?.['if-none-match']).toBeUndefined();
    await until(() => expect(asked.filter((headers) => headers['if-none-match'] === '"1"').length).toBeGreaterThan(1));
    served.isBroken = true;
    const seen = asked.length;
    await until(() => expect(asked.length).toBeGreaterThan(seen + 2));
    expect(await ask('{ a }')).toEqual({ a: 'A' });
    Object.assign(served, { text: sdlOf('a: String b: String'), etag: '"2"', isBroken: false });
    await until(async () => expect(await ask('{ b }')).toEqual({ b: 'B' }));
    const log = await logOf(gateway);
    expect(log.filter((line) => line.includes('answered 503'))).toHaveLength(1);
  });
});
