import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createHttpSource, type GivenSettings, type ResilienceSettings } from '@vss/gateway';
import { composeGraph } from '../../testing/graph.js';
import { serveTestGateway, type GraphqlBody } from '../../testing/serve.js';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

const graph = composeGraph(
  [
    { name: 'good', sdl: 'type Query { good: String }', resolvers: {} },
    { name: 'bad', sdl: 'type Query { bad(n: Int): String worse: String } type Mutation { change: String }', resolvers: {} },
  ],
  { access: false },
);

type Handle = (query: string, response: ServerResponse) => unknown;
const answer = (response: ServerResponse, data: object): unknown => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data }));
const bad = (_query: string, response: ServerResponse): unknown => answer(response, { bad: 'ok' });
const broken = (_query: string, response: ServerResponse): unknown => response.writeHead(500).end('broken');

interface Subgraph {
  /** What it does with a request from now on. */
  handle: Handle;
  readonly queries: string[];
  readonly running: { now: number; most: number };
  readonly sockets: Set<Socket>;
  readonly server: Server;
  port: number;
}

async function subgraph(handle: Handle): Promise<Subgraph> {
  const server = createServer((request, response) => void take(request, response));
  const self: Subgraph = { handle, queries: [], running: { now: 0, most: 0 }, sockets: new Set(), server, port: 0 };
  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    self.running.most = Math.max(self.running.most, (self.running.now += 1));
    response.once('close', () => (self.running.now -= 1));
    self.queries.push(body);
    self.handle(body, response);
  }
  server.on('connection', (socket) => self.sockets.add(socket));
  await listen(self, 0);
  stops.push(() => stop(self));
  return self;
}

const listen = (self: Subgraph, port: number): Promise<void> =>
  new Promise((resolve) => self.server.listen(port, '127.0.0.1', () => resolve(void (self.port = (self.server.address() as AddressInfo).port))));
const stop = (self: Subgraph): Promise<void> => {
  self.server.closeAllConnections();
  return new Promise((resolve) => self.server.close(() => resolve()));
};

async function start(handle: Handle, resilience: Partial<ResilienceSettings> = {}, settings: GivenSettings = {}) {
  const good = await subgraph((_query, response) => answer(response, { good: 'ok' }));
  const bad = await subgraph(handle);
  const sources = Object.entries({ good, bad }).map(([name, { port }]) => createHttpSource({ name, url: `http://127.0.0.1:${port}/graphql` }));
  const served = await serveTestGateway({ supergraphSdl: graph.supergraphSdl, sources, settings: { resilienceOf: { bad: resilience }, ...settings } });
  stops.push(() => served.close());
  const token = await served.token();
  // From here on the token is known, and stands for one actor.
  await served.query('{ good }', { token });
  return { served, token, bad, ask: (query: string) => served.query(query, { token }) };
}

