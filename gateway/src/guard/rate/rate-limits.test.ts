import { afterEach, describe, expect, it } from 'vitest';
import { callCenterGraph } from '../../../testing/call-center.js';
import { inProcessSources } from '../../../testing/graph.js';
import { adminGrants, aUser, serveTestGateway, type GraphqlBody, type Served } from '../../../testing/serve.js';
import { signIn } from '../../../testing/socket-client.js';
import { clientNetwork, createRateLimiter, type RateSettings } from './rate-limiter.js';

let served: Served;
afterEach(() => served?.close());

const open = async (rates: RateSettings): Promise<Served> => {
  const graph = callCenterGraph();
  return (served = await serveTestGateway({ supergraphSdl: graph.supergraphSdl, sources: inProcessSources(graph), settings: { rates } }));
};
const a = (points: number, requests: number) => ({ points, requests });
const limited = (limit: string, most: number) => [{ extensions: { code: 'RATE_LIMITED', limit, most, retryAfterMs: expect.any(Number) } }];

describe('who asks too much', () => {
  it('is told when to come back, and others are served', async () => {
    const { query, token } = await open({ roles: {}, otherwise: a(1_000, 2) });
    const [one, other] = [await token(), await token({ userId: 'u2', sessionId: 'ses_2' })];
    for (let i = 0; i < 2; i++) expect((await query('{ version }', { token: one })).errors).toBeUndefined();
    const { data, errors } = await query('{ version }', { token: one });
    expect(data).toBeUndefined();
    expect(errors).toMatchObject(limited('REQUESTS', 2));
    expect(errors?.[0]?.extensions['retryAfterMs']).toBeGreaterThan(20_000);
    expect((await query('{ version }', { token: other })).errors).toBeUndefined();
    expect((await query('{ version }')).errors).toBeUndefined();
  });

  it.each([
    ['POST', {}],
    ['GET', { 'apollo-require-preflight': 'yes' }],
  ])('sees it in the status and a header of a %s, too', async (method, headers) => {
    const { url, token } = await open({ roles: {}, otherwise: a(1_000, 1) });
    const authorization = `Bearer ${await token()}`;
    const ask = () =>
      method === 'GET'
        ? fetch(`${url}?query=${encodeURIComponent('{ version }')}`, { headers: { authorization, ...headers } })
        : fetch(url, { method: 'POST', headers: { authorization, 'content-type': 'application/json' }, body: '{"query":"{ version }"}' });
    expect((await ask()).status).toBe(200);
    const answer = await ask();
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '60']);
    expect(((await answer.json()) as GraphqlBody).errors).toMatchObject(limited('REQUESTS', 1));
  });

  it('pays by what his operations cost', async () => {
    const { query, token } = await open({ roles: {}, otherwise: a(10, 1_000) });
    const one = await token();
    expect((await query('{ calls { id } }', { token: one })).errors).toBeUndefined();
    expect((await query('{ call(id: "c1") { id } }', { token: one })).errors).toMatchObject(limited('COST', 10));
    expect((await query('{ version }', { token: one })).errors).toBeUndefined();
  });

  it('has the limits of his role, and nobody those of another address', async () => {
    const { query, token } = await open({ roles: { anonymous: a(1_000, 1), supervisor: a(1_000, 3) }, otherwise: a(1_000, 2) });
    const admitted = async (given?: string): Promise<number> => {
      for (let count = 0; ; count++) if ((await query('{ version }', given ? { token: given } : {})).errors) return count;
    };
    expect([await admitted(), await admitted(await token()), await admitted(await token({ role: 'supervisor', userId: 'u2', sessionId: 'ses_2', grants: adminGrants }))]).toEqual([1, 2, 3]);
  });

  it('is told in-band over WebSocket, where queries and streams count too', async () => {
    const { url, token } = await open({ roles: {}, otherwise: a(1_000, 2) });
    const client = await signIn(url, await token());
    client.subscribe('1', 'subscription { callUpdated { cursor } }');
    client.subscribe('2', '{ version }');
    expect((await client.next()).payload).toEqual({ data: { version: '1' } });
    expect((await client.next()).type).toBe('complete');
    client.subscribe('3', 'subscription { callUpdated { cursor } }');
    expect(await client.next()).toMatchObject({ id: '3', type: 'error', payload: limited('REQUESTS', 2) });
    await client.close();
  });
});

describe('an allowance', () => {
  const settings = { roles: {}, otherwise: a(600, 60) };
  const limiter = () => {
    const clock = { ms: 0 };
    const made = createRateLimiter({ settings, now: () => clock.ms });
    const takes = (cost: number, actor = aUser(), address = ''): boolean => {
      try {
        made.take(actor, address, cost);
        return true;
      } catch {
        return false;
      }
    };
    return { clock, takes };
  };

  it('comes back evenly, up to a minute of it', () => {
    const { clock, takes } = limiter();
    expect([takes(600), takes(1)]).toEqual([true, false]);
    clock.ms = 1_000;
    expect([takes(11), takes(10), takes(1)]).toEqual([false, true, false]);
    clock.ms = 3_600_000;
    expect([takes(600), takes(1)]).toEqual([true, false]);
  });

  it('that is full admits what costs more than it holds, and is paid for afterwards', () => {
    const { clock, takes } = limiter();
    expect([takes(1_200), takes(1)]).toEqual([true, false]);
    clock.ms = 60_000;
    expect(takes(1)).toBe(false);
    clock.ms = 61_000;
    expect(takes(1)).toBe(true);
  });

  it('is each session’s own, while a user has three of them in all', () => {
    const { takes } = limiter();
    const session = (number: number) => aUser({ sessionId: `ses_${number}` });
    expect([1, 2, 3, 4].map((number) => takes(600, session(number)))).toEqual([true, true, true, false]);
    expect(takes(600, aUser({ userId: 'u2', sessionId: 'ses_5' }))).toBe(true);
  });

  it('is an API key’s own, which both of its secrets share, and no more than its role has', () => {
    const { takes } = limiter();
    const byKey = (sessionId: string, costPerMinute: number) => aUser({ kind: 'service', sessionId, limits: { costPerMinute } });
    expect([takes(90, byKey('key_1.1', 100)), takes(20, byKey('key_1.2', 100)), takes(10, byKey('key_1.2', 100))]).toEqual([true, false, true]);
    expect(takes(100, byKey('key_2.1', 100))).toBe(true);
    const greedy = byKey('key_3.1', 1_000_000);
    expect([takes(600, greedy), takes(1, greedy)]).toEqual([true, false]);
  });

  it('of an anonymous client is that of its network', () => {
    expect(['203.0.113.7', '::ffff:203.0.113.7', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::9', '2001:db8::1', '::1'].map(clientNetwork)).toEqual(['203.0.113.7', '::ffff:203.0.113.7', '2001:db8:1:2', '2001:db8:1:2', '2001:db8:0:0', '0:0:0:0']);
  });
});
