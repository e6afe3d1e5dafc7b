import type { EntityManager } from '@vss/db';
import { handlersByType, on, RightsChanged, UserUpdated } from '@vss/events';
import type { KeySessions } from './api-key.sessions.js';

/** A key does what its account and who answers for it may do: where their rights change, or one is deactivated, so do the key's. */
export const apiKeyRoutes = (sessions: KeySessions) => ({
  group: 'identity.api-keys',
  ...handlersByType<EntityManager>([
    on(RightsChanged, async (tx, { userId, sessionId, role }, { traceId }) => {
      // What was said of a key is said already.
      if (sessionId === undefined) await sessions.follow(tx, userId === undefined ? { role } : { userId }, { traceId });
    }),
    on(UserUpdated, (tx, { user }, { traceId }) => sessions.follow(tx, { userId: user.id }, { traceId })),
  ]),
});
