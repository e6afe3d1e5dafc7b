import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';

export const ROOT = join(import.meta.dirname, '../../..');

export interface RunningProcess {
  readonly child: ChildProcess;
  readonly pid: number;
  /** Everything it has printed so far, both streams. */
  output(): string;
  /** Resolves with the first output that matches; rejects when the process ends before, or after the deadline. */
  printed(pattern: RegExp, deadlineMs?: number): Promise<RegExpExecArray>;
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** SIGTERM, then waits. */
  stop(): Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** SIGKILL, then waits. */
  kill(): Promise<void>;
}

export function startProcess(command: string, args: readonly string[], env: Record<string, string | undefined>): RunningProcess {
  const child = spawn(command, args, { cwd: ROOT, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  const watchers = new Set<() => void>();
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      for (const look of watchers) look();
    });
  return {
    child,
    pid: child.pid ?? -1,
    output: () => text,
    exited,
    printed: (pattern, deadlineMs = 30_000) =>
      new Promise((resolve, reject) => {
        const settle = (act: () => void): void => {
          clearTimeout(timer);
          watchers.delete(look);
          act();
        };
        const look = (): void => {
          const match = pattern.exec(text);
          if (match) settle(() => resolve(match));
        };
        const timer = setTimeout(() => settle(() => reject(new Error(`${command} did not print ${String(pattern)} within ${deadlineMs} ms. It printed:\n${text}`))), deadlineMs);
        watchers.add(look);
        void exited.then(({ code, signal }) => settle(() => reject(new Error(`${command} ended (${String(code ?? signal)}) before it printed ${String(pattern)}. It printed:\n${text}`))));
        look();
      }),
    async stop() {
      child.kill('SIGTERM');
      return exited;
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
