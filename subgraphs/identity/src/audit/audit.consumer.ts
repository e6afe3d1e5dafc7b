import type { EntityManager } from '@vss/db';
import { AccessDenied, handlersByType, MutationRecorded, on, OverrideUsed } from '@vss/events';
import type { AuditService } from './audit.service.js';

/** Denials of every wall and overrides of every subgraph, in every process, become lines of the one audit. */
export const auditRoutes = (audit: AuditService) =>
  handlersByType<EntityManager>([
    on(AccessDenied, (tx, denied, { centerId, traceId }) => audit.recordDenial(tx, denied, { centerId, traceId })),
    on(OverrideUsed, (tx, used, { centerId, traceId }) => audit.recordOverride(tx, used, { centerId, traceId })),
  ]);

/** Mutations of every other subgraph: by far the most of what the audit hears. A line is known by its message, so that it stands once. */
export const mutationRoutes = (audit: AuditService) => ({
  group: 'identity.mutations',
  isRepeatable: true,
  ...handlersByType<EntityManager>([on(MutationRecorded, (em, record, message) => audit.recordMutation(em, record, message))]),
});
