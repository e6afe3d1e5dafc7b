import type { Message } from '@vss/events';
import type { EntityManager } from '@vss/db';
import { moduleOf, severityOf, summaryOf } from './log-event.rules.js';

/** Stores an event once, however often it comes. Takes kinds that it does not know: the log is to miss nothing. */
export async function appendEvent(tx: EntityManager, message: Message): Promise<void> {
  await tx.execute(
    `insert into operations.log_event (id, center_id, type, module, severity, at, aggregate_id, summary, actor, trace_id, payload)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb) on conflict (id) do nothing`,
    [
      message.id,
      message.centerId,
      message.type,
      moduleOf(message),
      severityOf(message),
      message.at,
      message.aggregateId,
      summaryOf(message),
      message.actor,
      message.traceId,
      JSON.stringify(message.payload ?? null),
    ],
  );
}

/** In pieces, so that no statement holds on to the table for long. */
export async function forgetEvents(em: EntityManager, before: Date): Promise<void> {
  for (;;) {
    const gone = await em.execute<unknown[]>(
      'delete from operations.log_event where id in (select id from operations.log_event where at < ? order by at limit 5000) returning 1',
      [before.toISOString()],
    );
    if (gone.length === 0) return;
  }
}
