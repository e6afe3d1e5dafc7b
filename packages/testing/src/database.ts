import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { createPool, migrate, startEmbeddedPostgres, withClient, type DatabaseTarget, type SubgraphMigrations } from '@vss/db';
import { silentLogger } from '@vss/runtime';

type ServerTarget = Exclude<DatabaseTarget, { url: string }>;

/** A database of its own for one test file. */
export interface TestDatabase {
  readonly target: ServerTarget;
  /** Ended with the database. */
  pool(max?: number): Pool;
  stop(): Promise<void>;
}

// Names the socket on which the run's own process answers where its PostgreSQL is.
const SHARED = 'VSS_TEST_POSTGRES';

/**
 * Makes an empty database and migrates it. The server is the run's, where the run offers one (`sharePostgres`), else
 * one of our own, ended with the database.
 */
export async function startTestDatabase({ migrations = [] }: { migrations?: readonly SubgraphMigrations[] } = {}): Promise<TestDatabase> {
  const { target: server, stop: stopServer } = await findServer();
  const database = `test_${randomBytes(6).toString('hex')}`;
  await withClient(server, (client) => client.query(`create database ${database} template template0`));
  const target = { ...server, database };
  const pools: Pool[] = [];
  if (migrations.length > 0) await migrate({ target, migrations, logger: silentLogger });
  return {
    target,
    pool(max = 5) {
      const pool = createPool(target, { max });
      pools.push(pool);
      return pool;
    },
    async stop() {
      await Promise.all(pools.map((pool) => pool.end()));
      await withClient(server, (client) => client.query(`drop database if exists ${database} with (force)`));
      await stopServer();
    },
  };
}

interface RunningServer {
  readonly target: ServerTarget;
  readonly stop: () => Promise<void>;
}

async function findServer(): Promise<RunningServer> {
  const socket = process.env[SHARED];
  if (socket === undefined) return startServer();
  const answer = JSON.parse(await text(connect(socket))) as { target?: ServerTarget; error?: string };
  if (!answer.target) throw new Error(`The run's PostgreSQL did not start: ${answer.error}`);
  return { target: answer.target, stop: async () => undefined };
}

const FOLDER = 'vss-test-pg-';
const FORGOTTEN_MS = 6 * 3_600_000;

/** Runs that were killed leave their folders behind. */
async function removeForgotten(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(FOLDER)) continue;
    const age = await stat(join(tmpdir(), name)).then(({ mtimeMs }) => Date.now() - mtimeMs, () => 0);
    if (age > FORGOTTEN_MS) await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** A PostgreSQL whose data may be lost, in a folder of its own. */
async function startServer(): Promise<RunningServer> {
  await removeForgotten();
  const dataDir = await mkdtemp(join(tmpdir(), FOLDER));
  const removeFolder = (): Promise<void> => rm(dataDir, { recursive: true, force: true });
  try {
    const settings = { max_connections: '400', shared_buffers: '32MB', autovacuum: 'off' };
    const server = await startEmbeddedPostgres({ dataDir, logger: silentLogger, fsync: false, database: 'postgres', settings });
    return {
      target: server.connection as ServerTarget,
      async stop() {
        await server.stop();
        await removeFolder();
      },
    };
  } catch (error) {
    await removeFolder();
    throw error;
  }
}

/**
 * For a run's own process: one PostgreSQL for all its test files, started when the first asks, so that tests that need
 * none start none. Gives what ends it.
 */
export async function sharePostgres(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'vss-test-'));
  const path = join(folder, 'postgres.sock');
  let server: Promise<RunningServer> | undefined;
  const answering = createServer((socket) => {
    server ??= startServer();
    socket.on('error', () => undefined);
    server.then(
      ({ target }) => socket.end(JSON.stringify({ target })),
      (error: Error) => socket.end(JSON.stringify({ error: error.message })),
    );
  });
  await new Promise<void>((resolve) => void answering.listen(path, resolve));
  answering.unref();
  process.env[SHARED] = path;
  return async () => {
    delete process.env[SHARED];
    answering.close();
    await server?.then(({ stop }) => stop(), () => undefined);
    await rm(folder, { recursive: true, force: true });
  };
}
