import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import type { Actor } from '@vss/auth';
import type { AppError } from '@vss/runtime';
import { within } from '../common/within.js';
import type { Session } from '../guard/authenticate.js';
import { requestInfo } from '../http/request-info.js';
import { Connection, type ConnectionDeps } from './connection.js';
import { createCounter } from './counter.js';
import { CLOSE, SUBPROTOCOL } from './messages.js';

export interface SocketServer {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  readonly size: number;
  /** Ends the connections of some, who are told why. */
  endWhere(isMeant: (session: Session) => boolean, error: AppError): void;
  /** Everybody who has introduced himself. */
  actors(): Iterable<Actor>;
  /** Asks for everybody whether he is another now; his streams are not this one's business. */
  changeActors(actorFor: (actor: Actor) => Actor): void;
  closeSessions(sessionIds: ReadonlySet<string>, code: number, reason: string): void;
  /** Lets running queries and mutations finish, then closes every connection with 1001. */
  close(drainMs: number): Promise<void>;
}

export interface SocketSettings {
  readonly maxMessageBytes: number;
  readonly trustProxy: boolean;
  readonly connectionsPerUser: number;
  readonly connectionsPerAddress: number;
}

/** How long a client has to answer a close. */
const CLOSING_MS = 500;
const SWEEP_MS = 500;

/** Carries its connection, so that all sockets share their listeners: closures for each would weigh more than the rest. */
class ClientSocket extends WebSocket {
  connection: Connection | undefined;
}
const connectionOf = (socket: WebSocket): Connection | undefined => (socket as ClientSocket).connection;

export function createSocketServer(common: Omit<ConnectionDeps, 'admitUser'>, settings: SocketSettings): SocketServer {
  const { maxMessageBytes, trustProxy, connectionsPerUser, connectionsPerAddress } = settings;
  const { initMs, heartbeatMs } = common.limits;
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    clientTracking: false,
    // Frames are written past `ws`, which must then have none of its own half written: see Connection.
    perMessageDeflate: false,
    WebSocket: ClientSocket,
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  });
  const open = new Set<Connection>();
  const users = createCounter(connectionsPerUser);
  const addresses = createCounter(connectionsPerAddress);
  const deps: ConnectionDeps = { ...common, admitUser };

  function admitUser({ kind, userId }: Actor): boolean {
    // Who is not signed in is counted by address alone.
    if (kind === 'anonymous') return true;
    if (users.isFull(userId)) return false;
    users.add(userId);
    return true;
  }

  // One timer for the times of all connections.
  const sweeping = setInterval(() => {
    const now = Date.now();
    for (const connection of open) connection.sweep(now);
  }, Math.min(SWEEP_MS, heartbeatMs, initMs));
  sweeping.unref();

  function onClose(this: WebSocket): void {
    const connection = connectionOf(this);
    if (!connection) return;
    open.delete(connection);
    connection.stop();
    addresses.remove(connection.request.address);
    const actor = connection.session?.actor;
    if (actor && actor.kind !== 'anonymous') users.remove(actor.userId);
  }

  const onError = (error: Error): void => common.logger.debug({ err: error }, `A client's connection failed: ${error.message}`);

  function take(socket: ClientSocket, stream: Duplex, request: IncomingMessage): void {
    socket.on('error', onError);
    if (socket.protocol !== SUBPROTOCOL) return socket.close(4406, 'Subprotocol not acceptable');
    const connection = new Connection({ socket, stream, request: requestInfo(request, trustProxy), authorization: request.headers.authorization }, deps);
    socket.connection = connection;
    open.add(connection);
    addresses.add(connection.request.address);
    socket.on('message', onMessage);
    socket.on('pong', onPong);
    socket.on('close', onClose);
  }

  return {
    upgrade(request, stream, head) {
      if (addresses.isFull(requestInfo(request, trustProxy).address)) stream.end(TOO_MANY);
      else server.handleUpgrade(request, stream, head, (socket) => take(socket, stream, request));
    },
    get size() {
      return open.size;
    },
    endWhere(isMeant, error) {
      for (const connection of open) if (connection.session && isMeant(connection.session)) connection.dismiss(error);
    },
    *actors() {
      for (const { session } of open) if (session) yield session.actor;
    },
    changeActors(actorFor) {
      for (const connection of open) if (connection.session) connection.changeActor(actorFor(connection.session.actor));
    },
    closeSessions(sessionIds, code, reason) {
      for (const connection of open) if (connection.session && sessionIds.has(connection.session.actor.sessionId)) connection.close(code, reason);
    },
    async close(drainMs) {
      clearInterval(sweeping);
      await within(drainMs, Promise.allSettled([...open].flatMap(({ answers }) => answers)));
      const closed = [...open].map((connection) => connection.closed());
      for (const connection of open) connection.close(CLOSE.goingAway, 'The gateway is stopping');
      await within(CLOSING_MS, Promise.all(closed));
      for (const connection of open) connection.terminate();
    },
  };
}

function onMessage(this: WebSocket, data: unknown, isBinary: boolean): void {
  // `ws` gives text as one Buffer unless told otherwise.
  connectionOf(this)?.receive(data as Buffer, isBinary);
}

function onPong(this: WebSocket): void {
  connectionOf(this)?.heard();
}

const TOO_MANY = 'HTTP/1.1 429 Too Many Requests\r\nconnection: close\r\nretry-after: 30\r\ncontent-length: 0\r\n\r\n';
