import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { delay, StartError, type Logger } from '@vss/runtime';

/** Processes of a PostgreSQL on this cluster: their working folder is the cluster itself. */
export function postgresProcessesOn(cluster: string): number[] {
  // A chroot may lack /proc; then there is no telling, and PostgreSQL's own lock file has to do.
  if (!existsSync('/proc/self')) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`) === cluster && readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, '').endsWith('/postgres');
      } catch {
        return false; // gone meanwhile, or another user's, which cannot be ours: the folder is closed to others
      }
    });
}

/**
 * Ends what an instance that was killed left running on this cluster, and removes lock files that name a process
 * which is no PostgreSQL (its number was given to another meanwhile, and PostgreSQL would refuse to start).
 * Only for the holder of the instance lock.
 */
export async function clearLeftovers(cluster: string, socketDir: string, port: number, logger: Logger): Promise<void> {
  const pidFile = join(cluster, 'postmaster.pid');
  const named = firstLineNumber(pidFile);
  const running = postgresProcessesOn(cluster);
  if (running.length > 0) {
    logger.warn({ pids: running }, 'Ending a PostgreSQL that an earlier run left behind');
    // The first process shuts down in order; without it the others can only be told to quit at once.
    if (named !== undefined && running.includes(named)) send(named, 'SIGINT');
    else for (const pid of running) send(pid, 'SIGQUIT');
    await untilGone(cluster);
  }
  // A file that names no live process is left: PostgreSQL then looks by itself whether its shared memory is still in use.
  if (named !== undefined && isAlive(named)) rmSync(pidFile, { force: true });
  for (const file of [`.s.PGSQL.${port}`, `.s.PGSQL.${port}.lock`]) rmSync(join(socketDir, file), { force: true });
}

export const HALF_MADE = 'cluster.new-';

/** Removes what a first start that was cut off had begun to make. */
export function removeHalfMade(dataDir: string): void {
  for (const name of readdirSync(dataDir)) if (name.startsWith(HALF_MADE)) rmSync(join(dataDir, name), { recursive: true, force: true });
}

async function untilGone(cluster: string): Promise<void> {
  const stages: { afterMs: number; signal: NodeJS.Signals }[] = [
    { afterMs: 5_000, signal: 'SIGQUIT' },
    { afterMs: 7_000, signal: 'SIGKILL' },
  ];
  const startedAt = Date.now();
  for (;;) {
    const left = postgresProcessesOn(cluster);
    if (left.length === 0) return;
    const elapsed = Date.now() - startedAt;
    if (elapsed > 10_000) throw new StartError(`A PostgreSQL of an earlier run (process ${left[0]}) does not end: end it, then start again`);
    if (stages[0] && elapsed > stages[0].afterMs) for (const pid of left) send(pid, stages[0].signal);
    if (stages[0] && elapsed > stages[0].afterMs) stages.shift();
    await delay(20);
  }
}

function firstLineNumber(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

const isAlive = (pid: number): boolean => send(pid, 0);

/** False when there is no such process. */
export function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
