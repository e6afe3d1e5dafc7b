import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createClient, type Client } from 'graphql-ws';
import { Ctx, Query, Resolver, Root, Subscription } from 'type-graphql';
import { WebSocket } from 'ws';
import { createTokenSigner, createTokenVerifier, generateSigningKey, GATEWAY_AUDIENCE, subgraphAudience, type Actor, type SigningKey } from '@vss/auth';
import type { Orm } from '@vss/db';
import { silentLogger } from '@vss/runtime';
import { anActor } from '@vss/testing';
import { Access, buildSubgraph, createSubgraph, serveSubgraph, type Scope, type ServedSubgraph } from './index.js';

/** A stream that the test feeds. */
function createFeed() {
  const readers = new Set<(value: string | undefined) => void>();
  return {
    readers,
    push: (value: string) => readers.forEach((read) => read(value)),
    open(): AsyncIterableIterator<string> {
      const values: (string | undefined)[] = [];
      let wake: (() => void) | undefined;
      const read = (value: string | undefined): void => {
        values.push(value);
        wake?.();
      };
      readers.add(read);
      return {
        async next() {
          if (values.length === 0) await new Promise<void>((resolve) => (wake = resolve));
          const value = values.shift();
          return value === undefined ? { value, done: true } : { value, done: false };
        },
        async return() {
          readers.delete(read);
          read(undefined);
          return { value: undefined, done: true };
        },
        [Symbol.asyncIterator]() {
          return this;
        },
      };
    },
  };
}

const feed = createFeed();
let release: (() => void) | undefined;
let entered: (() => void) | undefined;

@Resolver()
class EchoResolver {
  @Access('slots:read')
  @Query(() => String, { description: 'Who asks, and from where.' })
  whoami(@Ctx() { actor, request, reply, traceId }: Scope): string {
    if (request.wantsCookie) reply.setCookie('vss_refresh=next; HttpOnly');
    return [actor.userId, request.address, request.userAgent, request.refreshCookie ?? '-', traceId].join('|');
  }

  @Access('public')
  @Query(() => String, { description: 'Answers when the test says so.' })
  async slow(): Promise<string> {
    await new Promise<void>((resolve) => {
      release = resolve;
      entered?.();
    });
    return 'done';
  }

  @Access('public')
  @Query(() => String, { nullable: true, description: 'Fails.' })
  broken(): string {
    throw new Error('broken');
  }

  @Access('slots:monitor')
  @Subscription(() => String, { description: 'What the test says.', subscribe: () => feed.open() })
  said(@Root() what: string, @Ctx() { actor }: Scope): string {
    return `${what} to ${actor.permissionVersion}`;
  }
}

let key: SigningKey;
let served: ServedSubgraph;
let ready = true;
const logger = silentLogger;
const supervisor = anActor({ role: 'supervisor' });

beforeAll(async () => {
  key = await generateSigningKey();
  served = await serve();
});
afterAll(() => served?.close());

async function serve(): Promise<ServedSubgraph> {
  const orm = { isConnected: async () => ready, close: async () => undefined } as unknown as Orm;
  const build = await buildSubgraph({ name: 'echo', resolvers: [EchoResolver], orphanedTypes: [] });
  const verifier = createTokenVerifier({ keys: { jwks: { keys: [key.publicJwk] } }, issuer: 'gateway', audience: subgraphAudience('echo') });
  return serveSubgraph({ subgraph: createSubgraph({ name: 'echo', build, orm, logger }), host: '127.0.0.1', port: 0, verifier, logger, renewalGraceMs: 500 });
}

async function tokenFor(actor: Actor, { audience = subgraphAudience('echo'), lifetimeSeconds = 60, signer = key } = {}): Promise<string> {
  const { token } = await createTokenSigner({ key: signer, issuer: 'gateway', audience, lifetimeSeconds }).sign(actor);
  return `Bearer ${token}`;
}

