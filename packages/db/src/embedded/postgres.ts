import { spawn, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmod, chown, lchown, lstat, mkdir, mkdtemp, readdir, readFile, realpath, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { StartError, type Logger } from '@vss/runtime';
import { quoteName, withClient, type DatabaseTarget } from '../target.js';
import { installedBinaries, type PostgresBinaries } from './binaries.js';
import { explainFailure } from './explain.js';
import { chooseIdentity, thisMachine, type Identity, type Machine } from './identity.js';
import { clearLeftovers, HALF_MADE, removeHalfMade, send } from './leftovers.js';
import { lockFolder } from './lock.js';

/** The end of one connection: whoever used it hears of it himself. */
const OF_ONE_CLIENT = /connection to client lost|terminating connection/;

export interface EmbeddedPostgres {
  readonly connection: DatabaseTarget;
  /** Over TCP on loopback with a password; only where `tcpPort` was given. */
  readonly tcp?: { readonly url: string };
  readonly socketDir: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly pid: number;
  /** Resolves when it has ended, whoever ended it. */
  readonly exited: Promise<void>;
  /** Ends connections and shuts down in order; after four seconds, by force. */
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** Its own folder, made when missing. Belongs to one running instance at a time. */
  readonly dataDir: string;
  readonly logger: Logger;
  /** Made when missing. */
  readonly database?: string;
  /** Off only where the data may be lost, as in tests. */
  readonly fsync?: boolean;
  /** Listens on 127.0.0.1 too, for programs that know no Unix socket. */
  readonly tcpPort?: number;
  readonly binaries?: PostgresBinaries;
  /** More lines for postgresql.conf. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly machine?: Machine;
}

const USER = 'vss';
// Part of the socket's file name; nothing listens on this TCP port unless asked to.
const DEFAULT_PORT = 5432;
const START_MS = 60_000;
const FAST_STOP_MS = 4_000;
const QUICK_STOP_MS = 1_000;
// sun_path holds 108 bytes with the ending zero.
const SOCKET_PATH_BYTES = 107;

/** Starts a PostgreSQL of our own on `dataDir`, without TCP, ended with us. Throws StartError with one clear line. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { logger, fsync = true, database = 'vss', machine = thisMachine } = options;
  const dataDir = await prepareFolder(resolve(options.dataDir));
  const unlock = await lockFolder(dataDir);
  try {
    const binaries = options.binaries ?? (await installedBinaries(join(dataDir, 'lib')));
    const identity = chooseIdentity(machine);
    const port = options.tcpPort ?? DEFAULT_PORT;
    const socketDir = await chooseSocketDir(dataDir, port);
    const cluster = join(dataDir, 'cluster');
    for (const folder of [dataDir, socketDir]) if (identity.owner) await chown(folder, identity.owner.uid, identity.owner.gid);
    removeHalfMade(dataDir);
    const isNew = !(await exists(cluster));
    const run = { binaries, identity, dataDir };
    if (isNew) {
      await makeCluster({ ...run, fsync });
      // Once, when the folder gets this owner: not beside the one line that says why a start failed.
      if (identity.remark) logger.warn(identity.remark);
    } else {
      await assertVersion(run, cluster);
      if (identity.owner) await giveTo(identity.owner, cluster);
      await clearLeftovers(cluster, socketDir, port, logger);
    }
    const hasTcp = options.tcpPort !== undefined;
    const settings = { ...serverSettings({ socketDir, fsync, hasTcp }), ...options.settings };
    const server = await launch({ ...run, cluster, port, settings, logger });
    const connection = { host: socketDir, port, user: USER, database };
    async function stop(): Promise<void> {
      await server.stop();
      if (socketDir !== dataDir) await rm(socketDir, { recursive: true, force: true });
      await unlock();
    }
    try {
      await makeDatabase(connection);
      const tcp = hasTcp ? { url: await openTcp(connection) } : undefined;
      return { connection, ...(tcp ? { tcp } : {}), socketDir, port, user: USER, database, pid: server.pid, exited: server.exited, stop };
    } catch (error) {
      await server.stop();
      throw error;
    }
  } catch (error) {
    await unlock();
    if (error instanceof StartError) throw error;
    throw explainFailure('The database did not start', dataDir, error instanceof Error ? error.message : String(error), error);
  }
}

async function prepareFolder(dataDir: string): Promise<string> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    await chmod(dataDir, 0o700);
    return await realpath(dataDir);
  } catch (error) {
    throw explainFailure('The data folder cannot be used', dataDir, error instanceof Error ? error.message : String(error), error);
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** The data folder, or, where its path is too long for a socket, a short folder that is always the same for it. */
async function chooseSocketDir(dataDir: string, port: number): Promise<string> {
  const fits = (folder: string): boolean => Buffer.byteLength(join(folder, `.s.PGSQL.${port}`)) <= SOCKET_PATH_BYTES;
  if (fits(dataDir)) return dataDir;
  const name = `vss-pg-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`;
  const base = fits(join(tmpdir(), name)) ? tmpdir() : '/tmp';
  const folder = join(base, name);
  await mkdir(folder, { mode: 0o700 }).catch(() => undefined);
  const found = await lstat(folder).catch(() => undefined);
  // Anybody may write to the temporary folder: one of that name which is not ours, or is open to others, is not used.
  const own = found?.isDirectory() === true && (found.uid === process.getuid?.() || process.getuid?.() === 0) && (found.mode & 0o077) === 0;
  return own ? folder : mkdtemp(join(base, 'vss-pg-'));
}

interface Run {
  readonly binaries: PostgresBinaries;
  readonly identity: Identity;
  readonly dataDir: string;
}

function start({ binaries, identity }: Run, program: string, args: readonly string[]): ChildProcess {
  const { command, args: all, ...credentials } = identity.wrap(program, args);
  return spawn(command, all, {
    ...credentials,
    cwd: '/',
    // Nothing of the caller's environment: PG* variables would change what is started.
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC', ...(binaries.libraryPath ? { LD_LIBRARY_PATH: binaries.libraryPath } : {}) },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own: Ctrl-C reaches our whole group, and the database must end last.
    detached: true,
  });
}

async function finish(child: ChildProcess): Promise<{ code: number | null; said: string }> {
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-8_000)));
  const code = await new Promise<number | null>((done, failed) => {
    child.once('error', failed);
    child.once('close', done);
  });
  return { code, said };
}

