import type { EntityManager } from '@vss/db';
import { AccessDenied, handlersByType, MutationRecorded, on, OverrideUsed } from '@vss/events';
import type { AuditService } from './audit.service.js';

/** Denials of every wall, mutations and overrides of every subgraph, in every process, become lines of the one audit. */
export const auditRoutes = (audit: AuditService) =>
  handlersByType<EntityManager>([
    on(AccessDenied, (tx, denied, { centerId, traceId }) => audit.recordDenial(tx, denied, { centerId, traceId })),
    on(MutationRecorded, (tx, record, { centerId, traceId }) => audit.recordMutation(tx, record, { centerId, traceId })),
    on(OverrideUsed, (tx, used, { centerId, traceId }) => audit.recordOverride(tx, used, { centerId, traceId })),
  ]);
