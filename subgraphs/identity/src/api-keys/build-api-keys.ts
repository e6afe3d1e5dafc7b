import type { TokenSigner } from '@vss/auth';
import type { EntityManager } from '@vss/db';
import type { Outbox } from '@vss/events';
import type { NewId, Now } from '@vss/runtime';
import type { AuditService } from '../audit/index.js';
import { apiKeyRoutes } from './api-key.consumer.js';
import { ApiKey, ApiKeySecret } from './api-key.entity.js';
import { ApiKeyPassResolver } from './api-key-pass.resolver.js';
import { ApiKeyResolver } from './api-key.resolver.js';
import { createApiKeyService } from './api-key.service.js';
import { createKeySessions } from './api-key.sessions.js';

interface Deps {
  readonly openEm: () => EntityManager;
  readonly outbox: Outbox;
  readonly audit: AuditService;
  readonly accessTokens: TokenSigner;
  readonly newId: NewId;
  readonly now: Now;
}

export const apiKeyEntities = [ApiKey, ApiKeySecret];

/** Keys of service accounts, put together. */
export function buildApiKeys({ openEm, outbox, audit, accessTokens, newId, now }: Deps) {
  const sessions = createKeySessions({ openEm, outbox, audit, accessTokens, now });
  const keys = createApiKeyService({ outbox, audit, sessions, newId, now });
  return {
    resolvers: [new ApiKeyResolver(keys), new ApiKeyPassResolver(sessions)],
    /** Who is here by a key, among these sessions. */
    statesOf: sessions.statesOf,
    consumer: apiKeyRoutes(sessions),
    housekeeping: [() => sessions.endExpired()],
  };
}
