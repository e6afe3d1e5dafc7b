import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { messageOf, type Logger } from '@vss/runtime';
import type { Gateway } from '../gateway.js';

export interface OrdinaryServer {
  readonly server: Server;
  /** Resolves when the answers under way at this moment are out. */
  drain(): Promise<unknown>;
}

type Handlers = Pick<Gateway, 'handleHttp' | 'handleUpgrade' | 'settings'>;

/** node:http with the gateway's handlers and deadlines: it takes every request that HTTP knows. */
export function createOrdinaryServer({ gateway, logger }: { gateway: Handlers; logger: Logger }): OrdinaryServer {
  const { headersMs, requestMs, idleMs, slowReaderMs } = gateway.settings.connection;
  const options = {
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    keepAliveTimeout: idleMs,
    connectionsCheckingInterval: Math.min(headersMs / 2, 5_000),
    shouldUpgradeCallback: asksForWebSocket,
  };
  const running = new Set<Promise<void>>();
  const server = createServer(options, (request, response) => {
    const finished = new Promise<void>((resolve) => void response.once('close', () => resolve()));
    running.add(finished);
    void finished.then(() => running.delete(finished));
    gateway.handleHttp(request, response).catch((error: unknown) => {
      logger.error({ err: error }, `A request failed: ${messageOf(error)}`);
      response.destroy();
    });
  });
  // Neither reads nor writes for so long: a client that does not take its answer, or is gone. Longer than any answer takes.
  server.setTimeout(2 * slowReaderMs);
  server.on('upgrade', (request, socket, head) => {
    // A client that goes away during the handshake is no fault of ours.
    socket.on('error', () => socket.destroy());
    gateway.handleUpgrade(request, socket, head);
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (!socket.writable) socket.destroy();
    else socket.end(`HTTP/1.1 ${CLIENT_ERRORS[error.code ?? ''] ?? '400 Bad Request'}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
  });
  return { server, drain: () => Promise.all(running) };
}

const CLIENT_ERRORS: Partial<Record<string, string>> = { HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large', ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout' };

/** Other upgrades are not made: Java's client, for one, offers HTTP/2 with its first request and takes an ordinary answer. */
const asksForWebSocket = ({ headers }: IncomingMessage): boolean => headers.upgrade?.toLowerCase() === 'websocket';
