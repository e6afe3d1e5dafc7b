import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { messageOf, StartError, type Logger } from '@vss/runtime';
import type { Gateway } from './gateway.js';
import { GRAPHQL_PATH } from './http/front.js';
import { within } from './common/within.js';

export interface ServedGateway {
  /** Address of the GraphQL endpoint, for HTTP and WebSocket. */
  readonly url: string;
  readonly port: number;
  /** Stops taking requests, lets the running ones finish, then closes the gateway. */
  close(): Promise<void>;
}

const HEADERS_MS = 10_000;
const REQUEST_MS = 30_000;
const IDLE_MS = 65_000;

export async function serveGateway({ gateway, host, port, logger }: { gateway: Gateway; host: string; port: number; logger: Logger }): Promise<ServedGateway> {
  const running = new Set<Promise<void>>();
  const server = createServer({ headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS, keepAliveTimeout: IDLE_MS }, (request, response) => {
    const finished = new Promise<void>((resolve) => void response.once('close', () => resolve()));
    running.add(finished);
    void finished.then(() => running.delete(finished));
    gateway.handleHttp(request, response).catch((error: unknown) => {
      logger.error({ err: error }, `A request failed: ${messageOf(error)}`);
      response.destroy();
    });
  });
  server.on('upgrade', (request, socket, head) => {
    // A client that goes away during the handshake is no fault of ours.
    socket.on('error', () => socket.destroy());
    gateway.handleUpgrade(request, socket, head);
  });
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
    else socket.destroy();
  });
  const bound = await listen(server, host, port);
  const shown = host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${shown}:${bound}${GRAPHQL_PATH}`,
    port: bound,
    async close() {
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      server.closeIdleConnections();
      await Promise.all([gateway.drain(), within(gateway.settings.drainMs, Promise.all(running))]);
      await gateway.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'the port is taken' : error.message;
      reject(new StartError(`The gateway cannot listen on ${host}:${port}: ${why}`, { cause: error }));
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}
