import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { within } from '../common/within.js';
import { requestInfo } from '../http/request-info.js';
import { createConnection, type Connection, type ConnectionDeps } from './connection.js';
import { CLOSE, SUBPROTOCOL } from './messages.js';

export interface SocketServer {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  readonly size: number;
  /** Closes the connections that were opened by this session. */
  endSession(sessionId: string): void;
  /** Lets running queries and mutations finish, then closes every connection with 1001. */
  close(drainMs: number): Promise<void>;
}

export interface SocketSettings {
  readonly heartbeatMs: number;
  readonly maxMessageBytes: number;
  readonly trustProxy: boolean;
}

/** How long a client has to answer a close. */
const CLOSING_MS = 500;

export function createSocketServer(deps: ConnectionDeps, { heartbeatMs, maxMessageBytes, trustProxy }: SocketSettings): SocketServer {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    clientTracking: false,
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  });
  const open = new Map<WebSocket, Connection>();
  const heard = new WeakSet<WebSocket>();
  const heartbeat = setInterval(() => {
    for (const socket of open.keys()) {
      // Nothing since the last ping: the far end is gone without having said so.
      if (!heard.delete(socket)) socket.terminate();
      else socket.ping();
    }
  }, heartbeatMs);
  heartbeat.unref();

  function take(socket: WebSocket, request: IncomingMessage): void {
    if (socket.protocol !== SUBPROTOCOL) return socket.close(4406, 'Subprotocol not acceptable');
    heard.add(socket);
    for (const sign of ['pong', 'message'] as const) socket.on(sign, () => void heard.add(socket));
    open.set(socket, createConnection({ socket, request: requestInfo(request, trustProxy), authorization: request.headers.authorization }, deps));
    socket.once('close', () => open.delete(socket));
  }

  return {
    upgrade: (request, socket, head) => server.handleUpgrade(request, socket, head, (client) => take(client, request)),
    get size() {
      return open.size;
    },
    endSession(sessionId) {
      for (const connection of open.values()) connection.endSession(sessionId);
    },
    async close(drainMs) {
      clearInterval(heartbeat);
      const answers = [...open.values()].flatMap((connection) => [...connection.answers]);
      await within(drainMs, Promise.allSettled(answers));
      const closed = [...open.keys()].map((socket) => new Promise<void>((resolve) => void socket.once('close', () => resolve())));
      for (const connection of open.values()) connection.close(CLOSE.goingAway, 'The gateway is stopping');
      await within(CLOSING_MS, Promise.all(closed));
      for (const socket of open.keys()) socket.terminate();
    },
  };
}
