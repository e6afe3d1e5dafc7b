import { expect, it } from 'vitest';
import { generateSigningKey } from '@vss/auth';
import { createKeyRing } from './key-ring.js';

it('publishes the public halves alone, the signing key first', async () => {
  const [current, before] = [await generateSigningKey(), await generateSigningKey()];
  const { keys } = createKeyRing({ signingKey: current.privateJwk, retired: [before.privateJwk] }).jwks();
  expect(keys.map(({ kid }) => kid)).toEqual([current.kid, before.kid]);
  expect(JSON.stringify(keys)).not.toContain('"d"');
  expect(keys.every(({ x, kty, crv }) => x && kty === 'OKP' && crv === 'Ed25519')).toBe(true);
});

it('refuses what is not a private key', async () => {
  const { publicJwk } = await generateSigningKey();
  expect(() => createKeyRing({ signingKey: publicJwk })).toThrow('Not a private Ed25519 key');
});
