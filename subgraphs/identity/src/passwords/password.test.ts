import { expect, it } from 'vitest';
import { createPasswordHasher } from './password.js';

const passwords = createPasswordHasher({ memoryCost: 64, timeCost: 1, parallelism: 1 });

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
