import { describe, expect, it } from 'vitest';
import { newRecoveryCode, newTotpSecret, recoveryCodeHash, stepOf, totpUri } from './totp.rules.js';

/** The secret of RFC 6238's test vectors, in base32. */
const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const at = (seconds: number): Date => new Date(seconds * 1000);

describe('codes of an authenticator', () => {
  // The last six digits of the vectors in appendix B.
  it.each([
    [59, '287082', 1],
    [1_111_111_109, '081804', 37_037_036],
    [1_234_567_890, '005924', 41_152_263],
    [20_000_000_000, '353130', 666_666_666],
  ])('are those of RFC 6238 at %i s', (seconds, code, step) => expect(stepOf(RFC_SECRET, code, at(seconds))).toBe(step));

  it('are taken one step before and after their own, and no further', () => {
    expect([0, 29, 30, 59, 89, 90].map((seconds) => stepOf(RFC_SECRET, '287082', at(seconds)))).toEqual([1, 1, 1, 1, 1, undefined]);
    expect(stepOf(RFC_SECRET, '081804', at(1_111_111_109 - 60))).toBeUndefined();
  });

  it('may be typed in two groups', () => expect(stepOf(RFC_SECRET, '287 082', at(59))).toBe(1));

  it.each(['', '28708', '2870822', '287083', 'abcdef', '２８７０８２', '-87082', "' or 1=1"])('are not %j', (code) => expect(stepOf(RFC_SECRET, code, at(59))).toBeUndefined());

  it('have a secret of 160 bits, which the address for apps carries', () => {
    const secret = newTotpSecret();
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(totpUri(secret, 'anna')).toBe(`otpauth://totp/VSS:anna?issuer=VSS&secret=${secret}&algorithm=SHA1&digits=6&period=30`);
  });
});

describe('recovery codes', () => {
  it('are random, and easy to read out', () => {
    const codes = Array.from({ length: 100 }, newRecoveryCode);
    expect(new Set(codes).size).toBe(100);
    expect(codes.every((code) => /^([2-9bcdfghjkmnpqrstvwxz]{4}-){3}[2-9bcdfghjkmnpqrstvwxz]{4}$/.test(code))).toBe(true);
  });
  it('are known by a hash, however they are typed', () => {
    expect(recoveryCodeHash('B7KX 29mv qqqq tttt')).toBe(recoveryCodeHash('b7kx-29mv-qqqq-tttt'));
    expect(recoveryCodeHash('b7kx-29mv-qqqq-tttv')).not.toBe(recoveryCodeHash('b7kx-29mv-qqqq-tttt'));
  });
});
