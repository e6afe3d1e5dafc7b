import { Algorithm, hash, verify, type Options } from '@node-rs/argon2';

/** Turns passwords into hashes and tells whether one fits. */
export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /** Without a hash (there is no such user) it works just as long and answers false. */
  fits(password: string, passwordHash: string | undefined): Promise<boolean>;
}

/** OWASP's first recommendation for argon2id: 19 MiB, two passes, one lane. */
export const ARGON2_COST: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function createPasswordHasher(cost: Options = ARGON2_COST): PasswordHasher {
  const options: Options = { ...cost, algorithm: 2 satisfies Algorithm.Argon2id };
  // The same password may come composed or decomposed, depending on the keyboard.
  const spelled = (password: string): string => password.normalize('NFKC');
  let nobodysHash: Promise<string> | undefined;
  return {
    hash: (password) => hash(spelled(password), options),
    async fits(password, passwordHash) {
      nobodysHash ??= hash('a password that nobody has', options);
      const fits = await verify(passwordHash ?? (await nobodysHash), spelled(password));
      return fits && passwordHash !== undefined;
    },
  };
}
