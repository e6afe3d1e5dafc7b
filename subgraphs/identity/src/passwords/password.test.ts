import { expect, it } from 'vitest';
import { createPasswordHasher } from './password.js';

const passwords = createPasswordHasher({ memoryCost: 64, timeCost: 2, parallelism: 1 });
const weaker = createPasswordHasher({ memoryCost: 32, timeCost: 2, parallelism: 1 });

it('makes argon2id hashes that only the password fits', async () => {
  const hash = await passwords.hash('correct horse battery');
  expect(hash).toMatch(/^\$argon2id\$v=19\$/);
  expect(await passwords.fits('correct horse battery', hash)).toBe(true);
  expect(await passwords.fits('correct horse batter', hash)).toBe(false);
});

it('takes composed and decomposed letters as one password', async () => {
  expect(await passwords.fits('a\u0308pfel-im-korb', await passwords.hash('\u00e4pfel-im-korb'))).toBe(true);
});

it('answers false where there is no user, whatever the password', async () => {
  expect(await passwords.fits('a password that nobody has', undefined)).toBe(false);
});

// The hash of `U*U` is one of crypt_blowfish's published test vectors.
it.each(['2a', '2b', '2y'])('takes bcrypt hashes that begin with $%s$', async (version) => {
  const hash = `$${version}$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW`;
  expect([await passwords.fits('U*U', hash), await passwords.fits('U*V', hash)]).toEqual([true, false]);
});

it.each(['', 'plain text', '$2b$05$too-short', '$1$md5$crypt', '$2x$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'])('fits nothing to %j, which is no hash it knows', async (hash) => {
  expect([await passwords.fits('U*U', hash), await passwords.fits(hash, hash)]).toEqual([false, false]);
});

it('finds outdated what is another kind of hash or cost less, and nothing else', async () => {
  expect(passwords.isOutdated('$2b$12$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW')).toBe(true);
  expect(passwords.isOutdated('$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$dG9rZW4')).toBe(true);
  expect(passwords.isOutdated(await weaker.hash('correct horse battery'))).toBe(true);
  expect(passwords.isOutdated(await passwords.hash('correct horse battery'))).toBe(false);
  expect(weaker.isOutdated(await passwords.hash('correct horse battery'))).toBe(false);
});
