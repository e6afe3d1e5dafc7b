import { UserError } from '@vss/runtime';
import { isCommonPassword } from './common-passwords.js';

const MIN_LENGTH = 10;
/** Longer ones cost time to hash and protect nothing more. */
export const PASSWORD_MAX_LENGTH = 256;

/** `username` is the canonical one. Throws PASSWORD_WEAK, saying what to change. */
export function assertPassword(password: string, username: string): void {
  const refuse = (why: string): never => {
    throw new UserError('PASSWORD_WEAK', why, ['input', 'password']);
  };
  const { length } = Array.from(password);
  if (length < MIN_LENGTH) refuse(`A password has at least ${MIN_LENGTH} characters`);
  if (length > PASSWORD_MAX_LENGTH) refuse(`A password has at most ${PASSWORD_MAX_LENGTH} characters`);
  if (isCommonPassword(password)) refuse('This password is among the first that anybody would guess');
  if (password.normalize('NFKC').toLowerCase() === username) refuse('The password must not be the user name');
}

