import { createHmac, createPublicKey, sign, type JsonWebKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCESS_TOKEN_ISSUER, createTokenSigner, GATEWAY_AUDIENCE, generateSigningKey, subgraphAudience } from '@vss/auth';
import { callCenterGraph } from '../../testing/call-center.js';
import { inProcessSources } from '../../testing/graph.js';
import { openRaw, postRequest } from '../../testing/raw-http.js';
import { adminGrants, aUser, serveTestGateway, type Served } from '../../testing/serve.js';
import { openSocket } from '../../testing/socket-client.js';

type Part = Record<string, unknown>;
interface Given {
  /** A token that is right, in its three parts. */
  readonly header: Part;
  readonly claims: Part;
  readonly signature: string;
  /** The key that the gateway publishes. */
  readonly publicKey: JsonWebKey;
  /** A token of a key that nobody knows, with the given header and claims. */
  readonly signedByStranger: (header: Part, claims: Part) => string;
}

const admin = { role: 'admin', grants: adminGrants };
const encoded = (part: Part | string): string => Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');
const joined = (header: Part, claims: Part, signature: string): string => `${encoded(header)}.${encoded(claims)}.${signature}`;
function hmac(header: Part, claims: Part, secret: string | Buffer): string {
  const text = `${encoded(header)}.${encoded(claims)}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

let served: Served;
let given: Given;
const graph = callCenterGraph();
beforeAll(async () => {
  served = await serveTestGateway({ supergraphSdl: graph.supergraphSdl, sources: inProcessSources(graph), settings: { rates: undefined } });
  const [header = '', claims = '', signature = ''] = (await served.token()).split('.');
  const { keys } = (await (await fetch(new URL('/.well-known/jwks.json', served.url))).json()) as { keys: JsonWebKey[] };
  const stranger = await generateSigningKey();
  const parsed = (part: string): Part => JSON.parse(Buffer.from(part, 'base64url').toString()) as Part;
  given = {
    header: parsed(header),
    claims: parsed(claims),
    signature,
    publicKey: keys[0] ?? {},
    signedByStranger: (head, body) => {
      const text = `${encoded(head)}.${encoded(body)}`;
      return `${text}.${sign(null, Buffer.from(text), { key: stranger.privateJwk as JsonWebKey, format: 'jwk' }).toString('base64url')}`;
    },
  };
});
afterAll(() => served.close());

const FORGED: readonly [how: string, forge: (given: Given) => string][] = [
  ['without a signature', ({ header, claims }) => joined(header, { ...claims, ...admin }, '')],
  ['that says it needs none', ({ header, claims }) => joined({ ...header, alg: 'none' }, { ...claims, ...admin }, '')],
  ['that says so in capitals', ({ header, claims }) => joined({ ...header, alg: 'NONE' }, { ...claims, ...admin }, 'x')],
  ['with other claims under the signature', ({ header, claims, signature }) => joined(header, { ...claims, ...admin }, signature)],
  ['with another header over the signature', ({ header, claims, signature }) => joined({ ...header, x: 1 }, claims, signature)],
  ['signed with the public key as a secret', ({ header, claims, publicKey }) => hmac({ ...header, alg: 'HS256' }, { ...claims, ...admin }, String(publicKey.x))],
  ['signed with the public key in PEM as a secret', ({ header, claims, publicKey }) => hmac({ ...header, alg: 'HS256' }, { ...claims, ...admin }, createPublicKey({ key: publicKey, format: 'jwk' }).export({ type: 'spki', format: 'pem' }))],
  ['signed by a stranger', ({ header, claims, signedByStranger }) => signedByStranger(header, { ...claims, ...admin })],
  ['signed by a stranger who names no key', ({ claims, signedByStranger }) => signedByStranger({ alg: 'EdDSA' }, { ...claims, ...admin })],
  ['signed by a stranger who names a strange key', ({ claims, signedByStranger }) => signedByStranger({ alg: 'EdDSA', kid: '__proto__' }, claims)],
  ['signed by a stranger who names no text as a key', ({ claims, signedByStranger }) => signedByStranger({ alg: 'EdDSA', kid: ['x'] }, claims)],
  ['that brings its own key', ({ header, claims, publicKey, signedByStranger }) => signedByStranger({ ...header, jwk: { ...publicKey } }, claims)],
  ['that says where its key is', ({ header, claims, signedByStranger }) => signedByStranger({ ...header, jku: 'http://127.0.0.1:1/keys' }, claims)],
  ['with a critical header that nobody knows', ({ header, claims, signature }) => joined({ ...header, crit: ['x'], x: 1 }, claims, signature)],
  ['with half a signature', ({ header, claims, signature }) => joined(header, claims, signature.slice(0, 20))],
  ['with a signature that goes on', ({ header, claims, signature }) => joined(header, claims, `${signature}AAAA`)],
  ['with claims that are no object', ({ header, signature }) => `${encoded(header)}.${encoded('[]')}.${signature}`],
  ['with claims that are no JSON', ({ header, signature }) => `${encoded(header)}.${encoded('{')}.${signature}`],
  ['with a header that is null', ({ claims, signature }) => `${encoded('null')}.${encoded(claims)}.${signature}`],
  ['in five parts', ({ header, claims, signature }) => `${joined(header, claims, signature)}.AAAA.AAAA`],
  ['in two parts', ({ header, claims }) => `${encoded(header)}.${encoded(claims)}`],
  ['of dots', () => '..'],
  ['named __proto__', () => '__proto__'],
  ['named constructor', () => 'constructor'],
];

describe.each(FORGED)('a token %s', (_how, forge) => {
  it('is refused over HTTP as over WebSocket, every time', async () => {
    graph.fetches.length = 0;
    const token = forge(given);
    for (let i = 0; i < 2; i++) {
      const { status, body } = await served.post({ query: '{ version }' }, { token });
      expect([status, body]).toEqual([401, { errors: [{ message: expect.any(String), extensions: { code: 'UNAUTHENTICATED', reason: 'TOKEN_INVALID', traceId: expect.any(String) } }] }]);
    }
    const client = await openSocket(served.url);
    client.send({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
    expect((await client.closed).code).toBe(4401);
    expect(graph.fetches).toEqual([]);
    expect(await served.query('{ me { id } }', { token: await served.token() })).toEqual({ data: { me: { id: 'u1' } } });
  });
});

describe('an authorization header', () => {
  it.each([
    ['for another scheme', 'Basic dTpw'],
    ['of a scheme alone', 'Bearer'],
    ['of two tokens', 'Bearer a b'],
    ['of a list', 'Bearer a, Bearer b'],
    ['of a quoted token', 'Bearer "a"'],
  ])('%s is refused', async (_what, authorization) => {
    const { status, body } = await served.post({ query: '{ version }' }, { headers: { authorization } });
    expect([status, body.errors?.[0]?.extensions['code']]).toEqual([401, 'UNAUTHENTICATED']);
  });

  it('of 100 kB is refused, and the next request is served', async () => {
    const client = await openRaw(served.port);
    client.socket.write(postRequest({ query: '{ version }' }, { authorization: `Bearer ${'a'.repeat(100_000)}` }));
    expect(await client.closed).toMatch(/^HTTP\/1\.1 431 /);
    expect(await served.query('{ version }')).toEqual({ data: { version: '1' } });
  });

  it('that comes twice is not the better of the two', async () => {
    const client = await openRaw(served.port);
    const [right, wrong] = [`Bearer ${await served.token()}`, 'Bearer nonsense'];
    client.socket.write(postRequest({ query: '{ me { id } }' }, { authorization: `${wrong}\r\nauthorization: ${right}` }));
    expect((await client.next()).status).toBe(401);
    client.socket.destroy();
  });
});

it.each([
  ['for a subgraph', { audience: subgraphAudience('telephony') }],
  ['of another issuer', { issuer: 'vss-gateway' }],
])('a token %s is not for the gateway, however well signed', async (_what, other) => {
  const key = await generateSigningKey();
  const token = async (options: object): Promise<string> => (await createTokenSigner({ key, issuer: ACCESS_TOKEN_ISSUER, audience: GATEWAY_AUDIENCE, lifetimeSeconds: 60, ...options }).sign(aUser())).token;
  const own = await serveTestGateway({ supergraphSdl: graph.supergraphSdl, sources: inProcessSources(graph), accessKey: key });
  expect((await own.post({ query: '{ version }' }, { token: await token({}) })).status).toBe(200);
  expect((await own.post({ query: '{ version }' }, { token: await token(other) })).status).toBe(401);
  await own.close();
});
