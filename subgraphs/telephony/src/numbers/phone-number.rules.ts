import { getCountries, getCountryCallingCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';

export type NumberRefusal = { code: 'PHONE_NUMBER_INVALID' | 'PHONE_NUMBER_FORBIDDEN'; message: string };
export type DialableNumber = { ok: true; e164: string } | ({ ok: false } & NumberRefusal);

// ITU-T E.164 Annex and operational bulletins; 999 codes of one country are refused everywhere: none of them is a
// subscriber's number anywhere, and a call centre has no business to dial one.
const EMERGENCY: ReadonlySet<string> = new Set([
  '100', '101', '102', '103', '104', '110', '111', '112', '113', '115', '116', '117', '118', '119', '120', '122',
  '133', '144', '150', '155', '158', '190', '191', '192', '193', '194', '197', '198', '199', '000', '911', '988', '995', '997', '998', '999',
]);

const CALLING_CODES: ReadonlySet<string> = new Set(getCountries().map((country) => getCountryCallingCode(country)));

/** Ranges that belong to no country, by calling code. */
const GLOBAL_RANGES: readonly [prefix: string, what: string][] = [
  ['+870', 'satellite (Inmarsat)'],
  ['+881', 'satellite (global mobile satellite systems)'],
  ['+882', 'satellite and international networks'],
  ['+883', 'satellite and international networks'],
  ['+808', 'international shared cost'],
  ['+878', 'universal personal numbers'],
  ['+888', 'disaster relief'],
  ['+979', 'international premium rate'],
];

// libphonenumber types a number only when its national plan has assigned it. These are premium wherever the plan
// has not yet assigned the rest of the number, so they are refused by their beginning.
const PREMIUM_PREFIXES: readonly string[] = ['+1900', '+7803', '+7809', '+4490', '+4491', '+4498', '+49900', '+33897', '+33898', '+33899', '+39892', '+39899'];
// The exchange 976 in any area of the North American plan.
const NANP_PREMIUM = /^\+1[2-9]\d{2}976\d{4}$/;

/**
 * Reads a number that somebody wants to dial and decides whether the platform may (L-22). Separators are dropped,
 * the leading + is required: a national number means another subscriber in another country.
 *
 * The length must be right for the country. The number need not be in an assigned range: numbering plans open new
 * ranges before libphonenumber knows them, and the ranges kept for tests (+1 555 01xx) are never assigned.
 */
export function dialableNumber(text: string, blockedPrefixes: readonly string[] = []): DialableNumber {
  const compact = text.trim().replaceAll(/[\s().-]/g, '');
  if (isEmergency(compact)) return forbidden(`${compact} is an emergency number`);
  if (!/^\+[1-9]\d{4,14}$/.test(compact)) return invalid('Give the number in E.164 form: + country code number, at most 15 digits');
  const range = GLOBAL_RANGES.find(([prefix]) => compact.startsWith(prefix));
  if (range) return forbidden(`${range[0]} is not dialled: ${range[1]}`);
  const parsed = parsePhoneNumberFromString(compact);
  if (!parsed?.isPossible()) return invalid(`${compact} is too short or too long for its country, or the country code does not exist`);
  const type = parsed.getType();
  if (type === 'PREMIUM_RATE' || PREMIUM_PREFIXES.some((prefix) => compact.startsWith(prefix)) || NANP_PREMIUM.test(compact))
    return forbidden(`${compact} is a premium-rate number`);
  if (type === 'SHARED_COST') return forbidden(`${compact} is a shared-cost number`);
  if (blockedPrefixes.some((prefix) => compact.startsWith(prefix))) return forbidden(`${compact} is in a blocked range`);
  return { ok: true, e164: parsed.number };
}

/** A short code alone, or behind the code of a country. */
function isEmergency(compact: string): boolean {
  const digits = compact.replace(/^\+/, '');
  if (EMERGENCY.has(digits)) return true;
  return compact.startsWith('+') && EMERGENCY.has(digits.slice(-3)) && CALLING_CODES.has(digits.slice(0, -3));
}

const invalid = (message: string): DialableNumber => ({ ok: false, code: 'PHONE_NUMBER_INVALID', message });
const forbidden = (message: string): DialableNumber => ({ ok: false, code: 'PHONE_NUMBER_FORBIDDEN', message });
