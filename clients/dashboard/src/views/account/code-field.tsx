import type { ReactNode } from 'react';
import { textOf } from '../../parts/hooks.js';

export function CodeField({ label = 'Code of your authenticator app' }: { label?: string }): ReactNode {
  return (
    <label>
      {label}
      <input name="code" inputMode="numeric" autoComplete="one-time-code" pattern="[0-9 ]{6,7}" required autoFocus />
    </label>
  );
}

/** People type it as apps show it: `123 456`. */
export const codeOf = (fields: FormData): string => textOf(fields, 'code').replaceAll(' ', '');
