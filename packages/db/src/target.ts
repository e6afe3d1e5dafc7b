import { Client, Pool, type ClientConfig } from 'pg';

/** Where a PostgreSQL is: an address, or the folder of its Unix socket as `host`. */
export type DatabaseTarget =
  | { readonly url: string }
  | { readonly host: string; readonly port: number; readonly user: string; readonly password?: string; readonly database: string };

const CONNECT_TIMEOUT_MS = 5_000;

/** What node-postgres needs to know; a function of its own, because MikroORM takes the same. */
export function connectionSettings(target: DatabaseTarget): ClientConfig {
  const shared = { connectionTimeoutMillis: CONNECT_TIMEOUT_MS, keepAlive: true };
  if ('url' in target) return { ...shared, connectionString: target.url };
  const { host, port, user, password, database } = target;
  return { ...shared, host, port, user, database, ...(password === undefined ? {} : { password }) };
}

/** Connections that are shared. Waiting for a free one ends with an error after five seconds rather than never. */
export function createPool(target: DatabaseTarget, { max = 5, applicationName = 'vss' }: { max?: number; applicationName?: string } = {}): Pool {
  const pool = new Pool({ ...connectionSettings(target), max, application_name: applicationName, allowExitOnIdle: true });
  // An idle connection that the server drops is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/**
 * Gives a connection that ended back to its pool, whoever holds it. The ORM's transactions keep theirs for ever when
 * `begin` or `rollback` fails because it is lost; after as many of those as the pool has places, nothing would work.
 */
export function releaseLostConnections(pool: Pool): void {
  pool.on('acquire', (client) => {
    // The pool sets `release` just after this event.
    queueMicrotask(() => {
      const release = client.release.bind(client);
      let isReleased = false;
      const onEnd = (): void => client.release(true);
      client.release = (error) => {
        if (isReleased) return;
        isReleased = true;
        client.off('end', onEnd);
        release(error);
      };
      client.once('end', onEnd);
    });
  });
}

/** Runs work on one connection of its own, outside any pool. */
export async function withClient<T>(target: DatabaseTarget, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(connectionSettings(target));
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** A name in double quotes, so that no name can be anything but a name. */
export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;
