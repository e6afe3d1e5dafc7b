import type pg from 'pg';
import { AppError, delay, messageOf, silentLogger, type Logger } from '@vss/runtime';
import { startListener } from './listener.js';
import { outboxChannel, quoteName } from './outbox.js';
import { messageOfRow, OUTBOX_COLUMNS, type OutboxRow, type PositionedMessage } from './outbox-row.js';
import { matchesAny } from './patterns.js';
import { createWakeUp } from './wake-up.js';

export interface TailOptions {
  /** Position of the last message already seen; without it the stream begins with what comes next. */
  readonly after?: bigint | undefined;
  /** Patterns as for subscriptions: `telephony.call.*`. */
  readonly types: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

/** Says how far a stream has come where there is no message to say it. */
export interface Mark {
  readonly position: bigint;
  /** Nothing lies behind it yet: from here on it is live. */
  readonly isEnd: boolean;
}

export const isMark = (step: PositionedMessage | Mark): step is Mark => 'isEnd' in step;

export interface OutboxTail {
  /**
   * Everything after a position, first what has been, then what comes, on one path. `next()` rejects with
   * BAD_USER_INPUT and reason CURSOR_EXPIRED when rows after the position are gone. Ends at once on `return()`, also
   * while it waits. A slow reader holds no memory: it reads on where it was.
   */
  tail(options: TailOptions): AsyncIterableIterator<PositionedMessage>;
  /** The same with marks: where it begins, when it has come to the end, and every now and then while nothing fits. */
  tail(options: TailOptions & { readonly marks: true }): AsyncIterableIterator<PositionedMessage | Mark>;
  /** Where a stream is to begin that follows a query. Ask before the query's rows: then nothing falls between. */
  position(em: { execute(sql: string): Promise<unknown> }): Promise<bigint>;
  /** Ends every stream. */
  stop(): Promise<void>;
}

const BATCH = 200;
const POLL_MS = 2_000;
const RETRY_MS = 250;
/** How often a stream without messages says how far it is: its reader can go on from there, however long it was quiet. */
const MARK_MS = 5_000;

/** All streams of one process share one listening connection and the newest messages. */
export function createOutboxTail({ pool, schema, logger = silentLogger, kept = 1_000 }: { pool: pg.Pool; schema: string; logger?: Logger; kept?: number }): OutboxTail {
  const outbox = `${quoteName(schema)}.outbox`;
  const headSql = `select position from ${quoteName(schema)}.outbox_head`;
  const wakeUp = createWakeUp();
  const open = new Set<() => void>();
  const stopping = new AbortController();
  let listener: { stop(): Promise<void> } | undefined;
  let recent: PositionedMessage[] = [];
  let filling: Promise<void> | undefined;
  let fillAgain = false;

  async function readAfter(position: bigint, limit = BATCH): Promise<PositionedMessage[]> {
    const { rows } = await pool.query<OutboxRow>(`select ${OUTBOX_COLUMNS} from ${outbox} where position > $1 order by position limit $2`, [position, limit]);
    return rows.map(messageOfRow);
  }

  async function head(): Promise<bigint> {
    const { rows } = await pool.query<{ position: string }>(headSql);
    return BigInt(rows[0]?.position ?? 0);
  }

  // One read for all streams that are up to date; those that lag read for themselves.
  async function fill(): Promise<void> {
    do {
      fillAgain = false;
      const last = recent.at(-1)?.position ?? (await head()) - 1n;
      const fresh = await readAfter(last, kept);
      recent = [...recent, ...fresh].slice(-kept);
      if (fresh.length > 0) wakeUp.wake();
      if (fresh.length === kept) fillAgain = true;
    } while (fillAgain);
  }

  function refresh(): void {
    fillAgain = true;
    filling ??= fillSurely().finally(() => (filling = undefined));
  }

  // Until it succeeds: what this process was told once is not told again, and the streams would stand still.
  async function fillSurely(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        return await fill();
      } catch (error) {
        logger.warn({ schema, reason: messageOf(error) }, 'The live stream could not be read; it is tried again');
        await delay(RETRY_MS, stopping.signal).catch(() => undefined);
      }
    }
  }

  async function after(position: bigint): Promise<PositionedMessage[]> {
    const first = recent[0]?.position;
    if (first === undefined || position < first - 1n) return readAfter(position);
    return recent.slice(Number(position - (first - 1n)), Number(position - (first - 1n)) + BATCH);
  }

  function startStream({ after: from, types, signal, marks = false }: TailOptions & { readonly marks?: boolean }): AsyncIterableIterator<PositionedMessage | Mark> {
    listener ??= startListener({ pool, channel: outboxChannel(schema), logger, onNotify: (payload) => payload !== 'added' && refresh() });
    const closing = new AbortController();
    const asked: { resolve: (result: IteratorResult<PositionedMessage | Mark>) => void; reject: (error: unknown) => void }[] = [];
    const ready: (PositionedMessage | Mark)[] = [];
    let cursor: bigint | undefined;
    let marked: { readonly position: bigint; readonly at: number; readonly isEnd: boolean } | undefined;
    // Where the end is when the stream is opened, not when it is first read.
    const begin = begunAt(from);
    begin.catch(() => undefined);
    let pumping = false;

    async function begunAt(position: bigint | undefined): Promise<bigint> {
      const end = await head();
      if (position !== undefined && position > end) throw expired();
      return position ?? end;
    }

    function close(): void {
      closing.abort();
      signal?.removeEventListener('abort', close);
      open.delete(close);
      for (const { resolve } of asked.splice(0)) resolve({ done: true, value: undefined });
    }

    async function readOn(): Promise<void> {
      const woken = wakeUp.next();
      cursor ??= await begin;
      const batch = await after(cursor);
      if (marks) mark(cursor, batch.length === 0);
      for (const message of batch) {
        // Positions have no gaps: one that is missing was purged before we came to it.
        if (message.position !== cursor + 1n) throw expired();
        cursor = message.position;
        if (matchesAny(types, message.type)) ready.push(message);
      }
      if (batch.length === 0 && ready.length === 0) await woken.orAfter(POLL_MS, closing.signal);
    }

    /** Only once the first rows were read: a cursor that has expired is told instead. */
    function mark(position: bigint, isEnd: boolean): void {
      const isNews = !marked || (isEnd && (!marked.isEnd || (position > marked.position && performance.now() - marked.at > MARK_MS)));
      if (!isNews) return;
      marked = { position, at: performance.now(), isEnd: isEnd || (marked?.isEnd ?? false) };
      ready.push({ position, isEnd });
    }

    async function pump(): Promise<void> {
      if (pumping) return;
      pumping = true;
      while (asked.length > 0 && !closing.signal.aborted) {
        const message = ready.shift();
        if (message) asked.shift()?.resolve({ done: false, value: message });
        else await readOn().catch(failOrRetry);
      }
      pumping = false;
    }

    async function failOrRetry(error: unknown): Promise<void> {
      if (closing.signal.aborted) return;
      if (error instanceof AppError || cursor === undefined) {
        asked.shift()?.reject(error);
        return close();
      }
      logger.warn({ schema, reason: messageOf(error) }, 'A live stream could not be read; it is tried again');
      await wakeUp.next().orAfter(RETRY_MS, closing.signal);
    }

    open.add(close);
    if (signal?.aborted) close();
    else signal?.addEventListener('abort', close, { once: true });
    return {
      next() {
        if (closing.signal.aborted) return Promise.resolve({ done: true, value: undefined });
        return new Promise((resolve, reject) => {
          asked.push({ resolve, reject });
          void pump();
        });
      },
      return() {
        close();
        return Promise.resolve({ done: true, value: undefined });
      },
      throw(error) {
        close();
        return Promise.reject(error as Error);
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  return {
    tail: (options: TailOptions) => startStream(options) as AsyncIterableIterator<PositionedMessage>,
    async position(em) {
      const rows = (await em.execute(headSql)) as { position: string | number | bigint }[];
      return BigInt(rows[0]?.position ?? 0);
    },
    async stop() {
      stopping.abort(new Error('stopped'));
      for (const close of open) close();
      await listener?.stop();
      await filling;
    },
  };
}

const expired = (): AppError =>
  new AppError('BAD_USER_INPUT', 'The cursor is too old or not of this stream: query anew and follow from the cursor of that answer', { reason: 'CURSOR_EXPIRED' });
