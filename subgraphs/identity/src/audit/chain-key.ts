import { createHash, createPrivateKey, createPublicKey, hkdfSync, sign, verify, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { ChainPlace } from './chain.rules.js';

/** A public Ed25519 key as JSON Web Key. */
export interface PublicAuditKey {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
  readonly kid: string;
}

const head = z.object({ chain: z.string(), seq: z.number().int().nonnegative(), hash: z.string(), at: z.string() });

/** A state of a chain at an instant, as it is signed. */
export type ChainHead = z.output<typeof head>;

export interface AuditKey {
  readonly publicKey: PublicAuditKey;
  /** A compact JWS (RFC 7515, EdDSA) of type `vss-audit-head`. */
  sign(head: ChainHead): string;
  /** What was signed, or undefined where this key did not sign it. */
  open(signed: string): ChainHead | undefined;
}

// The fixed head of an Ed25519 private key in PKCS #8 (RFC 8410); the 32 bytes of the key follow.
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');
const TYPE = 'vss-audit-head';

/**
 * The key that signs the audit's heads, derived from the installation's secret: every process has the same, nothing is
 * stored beside what it vouches for, and it does not change when the keys of access tokens do, since heads are kept for years.
 */
export function createAuditKey(installationSecret: string): AuditKey {
  const seed = Buffer.from(hkdfSync('sha256', installationSecret, '', 'vss audit head signing key', 32));
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);
  const published = publicAuditKey(publicKey);
  return {
    publicKey: published,
    sign(state) {
      const input = `${encoded({ alg: 'EdDSA', typ: TYPE, kid: published.kid, jwk: published })}.${encoded(state)}`;
      return `${input}.${sign(null, Buffer.from(input), privateKey).toString('base64url')}`;
    },
    open: (signed) => openHead(signed, publicKey),
  };
}

/** What a head says, if this key signed it. */
export function openHead(signed: string, publicKey: KeyObject): ChainHead | undefined {
  const [header = '', payload = '', signature = '', ...more] = signed.trim().split('.');
  if (more.length > 0 || !verify(null, Buffer.from(`${header}.${payload}`), publicKey, Buffer.from(signature, 'base64url'))) return undefined;
  const { alg, typ } = read(header) as { alg?: unknown; typ?: unknown };
  if (alg !== 'EdDSA' || typ !== TYPE) return undefined;
  return head.safeParse(read(payload)).data;
}

/** The key that a head says it was signed with. Whether it is the platform's is for the reader to know from elsewhere. */
export function keyNamedIn(signed: string): PublicAuditKey | undefined {
  const { jwk } = read(signed.trim().split('.')[0] ?? '') as { jwk?: unknown };
  return z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string(), kid: z.string() }).safeParse(jwk).data;
}

export const publicKeyFrom = ({ kty, crv, x }: PublicAuditKey): KeyObject => createPublicKey({ key: { kty, crv, x }, format: 'jwk' });

function publicAuditKey(publicKey: KeyObject): PublicAuditKey {
  const { x = '' } = publicKey.export({ format: 'jwk' });
  return { kty: 'OKP', crv: 'Ed25519', x, kid: createHash('sha256').update(x).digest('base64url').slice(0, 16) };
}

export const placeOf = ({ seq, hash }: ChainHead): ChainPlace => ({ seq, hash });

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function read(part: string): object {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
