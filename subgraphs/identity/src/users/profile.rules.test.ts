import { describe, expect, it } from 'vitest';
import { UserError } from '@vss/runtime';
import { maskedEmail, maskedPhone } from './contact.rules.js';
import { assertLocale, assertPhone, assertTimeZone, assertTitle, profileAfter } from './profile.rules.js';

const refusal = (run: () => unknown): [string, readonly string[]] | 'nothing' => {
  try {
    run();
  } catch (error) {
    if (error instanceof UserError) return [error.code, error.field];
    throw error;
  }
  return 'nothing';
};

describe('a profile', () => {
  it('has a phone number in one spelling', () => {
    expect(assertPhone(' +44 (20) 7946-0000 ')).toBe('+442079460000');
    for (const wrong of ['', '020 7946 0000', '+44', '+999123456789', '+4420794600001234567', 'call me', '+44\u0000207946'])
      expect([wrong, refusal(() => assertPhone(wrong))]).toEqual([wrong, ['PHONE_INVALID', ['input', 'phone']]]);
  });

  it('has a language in one spelling', () => {
    expect(['EN', 'pt-br', 'zh-hant-tw'].map(assertLocale)).toEqual(['en', 'pt-BR', 'zh-Hant-TW']);
    for (const wrong of ['', 'e', 'en_US', 'english please', '../../etc']) expect([wrong, refusal(() => assertLocale(wrong))]).toEqual([wrong, ['LOCALE_INVALID', ['input', 'locale']]]);
  });

  it('has a time zone by its name', () => {
    expect(['UTC', 'Europe/Lisbon', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5'].map(assertTimeZone)).toEqual(['UTC', 'Europe/Lisbon', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5']);
    for (const wrong of ['', '+02:00', 'Europe/Atlantis', 'Europe/Lisbon\n', 'x'.repeat(1_000)]) expect([wrong, refusal(() => assertTimeZone(wrong))]).toEqual([wrong, ['TIME_ZONE_INVALID', ['input', 'timeZone']]]);
  });

  it('has a title that can be printed', () => {
    expect(assertTitle('  Head of sales ')).toBe('Head of sales');
    for (const wrong of [' ', 'x'.repeat(101), 'Head\r\n{"level":"info"}']) expect(refusal(() => assertTitle(wrong))).toEqual(['TITLE_INVALID', ['input', 'title']]);
  });

  it('keeps what is absent, and loses what is null', () => {
    const before = { phone: '+442079460000', title: 'Seller', locale: 'en', timeZone: 'UTC' };
    expect(profileAfter(before, { phone: null, locale: 'DE' })).toEqual({ phone: null, title: 'Seller', locale: 'de', timeZone: 'UTC' });
  });
});

describe('contact data that is not to be seen', () => {
  it('shows of an address what tells colleagues apart, and never how long it is', () => {
    expect(maskedEmail('olga@example.org')).toBe('o•••@e•••.org');
    expect(maskedEmail('o@e.org')).toBe('o•••@e•••.org');
    expect(maskedEmail('olga.much.longer@mail.example.co.uk')).toBe('o•••@m•••.uk');
    expect(maskedEmail('🙂🙂@пример.рф')).toBe('🙂•••@п•••.рф');
    expect(maskedEmail('not an address')).toBe('•••');
  });

  it('shows of a number its last two digits', () => expect(maskedPhone('+442079460067')).toBe('+•••67'));
});