/** The folder itself last: one that has its owner is known to be done. */
async function giveTo(owner: { uid: number; gid: number }, folder: string): Promise<void> {
  if ((await lstat(folder)).uid === owner.uid) return;
  for (const name of await readdir(folder, { recursive: true })) await lchown(join(folder, name), owner.uid, owner.gid);
  await lchown(folder, owner.uid, owner.gid);
}

/** Made beside and then renamed: a cluster that is there is whole. */
async function makeCluster(run: Run & { fsync: boolean }): Promise<void> {
  const { binaries, identity, dataDir, fsync } = run;
  const fresh = join(dataDir, `${HALF_MADE}${randomBytes(6).toString('hex')}`);
  await mkdir(fresh, { mode: 0o700 });
  if (identity.owner) await chown(fresh, identity.owner.uid, identity.owner.gid);
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  const access = [`--username=${USER}`, '--auth-local=trust', '--auth-host=scram-sha-256'];
  const args = ['-D', fresh, ...access, ...locale, '--no-instructions', ...(fsync ? [] : ['--no-sync'])];
  const { code, said } = await finish(start(run, binaries.initdb, args));
  if (code !== 0) {
    await rm(fresh, { recursive: true, force: true });
    throw explainFailure('The database could not be made', dataDir, said);
  }
  await rename(fresh, join(dataDir, 'cluster'));
}

