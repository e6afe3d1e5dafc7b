import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from '@vss/runtime';
import type { GatewaySettings } from '../settings.js';
import { endingAt } from './answer-text.js';
import type { GraphqlOverHttp } from './graphql-over-http.js';
import { createLeanConnection, type LeanConnection, type LeanTimes } from './lean-connection.js';

export interface LeanFront {
  /** Connections that are here, and not with the ordinary server. */
  readonly size: number;
  /** Takes no further request; resolves when the last answer is out. */
  drain(): Promise<void>;
  /** Ends whatever is left. */
  close(): void;
}

/**
 * Stands before an ordinary server and answers the most common request, an operation in a plain POST, itself: half of
 * what a tiny request costs is spent in node:http. Every connection that asks for anything else is the server's, as if
 * it had come there at first.
 */
export function createLeanFront({ server, answer, settings, logger }: { server: Server; answer: GraphqlOverHttp['answer']; settings: Pick<GatewaySettings, 'trustProxy' | 'connection'>; logger: Logger }): LeanFront {
  const { trustProxy, connection: { idleMs, headersMs } } = settings;
  const tickMs = Math.min(1_000, headersMs / PARTS);
  const times = timesIn(settings.connection, tickMs);
  const ordinary = server.listeners('connection');
  const open = new Set<LeanConnection>();
  let ending = endingAt(new Date(), idleMs);
  let drained: (() => void) | undefined;

  const handOver = (socket: Socket): void => {
    for (const take of ordinary) take.call(server, socket);
  };
  const leaves = (connection: LeanConnection): void => {
    open.delete(connection);
    if (open.size === 0) drained?.();
  };
  const ticking = setInterval(() => {
    ending = endingAt(new Date(), idleMs);
    for (const connection of open) connection.tick();
  }, tickMs);
  ticking.unref();

  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    const connection = createLeanConnection(socket, { answer, handOver, ending: () => ending, onClosed: () => leaves(connection), times, trustProxy, logger });
    open.add(connection);
  });

  return {
    get size() {
      return open.size;
    },
    drain() {
      for (const connection of open) connection.finish();
      return open.size === 0 ? Promise.resolve() : new Promise((resolve) => (drained = resolve));
    },
    close() {
      clearInterval(ticking);
      for (const connection of open) connection.destroy();
    },
  };
}

/** The part of the time for a head after which an unfinished request goes to the ordinary server. */
const PARTS = 5;

function timesIn({ headersMs, idleMs, slowReaderMs }: GatewaySettings['connection'], tickMs: number): LeanTimes {
  const ticks = (ms: number): number => Math.ceil(ms / tickMs);
  return { partial: ticks(headersMs / PARTS), first: ticks(headersMs), idle: ticks(idleMs), writing: ticks(slowReaderMs) };
}
