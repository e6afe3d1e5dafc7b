import type { WebSocket } from 'ws';
import { AppError, messageOf, type Logger } from '@vss/runtime';
import { sessionEnded, type Authenticator, type Session } from '../guard/authenticate.js';
import type { RequestInfo } from '../sources/source.js';
import { authorizationIn, CLOSE, parseMessage, type ClientMessage } from './messages.js';
import { createOperations, type Operations, type OperationsDeps } from './operations.js';
import { partitionOf } from './stream-key.js';

export interface ConnectionDeps extends OperationsDeps {
  readonly authenticator: Authenticator;
  readonly logger: Logger;
  /** Time for the client to introduce itself. */
  readonly initMs: number;
}

/** How a client's socket was opened. */
export interface Opened {
  readonly socket: WebSocket;
  readonly request: RequestInfo;
  /** The Authorization header of the upgrade request, for clients that can set one. */
  readonly authorization: string | undefined;
}

export interface Connection {
  readonly answers: Operations['answers'];
  /** Ends everything and closes, if the client is here by this session. */
  endSession(sessionId: string): void;
  close(code: number, reason: string): void;
}

type Payload = Record<string, unknown> | null | undefined;

// setTimeout counts in 32 bits.
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** One client's connection, protocol graphql-transport-ws: who it is, until when, and what it asks. */
export function createConnection({ socket, request, authorization }: Opened, deps: ConnectionDeps): Connection {
  const { authenticator, logger, initMs } = deps;
  const send = (text: string): Promise<void> => new Promise((resolve) => (socket.readyState === socket.OPEN ? socket.send(text, () => resolve()) : resolve()));
  // A close reason may be 123 bytes long.
  const close = (code: number, reason: string): void => socket.close(code, Buffer.from(reason).subarray(0, 120).toString());
  const operations = createOperations({ request, send }, deps);
  let session: Session | undefined;
  let isIntroduced = false;
  let expiry: NodeJS.Timeout | undefined;
  const introduction = setTimeout(() => close(CLOSE.initialisationTimeout, 'Connection initialisation timeout'), initMs);

  function accept(next: Session): void {
    session = next;
    clearTimeout(expiry);
    // The connection may have gone while the token was verified.
    if (next.expiresAt && socket.readyState === socket.OPEN) expiry = setTimeout(expire, Math.min(Math.max(next.expiresAt.getTime() - Date.now(), 0), LONGEST_TIMER_MS));
  }

  function expire(): void {
    dismiss(new AppError('UNAUTHENTICATED', 'The access token has expired: send a fresh one in a ping before it does', { reason: 'TOKEN_EXPIRED' }));
  }

  function dismiss(error: AppError): void {
    operations.stopAll(error);
    close(CLOSE.unauthorized, error.message);
  }

  function refuse(error: unknown): void {
    const isTheirs = error instanceof AppError && error.code === 'UNAUTHENTICATED';
    if (!isTheirs) logger.warn({ err: error }, `A connection could not be authenticated: ${messageOf(error)}`);
    close(isTheirs ? CLOSE.unauthorized : CLOSE.tryAgainLater, isTheirs ? error.message : 'Try again later');
  }

  async function introduce(given: Payload): Promise<void> {
    if (isIntroduced) return close(CLOSE.tooManyInitialisations, 'Too many initialisation requests');
    isIntroduced = true;
    try {
      accept(await authenticator.authenticate(authorizationIn(given) ?? authorization));
      clearTimeout(introduction);
      await send(JSON.stringify({ type: 'connection_ack' }));
    } catch (error) {
      refuse(error);
    }
  }

  /** A ping may renew the token: the same user's streams go on, unless his rights are others now. */
  async function renew(given: Payload): Promise<void> {
    const fresh = authorizationIn(given);
    if (!fresh || !session) return send(JSON.stringify({ type: 'pong' }));
    try {
      const next = await authenticator.authenticate(fresh);
      if (next.actor.userId !== session.actor.userId) return close(CLOSE.forbidden, 'A connection belongs to one user');
      const isChanged = partitionOf(next.actor) !== partitionOf(session.actor);
      accept(next);
      if (isChanged) operations.stopAll(new AppError('FORBIDDEN', 'Your rights have changed: subscribe again', { reason: 'RIGHTS_CHANGED' }));
      await send(JSON.stringify({ type: 'pong', payload: { expiresAt: next.expiresAt?.toISOString() } }));
    } catch (error) {
      refuse(error);
    }
  }

  function receive(message: ClientMessage | undefined): Promise<void> | void {
    if (!message) return close(CLOSE.badRequest, 'Not a message of graphql-transport-ws');
    if (message.type === 'connection_init') return introduce(message.payload);
    if (message.type === 'ping') return renew(message.payload);
    if (message.type === 'complete') return operations.stop(message.id);
    if (message.type === 'pong') return;
    if (!session) return close(CLOSE.unauthorized, 'Unauthorized');
    if (operations.isRunning(message.id)) return close(CLOSE.duplicateId, `Subscriber for ${message.id} already exists`);
    return operations.start(message, session.actor);
  }

  // `ws` gives text as one Buffer unless told otherwise.
  socket.on('message', (data, isBinary) => void receive(isBinary ? undefined : parseMessage((data as Buffer).toString())));
  socket.on('error', (error) => logger.debug({ err: error }, `A client's connection failed: ${error.message}`));
  socket.once('close', () => {
    clearTimeout(introduction);
    clearTimeout(expiry);
    operations.stopAll();
  });
  return {
    answers: operations.answers,
    close,
    endSession(sessionId) {
      if (session?.actor.sessionId === sessionId) dismiss(sessionEnded());
    },
  };
}
