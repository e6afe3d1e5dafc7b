import { createServer, type ServerResponse } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createHttpSource, type Gateway } from '@vss/gateway';
import { composeGraph } from '../../testing/graph.js';
import { listen, serveTestGateway } from '../../testing/serve.js';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

interface Far {
  readonly url: string;
  readonly requests: string[];
  connections: number;
}

/** A subgraph that answers every field with its own name, or when `hold` says so. */
async function subgraph(name: string, hold?: (response: () => void) => void): Promise<Far> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      far.requests.push(body);
      const send = (): ServerResponse => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data: { a: name, b: name, fresh: name } }));
      if (hold) hold(send);
      else send();
    });
  });
  const far: Far = { url: `http://127.0.0.1:${await listen(server)}/graphql`, requests: [], connections: 0 };
  server.on('connection', () => (far.connections += 1));
  stops.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return far;
}

/** The supergraph of some subgraphs: `name: [its fields, its address]`. */
function sdlOf(subgraphs: Record<string, readonly [string, Far]>, note = ''): string {
  const { supergraphSdl } = composeGraph(Object.entries(subgraphs).map(([name, [fields]]) => ({ name, sdl: `type Query { ${fields} }`, resolvers: {} })), { access: false });
  return Object.entries(subgraphs).reduce((sdl, [name, [, { url }]]) => sdl.replace(`http://${name}.test/graphql`, url), `# ${note}\n${supergraphSdl}`);
}

async function serve(supergraphSdl: string) {
  const served = await serveTestGateway({ supergraphSdl, sources: ({ name, url }) => createHttpSource({ name, url }), settings: { isAuthenticated: false } });
  stops.push(() => served.close());
  return served;
}

const until = (check: () => unknown): Promise<unknown> => vi.waitFor(check, { timeout: 10_000, interval: 5 });
const version = ({ supergraph }: Gateway): string => supergraph.version;

describe('another supergraph', () => {
  it('answers new requests from the moment it is taken', async () => {
    const a = await subgraph('a');
    const b = await subgraph('b');
    const served = await serve(sdlOf({ a: ['a: String', a] }));
    expect((await served.query('{ a fresh }')).errors?.[0]?.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
    const before = version(served.gateway);
    expect(await served.gateway.replaceSupergraph(sdlOf({ a: ['a: String', a], b: ['fresh: String', b] }))).toBe('taken');
    expect(await served.query('{ a fresh }')).toMatchObject({ data: { a: 'a', fresh: 'b' } });
    expect(version(served.gateway)).not.toBe(before);
    expect(a.connections).toBe(1);
  });

  it('lets a request under way end by the one that it began with, at the address that was then right', async () => {
    const held: (() => void)[] = [];
    const old = await subgraph('old', (send) => held.push(send));
    const next = await subgraph('next');
    const served = await serve(sdlOf({ a: ['a: String b: String', old] }));
    const answer = served.query('{ a b }');
    await until(() => expect(held).toHaveLength(1));
    expect(await served.gateway.replaceSupergraph(sdlOf({ a: ['a: String', next] }))).toBe('taken');
    expect(await served.query('{ a }')).toMatchObject({ data: { a: 'next' } });
    held[0]?.();
    expect(await answer).toMatchObject({ data: { a: 'old', b: 'old' } });
  });

  it.each([
    ['is no GraphQL', () => 'type Query {'],
    ['is no supergraph', () => 'type Query { a: String }'],
    ['names a subgraph without an address', (sdl: string) => sdl.replace(/url: "[^"]*graphql"/, 'url: ""')],
  ])('is refused when it %s: what is in use stays, and the reason is kept', async (_what, spoil) => {
    const a = await subgraph('a');
    const sdl = sdlOf({ a: ['a: String', a] });
    const served = await serve(sdl);
    const before = version(served.gateway);
    expect(await served.gateway.replaceSupergraph(`# other\n${spoil(sdl)}`)).toBe('refused');
    expect(served.gateway.supergraph).toMatchObject({ version: before, refused: { reason: expect.stringMatching(/supergraph|URL/), at: expect.any(Date) } });
    expect(await served.query('{ a }')).toMatchObject({ data: { a: 'a' } });
    const metrics = await (await fetch(new URL('/metrics', served.url))).text();
    expect(metrics).toContain(`vss_gateway_supergraph{version="${before}",state="in use"} 1`);
    expect(metrics).toContain(`vss_gateway_supergraph{version="${served.gateway.supergraph.refused?.version}",state="refused"} 1`);
    expect(await served.gateway.replaceSupergraph(sdl)).toBe('same');
  });

  it('is refused when it hands values down by @fromContext, and says which fields do', async () => {
    const a = await subgraph('a');
    const served = await serve(sdlOf({ a: ['a: String', a] }));
    const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@context", "@fromContext"])';
    const sdl = `${link} type Query { shop: Shop } type Shop @key(fields: "id") @context(name: "shop") { id: ID! currency: String item: Item } type Item @key(fields: "id") { id: ID! price(in: String @fromContext(field: "$shop { currency }")): Int }`;
    const { supergraphSdl } = composeGraph([{ name: 'a', sdl, resolvers: {} }], { access: false });
    expect(await served.gateway.replaceSupergraph(supergraphSdl)).toBe('refused');
    expect(served.gateway.supergraph.refused?.reason).toBe('The supergraph cannot be used: @fromContext is not supported, and these fields need it: Item.price');
  });

  it('is not taken twice', async () => {
    const a = await subgraph('a');
    const served = await serve(sdlOf({ a: ['a: String', a] }));
    const next = sdlOf({ a: ['a: String', a] }, 'next');
    expect(await Promise.all([served.gateway.replaceSupergraph(next), served.gateway.replaceSupergraph(next)])).toEqual(['taken', 'same']);
  });

  it('may come a hundred times under load: no request fails, and nothing of the old ones stays', async () => {
    const a = await subgraph('a');
    const b = await subgraph('b');
    const sdls = ['a: String', 'a: String fresh: String'].map((fields) => sdlOf({ a: [fields, a], b: ['b: String', b] }));
    const served = await serve(sdls[1] ?? '');
    const seen: WeakRef<object>[] = [];
    const failed: unknown[] = [];
    const load = { isOver: false, answered: 0 };
    const clients = Array.from({ length: 4 }, async (_item, client) => {
      while (!load.isOver) {
        const { data, errors } = await served.query(client % 2 ? '{ a b }' : `query Q${load.answered} { b a }`);
        if (errors || data.a !== 'a' || data.b !== 'b') failed.push({ data, errors });
        load.answered += 1;
      }
    });
    for (let n = 0; n < 100; n += 1) {
      seen.push(new WeakRef(served.gateway.schema));
      expect(await served.gateway.replaceSupergraph(`# ${n}\n${sdls[n % 2]}`)).toBe('taken');
    }
    load.isOver = true;
    await Promise.all(clients);
    expect(failed).toEqual([]);
    expect(load.answered).toBeGreaterThan(100);
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    await until(() => {
      collect();
      // The last ones may still be held by what the engine remembers of the latest calls.
      expect(seen.filter((ref) => ref.deref() !== undefined).length).toBeLessThan(3);
    });
  }, 60_000);
});
