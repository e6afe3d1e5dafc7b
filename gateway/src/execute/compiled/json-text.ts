/**
 * JSON as latin1 text: one character a byte, so that a slice of an answer is a slice of its bytes, whatever they encode.
 * Each `endOf…` gives the position after the value that begins at `p`, or -1 where none does.
 */

const QUOTE = 34;
const BACKSLASH = 92;
const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** Whether the character at `p` has an odd number of backslashes before it. */
function isEscaped(s: string, p: number): boolean {
  let count = 0;
  while (s.charCodeAt(p - 1 - count) === BACKSLASH) count++;
  return (count & 1) === 1;
}

export function endOfString(s: string, p: number): number {
  if (s.charCodeAt(p) !== QUOTE) return -1;
  let end = p;
  do {
    end = s.indexOf('"', end + 1);
    if (end < 0) return -1;
  } while (s.charCodeAt(end - 1) === BACKSLASH && isEscaped(s, end));
  return end + 1;
}

/** At most nine digits: what may not fit 32 bits is left to the plain path. */
export function endOfInt(s: string, p: number): number {
  const start = s.charCodeAt(p) === 45 ? p + 1 : p;
  let end = start;
  while (isDigit(s.charCodeAt(end))) end++;
  const digits = end - start;
  return digits === 0 || digits > 9 || (digits > 1 && s.charCodeAt(start) === 48) ? -1 : end;
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

export function endOfNumber(s: string, p: number): number {
  NUMBER.lastIndex = p;
  return NUMBER.test(s) ? NUMBER.lastIndex : -1;
}

export const endOfBoolean = (s: string, p: number): number => (s.startsWith('true', p) ? p + 4 : s.startsWith('false', p) ? p + 5 : -1);

/** Any value, without white space between its parts. */
export function endOfValue(s: string, p: number): number {
  switch (s.charCodeAt(p)) {
    case QUOTE:
      return endOfString(s, p);
    case 91:
      return endOfItems(s, p, ']', endOfValue);
    case 123:
      return endOfItems(s, p, '}', endOfMember);
    case 110:
      return s.startsWith('null', p) ? p + 4 : -1;
    case 116:
    case 102:
      return endOfBoolean(s, p);
    default:
      return endOfNumber(s, p);
  }
}

function endOfMember(s: string, p: number): number {
  const colon = endOfString(s, p);
  return colon > 0 && s.charCodeAt(colon) === 58 ? endOfValue(s, colon + 1) : -1;
}

function endOfItems(s: string, p: number, close: string, endOfItem: (s: string, p: number) => number): number {
  let at = p + 1;
  if (s[at] === close) return at + 1;
  for (;;) {
    at = endOfItem(s, at);
    if (at < 0) return -1;
    const next = s[at++];
    if (next === close) return at;
    if (next !== ',') return -1;
  }
}

/** Whether an answer ends well behind its data: at once, or with extensions, which nobody reads. */
export const endsAfterData = (s: string, p: number): boolean => (s.charCodeAt(p) === 125 && p + 1 === s.length) || (s.startsWith(',"extensions":', p) && s.endsWith('}}') && !s.includes('"errors"', p));

// What is not ASCII can be written as an escape: then text and bytes have the same length.
const BEYOND_ASCII = /[\u0080-\uffff]/;

/** A value as JSON of ASCII characters alone. */
export function asciiJson(value: unknown): string {
  const text = JSON.stringify(value) ?? 'null';
  return BEYOND_ASCII.test(text) ? text.replace(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`) : text;
}
