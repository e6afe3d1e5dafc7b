import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError, newId, silentLogger } from '@vss/runtime';
import { startTestDatabase, waitFor, type TestDatabase } from '@vss/testing';
import { forkFor, openOrm, type EntityManager, type Orm } from '@vss/db';
import { createInbox, createInProcessBroker, createOutbox, createOutboxTail, createRelay, handlersByType, isMark, MessagesRedriven, on, startConsumer, SuppressionRemoved, type Broker, type Message, type Outbox, type OutboxTail, type Relay } from './index.js';

/** A subgraph as far as messages go: its schema, outbox, relay and tail. */
let database: TestDatabase;
let folder: string;
let count = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vss-migrations-'));
  await writeFile(join(folder, '20261122T0001-init.sql'), 'create table effect (message_id text, aggregate_id text, n bigint generated always as identity);');
  database = await startTestDatabase();
});
afterAll(async () => {
  await database?.stop();
  await rm(folder, { recursive: true, force: true });
});

let schema: string;
let pool: Pool;
let orm: Orm;
let outbox: Outbox;
const ends: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  schema = `s${++count}`;
  const { migrate } = await import('@vss/db');
  await migrate({ target: database.target, migrations: [{ schema, folder }], logger: silentLogger });
  pool = database.pool();
  orm = await openOrm({ target: database.target, contextName: schema, schema, entities: [], logger: silentLogger });
  outbox = createOutbox({ schema });
  ends.push(() => orm.close());
});
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

const context = { centerId: null, traceId: 'trace', actor: 'system' };

/** One transaction that says something of each of these aggregates. */
const say = (...aggregateIds: string[]): Promise<void> =>
  forkFor(orm, 'ALL').transactional(async (tx) => {
    for (const suppressionId of aggregateIds) await outbox.add(tx, SuppressionRemoved, { suppressionId, phoneNumber: '+15550100200' }, context);
  });

async function startRelay(broker: Broker, options: { concurrency?: number; retentionHours?: number } = {}): Promise<Relay> {
  const relay = createRelay({ pool, schema, broker, logger: silentLogger, backoffMs: { first: 5, most: 20 }, ...options });
  await relay.start();
  ends.push(() => relay.stop());
  return relay;
}

/** A broker that only writes down what is published, and fails where it is told to. */
function recorder(fails: (message: Message) => boolean = () => false): Broker & { readonly seen: Message[] } {
  const seen: Message[] = [];
  return Object.assign(createInProcessBroker({ logger: silentLogger }), {
    seen,
    publish: async (message: Message) => {
      if (fails(message)) throw new Error('not now');
      seen.push(message);
    },
  });
}

