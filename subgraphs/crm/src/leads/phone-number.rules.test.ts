import { describe, expect, it } from 'vitest';
import { parsePhoneNumber, phoneDigits } from './phone-number.rules.js';

describe('a phone number', () => {
  it.each([
    ['+1 (202) 555-0143', '+12025550143'],
    ['+442079460018', '+442079460018'],
    ['+49 30 23125 000', '+493023125000'],
  ])('%s is %s', (text, e164) => expect(parsePhoneNumber(text)).toBe(e164));

  it.each(['', 'abc', '12345', '2025550143', '+1', '+1202555014', '+120255501433333', 'call +12025550143', '+12025550143 ext. 5', '+999123456789', '\u0000+12025550143'])(
    'refuses %j',
    (text) => expect(parsePhoneNumber(text)).toBeUndefined(),
  );

  it('is recognised in part by a search', () => {
    expect(phoneDigits('+1 (202) 555')).toBe('1202555');
    expect(phoneDigits('Ada')).toBeUndefined();
    expect(phoneDigits('+1')).toBeUndefined();
  });
});
