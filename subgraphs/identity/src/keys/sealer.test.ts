import { describe, expect, it } from 'vitest';
import { createSealer, SealBroken } from './sealer.js';

const SECRET = 'a secret of the installation, long enough';
const sealer = createSealer(SECRET, 'signing-keys');

describe('sealing', () => {
  it('gives back what was sealed, and shows nothing of it', () => {
    const sealed = sealer.seal('the private half', 'key_1');
    expect(sealer.open(sealed, 'key_1')).toBe('the private half');
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('private');
  });

  it('never seals alike twice', () => expect(sealer.seal('same', 'key_1')).not.toBe(sealer.seal('same', 'key_1')));

  it.each([
    ['another secret', () => createSealer('another secret', 'signing-keys').open(sealer.seal('x', 'key_1'), 'key_1')],
    ['another purpose', () => createSealer(SECRET, 'second-factors').open(sealer.seal('x', 'key_1'), 'key_1')],
    ['another row', () => sealer.open(sealer.seal('x', 'key_1'), 'key_2')],
    ['what is no seal', () => sealer.open('AAAA', 'key_1')],
    ['nothing', () => sealer.open('', 'key_1')],
    ['a shortened tag', () => sealer.open(Buffer.from(sealer.seal('', 'key_1'), 'base64url').subarray(0, 20).toString('base64url'), 'key_1')],
  ])('does not open for %s', (_of, open) => expect(open).toThrow(SealBroken));

  it('does not open when any byte was changed', () => {
    const sealed = Buffer.from(sealer.seal('the private half', 'key_1'), 'base64url');
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => sealer.open(changed.toString('base64url'), 'key_1')).toThrow(SealBroken);
    }
  });
});
