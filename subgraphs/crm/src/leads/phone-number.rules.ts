import { parsePhoneNumberFromString } from 'libphonenumber-js';

/**
 * The number in E.164, or undefined when it is none: international form with a leading +, of a length that its country
 * uses. Ranges that are not assigned yet are let through, since numbering plans change faster than the library.
 */
export function parsePhoneNumber(text: string): string | undefined {
  const parsed = parsePhoneNumberFromString(text, { extract: false });
  return parsed?.isPossible() && !parsed.ext ? parsed.number : undefined;
}

/** The digits of a search text that looks like (part of) a number, or undefined when it is a word. */
export function phoneDigits(search: string): string | undefined {
  if (!/^[+\d\s().-]+$/.test(search)) return undefined;
  const digits = search.replace(/\D/g, '');
  return digits.length >= 3 ? digits : undefined;
}
