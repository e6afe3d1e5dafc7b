// What is not ASCII can be written as an escape: then text and bytes have the same length.
const BEYOND_ASCII = /[\u0080-\uffff]/;

/** A value as JSON of ASCII characters alone. */
export function asciiJson(value: unknown): string {
  const text = JSON.stringify(value) ?? 'null';
  return BEYOND_ASCII.test(text) ? text.replace(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`) : text;
}
