import { raw, type RawQueryFragment } from '@mikro-orm/core';
import { schemaOf, type EntityManager } from '@vss/db';
import type { AuditedChange } from '@vss/events';
import type { AuditAction, AuditOutcome } from './security-audit.entity.js';

/** A line as it is written; its place in the chain comes later. */
export interface AuditLine {
  readonly id: string;
  readonly centerId: string | null;
  readonly at: Date;
  readonly action: AuditAction;
  readonly outcome: AuditOutcome;
  readonly actorId: string | null;
  readonly target: string | null;
  readonly detail: Record<string, unknown>;
  readonly traceId: string;
  readonly sourceAddress: string;
  readonly operation: string | null;
  readonly permission: string | null;
  readonly override: boolean;
  readonly changes: AuditedChange[];
}

const COLUMNS = 'id, center_id, at, action, outcome, actor_id, target, detail, trace_id, source_address, operation, permission, override, changes';
const VALUES = '(?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?::jsonb)';

/** All in one statement, and one that is there already once; behind whatever else the transaction has written. */
export async function insertLines(tx: EntityManager, lines: readonly AuditLine[]): Promise<void> {
  const values = lines.flatMap(({ id, centerId, at, action, outcome, actorId, target, detail, traceId, sourceAddress, operation, permission, override, changes }) => {
    const what = [id, centerId, at.toISOString(), action, outcome, actorId, target, JSON.stringify(detail)];
    return what.concat([traceId, sourceAddress, operation, permission, String(override), JSON.stringify(changes)]);
  });
  await tx.execute(`insert into ${schemaOf(tx)}.security_audit_entry (${COLUMNS}) values ${lines.map(() => VALUES).join(', ')} on conflict (id) do nothing`, values);
}

/** Lines of a time that hold a text. The center filter is the query's that this goes into. */
export function idsHolding(text: string, since: Date): RawQueryFragment {
  const pattern = `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  return raw('(select t.id from identity.security_audit_entry t where t.at >= ? and (t.target ilike ? or t.operation ilike ? or t.detail::text ilike ? or t.changes::text ilike ?))', [
    since.toISOString(),
    pattern,
    pattern,
    pattern,
    pattern,
  ]);
}
