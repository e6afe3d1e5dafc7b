import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider, type ClientMetadata } from 'oidc-provider';
import type { OidcProviderInput } from './oidc.config.js';

export const REDIRECT_URI = 'https://vss.example.org/sign-in/callback';

/** Somebody's account at the provider. */
export interface ProviderAccount {
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly name?: string;
  readonly preferred_username?: string;
  /** How he signs in there, by RFC 8176. */
  readonly amr?: readonly string[];
}

export interface TestProvider {
  readonly issuer: string;
  readonly accounts: Map<string, ProviderAccount>;
  /** The settings of an installation that knows this provider under an id. */
  settings(id: string, more?: Partial<OidcProviderInput>): OidcProviderInput;
  /** A browser whose user signs in there: gives where the provider sends him back to. */
  visit(authorizationUrl: string, account: string): Promise<URL>;
  stop(): Promise<void>;
}

const CLIENT = { client_id: 'vss', client_secret: 'the secret of the client' };
const PUBLIC_CLIENT = { client_id: 'vss-public' };
const MOST_REDIRECTS = 10;

/** A real OpenID provider on this machine (`oidc-provider`), whose people sign in without a form: who comes with the header `x-account` is that one. */
export async function startProvider(redirectUri = REDIRECT_URI): Promise<TestProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const accounts = new Map<string, ProviderAccount>();
  const clients: ClientMetadata[] = [
    { ...CLIENT, redirect_uris: [redirectUri] },
    { ...PUBLIC_CLIENT, redirect_uris: [redirectUri], token_endpoint_auth_method: 'none' },
  ];
  const provider = await openProvider(issuer, clients, accounts);
  const answer = provider.callback();
  server.on('request', (request, response) => void answer(request, response));
  return {
    issuer,
    accounts,
    settings: (id, more = {}) => ({ id, name: `Provider ${id}`, issuer, clientId: CLIENT.client_id, clientSecret: CLIENT.client_secret, redirectUris: [redirectUri], ...more }),
    visit: (authorizationUrl, account) => visit(authorizationUrl, { 'x-account': account }),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => void server.close(resolve));
    },
  };
}

async function openProvider(issuer: string, clients: ClientMetadata[], accounts: Map<string, ProviderAccount>): Promise<Provider> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const provider: Provider = new Provider(issuer, {
    clients,
    jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: 'provider-key' }] },
    cookies: { keys: ['signs the cookies of the tests'] },
    pkce: { required: () => true },
    claims: { openid: ['sub', 'amr'], email: ['email', 'email_verified'], profile: ['name', 'preferred_username'] },
    findAccount: (_ctx, accountId) => ({ accountId, claims: () => ({ sub: accountId, ...accounts.get(accountId) }) }),
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    // Nobody is asked whether he agrees.
    async loadExistingGrant(ctx) {
      const grant = new provider.Grant({ clientId: ctx.oidc.client?.clientId, accountId: ctx.oidc.session?.accountId });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  });
  provider.use(async (ctx, next) => {
    if (!ctx.path.startsWith('/interaction/')) {
      await next();
      return;
    }
    const accountId = ctx.get('x-account');
    const amr = accounts.get(accountId)?.amr;
    await provider.interactionFinished(ctx.req, ctx.res, { login: { accountId, ...(amr ? { amr: [...amr] } : {}) } });
    ctx.respond = false;
  });
  return provider;
}

/** Follows the provider's redirects with its cookies, up to the one that leads away from it. */
async function visit(start: string, headers: Record<string, string>): Promise<URL> {
  const cookies = new Map<string, string>();
  let at = new URL(start);
  for (let i = 0; i < MOST_REDIRECTS; i++) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(at, { redirect: 'manual', headers: { ...headers, cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (!location) throw new Error(`The provider answered ${response.status} at ${at.pathname}: ${await response.text()}`);
    at = new URL(location, at);
    if (at.href.startsWith(REDIRECT_URI)) return at;
  }
  throw new Error('The provider redirects in a circle');
}
