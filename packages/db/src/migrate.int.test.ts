import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { silentLogger, StartError } from '@vss/runtime';
import { startTestDatabase, type TestDatabase } from '@vss/testing';
import { migrate, withClient } from './index.js';

let database: TestDatabase;
let folder: string;
let schema: string;
let count = 0;

beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database?.stop());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vss-migrations-'));
  schema = `s${++count}`;
  return () => rm(folder, { recursive: true, force: true });
});

const put = (name: string, sql: string): Promise<void> => writeFile(join(folder, name), sql);
const run = (lockDeadlineMs = 5_000): Promise<void> => migrate({ target: database.target, migrations: [{ schema, folder }], logger: silentLogger, lockDeadlineMs });
const failure = async (): Promise<StartError> => {
  const error = await run(50).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(StartError);
  return error as StartError;
};
const query = <T extends object>(sql: string): Promise<T[]> => withClient(database.target, async (client) => (await client.query<T>(sql)).rows);

it('applies what is new, in order of name, after the messaging tables', async () => {
  await put('20261122T0001-init.sql', 'create table a (id int); insert into outbox_aggregate values (\'x\', 1);');
  await run();
  await put('20261123T0001-more.sql', 'alter table :schema.a add column name text;');
  await run();
  await run();
  const rows = await query<{ name: string }>(`select name from ${schema}.migration order by name`);
  expect(rows.map(({ name }) => name)).toEqual(['20261122T0001-init.sql', '20261123T0001-more.sql', '_messaging/20261122T0001-messaging.sql', '_messaging/20261126T0001-outbox-traceparent.sql']);
});

it('lets one of many that start at once do it', async () => {
  await put('20261122T0001-init.sql', 'create table a (id int);');
  await Promise.all([run(), run(), run(), run()]);
  expect(await query(`select * from ${schema}.a`)).toEqual([]);
});

it('refuses a file that was edited after it had been applied', async () => {
  await put('20261122T0001-init.sql', 'create table a (id int);');
  await run();
  await put('20261122T0001-init.sql', 'create table a (id bigint);');
  expect((await failure()).message).toBe(`The migration 20261122T0001-init.sql of the schema ${schema} was edited after it had been applied to this database`);
});

it('refuses a database of a newer version', async () => {
  await put('20261122T0001-init.sql', 'create table a (id int);');
  await run();
  await query(`insert into ${schema}.migration values ('20991231T0001-future.sql', 'x')`);
  expect((await failure()).message).toContain('newer version');
});

it('leaves nothing of a migration that fails', async () => {
  await put('20261122T0001-init.sql', 'create table a (id int); select 1/0;');
  expect((await failure()).message).toContain('division by zero');
  expect(await query(`select 1 from pg_tables where schemaname = '${schema}' and tablename = 'a'`)).toEqual([]);
});

it('gives up waiting for another that migrates', async () => {
  await withClient(database.target, async (client) => {
    await client.query('select pg_advisory_lock(1987277677)');
    expect((await failure()).message).toContain('Another process has been migrating');
  });
});

it('names a missing folder and a wrong file name', async () => {
  await put('init.sql', 'select 1');
  expect((await failure()).message).toContain('is not named like');
  await rm(folder, { recursive: true });
  expect((await failure()).message).toContain(folder);
});
