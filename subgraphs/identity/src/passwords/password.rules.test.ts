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
  it.each(['secure123', 'Secure123', 'short', 'password1234', 'PASSWORD1234', 'a'.repeat(257), 'anna.smith.1'])('refuses %s (X-35)', (password) =>
    expect(codeOf(() => assertPassword(password, 'anna.smith.1'))).toBe('PASSWORD_WEAK'));

  it('refuses the user name in another spelling', () => expect(codeOf(() => assertPassword('ANNA.SMITH.1', 'anna.smith.1'))).toBe('PASSWORD_WEAK'));

  it.each(['correct horse battery', 'пароль-для-анны', 'x7!kq0-2mzp', '🐴🐴🐴🐴🐴🐴🐴🐴🐴🐴'])('accepts %s', (password) =>
    expect(codeOf(() => assertPassword(password, 'anna'))).toBe('accepted'));

  it('counts characters, not code units', () => expect(codeOf(() => assertPassword('🐴🐴🐴🐴🐴', 'anna'))).toBe('PASSWORD_WEAK'));
});
