import type { EntityManager } from '@vss/db';
import { AccessDenied, handlersByType, MutationRecorded, on, OverrideUsed } from '@vss/events';
import type { AuditService } from './audit.service.js';
import { AuditAction, AuditOutcome } from './security-audit.entity.js';

/** Denials of every wall, mutations and overrides of every subgraph, in every process, become lines of the one audit. */
export const auditRoutes = (audit: AuditService) =>
  handlersByType<EntityManager>([
    on(AccessDenied, async (tx, denied, message) => {
      audit.record(
        tx,
        {
          action: AuditAction.ACCESS_DENIED,
          outcome: AuditOutcome.REFUSED,
          centerId: message.centerId,
          actorId: denied.userId,
          target: denied.operation,
          detail: { permission: denied.permission, role: denied.role, wall: denied.wall, count: denied.count ?? 1 },
          at: new Date(denied.at),
        },
        { traceId: message.traceId, address: '' },
      );
    }),
    on(MutationRecorded, (tx, record, { centerId, traceId }) => audit.recordMutation(tx, record, { centerId, traceId })),
    on(OverrideUsed, (tx, used, { centerId, traceId }) => audit.recordOverride(tx, used, { centerId, traceId })),
  ]);
