import { importJWK, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { anonymousActor } from './actor.js';
import { createTokenSigner, createTokenVerifier, generateSigningKey, type SigningKey, type TokenVerifier } from './tokens.js';

const [issuer, audience] = ['vss', 'vss'];
const START = new Date('2026-11-26T04:00:00Z');
const at = (seconds: number): Date => new Date(START.getTime() + seconds * 1000);

let key: SigningKey;
let clock = START;
let verifier: TokenVerifier;
beforeAll(async () => {
  key = await generateSigningKey();
  verifier = createTokenVerifier({ keys: { jwks: { keys: [key.publicJwk] } }, issuer, audience, now: () => clock });
});

/** A token that was signed when the signer's clock showed this. */
const signedAt = async (seconds: number, options: { notAfter?: Date } = {}): Promise<string> =>
  (await createTokenSigner({ key, issuer, audience, lifetimeSeconds: 600, now: () => at(seconds) }).sign({ ...anonymousActor, userId: 'u1' }, options)).token;

/** How it fares when the verifier's clock shows this. */
async function verdict(token: string, seconds: number): Promise<unknown> {
  clock = at(seconds);
  return verifier.verify(token).then(
    ({ actor }) => actor.userId,
    ({ details }: { details: { reason: string } }) => details.reason,
  );
}

describe('a token between two clocks', () => {
  it('is good where they are a minute apart, either way', async () => {
    expect(await verdict(await signedAt(60), 0)).toBe('u1');
    expect(await verdict(await signedAt(0), 600 + 59)).toBe('u1');
  });

  it('is over a minute after its time', async () => expect(await verdict(await signedAt(0), 600 + 60)).toBe('TOKEN_EXPIRED'));

  it('from the future is none of ours', async () => expect(await verdict(await signedAt(62), 0)).toBe('TOKEN_INVALID'));

  it('ends with what it is made up of, where that is sooner', async () => {
    const token = await signedAt(0, { notAfter: at(30) });
    expect([await verdict(token, 30 + 59), await verdict(token, 30 + 60)]).toEqual(['u1', 'TOKEN_EXPIRED']);
  });
});

describe('a token that is signed rightly', () => {
  const signed = async (claims: object, header: object = {}): Promise<string> => {
    const jwt = new SignJWT({ sid: 's', name: 'n', role: 'operator', ctr: 'c', perm_v: 1, grants: {}, ...claims });
    const whole = jwt.setProtectedHeader({ alg: 'EdDSA', kid: key.kid, ...header }).setSubject('u1').setIssuer(issuer).setAudience(audience);
    return whole.sign(await importJWK(key.privateJwk, 'EdDSA'));
  };
  const seconds = (from: number): number => at(from).getTime() / 1000;

  it('is good with all that it has to say', async () => expect(await verdict(await signed({ iat: seconds(0), exp: seconds(600) }), 0)).toBe('u1'));

  it.each([
    ['does not say when it was issued', { exp: 600 }, {}, 'TOKEN_INVALID'],
    ['does not say when it ends', { iat: 0 }, {}, 'TOKEN_INVALID'],
    ['lives for ever', { iat: -86_400 - 61, exp: 600 }, {}, 'TOKEN_EXPIRED'],
    ['is not to be used yet', { iat: 0, exp: 600, nbf: 61 }, {}, 'TOKEN_INVALID'],
    ['does not name its key, so that it could not be taken back by it', { iat: 0, exp: 600 }, { kid: undefined }, 'TOKEN_INVALID'],
  ])('but %s is refused', async (_how, times, header, reason) => {
    const claims = Object.fromEntries(Object.entries(times).map(([name, from]) => [name, seconds(from)]));
    expect(await verdict(await signed(claims, header), 0)).toBe(reason);
  });
});