const until = (check: () => unknown): Promise<unknown> => vi.waitFor(check, { timeout: 5_000, interval: 5 });
const failure = (message: string, path = 'bad') => ({ message, path: [path], extensions: expect.objectContaining({ code: 'UNAVAILABLE', subgraph: 'bad', traceId: expect.stringMatching(/^[0-9a-f]{32}$/) }) });
/** Holds every answer until it is told to go on. */
function holding() {
  const held: (() => void)[] = [];
  return { held, handle: ((query, response) => held.push(() => answer(response, { bad: /bad\(n:(\d+)/.exec(query)?.[1] ?? 'ok', change: 'ok' }))) as Handle };
}
const fields = (count: number): string[] => Array.from({ length: count }, (_item, n) => `{ bad(n: ${n}) }`);

describe('a subgraph that hangs', () => {
  it('costs only the fields it serves, and those no longer than its deadline', async () => {
    const { ask } = await start(() => undefined, { deadlineMs: 60 });
    expect(await ask('{ good bad }')).toEqual({ data: { good: 'ok', bad: null }, errors: [failure('The subgraph bad did not answer in time')] });
  });

  it('holds up no operation longer than an operation may take, however patient one is with it', async () => {
    const { ask } = await start(() => undefined, { deadlineMs: 60_000 }, { operationDeadlineMs: 60 });
    expect(await ask('{ good bad }')).toMatchObject({ data: { good: 'ok', bad: null }, errors: [failure('The subgraph bad did not answer in time')] });
    expect(await ask('query Named($n: Int) { good bad(n: $n) }')).toMatchObject({ data: { good: 'ok', bad: null } });
  });

  it('is not asked again to change something', async () => {
    const { ask, bad } = await start(() => undefined, { deadlineMs: 60 });
    expect(await ask('mutation { change }')).toMatchObject({ errors: [failure('The subgraph bad did not answer in time', 'change')] });
    expect(bad.queries).toHaveLength(1);
  });
});

describe('a subgraph that fails again and again', () => {
  it('is not asked for a while: its fields fail at once and say when to come back', async () => {
    const { ask, bad, served } = await start(broken, { failuresInARow: 3, openMs: 60_000 });
    for (const query of fields(3)) await ask(query);
    expect(bad.queries).toHaveLength(3);
    const { data, errors } = await ask('{ good bad }');
    expect(data).toEqual({ good: 'ok', bad: null });
    expect(errors).toEqual([failure('The subgraph bad has failed too often and is not asked for a while')]);
    expect(errors?.[0]?.extensions['retryAfterMs']).toBeGreaterThan(50_000);
    expect(bad.queries).toHaveLength(3);
    expect(served.gateway.sources.get('bad')?.state).toEqual({ breaker: 'open', inFlight: 0, queued: 0, shared: 0 });
    expect(served.gateway.sources.get('good')?.state.breaker).toBe('closed');
  });

  it('is found out too when only some of its answers fail', async () => {
    let n = 0;
    const { ask, served } = await start((query, response) => (++n % 2 ? broken : bad)(query, response), { failuresInARow: 100, failureSample: 10, failureRatio: 0.5, openMs: 60_000 });
    for (const query of fields(12)) await ask(query);
    expect(served.gateway.sources.get('bad')?.state.breaker).toBe('open');
    expect(n).toBe(11);
  });

  it('is tried by one request, and taken back when that is answered', async () => {
    const { ask, bad: far, served } = await start(broken, { failuresInARow: 1, openMs: 20 });
    await ask('{ bad }');
    const { held, handle } = holding();
    far.handle = handle;
    const tries: Promise<GraphqlBody>[] = [];
    await until(() => {
      tries.push(ask(`{ bad(n: ${tries.length}) }`));
      expect(held).toHaveLength(1);
    });
    expect(served.gateway.sources.get('bad')?.state.breaker).toBe('trying');
    expect((await ask('{ bad }')).errors).toEqual([failure('The subgraph bad has failed too often and is not asked for a while')]);
    held[0]?.();
    const answers = await Promise.all(tries);
    expect(answers.filter(({ errors }) => !errors)).toHaveLength(1);
    far.handle = bad;
    expect(await ask('{ bad }')).toEqual({ data: { bad: 'ok' } });
    expect(served.gateway.sources.get('bad')?.state.breaker).toBe('closed');
  });

  it('stays away when the one that tried fails too', async () => {
    const { ask, bad, served } = await start(broken, { failuresInARow: 1, openMs: 20 });
    await ask('{ bad }');
    await until(async () => {
      await ask('{ bad }');
      expect(bad.queries.length).toBeGreaterThan(2);
    });
    expect(served.gateway.sources.get('bad')?.state.breaker).toBe('open');
  });

  it('is not given up for errors in its answers', async () => {
    const { ask, bad, served } = await start((_query, response) => response.end('{"errors":[{"message":"No","path":["bad"],"extensions":{"code":"NOT_FOUND"}}],"data":{"bad":null}}'), { failuresInARow: 1 });
    for (const query of fields(3)) await ask(query);
    expect(bad.queries).toHaveLength(3);
    expect(served.gateway.sources.get('bad')?.state.breaker).toBe('closed');
  });

  it('is asked again after a restart, and nobody notices that connections were kept', async () => {
    const { ask, bad: far } = await start(bad);
    await Promise.all(fields(5).map(ask));
    await stop(far);
    await listen(far, far.port);
    for (const query of fields(5)) expect(await ask(query)).toEqual({ data: { bad: 'ok' } });
  });
});

describe('a subgraph that is asked much at once', () => {
  it('gets so many requests and no more; some wait, the rest is refused', async () => {
    const { held, handle } = holding();
    const { ask, bad, served } = await start(handle, { concurrency: 2, queue: 1 });
    const state = () => served.gateway.sources.get('bad')?.state;
    const [first, second, third] = fields(3).map(ask);
    await until(() => expect(state()).toMatchObject({ inFlight: 2, queued: 1 }));
    const { data, errors } = await ask('{ good bad(n: 9) }');
    expect(data).toEqual({ good: 'ok', bad: null });
    expect(errors).toEqual([failure('The subgraph bad is asked too much at once')]);
    expect(errors?.[0]?.extensions['retryAfterMs']).toBe(1_000);
    for (let n = 0; n < 3; n += 1) {
      await until(() => expect(held.length).toBeGreaterThan(n));
      held[n]?.();
    }
    expect(await Promise.all([first, second, third])).toEqual([{ data: { bad: '0' } }, { data: { bad: '1' } }, { data: { bad: '2' } }]);
    expect(bad.running.most).toBe(2);
    expect(state()).toMatchObject({ inFlight: 0, queued: 0 });
  });

  it('waits no longer than the deadline for its turn', async () => {
    const { ask, bad } = await start(() => undefined, { concurrency: 1, deadlineMs: 80 });
    const answers = await Promise.all(fields(3).map(ask));
    for (const { errors } of answers) expect(errors).toEqual([failure('The subgraph bad did not answer in time')]);
    expect(bad.queries.length).toBeLessThan(3);
  });
});

describe('equal reads at the same time', () => {
  it('of one access token are one request, and each has its own answer', async () => {
    const { held, handle } = holding();
    const { ask, bad, served } = await start(handle);
    const answers = Array.from({ length: 8 }, () => ask('{ bad(n: 7) }'));
    await until(() => expect(served.gateway.sources.get('bad')?.state.shared).toBe(7));
    await until(() => expect(held).toHaveLength(1));
    held[0]?.();
    expect(await Promise.all(answers)).toEqual(Array.from({ length: 8 }, () => ({ data: { bad: '7' } })));
    expect(bad.queries).toHaveLength(1);
    const next = ask('{ bad(n: 7) }');
    await until(() => expect(held).toHaveLength(2));
    held[1]?.();
    await next;
  });

  it('of different users are different requests, however alike', async () => {
    const { held, handle } = holding();
    const { served } = await start(handle);
    const tokens = await Promise.all(['u1', 'u2'].map((userId) => served.token({ userId })));
    const answers = tokens.map((token) => served.query('{ bad }', { token }));
    await until(() => expect(held).toHaveLength(2));
    for (const go of held) go();
    expect(await Promise.all(answers)).toEqual([{ data: { bad: 'ok' } }, { data: { bad: 'ok' } }]);
  });

  it('fail together', async () => {
    const held: ServerResponse[] = [];
    const { ask, bad, served } = await start((_query, response) => held.push(response));
    const answers = Array.from({ length: 3 }, () => ask('{ bad }'));
    await until(() => expect(served.gateway.sources.get('bad')?.state.shared).toBe(2));
    await until(() => expect(held).toHaveLength(1));
    held[0]?.writeHead(200, { 'content-length': '50' }).write('{"data":', () => held[0]?.destroy());
    for (const { errors } of await Promise.all(answers)) expect(errors).toEqual([failure('The subgraph bad cannot be reached')]);
    expect(bad.queries).toHaveLength(1);
  });

  it('are no changes: each mutation is sent', async () => {
    const { held, handle } = holding();
    const { ask } = await start(handle);
    const answers = Array.from({ length: 3 }, () => ask('mutation { change }'));
    await until(() => expect(held).toHaveLength(3));
    for (const go of held) go();
    expect(await Promise.all(answers)).toEqual(Array.from({ length: 3 }, () => ({ data: { change: 'ok' } })));
  });
});
