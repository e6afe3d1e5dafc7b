import { afterAll, beforeAll, expect, it } from 'vitest';
import { anonymousActor, createTokenSigner, createTokenVerifier, ACCESS_TOKEN_ISSUER, GATEWAY_AUDIENCE, generateSigningKey, subgraphAudience, type TokenSigner } from '@vss/auth';
import { serveSubgraph, undescribed, type ServedSubgraph } from '@vss/graphql';
import { silentLogger } from '@vss/runtime';

import { PASSWORD, startIdentity, type TestIdentity } from './identity.fixture.js';

const LOGIN = `mutation($input: LoginInput!) { login(input: $input) { accessToken refreshToken userErrors { code } } }`;

let test: TestIdentity;
let server: ServedSubgraph;
let gateway: TokenSigner;
beforeAll(async () => {
  test = await startIdentity();
  const key = await generateSigningKey();
  const names = { issuer: 'vss-gateway', audience: subgraphAudience('identity') };
  gateway = createTokenSigner({ key, ...names, lifetimeSeconds: 60 });
  const verifier = createTokenVerifier({ keys: { jwks: { keys: [key.publicJwk] as never } }, ...names });
  const documents = { '/.well-known/jwks.json': () => test.identity.jwks() };
  server = await serveSubgraph({ subgraph: test.identity, host: '127.0.0.1', port: 0, verifier, logger: silentLogger, documents });
});
afterAll(async () => {
  await server.close();
  await test.stop();
});

const post = async (query: string, variables: object, headers: Record<string, string>): Promise<Response> =>
  fetch(server.url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify({ query, variables }) });

it('publishes the keys that its access tokens are verified with, to anybody', async () => {
  const operator = await test.person('operator');
  const { token } = await gateway.sign(anonymousActor);
  const answer = (await (await post(LOGIN, { input: { username: operator.username, password: PASSWORD } }, { authorization: `Bearer ${token}` })).json()) as {
    data: { login: { accessToken: string } };
  };
  const verifier = createTokenVerifier({ keys: { url: new URL('/.well-known/jwks.json', server.url).href }, issuer: ACCESS_TOKEN_ISSUER, audience: GATEWAY_AUDIENCE, now: test.clock.now });
  expect((await verifier.verify(answer.data.login.accessToken)).actor).toMatchObject({ userId: operator.id, role: 'operator' });
});

it('sets the refresh cookie for a browser behind the gateway, and keeps where it signed in from', async () => {
  const operator = await test.person('operator');
  const { token } = await gateway.sign(anonymousActor);
  const headers = { authorization: `Bearer ${token}`, 'x-vss-wants-cookie': 'true', 'x-vss-client-address': '203.0.113.9', 'x-vss-user-agent': 'A browser' };
  const response = await post(LOGIN, { input: { username: operator.username, password: PASSWORD } }, headers);
  expect(response.headers.getSetCookie()).toEqual([expect.stringMatching(/^vss_refresh=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/graphql; Max-Age=\d+$/)]);
  expect(await response.json()).toMatchObject({ data: { login: { refreshToken: null, userErrors: [] } } });
  expect(await test.rows('select device, address from identity.session where user_id = $1', [operator.id])).toEqual([{ device: 'A browser', address: '203.0.113.9' }]);
});

it('does not take its own access tokens in place of the gateway\'s', async () => {
  const operator = await test.person('operator');
  const reply = await test.ask(anonymousActor, LOGIN, { input: { username: operator.username, password: PASSWORD } });
  const response = await post('{ me { id } }', {}, { authorization: `Bearer ${reply.data.login.accessToken}` });
  expect(response.status).toBe(401);
});

it('describes everything that clients see', () => expect(undescribed(test.identity.schema)).toEqual([]));
