import { AppError } from '@vss/runtime';
import { createBoundedCache } from '../../common/bounded-cache.js';
import { fullBucket, refill, waitFor, type Bucket } from '../rate/bucket.js';
import { clientNetwork } from '../rate/rate-limiter.js';

/** Keys that are none may be presented from one network this often in a minute; then identity is not asked for a while. */
const WRONG_A_MINUTE = 30;
const KEPT_NETWORKS = 10_000;
/** A key that was refused is not asked about again for so long: its holder may not have noticed. */
const REFUSED_MS = 5_000;
const KEPT_REFUSALS = 10_000;

const MESSAGES: Readonly<Record<string, string>> = {
  MALFORMED: 'This is no API key: it is mistyped or cut off',
  UNKNOWN: 'There is no such API key',
  EXPIRED: 'The API key has expired: take the newest secret, or make another key',
  REVOKED: 'The API key was taken back, or replaced by another secret',
  SUSPENDED: 'The API key is suspended: its service account, or who answers for it, is deactivated',
};

export const keyRefused = (refusal: string): AppError => new AppError('UNAUTHENTICATED', MESSAGES[refusal] ?? 'The API key opens nothing', { reason: `API_KEY_${refusal}` });

/** What wrong keys cost: nobody but who presents them, and him little. */
export interface Refusals {
  /** Throws where the key was refused just now, or its network has presented too many wrong ones. */
  assertMayAsk(hash: string, address: string): void;
  /** Notes that identity refused it. */
  note(hash: string, address: string, refusal: string): void;
}

export function createRefusals({ now }: { now: () => number }): Refusals {
  const refused = createBoundedCache<string, { readonly error: AppError; readonly until: number }>(KEPT_REFUSALS);
  const networks = createBoundedCache<string, Bucket>(KEPT_NETWORKS);
  return {
    assertMayAsk(hash, address) {
      const at = now();
      const known = refused.get(hash);
      if (known && known.until > at) throw known.error;
      const bucket = networks.get(clientNetwork(address));
      if (!bucket) return;
      refill(bucket, WRONG_A_MINUTE, at);
      const retryAfterMs = waitFor(bucket, 1, WRONG_A_MINUTE);
      if (retryAfterMs > 0) throw new AppError('RATE_LIMITED', `Too many wrong API keys from your network: come back in ${Math.ceil(retryAfterMs / 1_000)} s`, { limit: 'API_KEYS', most: WRONG_A_MINUTE, retryAfterMs });
    },
    note(hash, address, refusal) {
      const at = now();
      refused.set(hash, { error: keyRefused(refusal), until: at + REFUSED_MS });
      const network = clientNetwork(address);
      const bucket = networks.get(network) ?? fullBucket(WRONG_A_MINUTE, at);
      refill(bucket, WRONG_A_MINUTE, at);
      bucket.level -= 1;
      networks.set(network, bucket);
    },
  };
}

