import type { Message } from './message.js';

/** A row as node-postgres gives it; bigints come as text. */
export interface OutboxRow {
  readonly id: string;
  readonly position: string;
  readonly type: string;
  readonly version: number;
  readonly at: Date;
  readonly center_id: string | null;
  readonly aggregate_id: string;
  readonly sequence: string;
  readonly causation_id: string | null;
  readonly trace_id: string;
  readonly traceparent: string | null;
  readonly actor: string;
  readonly payload: unknown;
}

export const OUTBOX_COLUMNS = 'id, position, type, version, at, center_id, aggregate_id, sequence, causation_id, trace_id, traceparent, actor, payload';

/** A message with its place in the sender's outbox: the cursor of live streams. */
export type PositionedMessage = Message & { readonly position: bigint };

export function messageOfRow(row: OutboxRow): PositionedMessage {
  return {
    id: row.id,
    type: row.type,
    version: row.version,
    at: row.at.toISOString(),
    centerId: row.center_id,
    aggregateId: row.aggregate_id,
    sequence: Number(row.sequence),
    causationId: row.causation_id,
    traceId: row.trace_id,
    ...(row.traceparent === null ? {} : { traceparent: row.traceparent }),
    actor: row.actor,
    payload: row.payload,
    position: BigInt(row.position),
  };
}
