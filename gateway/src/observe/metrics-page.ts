import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createExposition, sendMetrics, StartError, type Metrics } from '@vss/runtime';

/** The page that Prometheus scrapes. */
export interface MetricsPage {
  /** At the gateway's own address. False where the caller may not see it: then there is nothing at this address. */
  answerLocal(request: IncomingMessage, response: ServerResponse): boolean;
  /** At an address of its own, for whoever can reach that; from now on no more at the gateway's. */
  serve(options: { host: string; port: number }): Promise<{ port: number; close(): Promise<void> }>;
}

/**
 * Metrics tell operation names and how much is asked: nothing for the public. At the gateway's address they are given to
 * callers on this machine alone, and to none that came through a proxy here, which would be everybody.
 */
export function createMetricsPage(metrics: Metrics): MetricsPage {
  const exposition = createExposition(metrics);
  let isElsewhere = false;
  const answer = (response: ServerResponse): void => void sendMetrics(exposition, response);
  return {
    answerLocal(request, response) {
      if (isElsewhere || !isLocal(request)) return false;
      answer(response);
      return true;
    },
    async serve({ host, port }) {
      const server = createServer((request, response) => (request.url?.split('?', 1)[0] === '/metrics' ? answer(response) : void response.writeHead(404).end()));
      await new Promise<void>((resolve, reject) => {
        server.once('error', (error) => reject(new StartError(`The metrics cannot be served on ${host}:${port}: ${error.message}`, { cause: error })));
        server.listen(port, host, resolve);
      });
      isElsewhere = true;
      return {
        port: (server.address() as AddressInfo).port,
        close: () =>
          new Promise((resolve) => {
            server.close(() => resolve());
            server.closeAllConnections();
          }),
      };
    },
  };
}

const LOOPBACK = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/;
// A page in a browser on this machine may reach us under any name that its server gives our address.
const LOCAL_NAME = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i;
const OF_PROXIES = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'];

const isLocal = ({ socket, headers }: IncomingMessage): boolean =>
  LOOPBACK.test(socket.remoteAddress ?? '') && LOCAL_NAME.test(headers.host ?? '') && !OF_PROXIES.some((name) => name in headers);
