import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Keeps secrets in the database of no use to who has the database alone. */
export interface Sealer {
  /** `place` says which row it is for: sealed for one, it opens in no other. */
  seal(secret: string, place: string): string;
  /** Throws `SealBroken` where it was sealed with another secret, for another place, or was changed since. */
  open(sealed: string, place: string): string;
}

export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM under a key of its own for each purpose, derived from the installation's secret by HKDF: what is sealed
 * for one purpose says nothing of another's key, nor of the secret.
 */
export function createSealer(installationSecret: string, purpose: string): Sealer {
  const key = Buffer.from(hkdfSync('sha256', installationSecret, 'vss-identity', `seal:${purpose}`, KEY_BYTES));
  return {
    seal(secret, place) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(ALGORITHM, key, iv).setAAD(Buffer.from(place));
      const hidden = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), hidden]).toString('base64url');
    },
    open(sealed, place) {
      const bytes = Buffer.from(sealed, 'base64url');
      const [iv, tag, hidden] = [bytes.subarray(0, IV_BYTES), bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES), bytes.subarray(IV_BYTES + TAG_BYTES)];
      try {
        const decipher = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(place)).setAuthTag(tag);
        return Buffer.concat([decipher.update(hidden), decipher.final()]).toString('utf8');
      } catch (error) {
        throw new SealBroken(`What was sealed for ${place} does not open with this secret`, { cause: error });
      }
    },
  };
}
