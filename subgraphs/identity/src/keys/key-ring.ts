import { signingKeyFrom, type SigningKey } from '@vss/auth';

/** An Ed25519 key as JSON Web Key. */
export type Jwk = SigningKey['publicJwk'];

/** Public keys as anybody may read them. */
export interface PublicKeys {
  readonly keys: Jwk[];
}

/** The key that signs, and those whose tokens are still good. */
export interface KeyRing {
  readonly signing: SigningKey;
  jwks(): PublicKeys;
}

/**
 * `retired` are keys that signed before: they stay published for as long as a token of theirs may live, so that a
 * change of key signs nobody out. Their private half is not needed.
 */
export function createKeyRing({ signingKey, retired = [] }: { signingKey: Jwk; retired?: readonly Jwk[] }): KeyRing {
  const signing = signingKeyFrom(signingKey);
  const published = [signing.publicJwk, ...retired.map(publicHalf)];
  return { signing, jwks: () => ({ keys: published }) };
}

// Written out: a spread would publish whatever else the key holds.
const publicHalf = ({ kty, crv, x, kid, alg, use }: Jwk): Jwk => ({ kty, crv, x, kid, alg, use });
