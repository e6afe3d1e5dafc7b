import { UserError } from '@vss/runtime';

const USERNAME = /^[\p{L}\p{Nd}][\p{L}\p{Nd}._-]{2,63}$/u;
// A Cyrillic а within `аdmin` looks like the Latin one.
const LOOK_ALIKE_SCRIPTS = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u];
// One @, no spaces, a dot in the domain. Whether mail arrives there, only mail can tell.
const EMAIL = /^[^\s@<>"(),;:\\[\]]{1,64}@(?:[\p{L}\p{Nd}](?:[\p{L}\p{Nd}-]{0,61}[\p{L}\p{Nd}])?\.)+[\p{L}\p{Nd}](?:[\p{L}\p{Nd}-]{0,61}[\p{L}\p{Nd}])?$/u;

/** One spelling for a name however it was typed: `Ａnna` and `anna` are one user. */
export const canonicalUsername = (typed: string): string => typed.normalize('NFKC').toLowerCase();

export function assertUsername(typed: string): string {
  if (isUsername(typed)) return canonicalUsername(typed);
  throw new UserError(
    'USERNAME_INVALID',
    'A user name has 3 to 64 characters: letters of one alphabet, digits, dot, underscore, hyphen; a letter or digit first',
    ['input', 'username'],
  );
}

/** Whether a typed name could be one at all; what could not is not stored, since people type passwords into the wrong field. */
export function isUsername(typed: string): boolean {
  const username = canonicalUsername(typed);
  return USERNAME.test(username) && LOOK_ALIKE_SCRIPTS.filter((script) => script.test(username)).length <= 1;
}

export function assertEmail(email: string): string {
  if (email.length <= 254 && EMAIL.test(email)) return email;
  throw new UserError('EMAIL_INVALID', 'This is not an email address', ['input', 'email']);
}

export function assertDisplayName(displayName: string): string {
  const trimmed = displayName.trim();
  const hasControls = /\p{Cc}/u.test(trimmed);
  if (trimmed.length >= 1 && trimmed.length <= 100 && !hasControls) return trimmed;
  throw new UserError('DISPLAY_NAME_INVALID', 'A display name has 1 to 100 printable characters', ['input', 'displayName']);
}

export interface Change {
  readonly before: unknown;
  readonly after: unknown;
}

/** What a change did, for the audit. Personal data is only named: the audit outlives the person's data. */
export function changesBetween<T extends object>(before: T, after: T, personal: readonly (keyof T)[]): Record<string, Change> {
  const changes: Record<string, Change> = {};
  for (const key of Object.keys(after) as (keyof T & string)[]) {
    if (before[key] === after[key]) continue;
    changes[key] = personal.includes(key) ? { before: '[personal]', after: '[personal]' } : { before: before[key] ?? null, after: after[key] ?? null };
  }
  return changes;
}

/** Makes `%` and `_` of a search text stand for themselves in LIKE. */
export const likePattern = (search: string): string => `%${search.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
