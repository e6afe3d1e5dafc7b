import type { Command } from './process.ts';

/** A command whose process can be looked into by way of this port. */
export const withInspector = (command: Command, port: number): Command => ({ ...command, env: { ...command.env, NODE_OPTIONS: `--inspect=127.0.0.1:${port}` } });

export interface Inspector {
  /** Asks by the Chrome DevTools protocol. */
  send<Result>(method: string, params?: object): Promise<Result>;
  close(): void;
}

/** Looks into a Node process that was started with `--inspect`. */
export async function openInspector(port: number): Promise<Inspector> {
  const [target] = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as { webSocketDebuggerUrl: string }[];
  if (!target) throw new Error('The process has no inspector');
  const socket = new WebSocket(target.webSocketDebuggerUrl);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', () => reject(new Error('The inspector does not answer')));
  });
  let asked = 0;
  return {
    send<Result>(method: string, params: object = {}) {
      const id = (asked += 1);
      return new Promise<Result>((resolve, reject) => {
        const hear = ({ data }: MessageEvent): void => {
          const answer = JSON.parse(String(data)) as { id?: number; result: Result; error?: { message: string } };
          if (answer.id !== id) return;
          socket.removeEventListener('message', hear);
          if (answer.error) reject(new Error(`${method}: ${answer.error.message}`));
          else resolve(answer.result);
        };
        socket.addEventListener('message', hear);
        socket.send(JSON.stringify({ id, method, params }));
      });
    },
    close: () => socket.close(),
  };
}

/** So that what is resident is what is held. */
export async function collectGarbage(port: number): Promise<void> {
  const inspector = await openInspector(port);
  await inspector.send('HeapProfiler.collectGarbage');
  inspector.close();
}