const post = (body: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(served.url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
const WHOAMI = JSON.stringify({ query: '{ whoami }' });

describe('over HTTP', () => {
  it('tells Prometheus how long requests took', async () => {
    await post('{', {});
    await post(WHOAMI, { authorization: await tokenFor(supervisor) });
    const page = await (await fetch(new URL('/metrics', served.url))).text();
    expect(page).toMatch(/^vss_subgraph_request_duration_seconds_count{subgraph="echo",status="200"} [1-9]/m);
    expect(page).toMatch(/^vss_subgraph_request_duration_seconds_count{subgraph="echo",status="401"} [1-9]/m);
    expect(page).toMatch(/^process_resident_memory_bytes /m);
  });

  it('answers the actor of the token, under the trace id of the gateway', async () => {
    const response = await post(WHOAMI, { authorization: await tokenFor(supervisor), traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ data: { whoami: `${supervisor.userId}|||-|0af7651916cd43dd8448eb211c80319c` } });
    expect(response.headers.get('set-cookie')).toBeNull();
  });

  it('vouches for an answer that is data and nothing else', async () => {
    const headers = { authorization: await tokenFor(supervisor) };
    const vouched = async (query: string): Promise<string | null> => (await post(JSON.stringify({ query }), headers)).headers.get('x-vss-errors');
    expect(await vouched('{ b: whoami a: __typename }')).toBe('none');
    expect(await vouched('{ whoami broken }')).toBeNull();
    expect(await vouched('{ broken }')).toBeNull();
    expect(await vouched('{ nothing }')).toBeNull();
    expect((await post(WHOAMI)).headers.get('x-vss-errors')).toBeNull();
  });

  it('carries what identity needs of the client, and its cookie back', async () => {
    const response = await post(WHOAMI, {
      authorization: await tokenFor(supervisor),
      'x-vss-client-address': '203.0.113.7',
      'x-vss-user-agent': 'test',
      'x-vss-refresh-cookie': 'old',
      'x-vss-wants-cookie': 'true',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    });
    expect(await response.json()).toEqual({ data: { whoami: `${supervisor.userId}|203.0.113.7|test|old|0af7651916cd43dd8448eb211c80319c` } });
    expect(response.headers.get('set-cookie')).toBe('vss_refresh=next; HttpOnly');
  });

  it('takes no token but one made for it by the gateway', async () => {
    const stranger = await generateSigningKey();
    const refused = [
      undefined,
      'Bearer nonsense',
      `Basic ${Buffer.from('a:b').toString('base64')}`,
      await tokenFor(supervisor, { audience: GATEWAY_AUDIENCE }),
      await tokenFor(supervisor, { audience: subgraphAudience('identity') }),
      await tokenFor(supervisor, { signer: stranger }),
      await tokenFor(supervisor, { lifetimeSeconds: -120 }),
    ];
    for (const authorization of refused) {
      const response = await post(WHOAMI, authorization === undefined ? {} : { authorization });
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED', traceId: expect.any(String) } }] });
    }
  });

  it.each([
    ['no JSON', '{', {}],
    ['no query', '{}', {}],
    ['a list', '[]', {}],
    ['variables that are a list', '{"query":"{ whoami }","variables":[1]}', {}],
    ['another content type', WHOAMI, { 'content-type': 'text/plain' }],
    ['a body over 2 MB', JSON.stringify({ query: `{ whoami } # ${'x'.repeat(2_200_000)}` }), {}],
  ])('answers 400 to %s', async (_what, body, headers) => {
    const response = await post(body, { authorization: await tokenFor(supervisor), ...(headers as Record<string, string>) });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });

  it('answers 400 to a body over 2 MB of which the length is not told', async () => {
    const chunk = Buffer.alloc(64 * 1024, ' ');
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += chunk.length;
        controller.enqueue(chunk);
        if (sent > 2.2 * 1024 * 1024) controller.close();
      },
    });
    const response = await fetch(served.url, { method: 'POST', body, duplex: 'half', headers: { 'content-type': 'application/json', authorization: await tokenFor(supervisor) } } as RequestInit);
    expect([response.status, response.headers.get('connection')]).toEqual([400, 'close']);
  });

  it('answers only a POST to /graphql', async () => {
    expect((await fetch(served.url)).status).toBe(405);
    expect((await fetch(new URL('/other', served.url))).status).toBe(404);
  });

  it('says whether it lives and whether it can answer', async () => {
    expect((await fetch(new URL('/health/live', served.url))).status).toBe(200);
    expect((await fetch(new URL('/health/ready', served.url))).status).toBe(200);
    ready = false;
    expect((await fetch(new URL('/health/ready', served.url))).status).toBe(503);
    ready = true;
  });
});

