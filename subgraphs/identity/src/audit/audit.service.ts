import type { EntityManager } from '@vss/db';
import { newId as typeId, systemNow, type NewId, type Now } from '@vss/runtime';
import { AuditAction, AuditOutcome, SecurityAuditEntry } from './security-audit.entity.js';

/** Where a request came from, as the audit and the events tell it. */
export interface Origin {
  readonly traceId: string;
  readonly address: string;
}

export interface AuditRecord {
  readonly action: AuditAction;
  readonly outcome?: AuditOutcome;
  /** Null where the center is not known. */
  readonly centerId: string | null;
  /** Null where nobody is known to have done it. */
  readonly actorId: string | null;
  readonly target?: string | null;
  readonly detail?: Record<string, unknown>;
  readonly at?: Date;
}

export type AuditService = ReturnType<typeof createAuditService>;

export function createAuditService({ newId = typeId, now = systemNow }: { newId?: NewId; now?: Now } = {}) {
  return {
    /** Adds a line in the transaction of what it tells of: one does not stand without the other. */
    record(tx: EntityManager, { action, outcome = AuditOutcome.ALLOWED, centerId, actorId, target = null, detail = {}, at = now() }: AuditRecord, origin: Origin): void {
      tx.persist(
        tx.create(SecurityAuditEntry, { id: newId('aud'), centerId, at, action, outcome, actorId, target, detail, traceId: origin.traceId, sourceAddress: origin.address }),
      );
    },
  };
}
