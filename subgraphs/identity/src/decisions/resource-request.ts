import type { EntityManager } from '@vss/db';
import { ownedResource, ResourcesRequested, type Outbox } from '@vss/events';
import { newTraceId } from '@vss/runtime';
import { knowsNothing } from './resource-fact.queries.js';

/** Has the other subgraphs say whose each of their rows is. */
export const requestResources = (em: EntityManager, outbox: Outbox): Promise<void> =>
  em.transactional(async (tx) => {
    const context = { centerId: null, traceId: newTraceId(), actor: 'system' };
    for (const type of ownedResource.options) await outbox.add(tx, ResourcesRequested, { type, after: '' }, context);
  });

/** The same where nothing is known yet: in an installation that is older than this knowledge, there may be much. */
export async function requestResourcesOnce(em: EntityManager, outbox: Outbox): Promise<void> {
  if (await knowsNothing(em)) await requestResources(em, outbox);
}
