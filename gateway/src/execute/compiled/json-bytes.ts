/**
 * Reads JSON as bytes, as strictly as a parser but for what is within strings: that they are UTF-8 is checked apart, for
 * all of an answer at once. Each `endOf…` gives the position behind the value that begins at `p`, or -1 where none does.
 */

type Bytes = Uint8Array;

/** What is read behind the last byte. */
const END = -1;
const QUOTE = 34;
const BACKSLASH = 92;

// 1 for what cannot simply be passed over in a string: the quote, the backslash, control characters.
const STOPS = Uint8Array.from({ length: 256 }, (_byte, code) => (code < 32 || code === QUOTE || code === BACKSLASH ? 1 : 0));

export function endOfString(b: Bytes, p: number): number {
  if (b[p] !== QUOTE) return -1;
  let at = p;
  for (;;) {
    // Behind the end there is `undefined`, which stops too.
    do at++;
    while (STOPS[b[at] as number] === 0);
    if (b[at] === QUOTE) return at + 1;
    if (b[at] !== BACKSLASH) return -1;
    at = endOfEscape(b, at + 1) - 1;
    if (at < 0) return -1;
  }
}

function endOfEscape(b: Bytes, p: number): number {
  switch (b[p] ?? END) {
    case 34: // "
    case 92: // \
    case 47: // /
    case 98: // b
    case 102: // f
    case 110: // n
    case 114: // r
    case 116: // t
      return p + 1;
    case 117: // u
      for (let at = p + 1; at < p + 5; at++) if (!isHexadecimal(b[at] ?? 0)) return -1;
      return p + 5;
    default:
      return -1;
  }
}

const isHexadecimal = (code: number): boolean => (code >= 48 && code <= 57) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102);

const isDigit = (code: number | undefined): boolean => code !== undefined && code >= 48 && code <= 57;

function endOfDigits(b: Bytes, p: number): number {
  let at = p;
  while (isDigit(b[at])) at++;
  return at;
}

/** At most nine digits: what may not fit 32 bits is left to the plain path. */
export function endOfInt(b: Bytes, p: number): number {
  const start = b[p] === 45 ? p + 1 : p;
  const end = endOfDigits(b, start);
  const digits = end - start;
  return digits === 0 || digits > 9 || (digits > 1 && b[start] === 48) ? -1 : end;
}

export function endOfNumber(b: Bytes, p: number): number {
  const start = b[p] === 45 ? p + 1 : p;
  let end = endOfDigits(b, start);
  if (end === start || (end - start > 1 && b[start] === 48)) return -1;
  if (b[end] === 46) {
    const fraction = end + 1;
    end = endOfDigits(b, fraction);
    if (end === fraction) return -1;
  }
  if (b[end] === 101 || b[end] === 69) {
    const exponent = b[end + 1] === 43 || b[end + 1] === 45 ? end + 2 : end + 1;
    end = endOfDigits(b, exponent);
    if (end === exponent) return -1;
  }
  return end;
}

export const endOfNull = (b: Bytes, p: number): number => (b[p] === 110 && b[p + 1] === 117 && b[p + 2] === 108 && b[p + 3] === 108 ? p + 4 : -1);

export function endOfBoolean(b: Bytes, p: number): number {
  if (b[p] === 116 && b[p + 1] === 114 && b[p + 2] === 117 && b[p + 3] === 101) return p + 4;
  return b[p] === 102 && b[p + 1] === 97 && b[p + 2] === 108 && b[p + 3] === 115 && b[p + 4] === 101 ? p + 5 : -1;
}

/** How deep a scalar of any JSON may nest; what is deeper is left to the plain path. */
const MOST_LEVELS = 100;

/** Any value, without white space between its parts. */
export function endOfValue(b: Bytes, p: number, level = 0): number {
  switch (b[p] ?? END) {
    case QUOTE:
      return endOfString(b, p);
    case 91:
      return endOfItems(b, p, 93, endOfValue, level);
    case 123:
      return endOfItems(b, p, 125, endOfMember, level);
    case 110:
      return endOfNull(b, p);
    case 116:
    case 102:
      return endOfBoolean(b, p);
    default:
      return endOfNumber(b, p);
  }
}

function endOfMember(b: Bytes, p: number, level: number): number {
  const colon = endOfString(b, p);
  return colon > 0 && b[colon] === 58 ? endOfValue(b, colon + 1, level) : -1;
}

function endOfItems(b: Bytes, p: number, close: number, endOfItem: (b: Bytes, p: number, level: number) => number, level: number): number {
  if (level > MOST_LEVELS) return -1;
  let at = p + 1;
  if (b[at] === close) return at + 1;
  for (;;) {
    at = endOfItem(b, at, level + 1);
    if (at < 0) return -1;
    const next = b[at++];
    if (next === close) return at;
    if (next !== 44) return -1;
  }
}

/** Whether an answer ends well behind its data: at once, or with extensions and nothing else. Nobody reads those. */
export function endsAfterData(b: Bytes, p: number): boolean {
  if (b[p] === 125) return p + 1 === b.length;
  return startsWith(b, p, ',"extensions":') && endOfValue(b, p + 14) === b.length - 1 && b[b.length - 1] === 125;
}

export function startsWith(b: Bytes, p: number, text: string): boolean {
  for (let at = 0; at < text.length; at++) if (b[p + at] !== text.charCodeAt(at)) return false;
  return true;
}
