import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StartError, type Logger } from '@vss/runtime';
import type { Gateway } from './gateway.js';
import { GRAPHQL_PATH } from './http/front.js';
import { createLeanFront } from './http/lean-front.js';
import { createOrdinaryServer } from './http/ordinary-server.js';
import { within } from './common/within.js';

export interface ServedGateway {
  /** Address of the GraphQL endpoint, for HTTP and WebSocket. */
  readonly url: string;
  readonly port: number;
  /** Stops taking requests, lets the running ones finish, then closes the gateway. */
  close(): Promise<void>;
}

export async function serveGateway({ gateway, host, port, logger }: { gateway: Gateway; host: string; port: number; logger: Logger }): Promise<ServedGateway> {
  const { server, drain } = createOrdinaryServer({ gateway, logger });
  const lean = createLeanFront({ server, answer: gateway.graphql.answer, settings: gateway.settings, logger });
  const bound = await listen(server, host, port);
  const shown = host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${shown}:${bound}${GRAPHQL_PATH}`,
    port: bound,
    async close() {
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      server.closeIdleConnections();
      await Promise.all([gateway.drain(), within(gateway.settings.drainMs, Promise.all([lean.drain(), drain()]))]);
      await gateway.close();
      lean.close();
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
