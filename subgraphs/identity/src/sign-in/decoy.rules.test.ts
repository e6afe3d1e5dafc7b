import { verify } from '@node-rs/argon2';
import { verify as verifyBcrypt } from '@node-rs/bcrypt';
import { describe, expect, it } from 'vitest';
import { createPasswordHasher } from '../passwords/index.js';
import { decoyHash, kindAt } from './decoy.rules.js';

describe('decoys', () => {
  const [argon2, bcrypt] = ['$argon2id$v=19$m=64,t=1,p=1$', '$2b$04$'];

  it('are of each kind as often as users have it', () => {
    const kinds = [{ prefix: bcrypt, users: 1 }, { prefix: argon2, users: 3 }];
    const met = Array.from({ length: 1_000 }, (_, i) => kindAt(kinds, i / 1_000));
    expect([bcrypt, argon2].map((prefix) => met.filter((each) => each === prefix).length)).toEqual([250, 750]);
  });

  it('are of the kind that is made now where there are no users', () => expect(kindAt([], 0.5)).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$$/));

  it('are read by both algorithms as hashes, and fit nothing', async () => {
    expect(await verify(decoyHash(argon2), 'any password')).toBe(false);
    expect(await verifyBcrypt('any password', decoyHash(bcrypt))).toBe(false);
    const passwords = createPasswordHasher({ memoryCost: 64, timeCost: 1, parallelism: 1 });
    expect(passwords.isOutdated(decoyHash(argon2))).toBe(false);
  });
});
