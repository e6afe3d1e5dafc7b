import { UserError } from '@vss/runtime';
import { UserKind, UserState, type User } from './user.entity.js';

const USERNAME = /^[\p{L}\p{Nd}][\p{L}\p{Nd}._-]{2,63}$/u;
// A Cyrillic а within `аdmin` looks like the Latin one.
const LOOK_ALIKE_SCRIPTS = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u];
// One @, no spaces, a dot in the domain. Whether mail arrives there, only mail can tell.
const EMAIL = /^[^\s@<>"(),;:\\[\]]{1,64}@(?:[\p{L}\p{Nd}](?:[\p{L}\p{Nd}-]{0,61}[\p{L}\p{Nd}])?\.)+[\p{L}\p{Nd}](?:[\p{L}\p{Nd}-]{0,61}[\p{L}\p{Nd}])?$/u;

/** One spelling for a name however it was typed: `Ａnna` and `anna` are one user. */
export const canonicalUsername = (typed: string): string => typed.normalize('NFKC').toLowerCase();

/** Whether a user gets tokens at all. Every way in asks it, and every way to stay: sign-in, refresh, API keys. */
export const mayEnter = ({ state }: Pick<User, 'state'>): boolean => state === UserState.ACTIVE;

/** `field`: where it was typed. */
export function assertUsername(typed: string, field: readonly string[] = ['input', 'username']): string {
  if (isUsername(typed)) return canonicalUsername(typed);
  throw new UserError(
    'USERNAME_INVALID',
    'A user name has 3 to 64 characters: letters of one alphabet, digits, dot, underscore, hyphen; a letter or digit first',
    field,
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

const REASON_MAX_LENGTH = 500;

/** Why something is done to somebody, for the audit: never left empty, and one line whatever was typed. */
export function assertReason(typed: string): string {
  const reason = typed.replaceAll(/\s+/g, ' ').trim();
  if (reason.length >= 1 && reason.length <= REASON_MAX_LENGTH && !/[\p{Cc}\p{Cs}]/u.test(reason)) return reason;
  throw new UserError('REASON_INVALID', `Say why, in 1 to ${REASON_MAX_LENGTH} printable characters`, ['input', 'reason']);
}

const NEVER_EMPTY = ['displayName', 'email', 'role', 'state', 'teamIds'] as const;

/** Absent leaves a field as it is; none of these can be made empty. */
export function assertNothingEmptied(input: Readonly<Partial<Record<(typeof NEVER_EMPTY)[number], unknown>>>): void {
  for (const field of NEVER_EMPTY)
    if (input[field] === null) throw new UserError('INPUT_INVALID', `${field} cannot be empty: leave it out to keep it`, ['input', field]);
}

interface Standing {
  readonly state: UserState;
  readonly kind: UserKind;
  readonly passwordHash?: string | null;
  readonly lastLoginAt?: Date | null;
}

/** The state that follows when one is asked for. Whoever never came in is invited again, not let in without a password. */
export function nextState(user: Standing, wanted: UserState | null | undefined): UserState {
  if (wanted == null || wanted === user.state) return user.state;
  if (wanted === UserState.INVITED) throw new UserError('INPUT_INVALID', 'Invited is who has an invitation: give him one', ['input', 'state']);
  if (wanted === UserState.DEACTIVATED) return UserState.DEACTIVATED;
  const hasComeIn = user.kind === UserKind.SERVICE || Boolean(user.passwordHash) || Boolean(user.lastLoginAt);
  return hasComeIn ? UserState.ACTIVE : UserState.INVITED;
}

export interface Change {
  readonly before: unknown;
  readonly after: unknown;
}

/** What a change did, for the audit. Personal data is only named: the audit outlives the person's data. */
export function changesBetween<T extends object>(before: T, after: T, personal: readonly string[]): Record<string, Change> {
  const changes: Record<string, Change> = {};
  for (const key of Object.keys(after) as (keyof T & string)[]) {
    if (before[key] === after[key]) continue;
    changes[key] = personal.includes(key) ? { before: '[personal]', after: '[personal]' } : { before: before[key] ?? null, after: after[key] ?? null };
  }
  return changes;
}

/** Makes `%` and `_` of a search text stand for themselves in LIKE. */
export const likePattern = (search: string): string => `%${search.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
