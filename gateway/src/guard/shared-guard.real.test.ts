import { createHash } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { silentLogger } from '@vss/runtime';
import { startRedis, type Redis } from '../../../tests/services/redis.js';
import { callCenterGraph } from '../../testing/call-center.js';
import { inProcessSources } from '../../testing/graph.js';
import { startGatewayProcess, type GatewayProcess } from '../../testing/process.js';
import { serveTestGateway, type GraphqlBody, type Served } from '../../testing/serve.js';
import { createRedisCache } from '../cache/redis-cache.js';

let redis: Redis;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis?.stop());
const stops: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

const graph = callCenterGraph();

describe('gateways of their own that share a Redis', () => {
  const aDocument = (name: string): string => `query ${name} { __typename }`;
  const hashOnly = (query: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(query).digest('hex') } } });
  const ANSWER = { data: { __typename: 'Query' } };

  async function aGateway(): Promise<{ gateway: GatewayProcess; ask(body: object): Promise<GraphqlBody> }> {
    const file = join(await mkdtemp(join(tmpdir(), 'vss-shared-')), 'supergraph.graphql');
    await writeFile(file, graph.supergraphSdl);
    const urls = [...graph.schemas.keys()].map((name) => `${name}=http://127.0.0.1:1/graphql`).join(',');
    const gateway = startGatewayProcess({ VSS_SUPERGRAPH: file, VSS_PORT: '0', VSS_AUTH: 'off', VSS_SUBGRAPH_URLS: urls, VSS_REDIS_URL: redis.url });
    stops.push(() => void gateway.child.kill('SIGKILL'));
    const url = await gateway.ready;
    return { gateway, ask: async (body) => (await (await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })).json()) as GraphqlBody };
  }

  it('know each other’s documents, answer all the same while it is away, and go on sharing when it is back', async () => {
    const [one, other] = await Promise.all([aGateway(), aGateway()]);
    const shared = async (query: string): Promise<void> => {
      expect(await one.ask({ query, ...hashOnly(query) })).toMatchObject(ANSWER);
      expect(await other.ask(hashOnly(query))).toMatchObject(ANSWER);
    };
    await vi.waitFor(() => shared(aDocument('First')), { timeout: 10_000 });

    const asking = [one, other].map(async ({ ask }) => {
      const answers: GraphqlBody[] = [];
      for (let i = 0; i < 100; i++) answers.push(await ask(i % 2 ? hashOnly(aDocument('First')) : { query: aDocument(`While${i}`) }));
      return answers;
    });
    await redis.kill();
    for (const answers of await Promise.all(asking)) expect(answers.filter(({ errors }) => errors)).toEqual([]);
    const alone = aDocument('Alone');
    expect(await one.ask({ query: alone, ...hashOnly(alone) })).toMatchObject(ANSWER);
    expect(await one.ask(hashOnly(alone))).toMatchObject(ANSWER);
    expect(await other.ask(hashOnly(alone))).toMatchObject({ errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] });

    await redis.start();
    let attempt = 0;
    await vi.waitFor(() => shared(aDocument(`Again${++attempt}`)), { timeout: 20_000, interval: 200 });
    for (const { gateway } of [one, other]) {
      gateway.child.kill('SIGTERM');
      expect((await gateway.ended).code).toBe(0);
    }
  });
});

describe('an allowance at two gateways', () => {
  const LIMIT = 60;
  async function aGateway(): Promise<Served> {
    const sharedCache = createRedisCache({ url: redis.url, logger: silentLogger, reconnectMs: 50 });
    const served = await serveTestGateway({ supergraphSdl: graph.supergraphSdl, sources: inProcessSources(graph), sharedCache, settings: { rates: { roles: { anonymous: { points: 1e9, requests: LIMIT } }, otherwise: { points: 1e9, requests: 1e9 } } } });
    stops.push(() => served.close());
    return served;
  }

  it('is one, but for a bucket more until they have heard of each other, and holds while Redis comes and goes', async () => {
    const gateways = await Promise.all([aGateway(), aGateway()]);
    const startedAt = Date.now();
    let admitted = 0;
    const ask = async ({ post }: Served): Promise<boolean> => {
      const { status, body } = await post({ query: '{ version }' });
      expect([200, 429]).toContain(status);
      expect(body.errors?.[0]?.extensions['code'] ?? 'answered').toBe(status === 200 ? 'answered' : 'RATE_LIMITED');
      if (status === 200) admitted++;
      return status === 200;
    };
    for (const stir of [async () => undefined, () => redis.kill(), () => redis.start()]) {
      const stirred = stir();
      for (let i = 0; i < 150; i++) await Promise.all(gateways.map(ask));
      await stirred;
    }
    const flown = ((Date.now() - startedAt) * LIMIT) / 60_000;
    expect(admitted).toBeLessThanOrEqual(gateways.length * (LIMIT + flown) + 1);
    // Both of them owe by now, and say so as soon as they have heard of each other.
    await vi.waitFor(async () => expect(await Promise.all([...gateways, ...gateways].map(ask))).toContain(false), { timeout: 10_000 });
  });
});
