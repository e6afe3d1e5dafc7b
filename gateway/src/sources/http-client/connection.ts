import { connect, type Socket } from 'node:net';
import { MalformedAnswer } from './answer-head.js';
import { createAnswerParser, type HttpAnswer } from './answer-parser.js';

/** One request with its answer to come. */
export interface Exchange {
  /** The whole request, one character a byte. */
  readonly message: string;
  onAnswer(answer: HttpAnswer): void;
  onFailure(error: Error): void;
}

/** The connection ended before the answer was there. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
  constructor(
    message: string,
    /** Nothing of the answer had come on a connection that had been made: asking again is sensible. */
    readonly isUnanswered: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export interface Connection {
  /** Requests that wait for their answers. */
  readonly pending: number;
  /** When the last answer came, by `performance.now()`. */
  readonly idleSince: number;
  readonly isClosed: boolean;
  send(exchange: Exchange): void;
  /** Gives this exchange up. What waits behind it is lost with the connection. */
  abandon(exchange: Exchange, error: Error): void;
  close(): void;
}

export interface ConnectionOptions {
  readonly host: string;
  readonly port: number;
  onIdle(connection: Connection): void;
  onClosed(connection: Connection): void;
}

/**
 * All connections receive into it, one at a time; the parser copies what it keeps. The stream's own way is a fresh
 * 64 KB for each read, which the garbage collector has to follow.
 */
const received = Buffer.allocUnsafeSlow(128 * 1024);

const REQUEST_TIMEOUT = 408;

/** One HTTP/1.1 connection. Answers come in the order of the requests. */
export function openConnection({ host, port, onIdle, onClosed }: ConnectionOptions): Connection {
  const waiting: Exchange[] = [];
  let unsent = '';
  let isConnected = false;
  let isClosed = false;
  let idleSince = performance.now();
  const parser = createAnswerParser({ isExpecting: () => waiting.length > 0, onAnswer });
  const socket: Socket = connect({ host, port, noDelay: true, keepAlive: true, onread: { buffer: received, callback: onReceived } });
  socket.on('connect', () => (isConnected = true));
  socket.on('end', () => {
    if (!parser.end()) end(lost('closed the connection'));
  });
  socket.on('error', (error) => end(lost(error.message, error)));
  socket.on('close', () => end(lost('closed the connection')));

  const connection: Connection = {
    get pending() {
      return waiting.length;
    },
    get idleSince() {
      return idleSince;
    },
    get isClosed() {
      return isClosed;
    },
    send(exchange) {
      waiting.push(exchange);
      // Requests of one moment leave in one write.
      if (unsent === '') process.nextTick(flush);
      unsent += exchange.message;
    },
    abandon(exchange, error) {
      const at = waiting.indexOf(exchange);
      if (at < 0) return;
      waiting.splice(at, 1);
      exchange.onFailure(error);
      end(new ConnectionLost('An earlier request on the same connection was given up', at > 0 ? !parser.hasBegun : true));
    },
    close: () => end(lost('was closed')),
  };
  return connection;

  function onReceived(bytes: number): boolean {
    if (isClosed) return false;
    try {
      parser.push(received.subarray(0, bytes));
    } catch (error) {
      end(error as Error);
    }
    return !isClosed;
  }

  function flush(): void {
    if (isClosed) return;
    socket.write(unsent, 'latin1');
    unsent = '';
  }

  function onAnswer(answer: HttpAnswer): void {
    // Said by a server that is tired of waiting on a kept connection, just as a request is on its way.
    if (answer.head.status === REQUEST_TIMEOUT && !answer.head.keepsAlive) return end(new ConnectionLost('The far end waited no longer for a request', true));
    const exchange = waiting.shift();
    // The far end may answer before it has read the whole request, and may not read the rest.
    const isHalfRead = waiting.length === 0 && (unsent !== '' || socket.writableLength > 0);
    if (!answer.head.keepsAlive || isHalfRead) end(new ConnectionLost('The far end answers no more on this connection', true));
    else if (waiting.length === 0) {
      idleSince = performance.now();
      onIdle(connection);
    }
    exchange?.onAnswer(answer);
  }

  function lost(what: string, cause?: Error): ConnectionLost {
    return new ConnectionLost(what, isConnected && !parser.hasBegun, { cause });
  }

  /** Ends the connection, and with it everything that waits on it; what begins an answer that is lost is not asked again. */
  function end(error: Error): void {
    if (isClosed) return;
    isClosed = true;
    socket.destroy();
    onClosed(connection);
    const [first, ...others] = waiting.splice(0);
    first?.onFailure(error);
    const forOthers = error instanceof MalformedAnswer ? error : new ConnectionLost(error.message, isConnected, { cause: error });
    for (const exchange of others) exchange.onFailure(forOthers);
  }
}
