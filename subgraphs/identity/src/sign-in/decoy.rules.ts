/** One way in which passwords are hashed here, and how many users have such a hash. */
export interface HashKind {
  /** What a hash of this kind begins with, up to its salt: `$2b$12$`, `$argon2id$v=19$m=19456,t=2,p=1$`. */
  readonly prefix: string;
  readonly users: number;
}

/** For an installation without users. */
const CURRENT = '$argon2id$v=19$m=19456,t=2,p=1$';

// Salts and hashes that decode, so that the whole work is done, and that nobody knows a password for.
const BCRYPT_REST = `abcdefghijklmnopqrstuu${'a'.repeat(30)}e`;
const ARGON2_REST = `${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** The kind that stands at a share (0 to 1) of all users, kinds in their order: each is met as often as users have it. */
export function kindAt(kinds: readonly HashKind[], share: number): string {
  const users = kinds.reduce((sum, kind) => sum + kind.users, 0);
  let passed = 0;
  for (const kind of kinds) {
    passed += kind.users;
    if (share * users < passed) return kind.prefix;
  }
  return CURRENT;
}

export const decoyHash = (prefix: string): string => prefix + (prefix.startsWith('$2') ? BCRYPT_REST : ARGON2_REST);
