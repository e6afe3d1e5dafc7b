import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLogger, StartError } from '@vss/runtime';
import { startChild, waitFor, type Child, type ChildUser } from '@vss/testing';
import { withClient } from '../target.js';
import { thisMachine, type Machine } from './identity.js';
import { postgresProcessesOn } from './leftovers.js';
import { startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from './postgres.js';

const isRoot = process.getuid?.() === 0;
// In a checkout under /root another user cannot even start Node, unless he may pass folders that are not his.
const isReachable = isRoot && spawnSync(process.execPath, ['-e', ''], { uid: 12_345, gid: 12_345 }).status === 0;
const passing = ['--securebits=+no_setuid_fixup', '--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
const userOf = (uid: number, gid: number): ChildUser => (isReachable ? { uid, gid } : { through: ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', ...passing] });
// Whom root can become. Who is not root is an ordinary user himself, in every test here.
const [, gamesUid, gamesGid] = /^games:[^:]*:(\d+):(\d+)/m.exec(readFileSync('/etc/passwd', 'utf8')) ?? [];
const ordinaryUsers = isRoot ? [{ uid: Number(gamesUid), gid: Number(gamesGid) }] : [];
// Nobody's number, as in containers. Within a namespace the right to pass root's folders is lost.
const namelessUsers = isReachable ? [12_345] : [];
const CHILD = new URL('./embedded.child.ts', import.meta.url);

let home: string;
let dataDir: string;
const servers: EmbeddedPostgres[] = [];
const children: Child[] = [];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'vss-embedded-'));
  await chmod(home, 0o755);
  dataDir = join(home, 'pg');
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
  for (const child of children.splice(0)) await child.kill();
  await waitFor(() => !existsSync(join(dataDir, 'cluster')) || postgresProcessesOn(join(dataDir, 'cluster')).length === 0, 10_000);
  await rm(home, { recursive: true, force: true });
});

async function start(options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, logger: silentLogger, fsync: false, ...options });
  servers.push(server);
  return server;
}
async function failure(options: Partial<EmbeddedPostgresOptions> = {}): Promise<string> {
  const error = await start(options).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(StartError);
  const { message } = error as StartError;
  expect(message).not.toContain('\n');
  return message;
}
async function run(user: ChildUser = {}): Promise<Child> {
  const child = startChild(CHILD, { dataDir }, user);
  children.push(child);
  return child;
}
const query = async (server: EmbeddedPostgres, sql: string): Promise<unknown[]> => withClient(server.connection, async (client) => (await client.query(sql)).rows);

it('finds its data again, in a folder closed to others, without TCP', async () => {
  const first = await start();
  await query(first, 'create table kept as select 1 as n');
  expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
  expect(await query(first, 'show listen_addresses')).toEqual([{ listen_addresses: '' }]);
  expect(await query(first, 'select datlocprovider from pg_database where datname = current_database()')).toEqual([{ datlocprovider: 'b' }]);
  await first.stop();
  await first.exited;
  expect(await query(await start(), 'select n from kept')).toEqual([{ n: 1 }]);
});

it('refuses a folder that another instance uses, whatever path leads to it', async () => {
  await start();
  await symlink(dataDir, join(home, 'alias'));
  expect(await failure({ dataDir: join(home, 'alias') })).toMatch(/is in use by another running instance$/);
  const child = await run();
  expect(await child.line('failed')).toMatchObject({ name: 'StartError' });
});

it('ends with its parent when that is killed, and starts again at once', async () => {
  const child = await run();
  const { pid } = await child.line<{ pid: number }>('started');
  await child.kill('SIGKILL');
  const server = await start();
  expect(postgresProcessesOn(join(dataDir, 'cluster'))).toContain(server.pid);
  expect(postgresProcessesOn(join(dataDir, 'cluster'))).not.toContain(pid);
});

it('ends an orphan that did not notice, and one whose first process was killed', async () => {
  const server = await start();
  await query(server, 'create table kept as select 1 as n');
  const { clearLeftovers } = await import('./leftovers.js');
  await clearLeftovers(join(dataDir, 'cluster'), server.socketDir, server.port, silentLogger);
  expect(postgresProcessesOn(join(dataDir, 'cluster'))).toEqual([]);
  await server.stop();
  const again = await start();
  process.kill(again.pid, 'SIGKILL');
  await again.exited;
  await again.stop();
  expect(await query(await start(), 'select n from kept')).toEqual([{ n: 1 }]);
});

it('is not kept from starting by a lock file whose number another process has now', async () => {
  await (await start()).stop();
  const other = spawn('sleep', ['60']);
  const pid = String(other.pid);
  await writeFile(join(dataDir, 'cluster/postmaster.pid'), `${pid}\n${join(dataDir, 'cluster')}\n1\n5432\n${dataDir}\n\n 1 1\nready\n`);
  await writeFile(join(dataDir, '.s.PGSQL.5432.lock'), `${pid}\n${join(dataDir, 'cluster')}\n1\n5432\n${dataDir}\n`);
  await start();
  expect(other.exitCode).toBe(null);
  other.kill();
  await once(other, 'exit');
});

