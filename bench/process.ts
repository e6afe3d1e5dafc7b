import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname } from 'node:path';
import process from 'node:process';

/** The gateway has a core for itself; the load and the subgraphs share the other. */
export const GATEWAY_CORE = '0';
export const LOAD_CORE = '1';

export interface Started {
  readonly pid: number;
  readonly exited: () => boolean;
  /** What it has written on its standard output. */
  readonly output: () => string;
  stop(): void;
  /** Asks it to end, as an operator would, and stops it where it does not. */
  end(): Promise<void>;
}

const END_MS = 3_000;

const running = new Set<Started>();

export interface Command {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A process bound to a core, with nothing of our environment but what finds programs. It ends when this one does. */
export function startOn(core: string, { argv, cwd, env = {} }: Command, log: string): Started {
  mkdirSync(dirname(log), { recursive: true });
  const err = openSync(log, 'w');
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn('taskset', ['-c', core, ...argv], { cwd, env: { PATH, HOME, NODE_ENV: 'production', ...env }, stdio: ['ignore', 'pipe', err], detached: true });
  closeSync(err);
  return track(child);
}

function track(child: ChildProcess): Started {
  let out = '';
  let hasExited = false;
  child.stdout?.on('data', (chunk: Buffer) => (out = (out + chunk.toString()).slice(-10_000)));
  child.on('error', () => (hasExited = true));
  const pid = child.pid;
  if (pid === undefined) throw new Error(`taskset (util-linux) cannot be started`);
  const started: Started = {
    pid,
    exited: () => hasExited,
    output: () => out,
    stop() {
      running.delete(started);
      if (hasExited) return;
      // Its group: a gateway may be several processes.
      process.kill(-pid, 'SIGKILL');
    },
    async end() {
      if (hasExited) return;
      const ended = new Promise((resolve) => void child.once('exit', resolve));
      child.kill('SIGTERM');
      const late = setTimeout(() => started.stop(), END_MS);
      await ended;
      clearTimeout(late);
    },
  };
  child.on('exit', () => {
    hasExited = true;
    running.delete(started);
  });
  running.add(started);
  return started;
}

/** The port that a server of ours prints when it listens. */
export async function portOf({ output, exited }: Started): Promise<string> {
  for (;;) {
    const port = output().trim();
    if (port) return port;
    if (exited()) throw new Error('A server of the benchmark did not start');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Binds this process, and with it what it starts later unless told otherwise; what it has started ends with it. */
export function bindSelf(): void {
  process.on('exit', () => {
    for (const one of running) one.stop();
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));
  if (cpus().length < 2) throw new Error('Two processor cores are needed: one for the gateway, one for the load');
  spawnSync('taskset', ['-a', '-c', '-p', LOAD_CORE, String(process.pid)]);
}

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // the process or thread has just ended
  }
};

function tree(root: number): number[] {
  const pids = [root];
  for (const pid of pids) {
    const tasks = read(`/proc/${pid}/status`) ? readdirSync(`/proc/${pid}/task`) : [];
    for (const task of tasks) pids.push(...read(`/proc/${pid}/task/${task}/children`).trim().split(' ').filter(Boolean).map(Number));
  }
  return pids;
}

const TICK_MS = 10; // USER_HZ is 100 on every Linux that Node runs on

/** Processor time of a process and its children until now: fields 14 (user) and 15 (system) of /proc/PID/stat. */
export function cpuMs(root: number): number {
  let ticks = 0;
  for (const pid of tree(root)) {
    const stat = read(`/proc/${pid}/stat`);
    const [user = '0', system = '0'] = stat.slice(stat.lastIndexOf(')') + 2).split(' ').slice(11, 13);
    ticks += Number(user) + Number(system);
  }
  return ticks * TICK_MS;
}

/** Resident memory of a process and its children. */
export function rssKb(root: number): number {
  return tree(root).reduce((sum, pid) => sum + Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0), 0);
}
