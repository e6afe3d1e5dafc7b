import type pg from 'pg';
import { delay, messageOf, type Logger } from '@vss/runtime';
import { settledSoon } from './attempts.js';
import type { Broker } from './broker.js';
import { startListener } from './listener.js';
import { outboxChannel, quoteName } from './outbox.js';
import { messageOfRow, OUTBOX_COLUMNS, type OutboxRow, type PositionedMessage } from './outbox-row.js';
import { createPurge } from './purge.js';
import { createWakeUp } from './wake-up.js';

/** The attempt that is worth a warning, some seconds after the first. */
const WARN_AT = 5;

export interface Relay {
  /** Begins to compete for the lead; resolves at once. Consumers are to be subscribed before. */
  start(): Promise<void>;
  /** There may be something new: sooner than the notification, never needed. */
  poke(): void;
  /** Resolves when every row committed so far has been published, by whichever process leads. */
  idle(signal?: AbortSignal): Promise<void>;
  isLeading(): boolean;
  stop(): Promise<void>;
}

export interface RelayOptions {
  readonly pool: pg.Pool;
  readonly schema: string;
  readonly broker: Broker;
  readonly logger: Logger;
  /** How long published rows stay readable for live streams. */
  readonly retentionHours?: number;
  /** Aggregates published at the same time. */
  readonly concurrency?: number;
  readonly backoffMs?: { readonly first: number; readonly most: number };
}

const POLL_MS = 1_000;
const STOP_MS = 2_000;
const PLACE_BATCH = 1_000;
const FETCH_BATCH = 256;
// Aggregates that wait for their next attempt are left out of the fetch; with more of them than this, all wait.
const MOST_WAITING = 2_000;

/**
 * Takes committed rows of a schema's outbox to the broker. Of all processes one leads, chosen by a lock that the
 * database frees when its holder's connection ends. A message is published at least once, and after the one before it
 * of the same aggregate; aggregates do not wait for each other.
 */