describe('the relay', () => {
  it('publishes what was committed, in order for each aggregate, numbered without gaps', async () => {
    const broker = recorder();
    const relay = await startRelay(broker);
    await say('a', 'b', 'a');
    await Promise.all(Array.from({ length: 30 }, (_, i) => say(`x${i % 3}`)));
    await say('a');
    await relay.idle();
    expect(broker.seen.filter(({ aggregateId }) => aggregateId === 'a').map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    for (const id of ['x0', 'x1', 'x2']) expect(broker.seen.filter(({ aggregateId }) => aggregateId === id).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const { rows } = await pool.query<{ position: string }>(`select position from ${schema}.outbox order by position`);
    expect(rows.map(({ position }) => Number(position))).toEqual(Array.from({ length: 34 }, (_, i) => i + 1));
  });

  it('says nothing of a transaction that was rolled back', async () => {
    const broker = recorder();
    const relay = await startRelay(broker);
    const failing = forkFor(orm, 'ALL').transactional(async (tx) => {
      await outbox.add(tx, SuppressionRemoved, { suppressionId: 'a', phoneNumber: '+1' }, context);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await say('b');
    await relay.idle();
    expect(broker.seen.map(({ aggregateId }) => aggregateId)).toEqual(['b']);
  });

  it('holds back an aggregate whose message cannot be published, and no other', async () => {
    let isDown = true;
    const broker = recorder(({ aggregateId, sequence }) => isDown && aggregateId === 'a' && sequence === 1);
    const relay = await startRelay(broker);
    await say('a', 'a', 'b', 'b');
    await waitFor(() => broker.seen.length === 2);
    expect(broker.seen.map(({ aggregateId }) => aggregateId)).toEqual(['b', 'b']);
    isDown = false;
    await relay.idle();
    expect(broker.seen.slice(2).map(({ aggregateId, sequence }) => [aggregateId, sequence])).toEqual([['a', 1], ['a', 2]]);
  });

  it('is taken over by the next at once when its connection ends', async () => {
    const broker = recorder();
    const first = await startRelay(broker);
    await waitFor(() => first.isLeading());
    const second = await startRelay(broker);
    await say('a');
    await first.idle();
    await pool.query(`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())`);
    await waitFor(() => second.isLeading());
    await say('a');
    await second.idle();
    expect(broker.seen.map(({ sequence }) => sequence)).toEqual([1, 2]);
  });

  it('purges old rows but the newest', async () => {
    const broker = recorder();
    const relay = await startRelay(broker);
    await say('a', 'b', 'c');
    await relay.idle();
    await relay.stop();
    await pool.query(`update ${schema}.outbox set published_at = now() - interval '25 hours'`);
    const later = await startRelay(broker);
    await waitFor(async () => (await pool.query(`select 1 from ${schema}.outbox`)).rowCount === 1);
    await say('a');
    await later.idle();
    const { rows } = await pool.query<{ position: string; sequence: string }>(`select position, sequence from ${schema}.outbox order by position`);
    expect(rows).toEqual([{ position: '3', sequence: '1' }, { position: '4', sequence: '2' }]);
  });
});

describe('the tail', () => {
  let tail: OutboxTail;
  beforeEach(async () => {
    tail = createOutboxTail({ pool, schema });
    ends.push(() => tail.stop());
    await startRelay(recorder());
  });
  const at = (): Promise<bigint> => tail.position(forkFor(orm, 'ALL'));
  async function take(stream: AsyncIterator<Message & { position: bigint }>, n: number): Promise<string[]> {
    const taken: string[] = [];
    while (taken.length < n) taken.push((await stream.next()).value.aggregateId);
    return taken;
  }

  it('gives what has been and what comes, once and in order, for every position', async () => {
    await Promise.all(Array.from({ length: 40 }, (_, i) => say(`b${i}`)));
    const stream = tail.tail({ after: 0n, types: ['telephony.#'] });
    const first = await take(stream, 20);
    await Promise.all(Array.from({ length: 40 }, (_, i) => say(`l${i}`)));
    const all = [...first, ...(await take(stream, 60))];
    expect(new Set(all).size).toBe(80);
    await stream.return?.();
  });

  it('begins with what comes next when it is given no position', async () => {
    await say('before');
    await waitFor(async () => (await at()) === 1n);
    const stream = tail.tail({ types: ['#'] });
    const seen: string[] = [];
    const taking = take(stream, 1).then((ids) => seen.push(...ids));
    // Where the end was when the stream was opened is known a moment later: the first of these may come before.
    await waitFor(() => say('after').then(() => seen.length > 0));
    await taking;
    expect(seen).toEqual(['after']);
  });

  it('gives only the types asked for', async () => {
    const stream = tail.tail({ after: 0n, types: ['telephony.call.*'] });
    const other = tail.tail({ after: 0n, types: ['telephony.*.removed'] });
    await say('a');
    expect(await take(other, 1)).toEqual(['a']);
    expect(await Promise.race([stream.next(), Promise.resolve('waits')])).toBe('waits');
  });

  it('marks where it begins and where it has come to the end, if asked to', async () => {
    for (const id of ['a', 'b', 'c']) await say(id);
    await waitFor(async () => (await at()) === 3n);
    const steps = async (options: { after?: bigint; types: string[] }, count: number): Promise<unknown[]> => {
      const stream = tail.tail({ ...options, marks: true });
      const taken: unknown[] = [];
      while (taken.length < count) {
        const { value } = await stream.next();
        taken.push(isMark(value) ? [value.position, value.isEnd] : value.aggregateId);
      }
      await stream.return?.();
      return taken;
    };
    expect(await steps({ after: 1n, types: ['#'] }, 4)).toEqual([[1n, false], 'b', 'c', [3n, true]]);
    // Although nothing fits, its reader knows that nothing was missed.
    expect(await steps({ after: 1n, types: ['telephony.call.*'] }, 2)).toEqual([[1n, false], [3n, true]]);
    expect(await steps({ types: ['#'] }, 1)).toEqual([[3n, true]]);
  });

  it('ends at once, also while it waits, by return and by signal', async () => {
    const stream = tail.tail({ types: ['#'] });
    const waiting = stream.next();
    await stream.return?.();
    expect(await waiting).toEqual({ done: true, value: undefined });
    const controller = new AbortController();
    const signalled = tail.tail({ types: ['#'], signal: controller.signal }).next();
    controller.abort();
    expect((await signalled).done).toBe(true);
  });

  it('refuses a cursor whose followers are gone, and one from elsewhere', async () => {
    for (const id of ['a', 'b', 'c']) await say(id);
    await waitFor(async () => (await at()) === 3n);
    await pool.query(`delete from ${schema}.outbox where position < 3`);
    const reasonOf = async (after: bigint): Promise<unknown> => {
      const error = await tail.tail({ after, types: ['#'] }).next().catch((reason: unknown) => reason);
      return error instanceof AppError ? error.details.reason : error;
    };
    expect(await reasonOf(1n)).toBe('CURSOR_EXPIRED');
    expect(await reasonOf(9n)).toBe('CURSOR_EXPIRED');
    expect(await take(tail.tail({ after: 2n, types: ['#'] }), 1)).toEqual(['c']);
  });

  it('goes on after its connections were cut', async () => {
    const stream = tail.tail({ after: 0n, types: ['#'] });
    await say('a');
    expect(await take(stream, 1)).toEqual(['a']);
    await pool.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()');
    await waitFor(() => say('b').then(() => true, () => false));
    expect(await take(stream, 1)).toEqual(['b']);
  });

  it('reads again what it could not read when it was told of it, although nothing more is said', async () => {
    let [reads, failures, isDown] = [0, 0, false];
    const query = async (sql: string, params?: unknown[]): Promise<unknown> => {
      const isShared = params?.[1] === 50;
      if (isShared && isDown && ++failures) throw new Error('No connection is free');
      const result = await pool.query(sql, params);
      if (isShared) reads += 1;
      return result;
    };
    const other = createOutboxTail({ pool: Object.assign(Object.create(pool) as Pool, { query }), schema, kept: 50 });
    ends.push(() => other.stop());
    const stream = other.tail({ after: 0n, types: ['#'] });
    await say('first');
    expect(await take(stream, 1)).toEqual(['first']);
    await waitFor(() => reads > 0);
    isDown = true;
    const next = take(stream, 1);
    await say('last');
    await waitFor(() => failures > 0);
    isDown = false;
    expect(await next).toEqual(['last']);
  }, 8_000);

  it('misses nothing of what many commit at once, for many streams', async () => {
    const streams = Array.from({ length: 20 }, () => tail.tail({ after: 0n, types: ['#'] }));
    const said = Array.from({ length: 200 }, (_, i) => `m${i}`);
    const writers = Array.from({ length: 5 }, async (_, w) => {
      for (const id of said.filter((_id, i) => i % 5 === w)) await say(id);
    });
    const seen = await Promise.all(streams.map((stream) => take(stream, 200)));
    await Promise.all(writers);
    for (const ids of seen) expect(new Set(ids)).toEqual(new Set(said));
  });
});

describe('the inbox', () => {
  const effectsOf = async (): Promise<string[]> => (await pool.query<{ message_id: string }>(`select message_id from ${schema}.effect order by n`)).rows.map((row) => row.message_id);
  const lettersOf = async (): Promise<string[]> => (await pool.query<{ state: string }>(`select state from ${schema}.dead_letter order by n`)).rows.map((row) => row.state);
  const aMessage = (aggregateId: string, id = newId('msg')): Message => ({ id, type: SuppressionRemoved.type, version: 1, at: new Date().toISOString(), centerId: null, aggregateId, sequence: 1, causationId: null, traceId: 't', actor: 'system', payload: { suppressionId: aggregateId, phoneNumber: '+1' } });
  const anInbox = () => createInbox({ fork: (centerId) => forkFor(orm, centerId ?? 'ALL'), schema, group: 'g', outbox, logger: silentLogger });
  const note = async (tx: EntityManager, message: Message): Promise<void> => {
    await tx.execute(`insert into ${schema}.effect (message_id, aggregate_id) values (?, ?)`, [message.id, message.aggregateId]);
  };
  const signal = new AbortController().signal;

  it('takes effect once for a message that comes often, also at the same time', async () => {
    const handle = anInbox().handler(note);
    const message = aMessage('a', 'm1');
    await Promise.all([handle(message, signal), handle(message, signal), handle(message, signal)]);
    await handle(message, signal);
    expect(await effectsOf()).toEqual(['m1']);
  });

  it('leaves nothing of work that fails, and does it at the next attempt', async () => {
    const inbox = anInbox();
    const message = aMessage('a', 'm1');
    const failing = inbox.handler(async (tx, m) => {
      await note(tx, m);
      throw new Error('no');
    });
    await expect(failing(message, signal)).rejects.toThrow('no');
    expect(await effectsOf()).toEqual([]);
    await inbox.handler(note)(message, signal);
    expect(await effectsOf()).toEqual(['m1']);
  });

  it('parks what comes behind a dead letter, tells of it, and takes it up in order when asked', async () => {
    const broker = recorder();
    const relay = await startRelay(broker);
    const inbox = anInbox();
    const handle = inbox.handler(note);
    await inbox.onDead(aMessage('a', 'm1'), 'broken', 5);
    await inbox.onDead(aMessage('a', 'm1'), 'broken', 5);
    for (const id of ['m2', 'm3']) await handle(aMessage('a', id), signal);
    await handle(aMessage('b', 'm4'), signal);
    expect(await effectsOf()).toEqual(['m4']);
    expect(await lettersOf()).toEqual(['DEAD', 'PARKED', 'PARKED']);
    await relay.idle();
    expect(broker.seen.map(({ type, payload }) => ({ type, payload }))).toEqual([
      { type: 'operations.message.deadlettered', payload: { messageId: 'm1', messageType: SuppressionRemoved.type, subjectId: 'a', group: 'g', reason: 'broken', attempts: 5 } },
    ]);
    let isBroken = true;
    const work = async (tx: EntityManager, message: Message): Promise<void> => {
      if (isBroken && message.id === 'm2') throw new Error('still broken');
      await note(tx, message);
    };
    expect(await inbox.redrive('a', work)).toBe(1);
    expect(await lettersOf()).toEqual(['DEAD', 'PARKED']);
    isBroken = false;
    expect(await inbox.redrive('a', work)).toBe(2);
    await handle(aMessage('a', 'm5'), signal);
    expect(await effectsOf()).toEqual(['m4', 'm1', 'm2', 'm3', 'm5']);
  });

  it('loses no message that comes while its subject is taken up again', async () => {
    const inbox = anInbox();
    const handle = inbox.handler(note);
    await inbox.onDead(aMessage('a', 'm0'), 'broken', 5);
    const coming = Array.from({ length: 20 }, (_, i) => `m${i + 1}`);
    await Promise.all([
      (async () => {
        for (const id of coming) await handle(aMessage('a', id), signal);
      })(),
      inbox.redrive('a', note),
      inbox.redrive('a', note),
    ]);
    await inbox.redrive('a', note);
    expect(await effectsOf()).toEqual(['m0', ...coming]);
  });

  it('takes up again, when an administrator asks this group for it, what had died', async () => {
    const broker = createInProcessBroker({ logger: silentLogger, attempts: 1 });
    const inbox = anInbox();
    let isBroken = true;
    const routes = handlersByType<EntityManager>([on(SuppressionRemoved, (tx, _, message) => (isBroken ? Promise.reject(new Error('broken')) : note(tx, message)))]);
    const consumer = await startConsumer({ broker, inbox, group: 'g', ...routes, logger: silentLogger });
    await broker.publish(aMessage('a', 'm1'));
    await broker.publish(aMessage('a', 'm2'));
    isBroken = false;
    const ask = (group: string): Promise<void> => broker.publish({ ...aMessage('a'), type: MessagesRedriven.type, payload: { group, subjectId: 'a' } });
    await ask('another');
    expect(await lettersOf()).toEqual(['DEAD', 'PARKED']);
    await ask('g');
    expect(await lettersOf()).toEqual([]);
    expect(await effectsOf()).toEqual(['m1', 'm2']);
    await consumer.stop();
  });

  it('hands each message of a group to its route, from outbox to effect', async () => {
    const broker = createInProcessBroker({ logger: silentLogger, attempts: 2, backoffMs: 1 });
    const inbox = anInbox();
    const routes = handlersByType<EntityManager>([on(SuppressionRemoved, (tx, { suppressionId }, message) => (suppressionId === 'bad' ? Promise.reject(new Error('bad')) : note(tx, message)))]);
    await broker.subscribe({ group: 'g', patterns: routes.patterns, handler: inbox.handler(routes.work), onDead: inbox.onDead });
    const relay = await startRelay(broker);
    await say('a', 'bad', 'b');
    await relay.idle();
    expect((await effectsOf()).length).toBe(2);
    expect(await lettersOf()).toEqual(['DEAD']);
    await broker.close();
  });
});
