import { describe, expect, it } from 'vitest';
import { isUsername } from '../users/index.js';
import { trustedEmail, usernamesFor } from './oidc.rules.js';

describe('an address from a provider', () => {
  it.each([
    ['anna@example.org', true, undefined, 'anna@example.org'],
    ['anna@example.org', false, undefined, undefined],
    [undefined, true, undefined, undefined],
    ['anna@Example.ORG', true, ['example.org'], 'anna@Example.ORG'],
    ['anna@example.org.evil.test', true, ['example.org'], undefined],
    ['anna@example.org@evil.test', true, ['example.org'], undefined],
    ['anna@evilexample.org', true, ['example.org'], undefined],
  ])('%s, verified %s, for the domains %s, counts as %s', (email, emailVerified, emailDomains, trusted) =>
    expect(trustedEmail({ emailVerified, ...(email ? { email } : {}) }, { emailDomains })).toBe(trusted));
});

describe('a name for who comes from a provider', () => {
  it.each([
    [{ username: 'Anna.Smith' }, 'anna.smith'],
    [{ username: 'anna@example.org' }, 'anna'],
    [{ email: 'anna.smith+vss@example.org' }, 'anna.smithvss'],
    [{ name: 'Žofie Nováková' }, 'zofienovakova'],
    [{ username: 'аdmin' }, 'dmin'],
    [{ username: '..' }, 'user'],
    [{ username: 'ab' }, 'user-ab'],
    [{ name: '日本' }, 'user'],
    [{}, 'user'],
    [{ username: 'x'.repeat(300) }, 'x'.repeat(60)],
  ])('of %o is %s', (claims, username) => expect(usernamesFor(claims)[0]).toBe(username));

  it('is always one that is allowed, and there are others where it is taken', () => {
    const names = [{ username: "robert'); drop table" }, { username: 'x'.repeat(300) }, { username: '-_-' }, {}].flatMap(usernamesFor);
    expect(names.filter((name) => !isUsername(name))).toEqual([]);
    expect(new Set(usernamesFor({ username: 'anna' })).size).toBe(21);
  });
});