export function createRelay(options: RelayOptions): Relay {
  const { pool, schema, broker, logger, retentionHours = 24, concurrency = 32, backoffMs = { first: 100, most: 5_000 } } = options;
  const outbox = `${quoteName(schema)}.outbox`;
  const wakeUp = createWakeUp();
  const stopping = new AbortController();
  const purge = createPurge({ pool, schema, retentionHours, logger });
  const busy = new Map<string, Promise<void>>();
  const waiting = new Map<string, { until: number; attempts: number }>();
  const published = createBatcher((ids) => pool.query(`update ${outbox} set published_at = now() where id = any($1)`, [ids]));
  let term: AbortController | undefined;
  let listener: { stop(): Promise<void> } | undefined;
  let loop: Promise<void> | undefined;

  async function place(): Promise<void> {
    const client = await pool.connect();
    try {
      for (let placed = PLACE_BATCH; placed === PLACE_BATCH; ) {
        await client.query('begin');
        // In a statement of its own: the next one then sees whatever was committed before the lock was had.
        await client.query('select pg_advisory_xact_lock(hashtextextended($1, 1))', [schema]);
        const { rowCount } = await client.query(placeSql(schema), [PLACE_BATCH]);
        placed = rowCount ?? 0;
        if (placed > 0) await client.query('select pg_notify($1, $2)', [outboxChannel(schema), 'placed']);
        await client.query('commit');
      }
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      throw error;
    } finally {
      client.release();
    }
  }

  async function fetchNext(): Promise<PositionedMessage[]> {
    const now = Date.now();
    for (const [id, { until }] of waiting) if (until <= now && !busy.has(id)) waiting.set(id, { until: 0, attempts: waiting.get(id)?.attempts ?? 0 });
    const notNow = [...busy.keys(), ...[...waiting].filter(([, { until }]) => until > 0).map(([id]) => id)];
    if (notNow.length > MOST_WAITING || busy.size >= concurrency) return [];
    const { rows } = await pool.query<OutboxRow>(
      `select ${OUTBOX_COLUMNS} from ${outbox} where published_at is null and position is not null and aggregate_id <> all($1) order by position limit $2`,
      [notNow, FETCH_BATCH],
    );
    return rows.map(messageOfRow);
  }

  async function publishInOrder(aggregateId: string, messages: readonly PositionedMessage[], signal: AbortSignal): Promise<void> {
    try {
      for (const { position: _, ...message } of messages) {
        if (signal.aborted) return;
        await broker.publish(message);
        await published.add(message.id);
        waiting.delete(aggregateId);
      }
    } catch (error) {
      if (signal.aborted) return;
      const attempts = (waiting.get(aggregateId)?.attempts ?? 0) + 1;
      const waitMs = Math.min(backoffMs.first * 2 ** Math.min(attempts - 1, 20), backoffMs.most);
      waiting.set(aggregateId, { until: Date.now() + waitMs, attempts });
      // The first tries are no news: a hub that starts or stops is away for a moment.
      logger[attempts === WARN_AT ? 'warn' : 'debug']({ aggregateId, attempts, reason: messageOf(error) }, 'A message could not be published yet');
    }
  }

  /** Gives as many aggregates of the batch as may be worked on a lane of their own. */
  function dispatch(messages: readonly PositionedMessage[], signal: AbortSignal): number {
    const byAggregate = Map.groupBy(messages, ({ aggregateId }) => aggregateId);
    let begun = 0;
    for (const [aggregateId, ofOne] of byAggregate) {
      if (busy.size >= concurrency) break;
      begun += 1;
      const lane = publishInOrder(aggregateId, ofOne, signal).finally(() => {
        busy.delete(aggregateId);
        wakeUp.wake();
      });
      busy.set(aggregateId, lane);
    }
    return begun;
  }

  async function lead(signal: AbortSignal): Promise<void> {
    waiting.clear();
    while (!signal.aborted) {
      const woken = wakeUp.next();
      try {
        await place();
        while (!signal.aborted && dispatch(await fetchNext(), signal) > 0);
        await purge.now();
        await woken.orAfter(soonest(waiting), signal);
      } catch (error) {
        if (signal.aborted) return;
        logger.warn({ schema, reason: messageOf(error) }, 'The outbox could not be read');
        await delay(backoffMs.first, signal).catch(() => undefined);
      }
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const current = term?.signal;
      if (current && !current.aborted) await lead(AbortSignal.any([current, stopping.signal]));
      else await wakeUp.next().orAfter(POLL_MS, stopping.signal);
    }
    // What is still on its way is published again after the next start.
    await settledSoon(busy.values(), STOP_MS);
  }

  return {
    async start() {
      listener = startListener({
        pool,
        channel: outboxChannel(schema),
        logger,
        // Waits for as long as another leads.
        prepare: async (client) => {
          await client.query('select pg_advisory_lock(hashtextextended($1, 2))', [schema]);
          term = new AbortController();
          logger.debug({ schema }, 'Leading the outbox');
        },
        onNotify: (payload) => payload !== 'placed' && wakeUp.wake(),
        onDisconnect: () => term?.abort(new Error('the lead was lost')),
      });
      loop = run();
    },
    poke: () => wakeUp.wake(),
    isLeading: () => term !== undefined && !term.signal.aborted,
    async idle(signal) {
      const { rows } = await pool.query<{ n: string }>(`select coalesce(max(n), 0) as n from ${outbox}`);
      for (;;) {
        const { rowCount } = await pool.query(`select 1 from ${outbox} where published_at is null and n <= $1 limit 1`, [rows[0]?.n ?? '0']);
        if (rowCount === 0) return;
        await delay(10, signal);
      }
    },
    async stop() {
      stopping.abort(new Error('stopped'));
      wakeUp.wake();
      await listener?.stop();
      await loop;
    },
  };
}

/** In the order of insertion: rows of one aggregate were inserted under its row's lock. */
function placeSql(schema: string): string {
  const s = quoteName(schema);
  return `
    with fresh as materialized (
      select n, aggregate_id, row_number() over (order by n) as place, row_number() over (partition by aggregate_id order by n) as step
      from ${s}.outbox where position is null order by n limit $1
    ), counted as (
      insert into ${s}.outbox_aggregate as a (aggregate_id, sequence)
      select aggregate_id, count(*) from fresh group by aggregate_id
      on conflict (aggregate_id) do update set sequence = a.sequence + excluded.sequence
      returning aggregate_id, sequence
    ), sized as (
      select f.n, f.place, c.sequence - count(*) over (partition by f.aggregate_id) + f.step as sequence from fresh f join counted c using (aggregate_id)
    ), head as (
      update ${s}.outbox_head set position = position + (select count(*) from fresh)
      where exists (select from fresh)
      returning position - (select count(*) from fresh) as before
    )
    update ${s}.outbox o set position = head.before + sized.place, sequence = sized.sequence
    from sized, head where o.n = sized.n`;
}

function soonest(waiting: ReadonlyMap<string, { until: number }>): number {
  let ms = POLL_MS;
  for (const { until } of waiting.values()) if (until > 0) ms = Math.min(ms, Math.max(until - Date.now(), 1));
  return ms;
}

/** Collects ids while the database is busy with the ones before, so that many marks cost one statement. */
function createBatcher(write: (ids: string[]) => Promise<unknown>): { add(id: string): Promise<void> } {
  let pending: string[] = [];
  let next: Promise<void> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  async function writeNext(): Promise<void> {
    await last.catch(() => undefined);
    const ids = pending;
    [pending, next] = [[], undefined];
    last = write(ids);
    await last;
  }

  return {
    add(id) {
      pending.push(id);
      next ??= writeNext();
      return next;
    },
  };
}
