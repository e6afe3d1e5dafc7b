import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A process of its own, for what can only be tried by killing one. */
export interface Child {
  readonly process: ChildProcess;
  /** The next line that it prints and that begins with this word; the rest of the line, as JSON. */
  line<T = unknown>(word: string): Promise<T>;
  /** As a power cut would end it. Resolves when it is gone. */
  kill(signal?: NodeJS.Signals): Promise<void>;
}

// Sources name each other as the compiled files will be named.
const RESOLVE = `import { registerHooks } from 'node:module';
registerHooks({ resolve(specifier, context, next) {
  try { return next(specifier, context); } catch (error) {
    if (error.code === 'ERR_MODULE_NOT_FOUND' && specifier.endsWith('.js')) return next(specifier.slice(0, -3) + '.ts', context);
    throw error;
  }
} });`;

/** Who runs a child: `uid` and `gid`, or a program that becomes somebody and then the child, with its arguments. */
export interface ChildUser {
  readonly uid?: number;
  readonly gid?: number;
  readonly through?: readonly string[];
}

/** Runs a TypeScript file from its source. `input` reaches it as `JSON.parse(process.argv[2])`. */
export function startChild(file: URL, input: unknown = {}, { through = [], ...user }: ChildUser = {}): Child {
  const hook = `data:text/javascript,${encodeURIComponent(RESOLVE)}`;
  const flags = ['--no-warnings', '--experimental-transform-types', '--conditions=source', '--import', hook];
  const [command, ...args] = [...through, process.execPath, ...flags, fileURLToPath(file), JSON.stringify(input)];
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...user });
  const lines: string[] = [];
  const waiting: { word: string; resolve: (rest: string) => void; reject: (error: Error) => void }[] = [];
  let said = '';
  const take = (line: string): void => {
    const at = waiting.findIndex(({ word }) => line.startsWith(`${word} `));
    const [taker] = at < 0 ? [] : waiting.splice(at, 1);
    if (taker) taker.resolve(line.slice(taker.word.length + 1));
    else lines.push(line);
  };
  createInterface({ input: child.stdout }).on('line', take);
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4_000)));
  async function end(): Promise<void> {
    await once(child, 'close');
    for (const { word, reject } of waiting.splice(0)) reject(new Error(`The child ended without saying ${word}. It said: ${lines.join(' | ')} ${said}`));
  }
  const ended = end();
  return {
    process: child,
    async line<T>(word: string) {
      const at = lines.findIndex((line) => line.startsWith(`${word} `));
      const [seen] = at < 0 ? [] : lines.splice(at, 1);
      if (seen !== undefined) return JSON.parse(seen.slice(word.length + 1)) as T;
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`The child has ended. It said: ${said}`);
      return JSON.parse(await new Promise<string>((resolve, reject) => waiting.push({ word, resolve, reject }))) as T;
    },
    async kill(signal = 'SIGKILL') {
      child.kill(signal);
      await ended;
    },
  };
}
