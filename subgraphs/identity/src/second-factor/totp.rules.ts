import { createHash, randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

const ISSUER = 'VSS';
const SECRET_BYTES = 20;
const STEP_SECONDS = 30;
/** Codes of the neighbouring steps are taken too: clocks differ, and typing takes time. */
const WINDOW = 1;

/** RFC 6238 as every authenticator app has it: SHA-1, six digits, 30 seconds. */
const totp = (secret: string, label: string): TOTP => new TOTP({ issuer: ISSUER, label, algorithm: 'SHA1', digits: 6, period: STEP_SECONDS, secret: Secret.fromBase32(secret) });

/** 160 random bits, in base32. */
export const newTotpSecret = (): string => new Secret({ size: SECRET_BYTES }).base32;

/** What an authenticator app reads from a QR code. */
export const totpUri = (secret: string, username: string): string => totp(secret, username).toString();

/** The number of the 30 seconds that this code belongs to; undefined where it is wrong, or of another time. */
export function stepOf(secret: string, code: string, at: Date): number | undefined {
  const typed = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(typed)) return undefined;
  const timestamp = at.getTime();
  const delta = totp(secret, '').validate({ token: typed, timestamp, window: WINDOW });
  return delta === null ? undefined : Math.floor(timestamp / 1000 / STEP_SECONDS) + delta;
}

export const RECOVERY_CODES = 10;
// Without letters that look like digits, and without vowels: no words.
const SIGNS = '23456789bcdfghjkmnpqrstvwxz';
const GROUPS = 4;
const GROUP_LENGTH = 4;

/** 76 random bits: `b7kx-29mv-…`. */
export function newRecoveryCode(): string {
  const group = (): string => Array.from({ length: GROUP_LENGTH }, () => SIGNS[randomInt(SIGNS.length)]).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}

/** What is stored in place of a recovery code. It is random enough for a fast hash; however it was typed. */
export const recoveryCodeHash = (code: string): string =>
  createHash('sha256')
    .update(code.toLowerCase().replace(/[^0-9a-z]/g, ''))
    .digest('base64url');
