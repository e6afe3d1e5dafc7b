import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWTPayload } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '@vss/runtime';
import { createOidcClient } from './oidc-client.js';
import { parseOidcProviders } from './oidc.config.js';

const REDIRECT_URI = 'https://vss.example.org/callback';
const SECRETS = { state: 'the state', nonce: 'the nonce', codeVerifier: 'v'.repeat(43), redirectUri: REDIRECT_URI };

/** A provider that says what the test has it say. */
interface Lying {
  readonly issuer: string;
  /** What it answers at the token endpoint; by default a good ID token. */
  idToken: () => Promise<string>;
  userinfo: object;
  /** Does not answer at all. */
  silent: boolean;
  asked: number;
}

let provider: Lying;
let key: CryptoKey;
let stop: () => void;

beforeEach(async () => {
  const pair = await generateKeyPair('RS256');
  key = pair.privateKey;
  const jwk = { ...(await exportJWK(pair.publicKey)), alg: 'RS256', use: 'sig', kid: 'good' };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  provider = { issuer, idToken: () => signed({}), userinfo: { sub: 'anna', email: 'anna@example.org', email_verified: true }, silent: false, asked: 0 };
  stop = () => server.close().closeAllConnections();

  async function answer({ url }: IncomingMessage, response: ServerResponse): Promise<void> {
    provider.asked += 1;
    if (provider.silent) return;
    const metadata = { issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token`, userinfo_endpoint: `${issuer}/userinfo`, jwks_uri: `${issuer}/jwks` };
    const bodies: Record<string, () => object | Promise<object>> = {
      '/.well-known/openid-configuration': () => metadata,
      '/jwks': () => ({ keys: [jwk] }),
      '/token': async () => ({ access_token: 'opaque', token_type: 'Bearer', id_token: await provider.idToken() }),
      '/userinfo': () => provider.userinfo,
    };
    const body = await bodies[url ?? '']?.();
    response.writeHead(body ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? {}));
  }
});
afterEach(() => stop());

const claims = (more: JWTPayload): JWTPayload => {
  const at = Math.floor(Date.now() / 1000);
  return { iss: provider.issuer, aud: 'vss', sub: 'anna', nonce: SECRETS.nonce, iat: at, exp: at + 60, ...more };
};
const signed = (more: JWTPayload, { by = key, alg = 'RS256', kid = 'good' }: { by?: CryptoKey | Uint8Array; alg?: string; kid?: string } = {}): Promise<string> => new SignJWT(claims(more)).setProtectedHeader({ alg, kid }).sign(by);

function open(timeoutSeconds = 5) {
  const [settings] = parseOidcProviders(JSON.stringify({ providers: [{ id: 'corp', name: 'Corporate', issuer: provider.issuer, clientId: 'vss', clientSecret: 'secret', redirectUris: [REDIRECT_URI] }] }));
  if (!settings) throw new Error('No provider');
  const clock = { at: Date.now() };
  return { client: createOidcClient({ provider: settings, logger: silentLogger, timeoutSeconds, now: () => new Date(clock.at) }), clock };
}
const claimsOf = (client = open().client) => client.claimsOf({ code: 'a code', state: SECRETS.state }, SECRETS);

describe('a provider’s answer', () => {
  it('is believed when everything in it holds; what the ID token leaves out is asked for', async () => {
    expect(await claimsOf()).toEqual({ issuer: provider.issuer, subject: 'anna', email: 'anna@example.org', emailVerified: true, secondFactor: false });
    provider.idToken = () => signed({ email: 'other@example.org', email_verified: false, name: 'Anna', preferred_username: 'anna.smith', amr: ['pwd', 'otp'] });
    expect(await claimsOf()).toEqual({ issuer: provider.issuer, subject: 'anna', email: 'other@example.org', emailVerified: false, name: 'Anna', username: 'anna.smith', secondFactor: true });
  });

  it.each<[string, () => Promise<string>]>([
    ['another nonce', () => signed({ nonce: 'another' })],
    ['no nonce', () => signed({ nonce: undefined })],
    ['another audience', () => signed({ aud: 'somebody else' })],
    ['another issuer', () => signed({ iss: 'https://evil.test' })],
    ['an end in the past', () => signed({ iat: 1_000_000_000, exp: 1_000_000_060 })],
    ['a key of nobody', async () => signed({}, { by: (await generateKeyPair('RS256')).privateKey })],
    ['a key that the provider does not publish', async () => signed({}, { by: (await generateKeyPair('RS256')).privateKey, kid: 'unknown' })],
  ])('is not believed with %s in its ID token', async (_what, idToken) => {
    provider.idToken = idToken;
    await expect(claimsOf()).rejects.toMatchObject({ code: 'PROVIDER_REFUSED' });
  });

  it.each<[string, () => Promise<string>]>([
    ['no signature', () => Promise.resolve(new UnsecuredJWT(claims({})).encode())],
    ['a signature by the client’s own secret', () => signed({}, { by: new TextEncoder().encode('secret'.repeat(8)), alg: 'HS256' })],
    ['no form', () => Promise.resolve('not.a.token')],
  ])('is not believed with %s on its ID token', async (_what, idToken) => {
    provider.idToken = idToken;
    await expect(claimsOf()).rejects.toMatchObject({ code: expect.stringMatching(/^(PROVIDER_REFUSED|UNAVAILABLE)$/) as string });
  });

  it('is not believed where it tells of somebody else than the ID token', async () => {
    provider.userinfo = { sub: 'berta', email: 'berta@example.org', email_verified: true };
    await expect(claimsOf()).rejects.toMatchObject({ code: 'PROVIDER_REFUSED' });
  });
});

describe('a provider that is away', () => {
  it('is given up after the deadline, and left alone for a moment', async () => {
    provider.silent = true;
    const { client, clock } = open(1);
    await expect(client.addressFor(SECRETS)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(Promise.all([client.addressFor(SECRETS), client.addressFor(SECRETS)])).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(provider.asked).toBe(1);
    provider.silent = false;
    clock.at += 3_000;
    expect((await client.addressFor(SECRETS)).origin).toBe(provider.issuer);
  });

  it('while it is asked who came back is no fault of theirs', async () => {
    const { client } = open(1);
    await client.addressFor(SECRETS);
    provider.silent = true;
    await expect(claimsOf(client)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('is asked once for what it says of itself, however many sign in', async () => {
    const { client } = open();
    await Promise.all(Array.from({ length: 20 }, () => client.addressFor(SECRETS)));
    expect(provider.asked).toBe(1);
  });
});
