import { hash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const PREFIX_LENGTH = 8;
/** 62 to the 43rd is a little more than 2 to the 256th. */
const SECRET_LENGTH = 43;
const CHECKSUM_LENGTH = 6;

/** How a key looks, for scanners that search texts for secrets: `vss_`, what may be shown of it, secret and checksum. */
export const API_KEY_PATTERN = /vss_[0-9A-Za-z]{8}_[0-9A-Za-z]{49}/;
const WHOLE_KEY = new RegExp(`^${API_KEY_PATTERN.source}$`);

export interface NewApiKey {
  /** All of it. Whoever holds it is the service account. */
  readonly key: string;
  /** What may be shown and logged, to tell keys apart: `vss_` and eight characters. */
  readonly prefix: string;
}

export function newApiKey(): NewApiKey {
  const prefix = `vss_${randomText(PREFIX_LENGTH)}`;
  const body = `${prefix}_${randomText(SECRET_LENGTH)}`;
  return { key: body + checksumOf(body), prefix };
}

/** Whether a bearer token is meant to be an API key; an access token begins otherwise. */
export const looksLikeApiKey = (token: string): boolean => token.startsWith('vss_');

/** Whether it may be a key at all. What was mistyped or cut off is found out here, and nobody need be asked. */
export const isApiKey = (token: string): boolean => WHOLE_KEY.test(token) && checksumOf(token.slice(0, -CHECKSUM_LENGTH)) === token.slice(-CHECKSUM_LENGTH);

/** What is stored in place of a key. It has 256 bits of its own, so a fast hash is enough. */
export const apiKeyHash = (key: string): string => hash('sha256', key, 'base64url');

/** Who holds a secret of a key holds a session, whose id is that of the key and the number of the secret. */
export const keySessionId = (keyId: string, number: number): string => `${keyId}.${number}`;
export const keyIdOf = (sessionId: string): string => sessionId.split('.', 1)[0] ?? sessionId;

const randomText = (length: number): string => Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

function checksumOf(text: string): string {
  let rest = crc32(text);
  let digits = '';
  for (let i = 0; i < CHECKSUM_LENGTH; i++) {
    digits = `${ALPHABET[rest % ALPHABET.length]}${digits}`;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return digits;
}
