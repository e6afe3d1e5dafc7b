import { Algorithm, hash, verify, type Options } from '@node-rs/argon2';
import { verify as verifyBcrypt } from '@node-rs/bcrypt';
import { createHashQueue, type HashQueue } from './hash-queue.js';

/** Turns passwords into hashes and tells whether one fits. Rejects with UNAVAILABLE or RATE_LIMITED where too many wait. */
export interface PasswordHasher {
  /** `source` is who asks: sources take turns where many ask at once. */
  hash(password: string, source?: string): Promise<string>;
  /** Without a hash (there is no such user, or he has no password) it works just as long and answers false. */
  fits(password: string, passwordHash: string | null | undefined, source?: string): Promise<boolean>;
  /** Whether a hash is of another kind, or cost less, than those that are made now: time for a new one. */
  isOutdated(passwordHash: string): boolean;
}

/** What argon2 spends on a hash. */
export type Argon2Cost = Required<Pick<Options, 'memoryCost' | 'timeCost' | 'parallelism'>>;

/** OWASP's first recommendation for argon2id: 19 MiB, two passes, one lane. */
export const ARGON2_COST: Argon2Cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

// $2a$, $2b$ and $2y$ name one algorithm; what other systems stored under them is taken as it is.
const BCRYPT = /^\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}$/;
const ARGON2 = /^\$argon2(?:id|i|d)\$/;
const ARGON2ID = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+\$/;

export function createPasswordHasher(cost: Argon2Cost = ARGON2_COST, queue: HashQueue = createHashQueue()): PasswordHasher {
  const options: Options = { ...cost, algorithm: 2 satisfies Algorithm.Argon2id };
  let nobodysHash: Promise<string> | undefined;

  async function check(password: string, passwordHash: string): Promise<boolean> {
    if (ARGON2.test(passwordHash)) return verify(passwordHash, spelled(password));
    return BCRYPT.test(passwordHash) && fitsBcrypt(password, passwordHash);
  }

  return {
    hash: (password, source = '') => queue(source, () => hash(spelled(password), options)),
    fits: (password, passwordHash, source = '') =>
      queue(source, async () => {
        nobodysHash ??= hash('a password that nobody has', options);
        const fits = await check(password, passwordHash ?? (await nobodysHash));
        return fits && Boolean(passwordHash);
      }),
    isOutdated(passwordHash) {
      const [, memory, passes] = ARGON2ID.exec(passwordHash)?.map(Number) ?? [];
      if (!memory || !passes) return true;
      return memory < cost.memoryCost || memory * passes < cost.memoryCost * cost.timeCost;
    },
  };
}

// The same password may come composed or decomposed, depending on the keyboard.
const spelled = (password: string): string => password.normalize('NFKC');

/** The system that made the hash took the password as it came, so it is tried as it came and as most keyboards send it. */
async function fitsBcrypt(password: string, passwordHash: string): Promise<boolean> {
  if (await verifyBcrypt(password, passwordHash)) return true;
  const composed = password.normalize('NFC');
  return composed !== password && verifyBcrypt(composed, passwordHash);
}
