// What all servers of the tests have in common: a folder, free ports, a process group, a log, readiness, an end.

import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** A server that runs. Its addresses and credentials are beside these. */
export interface Service {
  readonly name: string;
  /** Of the server itself, for a signal (SIGSTOP…); another after `start()`. */
  readonly pid: number;
  /** What it printed; gone after `stop()`. */
  readonly logFile: string;
  /** Its configuration and data; gone after `stop()`. */
  readonly dir: string;
  /** Resolves when it has ended, whoever ended it, with its exit code; with nothing when a signal ended it. */
  readonly exited: Promise<number | undefined>;
  /** Ends it as an operator would, and leaves nothing behind. */
  stop(): Promise<void>;
  /** Ends it as a power cut would: ports and folder are kept for `start()`. */
  kill(): Promise<void>;
  /** Again, with the same ports and folder, after `kill()`. */
  start(): Promise<void>;
}

export class NotInstalledError extends Error {}

/** Where install.sh puts what has no Debian package. */
export const servicesDir = process.env.VSS_SERVICES_DIR ?? '/var/cache/vss-test-services';

const path = `${process.env.PATH ?? ''}${delimiter}${['/usr/local/sbin', '/usr/sbin', '/sbin'].join(delimiter)}`;

/** Daemons live in sbin, which an ordinary user's PATH lacks. */
export function findTool(name: string): string | undefined {
  return path.split(delimiter).map((folder) => join(folder, name)).find((file) => file.startsWith('/') && existsSync(file));
}

export function needTool(name: string, component = name): string {
  const found = findTool(name);
  if (!found) throw new NotInstalledError(`${name} is not installed: run tests/services/install.sh ${component}`);
  return found;
}

/** Debian keeps libraries in a folder named after the processor. */
export function libraryDir(root = ''): string {
  return `${root}/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`;
}

export const randomSecret = (): string => randomBytes(18).toString('hex');

// Below the range from which the kernel picks ports for clients, so that none of ours is taken between asking and using.
const firstPort = 11_000;
const lastPort = 31_000;
const givenOut = new Set<number>();

async function isFree(port: number): Promise<boolean> {
  const tcp = createServer().unref();
  const udp = createSocket('udp4').unref();
  try {
    tcp.listen({ port, host: '127.0.0.1', exclusive: true });
    await once(tcp, 'listening');
    udp.bind({ port, address: '127.0.0.1', exclusive: true });
    await once(udp, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    if (tcp.listening) tcp.close();
    udp.close();
  }
}

/** A run of `count` ports, free for TCP and UDP on loopback. */
export async function freePort(count = 1): Promise<number> {
  for (;;) {
    const first = firstPort + Math.floor(Math.random() * (lastPort - firstPort - count));
    const ports = Array.from({ length: count }, (_, i) => first + i);
    if (ports.some((port) => givenOut.has(port))) continue;
    if (!(await Promise.all(ports.map(isFree))).every(Boolean)) continue;
    for (const port of ports) givenOut.add(port);
    return first;
  }
}

/** Copies a folder of templates, with each `@NAME@` replaced. A name without a value is a mistake. */
export async function fillTemplates(from: string, to: string, values: Record<string, string | number>): Promise<void> {
  const files = await readdir(from);
  await Promise.all(
    files.map(async (file) => {
      const text = (await readFile(join(from, file), 'utf8')).replace(/@([A-Z][A-Z0-9_]*)@/g, (_, key: string) => {
        const value = values[key];
        if (value === undefined) throw new Error(`${join(from, file)} asks for @${key}@`);
        return String(value);
      });
      await writeFile(join(to, file), text, { mode: 0o600 });
    }),
  );
}

/** Asks again until the answer is yes; an error is a no, and the last one is told when time is up. */
export async function until(what: string, check: () => Promise<boolean> | boolean, deadlineMs = 15_000): Promise<void> {
  const end = Date.now() + deadlineMs;
  for (let cause: unknown; ; ) {
    try {
      if (await check()) return;
    } catch (error) {
      cause = error;
    }
    if (Date.now() > end) throw new Error(`gave up waiting after ${deadlineMs} ms: ${what}`, { cause });
    await delay(20);
  }
}

// Everything that we start carries this in its environment, and so do its children, also those that became daemons.
// That is how they are found again, whichever group or parent they have.
const markName = 'VSS_TEST_SERVICE';
const owner = `${process.pid}-${randomBytes(6).toString('hex')}`;

/** The processes that run with this mark; without one, all that this test process has started. */
export function markedProcesses(mark = owner): number[] {
  const wanted = `${markName}=${mark}`;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').some((entry) => entry === wanted || entry.startsWith(`${wanted}.`));
      } catch {
        return false; // gone meanwhile, or another user's
      }
    })
    .map(Number);
}

