import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));

export interface GatewayProcess {
  readonly child: ChildProcess;
  /** The address that it printed. */
  readonly ready: Promise<string>;
  readonly ended: Promise<{ code: number; out: string; err: string }>;
}

/** The built gateway in a process of its own; nothing of the test's environment reaches it. */
export function startGatewayProcess(env: Record<string, string>, main = MAIN): GatewayProcess {
  const child = spawn(process.execPath, [main], { env: { PATH: process.env['PATH'] ?? '', VSS_LOG_LEVEL: 'warn', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  const ready = Promise.withResolvers<string>();
  child.stdout.on('data', (chunk) => {
    out += String(chunk);
    const [, url] = /ready at (\S+)/.exec(out) ?? [];
    if (url) ready.resolve(url);
  });
  child.stderr.on('data', (chunk) => (err += String(chunk)));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number, out, err }));
  return { child, ready: ready.promise, ended };
}
