import { UserError } from '@vss/runtime';
import { isCommonPassword } from './common-passwords.js';

const MIN_LENGTH = 10;
/** Longer ones cost time to hash and protect nothing more. */
export const PASSWORD_MAX_LENGTH = 256;

// Shorter names stand in many a word.
const TELLING_NAME_LENGTH = 4;

/** `username` is the canonical one. Throws PASSWORD_WEAK, saying what to change; `field` is where the password stood. */
export function assertPassword(password: string, username: string, field: readonly string[] = ['input', 'password']): void {
  const refuse = (why: string): never => {
    throw new UserError('PASSWORD_WEAK', why, field);
  };
  const { length } = Array.from(password);
  if (length < MIN_LENGTH) refuse(`A password has at least ${MIN_LENGTH} characters`);
  if (length > PASSWORD_MAX_LENGTH) refuse(`A password has at most ${PASSWORD_MAX_LENGTH} characters`);
  if (isCommonPassword(password)) refuse('This password is among those that are guessed first: common words stay so with digits around them');
  const plain = password.normalize('NFKC').toLowerCase();
  if (plain === username || (username.length >= TELLING_NAME_LENGTH && plain.includes(username))) refuse('The password must not hold the user name');
}
