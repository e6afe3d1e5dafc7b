import { describe, expect, it } from 'vitest';
import { endOfBoolean, endOfInt, endOfNull, endOfNumber, endOfString, endOfValue, endsAfterData } from './json-bytes.js';

const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text));

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('reading JSON as bytes', () => {
  it.each(['""', '"a"', '"\\""', '"\\\\"', '"\\u00e9\\n\\/"', '"é 你好 🙂"', '0', '-1', '12.5', '1e9', '-0.25E-3', 'true', 'false', 'null', '[]', '{}', '[1,"a",null,[true]]', '{"a":{"b":[{}]},"c":"]}"}'])(
    '%s ends where it ends, whatever follows',
    (text) => {
      for (const rest of ['', ',', '}', ']']) expect(endOfValue(bytes(text + rest), 0)).toBe(Buffer.byteLength(text));
    },
  );

  it.each(['', '"', '"a', '"\\', '"\\"', '"\\x"', '"\\u12g4"', '"\\u12', '"a\nb"', '"\u0000"', '-', '+1', '01', '1.', '.5', '1e', '1e+', 'tru', 'nul', 'undefined', '[', '[1', '[1,]', '[1 ,2]', '{', '{"a"}', '{"a":}', '{"a":1,}', '{a:1}', "'a'"])(
    '%j is no value',
    (text) => {
      // A number may be whole and be followed by what does not belong there: who reads on finds that out.
      const end = endOfValue(bytes(text), 0);
      expect(end === Buffer.byteLength(text)).toBe(false);
    },
  );

  it('takes for a value no text that JSON.parse refuses, whichever byte of one is changed', () => {
    const given = bytes('{"a":["x\\n",-1.5e3,true,null,{"b":"\\u0041"}],"c":0}');
    const codes = [0, 9, 32, 34, 44, 45, 46, 48, 58, 91, 92, 93, 101, 123, 125];
    const changed = [...given.keys()].flatMap((at) => codes.map((code) => given.with(at, code)));
    // White space between values is JSON too; it is left to the plain path.
    const taken = changed.filter((text) => endOfValue(text, 0) === text.length).map((text) => Buffer.from(text).toString());
    expect(taken.length).toBeGreaterThan(100);
    expect(taken.filter((text) => !isJson(text))).toEqual([]);
  });

  it('does not read deeper than a stack allows', () => {
    expect(endOfValue(bytes('['.repeat(100_000)), 0)).toBe(-1);
    expect(endOfValue(bytes('{"a":'.repeat(100_000)), 0)).toBe(-1);
  });

  it('takes for Int what fits, and nothing else', () => {
    const ends = ['0', '-7', '999999999', '1000000000', '1.0', '1e2', '00'].map((text) => endOfInt(bytes(text), 0));
    // What follows the digits is not a delimiter: whoever reads on refuses it.
    expect(ends).toEqual([1, 2, 9, -1, 1, 1, -1]);
  });

  it('tells each kind of value from the others', () => {
    expect([endOfString(bytes('1'), 0), endOfNumber(bytes('"1"'), 0), endOfBoolean(bytes('null'), 0), endOfNull(bytes('true'), 0)]).toEqual([-1, -1, -1, -1]);
  });

  it('ends after the data, or after extensions that nobody reads', () => {
    const at = (text: string): boolean => endsAfterData(bytes(text), 0);
    expect([at('}'), at(',"extensions":{"a":[1]}}')]).toEqual([true, true]);
    expect([at('}}'), at(''), at(',"errors":[]}'), at(',"extensions":{},"errors":[]}'), at(',"extensions":{}'), at('}\n')]).toEqual([false, false, false, false, false, false]);
  });
});
