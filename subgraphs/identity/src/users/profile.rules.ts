import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { UserError } from '@vss/runtime';

const TITLE_MAX_LENGTH = 100;

/** What a person may add about himself; null for what he leaves open. */
export interface Profile {
  /** E.164. */
  readonly phone: string | null;
  /** Job title, as colleagues call it. */
  readonly title: string | null;
  /** BCP 47, e.g. `pt-BR`. */
  readonly locale: string | null;
  /** IANA name, e.g. `Europe/Lisbon`. */
  readonly timeZone: string | null;
}

export const PROFILE_FIELDS = ['phone', 'title', 'locale', 'timeZone'] as const satisfies readonly (keyof Profile)[];

/** The wanted profile: absent leaves a field as it is, null empties it, anything else must be a value of its kind. */
export function profileAfter(before: Profile, wanted: { readonly [Field in keyof Profile]?: string | null | undefined }): Profile {
  const next = (field: keyof Profile, parse: (text: string) => string): string | null => {
    const value = wanted[field];
    if (value === undefined) return before[field];
    return value === null ? null : parse(value);
  };
  return { phone: next('phone', assertPhone), title: next('title', assertTitle), locale: next('locale', assertLocale), timeZone: next('timeZone', assertTimeZone) };
}

/** One spelling for a number: E.164. Separators are dropped; the + is required, since a national number means another line in another country. */
export function assertPhone(text: string): string {
  const compact = text.trim().replaceAll(/[\s().-]/g, '');
  const parsed = /^\+[1-9]\d{4,14}$/.test(compact) ? parsePhoneNumberFromString(compact) : undefined;
  if (parsed?.isPossible()) return parsed.number;
  throw new UserError('PHONE_INVALID', 'Give the number in E.164 form: + country code number, e.g. +442079460000', ['input', 'phone']);
}

export function assertTitle(text: string): string {
  const title = text.trim();
  if (title.length >= 1 && title.length <= TITLE_MAX_LENGTH && !/\p{Cc}/u.test(title)) return title;
  throw new UserError('TITLE_INVALID', `A title has 1 to ${TITLE_MAX_LENGTH} printable characters`, ['input', 'title']);
}

/** One spelling for a language: `PT-br` and `pt-BR` are the same. */
export function assertLocale(text: string): string {
  try {
    const [locale] = Intl.getCanonicalLocales(text);
    if (locale) return locale;
  } catch {
    // A RangeError is how Intl says that the tag has not the form of one: refused below, as an empty one is.
  }
  throw new UserError('LOCALE_INVALID', 'Give a language as BCP 47 names it, e.g. en, de-AT, pt-BR', ['input', 'locale']);
}

/** By name alone: an offset such as +02:00 would be wrong for half of the year. */
export function assertTimeZone(text: string): string {
  if (/^[A-Za-z][\w+/-]{1,63}$/.test(text) && isTimeZone(text)) return text;
  throw new UserError('TIME_ZONE_INVALID', 'Give a time zone by its IANA name, e.g. Europe/Lisbon, or UTC', ['input', 'timeZone']);
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
