import { hkdfSync } from 'node:crypto';

/** A key for one purpose, from the secret of the installation: what is known of it says nothing of another, nor of the secret. */
export const derivedKey = (installationSecret: string, purpose: string): Buffer => Buffer.from(hkdfSync('sha256', installationSecret, 'vss-identity', purpose, 32));
