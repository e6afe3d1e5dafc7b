import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ACCESS_TOKEN_ISSUER, createTokenSigner, createTokenVerifier, GATEWAY_AUDIENCE, generateSigningKey, type SigningKey } from '@vss/auth';
import { composeGraph, inProcessSources, openStream } from '../../testing/graph.js';
import { aUser, grants, serveTestGateway, type Served } from '../../testing/serve.js';
import { signIn } from '../../testing/socket-client.js';

const SAID = 'subscription { said { n } }';
const until = (what: () => unknown): Promise<unknown> => vi.waitFor(what, { timeout: 5_000, interval: 5 });

let served: Served;
let old: SigningKey;
let next: SigningKey;
/** What identity publishes; undefined: it does not answer. */
let published: SigningKey[] | undefined;
let asked: number;
let graph: ReturnType<typeof composeGraph>;
beforeEach(async () => {
  [old, next] = [await generateSigningKey(), await generateSigningKey()];
  published = [old];
  asked = 0;
  graph = composeGraph([
    {
      name: 'words',
      sdl: `
        type Query { count: Int @access(permission: "authenticated") }
        type Subscription { said: Said! @access(permission: "words:read") }
        type Said @access(permission: "words:read") { n: Int }
      `,
      resolvers: { Subscription: { said: { subscribe: (_parent, _args, context) => openStream(context.graph), resolve: (event) => event } } },
    },
  ]);
  const load = () => {
    asked++;
    return published ? Promise.resolve({ keys: published.map(({ publicJwk }) => publicJwk) }) : Promise.reject(new Error('down'));
  };
  const verifier = createTokenVerifier({ keys: { load }, issuer: ACCESS_TOKEN_ISSUER, audience: GATEWAY_AUDIENCE });
  served = await serveTestGateway({ supergraphSdl: graph.supergraphSdl, sources: inProcessSources(graph), verifier });
});
afterEach(() => served.close());

async function tokenBy(key: SigningKey): Promise<string> {
  const signer = createTokenSigner({ key, issuer: ACCESS_TOKEN_ISSUER, audience: GATEWAY_AUDIENCE, lifetimeSeconds: 600 });
  return (await signer.sign(aUser({ grants: grants({ 'words:read': 'ALL' }) }))).token;
}

async function request(token: string): Promise<unknown> {
  const { errors } = await served.query('{ count }', { token });
  return errors ? errors[0]?.extensions['code'] : 'answered';
}

async function follow(key: SigningKey) {
  const before = graph.streams.size + served.gateway.live.clients;
  const client = await signIn(served.url, await tokenBy(key));
  client.subscribe('1', SAID);
  await until(() => expect(graph.streams.size + served.gateway.live.clients).toBeGreaterThan(before));
  return client;
}

/** An event stream; its text, when it is over. */
async function streamBy(key: SigningKey): Promise<Promise<string>> {
  const response = await fetch(served.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', authorization: `Bearer ${await tokenBy(key)}` },
    body: JSON.stringify({ query: SAID }),
  });
  return response.text();
}

describe('a key that was revoked', () => {
  it('vouches for nobody any more: requests are refused, sockets and streams are closed; those of the new key go on', async () => {
    const token = await tokenBy(old);
    expect(await request(token)).toBe('answered');
    const socket = await follow(old);
    const stream = streamBy(old);
    await until(() => expect(served.gateway.live.clients).toBe(2));
    published = [next];
    served.gateway.changeKeys([old.kid]);
    expect(await request(token)).toBe('UNAUTHENTICATED');
    expect(await socket.next()).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'UNAUTHENTICATED', reason: 'TOKEN_EXPIRED' } }] });
    expect((await socket.closed).code).toBe(4401);
    expect(await stream).toContain('TOKEN_EXPIRED');
    expect(await request(await tokenBy(next))).toBe('answered');
    const other = await follow(next);
    graph.emit({ n: 1 });
    expect((await other.next()).payload).toMatchObject({ data: { said: { n: 1 } } });
  });

  it('is refused at once, also where the keys cannot be asked for', async () => {
    const [seen, unseen] = [await tokenBy(old), await tokenBy(old)];
    expect(await request(seen)).toBe('answered');
    published = undefined;
    served.gateway.changeKeys([old.kid]);
    expect(await Promise.all([request(seen), request(unseen)])).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED']);
  });

  it('is found out by a gateway that did not hear of it, when it asks who may stay', async () => {
    const token = await tokenBy(old);
    expect(await request(token)).toBe('answered');
    const socket = await follow(old);
    published = [next];
    await served.gateway.confirmSessions();
    expect((await socket.closed).code).toBe(4401);
    expect(await request(token)).toBe('UNAUTHENTICATED');
  });
});

describe('a key that was replaced', () => {
  it('goes on for the tokens it signed, and the new one is known before its first token comes', async () => {
    const [token, socket] = [await tokenBy(old), await follow(old)];
    published = [next, old];
    const before = asked;
    served.gateway.changeKeys([]);
    await until(() => expect(asked).toBe(before + 1));
    expect(await Promise.all([request(token), request(await tokenBy(next))])).toEqual(['answered', 'answered']);
    expect(asked).toBe(before + 1);
    graph.emit({ n: 1 });
    expect((await socket.next()).payload).toMatchObject({ data: { said: { n: 1 } } });
  });

  it('serves on while identity does not answer', async () => {
    const socket = await follow(old);
    published = undefined;
    await served.gateway.confirmSessions();
    graph.emit({ n: 1 });
    expect((await socket.next()).payload).toMatchObject({ data: { said: { n: 1 } } });
    expect(await request(await tokenBy(old))).toBe('answered');
  });
});
