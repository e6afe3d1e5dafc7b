import type pg from 'pg';
import { messageOf, type Logger } from '@vss/runtime';
import { quoteName } from './outbox.js';

const EVERY_MS = 60_000;
const BATCH = 5_000;
const INBOX_HOURS = 7 * 24;
const IDEMPOTENCY_HOURS = 48;

/** Keeps a schema's messaging tables from growing for ever. Looks at most once a minute, a batch at a time. */
export function createPurge({ pool, schema, retentionHours, logger }: { pool: pg.Pool; schema: string; retentionHours: number; logger: Logger }): {
  now(): Promise<void>;
} {
  const s = quoteName(schema);
  const age = (hours: string): string => `now() - make_interval(secs => ${hours} * 3600)`;
  // The newest row stays, whatever its age: a reader at the end of the stream then knows that it has missed nothing.
  const outbox = `delete from ${s}.outbox where n in (
    select n from ${s}.outbox where published_at < ${age('$1')} and position < (select position from ${s}.outbox_head) order by published_at limit ${BATCH})`;
  const inbox = `delete from ${s}.inbox where ctid = any(array(select ctid from ${s}.inbox where handled_at < ${age('$1')} limit ${BATCH}))`;
  const keys = `delete from ${s}.idempotency_key where ctid = any(array(select ctid from ${s}.idempotency_key where created_at < ${age('$1')} limit ${BATCH}))`;
  let nextAt = 0;
  return {
    async now() {
      if (Date.now() < nextAt) return;
      nextAt = Date.now() + EVERY_MS;
      try {
        const counts = [await pool.query(outbox, [retentionHours]), await pool.query(inbox, [INBOX_HOURS]), await pool.query(keys, [IDEMPOTENCY_HOURS])];
        // A full batch: there is more, so do not wait a whole minute.
        if (counts.some(({ rowCount }) => rowCount === BATCH)) nextAt = Date.now();
      } catch (error) {
        logger.warn({ schema, reason: messageOf(error) }, 'Old messages could not be purged');
      }
    },
  };
}