async function assertVersion(run: Run, cluster: string): Promise<void> {
  const made = (await readFile(join(cluster, 'PG_VERSION'), 'utf8')).trim();
  const { said } = await finish(start(run, run.binaries.postgres, ['--version']));
  const ours = /(\d+)/.exec(said)?.[1];
  if (ours === undefined) throw explainFailure('PostgreSQL does not run', run.dataDir, said);
  if (made !== ours)
    throw new StartError(`The data in ${run.dataDir} were made by PostgreSQL ${made}; this version brings PostgreSQL ${ours}. Start the version that made them, or move the folder away`);
}

function serverSettings({ socketDir, fsync, hasTcp }: { socketDir: string; fsync: boolean; hasTcp: boolean }): Record<string, string> {
  return {
    unix_socket_directories: quoteName(socketDir),
    unix_socket_permissions: '0700',
    listen_addresses: hasTcp ? '127.0.0.1' : '',
    max_connections: '200',
    shared_buffers: '64MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    jit: 'off',
    log_line_prefix: '',
    ...(fsync ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
}

interface Server {
  readonly pid: number;
  readonly exited: Promise<void>;
  stop(): Promise<void>;
}

async function launch(run: Run & { cluster: string; port: number; settings: Record<string, string>; logger: Logger }): Promise<Server> {
  const { cluster, port, settings, logger, dataDir } = run;
  const args = ['-D', cluster, '-p', String(port), ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const child = start(run, run.binaries.postgres, args);
  let said = '';
  let isReady = false;
  let isStopping = false;
  const ready = Promise.withResolvers<void>();
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const fail = (cause?: unknown): void => ready.reject(explainFailure('The database did not start', dataDir, said, cause));
  child.once('error', fail);
  child.stdout?.resume();
  child.stderr?.on('data', (chunk: Buffer) => {
    const text = chunk.toString();
    if (isReady) {
      for (const line of text.split('\n')) if (/^(WARNING|FATAL|PANIC)/.test(line) && !OF_ONE_CLIENT.test(line) && !isStopping) logger.warn({ component: 'postgres' }, line);
      return;
    }
    said = (said + text).slice(-8_000);
    if (said.includes('ready to accept connections')) ready.resolve();
  });
  child.once('close', () => {
    fail();
    if (isReady && !isStopping) logger.error({ component: 'postgres' }, 'PostgreSQL ended by itself');
  });

  const pid = child.pid ?? 0;
  async function stop(): Promise<void> {
    isStopping = true;
    const stages: [NodeJS.Signals, number][] = [['SIGINT', FAST_STOP_MS], ['SIGQUIT', QUICK_STOP_MS], ['SIGKILL', QUICK_STOP_MS]];
    for (const [signal, ms] of stages) {
      if (pid === 0 || child.exitCode !== null || child.signalCode !== null) break;
      send(signal === 'SIGKILL' ? -pid : pid, signal);
      if (await endsWithin(exited, ms)) break;
      logger.warn({ component: 'postgres' }, `PostgreSQL did not end within ${ms} ms of ${signal}`);
    }
  }

  const timer = setTimeout(() => ready.reject(new StartError(`The database did not start within ${START_MS / 1000} seconds`)), START_MS);
  try {
    await ready.promise;
    isReady = true;
  } catch (error) {
    await stop();
    throw error;
  } finally {
    clearTimeout(timer);
  }
  return { pid, exited, stop };
}

async function endsWithin(exited: Promise<void>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  let isLate = false;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      isLate = true;
      resolve();
    }, ms);
  });
  try {
    await Promise.race([exited, late]);
    return !isLate;
  } finally {
    clearTimeout(timer);
  }
}

async function makeDatabase(connection: Exclude<DatabaseTarget, { url: string }>): Promise<void> {
  await withClient({ ...connection, database: 'postgres' }, async (client) => {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [connection.database]);
    if (rowCount === 0) await client.query(`create database ${quoteName(connection.database)}`);
  });
}

async function openTcp(connection: Exclude<DatabaseTarget, { url: string }>): Promise<string> {
  const password = randomBytes(18).toString('hex');
  await withClient(connection, (client) => client.query(`alter role ${quoteName(USER)} password '${password}'`));
  return `postgresql://${USER}:${password}@127.0.0.1:${connection.port}/${connection.database}`;
}
