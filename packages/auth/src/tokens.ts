import { createHash } from 'node:crypto';
import { errors, exportJWK, generateKeyPair, importJWK, jwtVerify, SignJWT, type CryptoKey, type JSONWebKeySet, type JWK, type JWTPayload } from 'jose';
import { AppError, newId, systemNow, type Now } from '@vss/runtime';
import type { Actor, ActorLimits } from './actor.js';
import { compactGrants, expandGrants, type CompactGrants } from './compact-grants.js';
import { createRemoteKeys, fetchKeys, KeysUnavailable } from './remote-keys.js';

const ALGORITHM = 'EdDSA';
const CLOCK_SKEW_S = 60;
const LONGEST_LIFE_S = 24 * 3600;

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
  const kid = keyIdOf(privateJwk.x);
  return { kid, privateJwk: { ...privateJwk, kid, alg: ALGORITHM }, publicJwk: publicSigningKey(privateJwk.x) };
}

const keyIdOf = (x: string): string => createHash('sha256').update(x).digest('base64url').slice(0, 16);

/** The public half as it is published, from its coordinate alone: nothing else that a key may hold gets out. */
export const publicSigningKey = (x: string): JWK => ({ kty: 'OKP', crv: 'Ed25519', x, kid: keyIdOf(x), alg: ALGORITHM, use: 'sig' });

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
  grants: CompactGrants;
}

export interface TokenSigner {
  /** `notAfter`: the token ends then at the latest. */
  sign(actor: Actor, options?: { notAfter?: Date | undefined }): Promise<{ token: string; expiresAt: Date }>;
}

/** `key`: the one that signs, or what gives the one that signs now. */
export function createTokenSigner(options: {
  key: SigningKey | (() => Promise<SigningKey>);
  issuer: string;
  audience: string;
  lifetimeSeconds: number;
  now?: Now;
}): TokenSigner {
  const { key, issuer, audience, lifetimeSeconds, now = systemNow } = options;
  const signing = typeof key === 'function' ? key : () => Promise.resolve(key);
  const imported = new WeakMap<SigningKey, Promise<CryptoKey | Uint8Array>>();
  const importOnce = (one: SigningKey): Promise<CryptoKey | Uint8Array> => {
    const known = imported.get(one) ?? importJWK(one.privateJwk, ALGORITHM);
    imported.set(one, known);
    return known;
  };
  return {
    async sign(actor, { notAfter } = {}) {
      const current = await signing();
      const issuedAt = Math.floor(now().getTime() / 1000);
      const expiresAt = Math.min(issuedAt + lifetimeSeconds, notAfter ? Math.floor(notAfter.getTime() / 1000) : Infinity);
      const token = await new SignJWT({ ...claimsOf(actor) })
        .setProtectedHeader({ alg: ALGORITHM, kid: current.kid, typ: 'JWT' })
        .setSubject(actor.userId)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(issuedAt)
        .setExpirationTime(expiresAt)
        .setJti(newId('tok'))
        .sign(await importOnce(current));
      return { token, expiresAt: new Date(expiresAt * 1000) };
    },
  };
}

export interface VerifiedToken {
  readonly actor: Actor;
  /** Id of the key that signed it. */
  readonly keyId: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

export interface TokenVerifier {
  /** Throws UNAUTHENTICATED, with a message that says whether signing in again helps. */
  verify(token: string): Promise<VerifiedToken>;
  /** Whether the keys are at hand, or can be fetched now. */
  hasKeys(): Promise<boolean>;
  /** Asks for the keys at once, for who was told that they changed; gives the ids of those that there are. Rejects where they cannot be had. */
  reload(): Promise<ReadonlySet<string>>;
}

/** Public keys: a fixed set, or whoever has them, here or behind an address (asked when needed, and again for an unknown key). */
export type KeySource = { jwks: JSONWebKeySet } | { load: () => Promise<JSONWebKeySet> } | { url: string };

function loaderOf(keys: KeySource): () => Promise<JSONWebKeySet> {
  if ('url' in keys) return fetchKeys(new URL(keys.url));
  return 'load' in keys ? keys.load : () => Promise.resolve(keys.jwks);
}

export function createTokenVerifier(options: { keys: KeySource; issuer: string; audience: string; now?: Now }): TokenVerifier {
  const { keys, issuer, audience, now = systemNow } = options;
  const { keyOf, hasKeys, reload } = createRemoteKeys(loaderOf(keys), now);
  return {
    hasKeys,
    async reload() {
      try {
        return await reload();
      } catch (error) {
        throw rejection(error);
      }
    },
    async verify(token) {
      try {
        const { payload, protectedHeader } = await jwtVerify<Claims>(token, keyOf, {
          algorithms: [ALGORITHM],
          issuer,
          audience,
          currentDate: now(),
          clockTolerance: CLOCK_SKEW_S,
          // One that says it was issued in the future, or lives for ever, is none of ours.
          maxTokenAge: LONGEST_LIFE_S,
          requiredClaims: ['sub', 'exp', 'sid', 'role', 'ctr', 'grants'],
        });
        // A key that is not named could not be taken back by its name.
        if (!protectedHeader.kid) throw new Error('The token does not name its key');
        return { actor: actorFrom(payload), keyId: protectedHeader.kid, issuedAt: new Date((payload.iat ?? 0) * 1000), expiresAt: new Date((payload.exp ?? 0) * 1000) };
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
  grants: compactGrants(grants),
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
    grants: expandGrants(claims.grants),
    ...(claims.lim ? { limits: claims.lim } : {}),
  };
}

function rejection(error: unknown): AppError {
  if (error instanceof errors.JWTExpired)
    return new AppError('UNAUTHENTICATED', 'The access token has expired: refresh the session', { reason: 'TOKEN_EXPIRED' }, { cause: error });
  if (error instanceof KeysUnavailable)
    return new AppError('UNAVAILABLE', 'The signing keys cannot be had at the moment', {}, { cause: error });
  return new AppError('UNAUTHENTICATED', 'The token is not valid: sign in again', { reason: 'TOKEN_INVALID' }, { cause: error });
}
