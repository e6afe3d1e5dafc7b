import { currentSpan, newId as makeId, systemNow, type NewId, type Now } from '@vss/runtime';
import type { MessageDefinition, PayloadOf } from './catalogue/index.js';

/** The transaction that a message belongs to: MikroORM's EntityManager inside `transactional` fits. */
export interface OutboxTransaction {
  flush(): Promise<void>;
  /** Placeholders are `?`. */
  execute(sql: string, params?: readonly unknown[]): Promise<unknown>;
}

/** What a message carries besides its payload. */
export interface MessageContext {
  readonly centerId: string | null;
  readonly traceId: string;
  /** Id of the user on whose behalf, or `system`. */
  readonly actor: string;
  readonly causationId?: string | null;
}

export interface Outbox {
  /**
   * Adds a message to what the transaction says when it commits. Entities are written first, so that two transactions
   * that change one aggregate queue at its row and their messages keep the order of their changes. Gives the message's id.
   */
  add<D extends MessageDefinition>(tx: OutboxTransaction, definition: D, payload: PayloadOf<D>, context: MessageContext): Promise<string>;
}

export interface OutboxOptions {
  readonly schema: string;
  /** Name of the sending subgraph; by default its schema's. */
  readonly source?: string;
  readonly now?: Now;
  readonly newId?: NewId;
}

/** Channel on which a schema's outbox tells of new rows (`added`) and of rows that readers may now see (`placed`). */
export const outboxChannel = (schema: string): string => `vss_${schema}`;

export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** The running span's, if it is of the message's trace: then whoever takes the message up goes on from there. */
function traceparentOf(traceId: string): string | null {
  const span = currentSpan();
  return span?.traceId === traceId ? span.traceparent : null;
}

export function createOutbox({ schema, source = schema, now = systemNow, newId = makeId }: OutboxOptions): Outbox {
  const columns = 'id, type, version, at, center_id, aggregate_id, causation_id, trace_id, traceparent, actor, payload';
  const insert =
    `with added as (insert into ${quoteName(schema)}.outbox (${columns}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb) returning 1)` +
    ` select pg_notify('${outboxChannel(schema).replaceAll("'", "''")}', 'added') from added`;
  return {
    async add(tx, definition, payload, context) {
      const parsed = definition.payload.safeParse(payload);
      if (!parsed.success) throw new Error(`${source} cannot send ${definition.type}: ${parsed.error.message}`, { cause: parsed.error });
      await tx.flush();
      const id = newId('msg');
      const { centerId, causationId = null, traceId, actor } = context;
      const aggregateId = definition.aggregateIdOf(parsed.data);
      const fields = [id, definition.type, definition.version, now().toISOString(), centerId, aggregateId, causationId, traceId, traceparentOf(traceId), actor];
      await tx.execute(insert, [...fields, JSON.stringify(parsed.data)]);
      return id;
    },
  };
}