describe('over WebSocket', () => {
  const clients: Client[] = [];
  afterEach(async () => {
    for (const client of clients.splice(0)) await client.dispose();
  });

  interface Opened {
    client: Client;
    socket: WebSocket;
    closed: Promise<unknown>;
    next(): Promise<IteratorResult<unknown>>;
    end(): void;
  }

  async function open(authorization: string | undefined, query = 'subscription { said }'): Promise<Opened> {
    const closed = Promise.withResolvers<unknown>();
    const connected = Promise.withResolvers<WebSocket>();
    const client = createClient({
      url: served.wsUrl,
      webSocketImpl: WebSocket,
      connectionParams: authorization === undefined ? {} : { authorization },
      retryAttempts: 0,
      lazy: true,
      on: {
        connected: (socket) => connected.resolve(socket as WebSocket),
        closed: (event) => {
          closed.resolve(event);
          connected.reject(new Error('closed'));
        },
      },
    });
    clients.push(client);
    connected.promise.catch(() => undefined);
    const iterator = client.iterate({ query });
    const first = iterator.next();
    first.catch(() => undefined);
    const socket = await connected.promise.catch(() => undefined);
    let pending: Promise<IteratorResult<unknown>> | undefined = first;
    return {
      client,
      socket: socket as WebSocket,
      closed: closed.promise,
      next() {
        const now = pending ?? iterator.next();
        pending = undefined;
        return now;
      },
      end: () => void iterator.return?.(),
    };
  }

  const readers = async (count: number): Promise<void> => {
    await expect.poll(() => feed.readers.size, { timeout: 3_000 }).toBe(count);
  };

  it('streams events to who may see them and leaves nothing behind', async () => {
    const live = await open(await tokenFor(supervisor));
    await readers(1);
    feed.push('hello');
    expect((await live.next()).value).toEqual({ data: { said: 'hello to 1' } });
    live.end();
    await readers(0);
  });

  it('answers who may not see them with the error and no stream', async () => {
    const live = await open(await tokenFor(anActor({ role: 'operator' })));
    const outcome = await live.next().then(
      ({ value }) => value as { errors?: unknown },
      (errors: unknown) => ({ errors }),
    );
    expect(outcome.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(feed.readers.size).toBe(0);
  });

  it('says what is wrong with an operation that cannot be read', async () => {
    const live = await open(await tokenFor(supervisor), 'subscription {');
    await expect(live.next()).rejects.toMatchObject([{ extensions: { code: 'GRAPHQL_PARSE_FAILED' } }]);
  });

  it('closes a connection without a token', async () => {
    expect(await (await open(undefined)).closed).toMatchObject({ code: 4403 });
    expect(await (await open(await tokenFor(supervisor, { audience: GATEWAY_AUDIENCE }))).closed).toMatchObject({ code: 4403 });
  });

  const ping = (socket: WebSocket, authorization: string): void => socket.send(JSON.stringify({ type: 'ping', payload: { authorization } }));

  it('closes a connection whose token ends, and keeps one whose token is renewed, with its new rights', async () => {
    const ending = await open(await tokenFor(supervisor, { lifetimeSeconds: 1 }));
    const kept = await open(await tokenFor(supervisor, { lifetimeSeconds: 1 }));
    ping(kept.socket, await tokenFor({ ...supervisor, permissionVersion: 2 }));
    expect(await ending.closed).toMatchObject({ code: 4403, reason: 'The token has expired' });
    feed.push('still');
    expect((await kept.next()).value).toEqual({ data: { said: 'still to 2' } });
    ping(kept.socket, await tokenFor({ ...supervisor, permissionVersion: 3, grants: { allow: {}, deny: [] } }));
    let answered: { data?: unknown; errors?: unknown } = {};
    do {
      feed.push('more');
      answered = (await kept.next()).value as typeof answered;
    } while (answered.data);
    expect(answered.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  it('does not let a connection change hands', async () => {
    const live = await open(await tokenFor(supervisor));
    await readers(1);
    ping(live.socket, await tokenFor(anActor({ role: 'admin' })));
    expect(await live.closed).toMatchObject({ code: 4403 });
    await readers(0);
  });
});

it('waits for requests under way and ends streams when it closes', async () => {
  const closing = await serve();
  const atWork = new Promise<void>((resolve) => (entered = resolve));
  const answered = fetch(closing.url, { method: 'POST', headers: { 'content-type': 'application/json', authorization: await tokenFor(supervisor) }, body: JSON.stringify({ query: '{ slow }' }) });
  await atWork;
  const client = createClient({ url: closing.wsUrl, webSocketImpl: WebSocket, connectionParams: { authorization: await tokenFor(supervisor) }, retryAttempts: 0 });
  const stream = client.iterate({ query: 'subscription { said }' });
  const next = stream.next().then(
    () => 'ended',
    () => 'ended',
  );
  await expect.poll(() => feed.readers.size).toBe(1);
  const closed = closing.close();
  expect(await next).toBe('ended');
  release?.();
  expect(await (await answered).json()).toEqual({ data: { slow: 'done' } });
  await closed;
  expect(feed.readers.size).toBe(0);
  await expect(fetch(closing.url)).rejects.toThrow('fetch failed');
});
