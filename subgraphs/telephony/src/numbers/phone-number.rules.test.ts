import { describe, expect, it } from 'vitest';
import { dialableNumber } from './phone-number.rules.js';

describe('numbers that may be dialled', () => {
  it.each([
    ['+15550100123', '+15550100123'],
    ['+79991234567', '+79991234567'],
    ['+12125550100', '+12125550100'],
    ['+442071838750', '+442071838750'],
    ['+4930901820', '+4930901820'],
    [' +1 (555) 010-0123 ', '+15550100123'],
    ['+7.999.123.45.67', '+79991234567'],
  ])('%s → %s', (text, e164) => expect(dialableNumber(text)).toEqual({ ok: true, e164 }));
});

describe('malformed numbers', () => {
  it.each(['', 'hello', '5550100123', '0015550100123', '+', '+1', '+0123456789', '+1555010012', '+155501001234', '+1234567890123456', '+999123456789', '+7999123456', '+1555010012a', '++15550100123', '12345', '+447000', '+12100', '+1٢١٢٥٥٥٠١٠٠', '+15550100123\0', 'x'.repeat(100_000)])(
    '%j is invalid',
    (text) => expect(dialableNumber(text)).toMatchObject({ ok: false, code: 'PHONE_NUMBER_INVALID' }),
  );
});

describe('ranges that are never dialled (L-22)', () => {
  it.each([
    ['112', 'emergency'], ['911', 'emergency'], ['+112', 'emergency'], ['999', 'emergency'], ['+1911', 'emergency'], ['+7112', 'emergency'], ['+44999', 'emergency'], ['103', 'emergency'], ['+44112', 'emergency'], ['9-1-1', 'emergency'],
    ['+870773111632', 'satellite'], ['+881612345678', 'satellite'], ['+8821612345678', 'satellite'], ['+883510001234567', 'satellite'],
    ['+19002345678', 'premium'], ['+19005550100', 'premium'], ['+12129761234', 'premium'], ['+78091234567', 'premium'], ['+449012345678', 'premium'], ['+979123456789', 'premium'],
    ['+80812345678', 'shared'], ['+43810123456', 'shared'], ['+448451234567', 'premium'],
  ])('%s (%s) is forbidden', (text, why) => {
    const answer = dialableNumber(text);
    expect(answer).toMatchObject({ ok: false, code: 'PHONE_NUMBER_FORBIDDEN' });
    expect((answer as { message: string }).message).toContain(why);
  });

  it('refuses the ranges that a center blocks', () => {
    expect(dialableNumber('+79991234567', ['+7999'])).toMatchObject({ code: 'PHONE_NUMBER_FORBIDDEN' });
    expect(dialableNumber('+79891234567', ['+7999'])).toMatchObject({ ok: true });
  });
});
