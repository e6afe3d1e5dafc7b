import type { Logger } from '@vss/runtime';
import type { Cache } from '../cache/cache.js';
import { createFallbackCache } from '../cache/fallback-cache.js';
import { createMemoryCache } from '../cache/memory-cache.js';
import { createResponseCache, noResponseCache, type ResponseCache } from '../cache/response-cache.js';
import type { GatewaySettings } from '../settings.js';
import { createAdmission, type Admission } from './admission.js';
import { createPersistedDocuments, type PersistedDocuments } from './persisted/persisted-documents.js';
import { createRateLimiter } from './rate/rate-limiter.js';
import { shareUsage } from './rate/share-usage.js';

/** What decides on a request before anything of it runs, but for its rights. */
export interface Guard {
  readonly persisted: PersistedDocuments;
  readonly admission: Admission;
  readonly answers: ResponseCache;
  close(): Promise<void>;
}

type Settings = Pick<GatewaySettings, 'isAuthenticated' | 'cost' | 'rates' | 'persistedDocuments' | 'keepsAnswers'>;

/** `shared`: the cache of all gateways, if there is one. The guard ends it. */
export function createGuard({ settings, shared, logger }: { settings: Settings; shared: Cache | undefined; logger: Logger }): Guard {
  const own = createMemoryCache();
  const cache = shared ? createFallbackCache({ shared, own, logger }) : own;
  // Without authentication everybody is the one anonymous user of a loopback address.
  const limiter = settings.isAuthenticated && settings.rates ? createRateLimiter({ settings: settings.rates, isShared: shared !== undefined }) : undefined;
  const sharing = limiter && shared && shareUsage({ limiter, cache: shared, logger });
  return {
    persisted: createPersistedDocuments({ ...settings.persistedDocuments, cache }),
    admission: createAdmission({ settings: settings.cost, limiter }),
    answers: settings.keepsAnswers ? createResponseCache({ shared: shared && cache }) : noResponseCache,
    async close() {
      sharing?.close();
      await cache.close();
    },
  };
}
