import type { EntityManager } from '@vss/db';
import { handlersByType, on, PERSON_ERASED_BY } from '@vss/events';
import type { ErasureService } from './erasure.service.js';

/** What the other subgraphs have done becomes part of the report. */
export const erasureRoutes = (erasures: ErasureService) =>
  handlersByType<EntityManager>(
    Object.entries(PERSON_ERASED_BY).map(([subgraph, answered]) =>
      on(answered, (tx: EntityManager, { erasureId, holdings }) => erasures.keepAnswer(tx, { erasureId, subgraph, holdings })),
    ),
  );