// Waits for our end of its stdin to close, which the kernel does however we end, then clears up what is left.
// (setpriv --pdeathsig would reach neither a daemonised grandchild nor a folder, and follows the spawning thread.)
const guardScript = `
while read -r dir; do dirs="$dirs $dir"; done
marked() { grep -lsaz "^${markName}=$1" /proc/[0-9]*/environ | sed 's|^/proc/||; s|/environ$||'; }
while pids=$(marked "$1") && [ -n "$pids" ]; do kill -KILL $pids; done 2>/dev/null
rm -rf $dirs
`;
let guard: ChildProcess | undefined;

function guarded(dir: string): void {
  if (!guard) {
    guard = spawn('sh', ['-c', guardScript, 'vss-test-guard', owner], { stdio: ['pipe', 'ignore', 'ignore'], detached: true, cwd: '/' });
    guard.unref();
    (guard.stdin as unknown as { unref(): void }).unref();
  }
  guard.stdin?.write(`${dir}\n`);
}

export interface ServiceOptions {
  name: string;
  dir: string;
  /** Absolute path of the program. */
  command: string;
  args: string[];
  env?: Record<string, string>;
  /** Asked until it says yes. An error counts as no. */
  ready: () => Promise<boolean> | boolean;
  deadlineMs?: number;
  /** How long it may take to end by itself. */
  stopMs?: number;
  stopSignal?: NodeJS.Signals;
}

/** A folder of its own for a server, removed with it, or by the guard. */
export async function serviceDir(name: string): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), `vss-${name}-`));
  guarded(dir);
  return dir;
}

let started = 0;

export async function startService(options: ServiceOptions): Promise<Service> {
  const { name, dir, command, args, env = {}, ready, deadlineMs = 20_000, stopMs = 8000, stopSignal = 'SIGTERM' } = options;
  const logFile = join(dir, 'server.log');
  const mark = `${owner}.${++started}`;
  let child: ChildProcess;
  let exited: Promise<number | undefined>;

  function pidOf(process: ChildProcess): number {
    if (process.pid === undefined) throw new Error(`${name} was not started`);
    return process.pid;
  }

  async function start(): Promise<void> {
    const log = openSync(logFile, 'a', 0o600);
    child = spawn(command, args, {
      cwd: dir,
      // Nothing of ours is inherited: a server sees what its file here says, not the developer's settings.
      env: { PATH: path, LANG: 'C.UTF-8', HOME: dir, TMPDIR: dir, TERM: 'dumb', ...env, [markName]: mark },
      stdio: ['ignore', log, log],
      detached: true, // a group of its own: Ctrl-C is for the test runner, which then stops us in order
    });
    closeSync(log);
    child.unref();
    exited = new Promise((resolve) => {
      child.once('exit', (code) => resolve(code ?? undefined));
      child.once('error', () => resolve(undefined));
    });
    let failed: Error | undefined;
    child.once('error', (error) => (failed = error));
    try {
      await until(`${name} to be ready`, () => {
        if (failed) return true;
        if (child.exitCode !== null || child.signalCode !== null) {
          failed = new Error(`${name} ended at once (${child.exitCode ?? child.signalCode})`);
          return true;
        }
        return ready();
      }, deadlineMs);
      if (failed) throw failed;
    } catch (cause) {
      const tail = readFileSync(logFile, 'latin1').slice(-2000);
      await stop();
      throw new Error(`${name} did not start. Its log ends:\n${tail}`, { cause });
    }
  }

  async function endAll(): Promise<void> {
    child.ref(); // or Node would end while it waits for this
    for (const pid of markedProcesses(mark)) signal(pid, 'SIGKILL');
    if (child.pid !== undefined) await exited;
    await until(`${name} to be gone`, () => {
      const left = markedProcesses(mark);
      for (const pid of left) signal(pid, 'SIGKILL'); // forked while we looked
      return left.length === 0;
    }, 5000);
  }

  async function stop(): Promise<void> {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      child.ref();
      child.kill(stopSignal);
      await Promise.race([exited, delay(stopMs, undefined, { ref: false })]);
    }
    await endAll();
    rmSync(dir, { recursive: true, force: true });
  }

  await start();
  return {
    name,
    dir,
    logFile,
    get pid() { return pidOf(child); },
    get exited() { return exited; },
    start,
    stop,
    kill: endAll,
  };
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** The name of the program that runs as `pid`, to tell a stray process by. */
export function programOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/exe`);
  } catch {
    return 'gone';
  }
}
