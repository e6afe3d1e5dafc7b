import { stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { StartError } from '@vss/runtime';

/**
 * Keeps a second instance off a data folder. The lock is an abstract socket: the kernel frees it however its holder
 * ends, and it leaves no file. It goes by the folder itself, whatever path leads to it.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const { dev, ino } = await stat(folder, { bigint: true });
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(cause.code === 'EADDRINUSE' ? new StartError(`The data folder ${folder} is in use by another running instance`, { cause }) : cause),
    );
    server.listen({ path: `\0vss-data-${dev}-${ino}` }, resolve);
  });
  server.unref();
  return () => new Promise((resolve) => void server.close(() => resolve()));
}
