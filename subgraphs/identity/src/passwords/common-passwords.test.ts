import { expect, it } from 'vitest';
import { isCommonPassword } from './common-passwords.js';

it.each([
  ['secure123', 'the example of the source document (X-35)'],
  ['1q2w3e4r5t', 'on the list'],
  ['BASKETBALL', 'in capitals'],
  ['Basketball2026!', 'with a year behind it'],
  ['2026!basketball', 'with a year before it'],
  ['b4sk3tb4ll', 'with letters masked'],
  ['P@ssw0rd123!', 'masked, and with digits behind it'],
  ['Ｐａｓｓｗｏｒｄ123', 'in full-width letters'],
  ['callcenter99', 'a word of the trade'],
  ['ababababababab', 'hardly more than one sign'],
])('knows %s: %s', (password) => expect(isCommonPassword(password)).toBe(true));

it.each(['correct horse battery', 'basketball-tournament', 'Basketball 8d1f0c72', 'zwölf Boxkämpfer', '密码是一个很长的句子吗'])('lets %s pass', (password) => expect(isCommonPassword(password)).toBe(false));
