import { createHash } from 'node:crypto';
import { createLocalJWKSet, errors, exportJWK, generateKeyPair, importJWK, jwtVerify, SignJWT, type JSONWebKeySet, type JWK, type JWTPayload } from 'jose';
import { AppError, newId, systemNow, type Now } from '@vss/runtime';
import type { Actor, ActorLimits } from './actor.js';
import type { ResolvedGrants } from './grants.js';
import { createRemoteKeys, KeysUnavailable } from './remote-keys.js';

const ALGORITHM = 'EdDSA';
const CLOCK_SKEW_S = 60;

/** An Ed25519 key pair as JSON Web Keys; the private half holds both. */
export interface SigningKey {
  readonly kid: string;
  readonly privateJwk: JWK;
  readonly publicJwk: JWK;
}

export async function generateSigningKey(): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true, crv: 'Ed25519' });
  return signingKeyFrom(await exportJWK(privateKey));
}

/** The key id is derived from the public half, so that it need not be kept apart. */
export function signingKeyFrom(privateJwk: JWK): SigningKey {
  if (privateJwk.kty !== 'OKP' || !privateJwk.d || !privateJwk.x) throw new Error('Not a private Ed25519 key in JWK form');
  const kid = createHash('sha256').update(privateJwk.x).digest('base64url').slice(0, 16);
  const publicJwk = { kty: 'OKP', crv: 'Ed25519', x: privateJwk.x, kid, alg: ALGORITHM, use: 'sig' };
  return { kid, privateJwk: { ...privateJwk, kid, alg: ALGORITHM }, publicJwk };
}

/** Who signs: identity the access tokens, a gateway the actor tokens that it sends to subgraphs. */
export const ACCESS_TOKEN_ISSUER = 'vss';
export const GATEWAY_ISSUER = 'vss-gateway';

/** Who may read a token: the gateway takes `vss`, a subgraph only what was made for it. */
export const GATEWAY_AUDIENCE = 'vss';
export const subgraphAudience = (name: string): string => `subgraph:${name}`;

interface Claims extends JWTPayload {
  sid: string;
  name: string;
  role: string;
  ctr: string;
  perm_v: number;
  /** Absent: a person. */
  knd?: 'service';
  teams?: readonly string[];
  usr_v?: number;
  lim?: ActorLimits;
  grants: ResolvedGrants;
}

export interface TokenSigner {
  /** `notAfter`: the token ends then at the latest. */
  sign(actor: Actor, options?: { notAfter?: Date | undefined }): Promise<{ token: string; expiresAt: Date }>;
}

export function createTokenSigner(options: {
  key: SigningKey;
  issuer: string;
  audience: string;
  lifetimeSeconds: number;
  now?: Now;
}): TokenSigner {
  const { key, issuer, audience, lifetimeSeconds, now = systemNow } = options;
  const imported = importJWK(key.privateJwk, ALGORITHM);
  return {
    async sign(actor, { notAfter } = {}) {
      const issuedAt = Math.floor(now().getTime() / 1000);
      const expiresAt = Math.min(issuedAt + lifetimeSeconds, notAfter ? Math.floor(notAfter.getTime() / 1000) : Infinity);
      const token = await new SignJWT({ ...claimsOf(actor) })
        .setProtectedHeader({ alg: ALGORITHM, kid: key.kid, typ: 'JWT' })
        .setSubject(actor.userId)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(issuedAt)
        .setExpirationTime(expiresAt)
        .setJti(newId('tok'))
        .sign(await imported);
      return { token, expiresAt: new Date(expiresAt * 1000) };
    },
  };
}

export interface VerifiedToken {
  readonly actor: Actor;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

export interface TokenVerifier {
  /** Throws UNAUTHENTICATED, with a message that says whether signing in again helps. */
  verify(token: string): Promise<VerifiedToken>;
  /** Whether the keys are at hand, or can be fetched now. */
  hasKeys(): Promise<boolean>;
}

/** Public keys: a fixed set, or the address of one (fetched when needed, kept, and asked again for an unknown key). */
export type KeySource = { jwks: JSONWebKeySet } | { url: string };

export function createTokenVerifier(options: { keys: KeySource; issuer: string; audience: string; now?: Now }): TokenVerifier {
  const { keys, issuer, audience, now = systemNow } = options;
  const { keyOf, hasKeys } = 'url' in keys ? createRemoteKeys(new URL(keys.url), now) : { keyOf: createLocalJWKSet(keys.jwks), hasKeys: () => Promise.resolve(true) };
  return {
    hasKeys,
    async verify(token) {
      try {
        const { payload } = await jwtVerify<Claims>(token, keyOf, {
          algorithms: [ALGORITHM],
          issuer,
          audience,
          currentDate: now(),
          clockTolerance: CLOCK_SKEW_S,
          requiredClaims: ['sub', 'exp', 'sid', 'role', 'ctr', 'grants'],
        });
        return { actor: actorFrom(payload), issuedAt: new Date((payload.iat ?? 0) * 1000), expiresAt: new Date((payload.exp ?? 0) * 1000) };
      } catch (error) {
        throw rejection(error);
      }
    },
  };
}

// What is empty is left out: tokens travel with every request.
const claimsOf = ({ kind, sessionId, username, role, centerId, teamIds, permissionVersion, rightsVersion, grants, limits }: Actor): Claims => ({
  sid: sessionId,
  name: username,
  role,
  ctr: centerId,
  perm_v: permissionVersion,
  ...(kind === 'service' ? { knd: kind } : {}),
  ...(teamIds.length > 0 ? { teams: teamIds } : {}),
  ...(rightsVersion > 0 ? { usr_v: rightsVersion } : {}),
  ...(limits ? { lim: limits } : {}),
  grants,
});

function kindOf(userId: string, { knd }: Claims): Actor['kind'] {
  if (userId === 'system' || userId === 'anonymous') return userId;
  return knd ?? 'user';
}

function actorFrom(claims: Claims): Actor {
  const userId = claims.sub ?? '';
  return {
    kind: kindOf(userId, claims),
    userId,
    username: claims.name,
    sessionId: claims.sid,
    role: claims.role,
    centerId: claims.ctr,
    teamIds: claims.teams ?? [],
    permissionVersion: claims.perm_v,
    rightsVersion: claims.usr_v ?? 0,
    grants: claims.grants,
    ...(claims.lim ? { limits: claims.lim } : {}),
  };
}

function rejection(error: unknown): AppError {
  if (error instanceof errors.JWTExpired)
    return new AppError('UNAUTHENTICATED', 'The access token has expired: refresh the session', { reason: 'TOKEN_EXPIRED' }, { cause: error });
  if (error instanceof KeysUnavailable)
    return new AppError('UNAVAILABLE', 'The signing keys cannot be fetched at the moment', {}, { cause: error });
  return new AppError('UNAUTHENTICATED', 'The token is not valid: sign in again', { reason: 'TOKEN_INVALID' }, { cause: error });
}
