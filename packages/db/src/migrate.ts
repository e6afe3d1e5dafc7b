import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ClientBase } from 'pg';
import { messageOf, StartError, type Logger } from '@vss/runtime';
import { quoteName, withClient, type DatabaseTarget } from './target.js';

/** What a subgraph exports: its schema and the folder of its migrations. */
export interface SubgraphMigrations {
  readonly schema: string;
  readonly folder: URL | string;
}

/** Outbox, inbox, dead letters and idempotency keys: the same tables in every subgraph's schema. */
export const messagingMigrations = new URL('../../../migrations/_messaging/', import.meta.url);

export interface MigrateOptions {
  readonly target: DatabaseTarget;
  readonly migrations: readonly SubgraphMigrations[];
  readonly logger: Logger;
  /** How long another process may take that is migrating already. */
  readonly lockDeadlineMs?: number;
}

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

// Any number that nothing else locks: 'vssm' in ASCII.
const LOCK = 0x7673736d;
const FILE_NAME = /^\d{8}T\d{4}-[a-z0-9-]+\.sql$/;

/**
 * Brings every schema up to date: plain SQL, forward only, each file in a transaction of its own. One process at a
 * time does it; the others wait. Throws StartError when a file was edited after it had been applied, and when the
 * database was brought further by a newer version than this.
 */
export async function migrate({ target, migrations, logger, lockDeadlineMs = 60_000 }: MigrateOptions): Promise<void> {
  const common = await readMigrations(messagingMigrations, '_messaging/');
  const plans = await Promise.all(
    migrations.map(async ({ schema, folder }) => ({ schema, files: [...common, ...(await readMigrations(folder, ''))] })),
  );
  try {
    await withClient(target, async (client) => {
      await takeLock(client, lockDeadlineMs);
      for (const { schema, files } of plans) await bringUp(client, schema, files, logger);
    });
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(`The database could not be prepared: ${messageOf(error)}`, { cause: error });
  }
}

async function readMigrations(folder: URL | string, prefix: string): Promise<Migration[]> {
  const path = folder instanceof URL ? fileURLToPath(folder) : folder;
  let names: string[];
  try {
    names = (await readdir(path)).filter((name) => name.endsWith('.sql')).sort();
  } catch (cause) {
    throw new StartError(`The migrations of this version are missing: there is no folder ${path}`, { cause });
  }
  const wrong = names.find((name) => !FILE_NAME.test(name));
  if (wrong) throw new StartError(`${join(path, wrong)} is not named like 20261122T0001-what-it-does.sql`);
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(path, name), 'utf8');
      return { name: prefix + name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

async function takeLock(client: ClientBase, deadlineMs: number): Promise<void> {
  try {
    await client.query(`set lock_timeout = ${Math.round(deadlineMs)}`);
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await client.query('reset lock_timeout');
  } catch (cause) {
    if ((cause as { code?: string }).code !== '55P03') throw cause;
    throw new StartError(`Another process has been migrating this database for more than ${deadlineMs} ms`, { cause });
  }
}

async function bringUp(client: ClientBase, schema: string, files: readonly Migration[], logger: Logger): Promise<void> {
  const table = `${quoteName(schema)}.migration`;
  await client.query(`create schema if not exists ${quoteName(schema)}`);
  await client.query(`create table if not exists ${table} (name text primary key, checksum text not null, applied_at timestamptz not null default now())`);
  const { rows } = await client.query<{ name: string; checksum: string }>(`select name, checksum from ${table}`);
  const applied = new Map(rows.map(({ name, checksum }) => [name, checksum]));
  const known = new Set(files.map(({ name }) => name));
  const unknown = rows.find(({ name }) => !known.has(name));
  if (unknown)
    throw new StartError(`The database is of a newer version: its schema ${schema} has the migration ${unknown.name}, which this version does not know. Start that version, or restore a backup`);
  for (const { name, sql, checksum } of files) {
    const before = applied.get(name);
    if (before === checksum) continue;
    if (before !== undefined) throw new StartError(`The migration ${name} of the schema ${schema} was edited after it had been applied to this database`);
    await apply(client, schema, { name, sql, checksum });
    logger.info({ schema, migration: name }, 'Migration applied');
  }
}

async function apply(client: ClientBase, schema: string, { name, sql, checksum }: Migration): Promise<void> {
  await client.query('begin');
  try {
    // Names without a schema mean this one; `:schema` is for text that is run later, such as the body of a trigger.
    await client.query(`set local search_path to ${quoteName(schema)}`);
    await client.query(sql.replaceAll(/(?<!:):schema\b/g, quoteName(schema)));
    await client.query(`insert into ${quoteName(schema)}.migration (name, checksum) values ($1, $2)`, [name, checksum]);
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback').catch(() => undefined);
    throw new StartError(`The migration ${name} of the schema ${schema} failed: ${messageOf(cause)}`, { cause });
  }
}