it('is not harmed by a first start that was cut off', async () => {
  await mkdir(join(dataDir, 'cluster.new-abc/base'), { recursive: true });
  await start();
  expect(existsSync(join(dataDir, 'cluster.new-abc'))).toBe(false);
});

it('puts its socket into a short folder of its own where the path is too long', async () => {
  dataDir = join(home, 'x'.repeat(120), 'pg');
  const server = await start();
  expect(server.socketDir.length).toBeLessThan(100);
  expect((await stat(server.socketDir)).mode & 0o777).toBe(0o700);
  await server.stop();
  expect(existsSync(server.socketDir)).toBe(false);
  expect((await start()).socketDir).toBe(server.socketDir);
});

it('takes a path with blanks, quotes and letters of all kinds', async () => {
  dataDir = join(home, `it's "my", ünï / d a t a`);
  expect(await query(await start(), 'select 1 as n')).toEqual([{ n: 1 }]);
});

it('listens on loopback with a password when asked for a port', async () => {
  const { createServer } = await import('node:net');
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  expect(await failure({ tcpPort: port })).toContain('port is taken');
  probe.close();
  await once(probe, 'close');
  const server = await start({ tcpPort: port });
  expect(await withClient(server.tcp ?? { url: '' }, async (client) => (await client.query('select 1 as n')).rows)).toEqual([{ n: 1 }]);
  await expect(withClient({ url: `postgresql://vss:wrong@127.0.0.1:${port}/vss` }, async () => undefined)).rejects.toThrow('password');
});

it('says in one line what is wrong with the folder', async () => {
  await writeFile(dataDir, '');
  expect(await failure()).toContain('is not a folder');
  await rm(dataDir);
  await (await start()).stop();
  await writeFile(join(dataDir, 'cluster/PG_VERSION'), '15\n');
  expect(await failure()).toMatch(/were made by PostgreSQL 15; this version brings PostgreSQL 18/);
});

it('says in one line that its programs are missing', async () => {
  expect(await failure({ binaries: { initdb: '/no/initdb', postgres: '/no/postgres' } })).toMatch(/^The database/);
});

it('says in one line that the disk is full, and leaves nothing half-made', async () => {
  await mkdir(dataDir);
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', dataDir]).status === 0;
  try {
    // Where no small disk can be had, a program stands in that says what initdb says on one.
    expect(await failure(isMounted ? {} : { binaries: await initdbThatSays('could not write file: No space left on device') })).toContain('no space left on the disk');
    expect(existsSync(join(dataDir, 'cluster'))).toBe(false);
  } finally {
    if (isMounted) spawnSync('umount', [dataDir]);
  }
});

async function initdbThatSays(text: string): Promise<{ initdb: string; postgres: string }> {
  const initdb = join(home, 'initdb');
  await writeFile(initdb, `#!/bin/sh\necho '${text}' >&2\nexit 1\n`, { mode: 0o755 });
  return { initdb, postgres: '/no/postgres' };
}

it.each(ordinaryUsers)('runs for an ordinary user, and tells him of a folder that is not his', async ({ uid, gid }) => {
  await chown(home, uid, gid);
  const named = await run(userOf(uid, gid));
  const { pid } = await named.line<{ pid: number }>('started');
  expect((await stat(`/proc/${pid}`)).uid).toBe(uid);
  await named.kill('SIGTERM');
  await chown(dataDir, 0, 0);
  const stranger = await run(userOf(uid, gid));
  expect((await stranger.line<{ message: string }>('failed')).message).toContain('may not be read and written');
  await chown(dataDir, uid, gid);
});

it.each(namelessUsers)('lends a name to a user who has none, where namespaces are allowed', async (uid) => {
  await chown(home, uid, uid);
  const nameless = await run({ uid, gid: uid });
  const isAllowed = spawnSync('unshare', ['--user', '--map-user=65534', 'true'], { uid, gid: uid }).status === 0;
  const answer = isAllowed
    ? `runs as ${(await stat(`/proc/${(await nameless.line<{ pid: number }>('started')).pid}`)).uid}`
    : (await nameless.line<{ message: string }>('failed')).message;
  expect(answer).toMatch(isAllowed ? `runs as ${uid}` : 'has no name');
  await nameless.kill('SIGTERM');
});

it('runs where user namespaces are refused, for root as a user that there is', async () => {
  const closed = join(home, 'closed');
  await mkdir(closed, { mode: 0o700 });
  dataDir = join(closed, 'pg');
  const refuses: Machine = { ...thisMachine, succeeds: (command, args) => !command.endsWith('unshare') && thisMachine.succeeds(command, args) };
  const server = await start({ machine: refuses });
  expect((await stat(`/proc/${server.pid}`)).uid).not.toBe(0);
  await query(server, 'create table kept as select 1 as n');
  await server.stop();
  // And back to a machine that allows them, on the same data.
  expect(await query(await start(), 'select n from kept')).toEqual([{ n: 1 }]);
});
