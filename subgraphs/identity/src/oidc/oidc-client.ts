import * as oidc from 'openid-client';
import { AppError, messageOf, type Logger, type Now, systemNow, UserError } from '@vss/runtime';
import type { OidcProvider } from './oidc.config.js';

/** What binds an answer of the provider to the browser that asked. */
export interface LoginSecrets {
  readonly state: string;
  readonly nonce: string;
  /** Of PKCE (RFC 7636). */
  readonly codeVerifier: string;
  readonly redirectUri: string;
}

/** What the provider sent back with the browser. */
export interface Callback {
  readonly code: string;
  readonly state: string;
  /** Who answers (RFC 9207), where the provider says so. */
  readonly iss?: string | null;
}

/** Whom the provider says that it is. */
export interface ProviderClaims {
  readonly issuer: string;
  readonly subject: string;
  readonly email?: string;
  readonly emailVerified: boolean;
  readonly name?: string;
  readonly username?: string;
  /** Whether it says that it asked for more than a password. */
  readonly secondFactor: boolean;
}

/** One identity provider: sends people there, and finds out who came back. Rejects with UNAVAILABLE where it cannot be asked. */
export interface OidcClient {
  addressFor(secrets: LoginSecrets): Promise<URL>;
  /** Throws PROVIDER_REFUSED where the answer does not hold. */
  claimsOf(callback: Callback, secrets: LoginSecrets): Promise<ProviderClaims>;
}

/** Each request to the provider is given up after so long. */
const TIMEOUT_SECONDS = 5;
const METADATA_KEPT_MS = 3_600_000;
/** After a failure the provider is left alone for so long, however many want to sign in. */
const PAUSE_MS = 3_000;

interface Deps {
  readonly provider: OidcProvider;
  readonly logger: Logger;
  readonly timeoutSeconds?: number;
  readonly now?: Now;
}

export function createOidcClient({ provider, logger, timeoutSeconds = TIMEOUT_SECONDS, now = systemNow }: Deps): OidcClient {
  let known: { readonly until: number; readonly config: Promise<oidc.Configuration> } | undefined;

  function discover(): Promise<oidc.Configuration> {
    const isHttp = new URL(provider.issuer).protocol === 'http:';
    const metadata = { id_token_signed_response_alg: provider.idTokenAlgorithm };
    const authentication = provider.clientSecret ? oidc.ClientSecretBasic(provider.clientSecret) : oidc.None();
    return oidc.discovery(new URL(provider.issuer), provider.clientId, metadata, authentication, {
      timeout: timeoutSeconds,
      // The ID token's signature is verified also though it came straight from the provider.
      execute: [oidc.enableNonRepudiationChecks, ...(isHttp ? [oidc.allowInsecureRequests] : [])],
    });
  }

  async function configuration(): Promise<oidc.Configuration> {
    const at = now().getTime();
    if (!known || at >= known.until) known = { until: at + METADATA_KEPT_MS, config: discover() };
    const mine = known;
    try {
      return await mine.config;
    } catch (error) {
      if (known === mine) known = { ...mine, until: now().getTime() + PAUSE_MS };
      throw unavailable(error);
    }
  }

  // Only message and code: what else these errors hold (claims, answers) is personal or secret.
  const whyOf = (error: unknown) => ({ provider: provider.id, reason: messageOf(error), code: codeOf(error) });

  function unavailable(error: unknown): AppError {
    logger.warn(whyOf(error), `The identity provider ${provider.id} cannot be asked`);
    return new AppError('UNAVAILABLE', `${provider.name} cannot be reached at the moment: try again, or sign in another way`, { provider: provider.id });
  }

  function refused(error: unknown): UserError {
    logger.info(whyOf(error), `The identity provider ${provider.id} did not confirm a sign-in`);
    return new UserError('PROVIDER_REFUSED', `${provider.name} did not confirm who you are: begin anew`, ['input', 'code']);
  }

  /** What the ID token leaves out, the provider tells whoever holds the access token. */
  async function moreOf(config: oidc.Configuration, accessToken: string, idToken: oidc.IDToken): Promise<Record<string, unknown>> {
    if (idToken['email'] !== undefined || !config.serverMetadata().userinfo_endpoint) return idToken;
    return { ...(await oidc.fetchUserInfo(config, accessToken, idToken.sub)), ...idToken };
  }

  return {
    async addressFor({ state, nonce, codeVerifier, redirectUri }) {
      const config = await configuration();
      return oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: provider.scopes.join(' '),
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
      });
    },

    async claimsOf({ code, state, iss }, secrets) {
      const config = await configuration();
      const answer = new URL(secrets.redirectUri);
      for (const [name, value] of Object.entries({ code, state, iss })) if (value) answer.searchParams.set(name, value);
      try {
        const tokens = await oidc.authorizationCodeGrant(config, answer, { pkceCodeVerifier: secrets.codeVerifier, expectedNonce: secrets.nonce, expectedState: secrets.state, idTokenExpected: true });
        const idToken = tokens.claims();
        if (!idToken) throw new Error('The provider gave no ID token');
        return claimsFrom(idToken.iss, await moreOf(config, tokens.access_token, idToken));
      } catch (error) {
        throw isRefusal(error) ? refused(error) : unavailable(error);
      }
    },
  };
}

/** Of what the provider answered about this sign-in; not of its being away, nor of our being unknown to it. */
function isRefusal(error: unknown): boolean {
  if (error instanceof oidc.ResponseBodyError) return error.error === 'invalid_grant';
  if (error instanceof oidc.AuthorizationResponseError) return true;
  return error instanceof oidc.ClientError && REFUSALS.has(error.code ?? '');
}

/** Codes of `openid-client`: the answer, or a token in it, is not what it must be. */
const REFUSALS = new Set([
  'OAUTH_INVALID_RESPONSE',
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
  'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED',
  'OAUTH_KEY_SELECTION_FAILED',
]);

function codeOf(error: unknown): string | undefined {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: { code?: unknown } };
  const found = code ?? cause?.code;
  return typeof found === 'string' ? found : undefined;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value.length > 0 ? value : undefined);

function claimsFrom(issuer: string, claims: Record<string, unknown>): ProviderClaims {
  const [email, name, username] = [text(claims['email']), text(claims['name']), text(claims['preferred_username'])];
  const methods = Array.isArray(claims['amr']) ? claims['amr'] : [];
  return {
    issuer,
    subject: String(claims['sub']),
    ...(email ? { email } : {}),
    // Some providers write it as text; anything but a clear yes is a no.
    emailVerified: claims['email_verified'] === true || claims['email_verified'] === 'true',
    ...(name ? { name } : {}),
    ...(username ? { username } : {}),
    // RFC 8176.
    secondFactor: methods.some((method) => method === 'mfa' || method === 'otp' || method === 'hwk'),
  };
}
