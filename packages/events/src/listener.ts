import { Client, type Pool } from 'pg';
import { delay, messageOf, type Logger } from '@vss/runtime';

export interface ListenerOptions {
  /** Whose settings the listener's own connection takes. */
  readonly pool: Pool;
  readonly channel: string;
  readonly logger: Logger;
  /** Before the channel is listened to, on the same connection; ends when the listener may begin, or never. */
  readonly prepare?: (client: Client) => Promise<void>;
  /** With the payload; with undefined after every connect, since what was said before it is lost. */
  readonly onNotify: (payload: string | undefined) => void;
  readonly onDisconnect?: () => void;
}

const RECONNECT_MS = { first: 50, most: 2_000 };

/** Listens to a channel on a connection of its own, and connects again for as long as it is not stopped. */
export function startListener({ pool, channel, logger, prepare, onNotify, onDisconnect }: ListenerOptions): { stop(): Promise<void> } {
  const stopping = new AbortController();
  let client: Client | undefined;

  async function hold(): Promise<void> {
    const lost = Promise.withResolvers<void>();
    // A pool's options are those of its clients.
    client = new Client(pool.options);
    client.on('error', () => lost.resolve());
    client.on('end', () => lost.resolve());
    client.on('notification', ({ payload }) => onNotify(payload));
    try {
      await client.connect();
      // Else the server would notice only when it has something to say that nobody is there, and keep our locks.
      await client.query("set client_connection_check_interval = '1s'");
      await prepare?.(client);
      await client.query(`listen ${client.escapeIdentifier(channel)}`);
      onNotify(undefined);
      await lost.promise;
    } finally {
      onDisconnect?.();
      destroy(client);
    }
  }

  async function run(): Promise<void> {
    for (let waitMs = RECONNECT_MS.first; !stopping.signal.aborted; waitMs = Math.min(waitMs * 2, RECONNECT_MS.most)) {
      const startedAt = Date.now();
      try {
        await hold();
      } catch (error) {
        if (!stopping.signal.aborted) logger.warn({ channel, reason: messageOf(error) }, 'The database connection that listens was lost');
      }
      if (Date.now() - startedAt > RECONNECT_MS.most) waitMs = RECONNECT_MS.first;
      await delay(waitMs, stopping.signal).catch(() => undefined);
    }
  }

  const running = run();
  return {
    async stop() {
      stopping.abort(new Error('stopped'));
      if (client) destroy(client);
      await running;
    },
  };
}

// A query may wait on this connection for as long as another process leads: closing the socket is what ends it.
function destroy(client: Client): void {
  (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
}
