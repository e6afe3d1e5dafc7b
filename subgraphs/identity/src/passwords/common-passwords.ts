import { createRequire } from 'node:module';

/**
 * What people write to get past a rule of ten characters, and words of this trade. The long list has few of these:
 * it was made of leaked passwords, and most of those are short.
 */
const OUR_OWN = `
secure123 secure1234 secure12345 password!1 yourpassword newpassword newpassword1 q1w2e3r4t5y6 asdfghjkl1 changeme123
administrator superadmin supervisor operator callcenter callcentre callcenter1 telephony switchboard headset dialer
trustno1trustno1 temppassword rootroot adminadmin testtest passpass welcomewelcome letmeinletmein iloveyouiloveyou
`;

/** What was put around a common word is guessed as well, up to this many signs. */
const MOST_ADDED = 6;
const FEWEST_DIFFERENT = 5;

const PLAIN_LETTER: Readonly<Record<string, string>> = { '@': 'a', '4': 'a', '3': 'e', '1': 'i', '!': 'i', '0': 'o', $: 's', '5': 's', '7': 't' };
const unmasked = (text: string): string => text.replace(/[@431!0$57]/g, (sign) => PLAIN_LETTER[sign] ?? sign);

/** The word without digits and signs before and after it. */
const bare = (text: string): string => text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');

let list: ReadonlySet<string> | undefined;

/**
 * 49,000 passwords in lower case, the most common first: zxcvbn's list from leaks of many sites (MIT licence). Read
 * when the first password is judged: it takes 50 ms that a start need not wait for.
 */
function known(): ReadonlySet<string> {
  if (list) return list;
  const { dictionary } = createRequire(import.meta.url)('@zxcvbn-ts/language-common') as typeof import('@zxcvbn-ts/language-common');
  list = new Set([...dictionary['passwords-common'], ...OUR_OWN.split(/\s+/).filter(Boolean)]);
  return list;
}

/** Whether a password is on the list, is a word of it with letters masked or a few signs around it, or is hardly more than one sign. */
export function isCommonPassword(password: string): boolean {
  const typed = password.normalize('NFKC').toLowerCase();
  if (new Set(typed).size < FEWEST_DIFFERENT) return true;
  const word = bare(typed);
  const spellings = [typed, unmasked(typed), bare(unmasked(typed))];
  if (typed.length - word.length <= MOST_ADDED) spellings.push(word, unmasked(word));
  return spellings.some((spelling) => known().has(spelling));
}
