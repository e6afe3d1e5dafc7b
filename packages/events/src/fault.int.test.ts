import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { newId, silentLogger } from '@vss/runtime';
import { migrate } from '@vss/db';
import { startChild, startTestDatabase, waitFor, type Child, type TestDatabase } from '@vss/testing';
import { startRabbitMq, type RabbitMq } from '../../../tests/services/rabbitmq.js';

/** Processes are killed as a power cut would kill them; afterwards nothing is lost and every effect is there once. */
const CHILD = new URL('./fault.child.ts', import.meta.url);
const ROWS = 300;

let database: TestDatabase;
let pool: Pool;
let rabbit: RabbitMq;
let folder: string;
let schema: string;
let prefix: string;
const children = new Set<Child>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vss-migrations-'));
  await writeFile(join(folder, '20261122T0001-init.sql'), 'create table effect (message_id text, aggregate_id text, sequence int, n bigint generated always as identity);');
  [database, rabbit] = await Promise.all([startTestDatabase(), startRabbitMq()]);
  pool = database.pool(2);
}, 90_000);
afterAll(async () => {
  await Promise.all([database?.stop(), rabbit?.stop(), rm(folder, { recursive: true, force: true })]);
});
beforeEach(async () => {
  schema = `fault${children.size}_${newId('x').slice(-6)}`;
  prefix = newId('t');
  await migrate({ target: database.target, migrations: [{ schema, folder }], logger: silentLogger });
});
afterEach(async () => {
  await Promise.all([...children].map((child) => child.kill()));
  children.clear();
});

function start(role: 'write' | 'relay' | 'consume', rows = ROWS): Child {
  const child = startChild(CHILD, { role, target: database.target, schema, url: rabbit.url, prefix, rows });
  children.add(child);
  return child;
}
async function consumer(): Promise<Child> {
  const child = start('consume');
  await child.line('consuming');
  return child;
}
async function leader(): Promise<Child> {
  const child = start('relay');
  await child.line('leading');
  return child;
}
async function count(sql: string): Promise<number> {
  const { rows } = await pool.query<{ n: string }>(sql.replaceAll('$s', schema));
  return Number(rows[0]?.n);
}
const unpublished = (): Promise<number> => count('select count(*) as n from $s.outbox where published_at is null');
const effects = (): Promise<number> => count('select count(*) as n from $s.effect');

/** How often a row took effect, when all have: each once and in order, or there is more to tell. */
async function outcomeOf(committed: number): Promise<unknown> {
  await waitFor(async () => (await effects()) >= committed, 30_000, 'all effects');
  await waitFor(async () => (await unpublished()) === 0, 10_000, 'all marks');
  return {
    effects: await effects(),
    messages: await count('select count(distinct message_id) as n from $s.effect'),
    outOfOrder: await count('select count(*) as n from (select sequence - lag(sequence) over (partition by aggregate_id order by n) as step from $s.effect) as steps where step <> 1'),
    deadLetters: await count('select count(*) as n from $s.dead_letter'),
  };
}
const eachOnce = (rows: number) => ({ effects: rows, messages: rows, outOfOrder: 0, deadLetters: 0 });

it('loses nothing that was committed when the writer is killed before anything was published', async () => {
  const writer = start('write', 100_000);
  for (let i = 0; i < 50; i++) await writer.line('committed');
  await writer.kill();
  const committed = await count('select count(*) as n from $s.outbox');
  expect(committed).toBeGreaterThanOrEqual(50);
  await consumer();
  await leader();
  expect(await outcomeOf(committed)).toEqual(eachOnce(committed));
});

it('goes on at once with another relay when the leading one is killed, over and over', async () => {
  await consumer();
  let leading = await leader();
  let next = start('relay');
  const writer = start('write');
  for (let kills = 0; kills < 3; kills++) {
    for (let i = 0; i < ROWS / 4; i++) await writer.line('committed');
    await leading.kill();
    await next.line('leading');
    leading = next;
    next = start('relay');
  }
  await waitFor(async () => (await count('select count(*) as n from $s.outbox')) === ROWS, 20_000, 'the writer');
  expect(await outcomeOf(ROWS)).toEqual(eachOnce(ROWS));
}, 90_000);

it('takes effect once when consumers are killed between their work and its acknowledgement', async () => {
  let active = await consumer();
  await leader();
  start('write');
  for (let kills = 0; kills < 4; kills++) {
    const spare = consumer();
    await active.line('handled');
    await active.kill();
    active = await spare;
  }
  await waitFor(async () => (await count('select count(*) as n from $s.outbox')) === ROWS, 20_000, 'the writer');
  expect(await outcomeOf(ROWS)).toEqual(eachOnce(ROWS));
}, 90_000);

it('loses nothing while RabbitMQ is killed and comes back', async () => {
  await consumer();
  await leader();
  // A quorum queue that is cut off within moments of its declaration may come back without a leader.
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  const writer = start('write');
  for (let i = 0; i < 100; i++) await writer.line('committed');
  await rabbit.kill();
  for (let i = 0; i < 100; i++) await writer.line('committed');
  await rabbit.start();
  expect(await outcomeOf(ROWS)).toEqual(eachOnce(ROWS));
}, 120_000);
