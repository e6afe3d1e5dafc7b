import { createServer, type Server } from 'node:net';
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, realpath } from 'node:fs/promises';
import { messageOf, StartError } from '@vss/runtime';

export interface DataFolder {
  readonly path: string;
  release(): Promise<void>;
}

/**
 * Makes the data folder, readable by its owner alone, and takes it: two platforms on one folder would serve one
 * database with two sets of timers and hubs. Throws StartError, one line, where that cannot be.
 */
export async function openDataFolder(path: string): Promise<DataFolder> {
  let real: string;
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
    real = await realpath(path);
  } catch (error) {
    throw new StartError(`The data folder ${path} cannot be used: ${messageOf(error)}`, { cause: error });
  }
  const lock = await takeLock(real);
  return {
    path: real,
    release: () => new Promise((resolve) => lock.close(() => resolve())),
  };
}

/** An abstract socket (Linux) as a lock: it is free again as soon as its holder is gone, however it went. */
function takeLock(folder: string): Promise<Server> {
  const name = `\0vss-data-${createHash('sha256').update(folder).digest('hex').slice(0, 32)}`;
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.unref();
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new StartError(error.code === 'EADDRINUSE' ? `The data folder ${folder} is in use by another instance: stop that one, or set VSS_DATA_DIR to another folder` : messageOf(error))),
    );
    server.listen({ path: name }, () => resolve(server));
  });
}
