import type { EntityManager } from '@vss/db';
import type { AccessDenied, MutationRecord, OverrideUsed, PayloadOf } from '@vss/events';
import { noteInMutation, type WriteRecord } from '@vss/graphql';
import { newId as typeId, systemNow, type NewId, type Now } from '@vss/runtime';
import { insertLines, type AuditLine } from './audit.queries.js';
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

/** Where and on whose trace another subgraph's report belongs. */
interface Place {
  readonly centerId: string | null;
  readonly traceId: string;
}

export type AuditService = ReturnType<typeof createAuditService>;

// Sessions come and go all day: that one began says all that its row would.
const SELF_TOLD: ReadonlySet<AuditAction> = new Set([AuditAction.SIGN_IN, AuditAction.SIGN_IN_REFUSED, AuditAction.SESSION_REFRESHED, AuditAction.SESSION_ENDED]);

export function createAuditService({ newId = typeId, now = systemNow }: { newId?: NewId; now?: Now } = {}) {
  const lineOf = ({ action, outcome = AuditOutcome.ALLOWED, centerId, actorId, target = null, detail = {}, at = now() }: AuditRecord, origin: Origin): AuditLine => ({
    id: newId('aud'),
    centerId,
    at,
    action,
    outcome,
    actorId,
    target,
    detail,
    traceId: origin.traceId,
    sourceAddress: origin.address,
    operation: null,
    permission: null,
    override: false,
    changes: [],
  });

  /** The lines of one transaction: those that services made, or else one of the mutation itself. */
  function linesOf(record: MutationRecord, place: Place, notes: readonly AuditLine[]): AuditLine[] {
    const { operation, permission, override, changes } = record;
    if (notes.length === 0) return [{ ...lineOf(generalRecord(record, place.centerId), { traceId: place.traceId, address: record.sourceAddress }), operation, permission, override, changes: [...changes] }];
    const main = notes.find(({ action }) => !SELF_TOLD.has(action));
    return notes.map((note) => ({ ...note, operation, permission, override, changes: note === main ? [...changes] : [] }));
  }

  const writeMutation: WriteRecord = async (em, record, { scope: { actor, traceId }, notes }) => {
    await insertLines(em, linesOf(record, { centerId: actor.centerId || null, traceId }, notes as AuditLine[]));
  };

  return {
    /**
     * Adds a line in the transaction of what it tells of: one does not stand without the other. Within a mutation it
     * is written when the transaction commits, with the mutation's name, right and changed fields.
     */
    record(tx: EntityManager, record: AuditRecord, origin: Origin): void {
      const line = lineOf(record, origin);
      if (tx.isInTransaction() && noteInMutation(tx, line)) return;
      tx.persist(tx.create(SecurityAuditEntry, line));
    },

    /** A mutation of this subgraph, in its own transaction. */
    writeMutation,

    /** A mutation of another subgraph, as its outbox told it; told twice, it stands once. */
    recordMutation: (em: EntityManager, record: MutationRecord, message: Place & { readonly id: string }): Promise<void> =>
      insertLines(em, linesOf(record, message, []).map((line) => ({ ...line, id: message.id.replace(/^msg_/, 'aud_') }))),

    /** A right that was asked for and not given, at whichever wall. */
    async recordDenial(tx: EntityManager, { userId, role, permission, operation, wall, count = 1, sourceAddress = '', at }: PayloadOf<typeof AccessDenied>, { centerId, traceId }: Place): Promise<void> {
      const detail = { permission, role, wall, count };
      const record = { action: AuditAction.ACCESS_DENIED, outcome: AuditOutcome.REFUSED, centerId, actorId: userId, target: operation, detail, at: new Date(at) };
      await insertLines(tx, [{ ...lineOf(record, { traceId, address: sourceAddress }), permission }]);
    },

    /** The use of a right that somebody has by `*:*` alone. */
    async recordOverride(tx: EntityManager, { userId, role, permission, operation, count, sourceAddress, at }: PayloadOf<typeof OverrideUsed>, place: Place): Promise<void> {
      const record = { action: AuditAction.OVERRIDE_USED, centerId: place.centerId, actorId: userId, target: operation, detail: { role, count }, at: new Date(at) };
      await insertLines(tx, [{ ...lineOf(record, { traceId: place.traceId, address: sourceAddress }), permission, override: true }]);
    },
  };
}

const generalRecord = ({ outcome, userId, target, role, subgraph, errors, untold, at }: MutationRecord, centerId: string | null): AuditRecord => ({
  action: AuditAction.MUTATION,
  outcome: AuditOutcome[outcome],
  centerId,
  actorId: userId === 'anonymous' ? null : userId,
  target,
  detail: { role, subgraph, ...(errors.length > 0 ? { errors } : {}), ...(untold > 0 ? { untold } : {}) },
  at: new Date(at),
});

