import { describe, expect, it } from 'vitest';
import { UserError } from '@vss/runtime';
import { assertDisplayName, assertEmail, assertUsername, changesBetween, isUsername, likePattern } from './user.rules.js';

const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof UserError) return error.code;
    throw error;
  }
  return 'accepted';
};

describe('user names', () => {
  it.each([
    ['Anna', 'anna'],
    ['ＡＤＭＩＮ', 'admin'],
    ['ﬁona', 'fiona'],
    ['жанна.м-1', 'жанна.м-1'],
    ['a'.repeat(64), 'a'.repeat(64)],
  ])('takes %s as %s', (typed, canonical) => expect(assertUsername(typed)).toBe(canonical));

  it.each(['ab', 'a'.repeat(65), 'a b c', 'anna\n', 'anna\u0000', "anna'--", 'a/b', '', '…', '.anna', 'аdmin'])('refuses %j', (typed) => {
    expect(codeOf(() => assertUsername(typed))).toBe('USERNAME_INVALID');
    expect(isUsername(typed)).toBe(false);
  });
});

describe('email', () => {
  it.each(['a@b.de', 'anna.smith+vss@mail.example.org', 'анна@почта.рф'])('accepts %s', (email) => expect(assertEmail(email)).toBe(email));
  it.each(['', 'anna', 'anna@', '@b.de', 'a@b', 'a b@c.de', 'a@b..de', 'a@-b.de', 'a@b.de\n', 'a@b.de,c@d.de', `${'a'.repeat(65)}@b.de`, `a@${'b'.repeat(250)}.de`])(
    'refuses %j',
    (email) => expect(codeOf(() => assertEmail(email))).toBe('EMAIL_INVALID'),
  );
  it('decides about a long one at once', () => {
    const started = performance.now();
    expect(codeOf(() => assertEmail(`a@${'a-'.repeat(100_000)}!`))).toBe('EMAIL_INVALID');
    expect(performance.now() - started).toBeLessThan(100);
  });
});

describe('display names', () => {
  it('are trimmed', () => expect(assertDisplayName('  Anna Smith ')).toBe('Anna Smith'));
  it.each(['', '   ', 'a'.repeat(101), 'Anna\nroot signed in'])('refuses %j', (name) => expect(codeOf(() => assertDisplayName(name))).toBe('DISPLAY_NAME_INVALID'));
});

describe('changes for the audit', () => {
  it('holds what changed, before and after', () =>
    expect(changesBetween({ role: 'seller', state: 'ACTIVE' }, { role: 'operator', state: 'ACTIVE' }, [])).toEqual({ role: { before: 'seller', after: 'operator' } }));
  it('only names personal data', () =>
    expect(changesBetween({ email: 'a@b.de' }, { email: 'c@d.de' }, ['email'])).toEqual({ email: { before: '[personal]', after: '[personal]' } }));
});

it('searches for % and _ themselves', () => expect(likePattern('100%_\\')).toBe('%100\\%\\_\\\\%'));
