import { describe, expect, it } from 'vitest';
import { UserError } from '@vss/runtime';
import { assertPassword } from './password.rules.js';

const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof UserError) return error.code;
    throw error;
  }
  return 'accepted';
};

describe('password policy', () => {
  it.each(['secure123', 'Secure123', 'short', 'password1234', 'PASSWORD1234', 'a'.repeat(257), 'x7!kq0-2mzp'.repeat(24)])('refuses %s (X-35)', (password) =>
    expect(codeOf(() => assertPassword(password, 'anna.smith.1'))).toBe('PASSWORD_WEAK'));

  it.each(['anna.smith', 'ANNA.Smith', 'ａnna.smith', 'my name is anna.smith'])('refuses the user name, as in %s', (password) =>
    expect(codeOf(() => assertPassword(password, 'anna.smith'))).toBe('PASSWORD_WEAK'));

  it('does not mind a short name that stands in many words', () => expect(codeOf(() => assertPassword('the annual horse battery', 'ann'))).toBe('accepted'));

  it('names the field that it stood in', () => {
    const weak = expect.objectContaining({ field: ['input', 'newPassword'] }) as unknown;
    expect(() => assertPassword('short', 'anna', ['input', 'newPassword'])).toThrow(weak);
  });

  it.each(['correct horse battery', 'пароль-для-анны', 'x7!kq0-2mzp', '🐴🦄🐎🎠🏇🐄🐖🐑🐐🐓'])('accepts %s', (password) =>
    expect(codeOf(() => assertPassword(password, 'anna'))).toBe('accepted'));

  it('counts characters, not code units', () => expect(codeOf(() => assertPassword('🐴🐴🐴🐴🐴', 'anna'))).toBe('PASSWORD_WEAK'));
});
