import type { ReactNode } from 'react';
import { textOf } from '../../parts/hooks.js';

const SHORTEST = 10;

export function NewPasswordFields(): ReactNode {
  return (
    <>
      <label>
        New password
        <input name="newPassword" type="password" autoComplete="new-password" required minLength={SHORTEST} />
      </label>
      <label>
        New password again
        <input name="newPasswordAgain" type="password" autoComplete="new-password" required minLength={SHORTEST} />
      </label>
    </>
  );
}

/** The password that was typed twice. Throws where it was not the same. */
export function newPasswordOf(fields: FormData): string {
  const password = textOf(fields, 'newPassword');
  if (password !== textOf(fields, 'newPasswordAgain')) throw new Error('The two passwords are not the same');
  return password;
}
