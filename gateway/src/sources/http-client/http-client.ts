import { DeadlinePassed, type Deadlines, type Waiting } from '../deadlines.js';
import type { HttpAnswer } from './answer-parser.js';
import { openConnection, type Connection, type Exchange } from './connection.js';

/** One POST. */
export interface Post {
  /** Header lines, each ended by CR LF, that come on top of those which the client sends with every request. */
  readonly headers: string;
  /** One character a byte. */
  readonly body: string;
  /** Whether sending it twice does no harm. */
  readonly isRepeatable: boolean;
  /** When the answer is no longer waited for, by `performance.now()`. */
  readonly dueAt: number;
}

/** Posts JSON to one address. */
export interface HttpClient {
  /** Rejects with `ConnectionLost`, `MalformedAnswer` or `DeadlinePassed`. */
  post(request: Post): Promise<HttpAnswer>;
  close(): void;
}

export interface HttpClientOptions {
  readonly url: URL;
  readonly deadlines: Deadlines;
  /** More requests than this at once share connections, each waiting for the one before it. */
  readonly maxConnections?: number;
}

const MAX_CONNECTIONS = 64;
/** So many requests share a connection, as long as the subgraph is quick: fewer and fuller writes and reads save a third. */
const SHARERS = 4;
/** Quick means that no answer took so long … */
const SLOW_MS = 20;
/** … within this time. Else who comes behind a slow request would wait for it. */
const QUICK_FOR_MS = 1_000;
/** A connection that was not used for so long is closed before the far end does it in the middle of a request. */
const IDLE_MS = 15_000;

/**
 * A client of our own for plain HTTP/1.1, since a fetch should cost less than what it fetches. A request takes an idle
 * connection, else a new one, and only where there are enough of them it waits behind another; while the subgraph is
 * quick, a few share each connection, which costs each of them next to no time. What may not be sent twice gets a
 * connection of its own: on a kept one it may meet the server's closing it, and nobody could say whether it was read.
 */
export function createHttpClient({ url, deadlines, maxConnections = MAX_CONNECTIONS }: HttpClientOptions): HttpClient {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port || 80);
  const start = `POST ${url.pathname}${url.search} HTTP/1.1\r\nhost: ${url.host}\r\ncontent-type: application/json\r\naccept: application/json\r\n`;
  const shared = new Set<Connection>();
  const own = new Set<Connection>();
  // The one used last is taken first, so that those not needed grow old.
  let idle: Connection[] = [];
  let sweep: NodeJS.Timeout | undefined;
  let filling: { readonly connection: Connection; readonly since: number } | undefined;
  let slowAt = performance.now();

  function openShared(): Connection {
    const connection = openConnection({ host, port, onIdle: (free) => idle.push(free), onClosed: forget });
    shared.add(connection);
    sweep ??= setInterval(closeOld, IDLE_MS / 3).unref();
    return connection;
  }

  function openOwn(): Connection {
    const connection = openConnection({ host, port, onIdle: (done) => done.close(), onClosed: (closed) => own.delete(closed) });
    own.add(connection);
    return connection;
  }

  function forget(connection: Connection): void {
    shared.delete(connection);
    idle = idle.filter((other) => other !== connection);
    // What failed in the middle of its work has failed for all: the server was restarted, or the line is cut.
    if (connection.pending > 0) for (const other of idle.splice(0)) other.close();
    if (shared.size > 0) return;
    clearInterval(sweep);
    sweep = undefined;
  }

  function closeOld(): void {
    const oldest = performance.now() - IDLE_MS;
    for (const connection of idle.filter(({ idleSince }) => idleSince < oldest)) connection.close();
  }

  function choose(): Connection {
    const free = idle.pop();
    if (free) return free;
    if (shared.size < maxConnections) return openShared();
    let least: Connection | undefined;
    for (const connection of shared) if (!least || connection.pending < least.pending) least = connection;
    return least ?? openShared();
  }

  /** Fills up connections that are in use before others are taken. */
  function chooseBusy(now: number): Connection {
    const { connection, since = 0 } = filling ?? {};
    // After a while its first request may be a slow one that is not answered yet.
    if (connection && !connection.isClosed && connection.pending > 0 && connection.pending < SHARERS && now - since < SLOW_MS) return connection;
    filling = { connection: choose(), since: now };
    return filling.connection;
  }

  const onSlow = (now: number): void => void (slowAt = now);

  return {
    post: (request) =>
      new Promise((resolve, reject) => {
        const now = performance.now();
        const isQuick = now - slowAt > QUICK_FOR_MS;
        const connection = !request.isRepeatable ? openOwn() : isQuick ? chooseBusy(now) : choose();
        connection.send(new PostExchange(start, request, now, { connection, deadlines, onSlow, resolve, reject }));
      }),
    close() {
      for (const connection of [...shared, ...own]) connection.close();
    },
  };
}

interface Around {
  readonly connection: Connection;
  readonly deadlines: Deadlines;
  onSlow(now: number): void;
  resolve(answer: HttpAnswer): void;
  reject(error: Error): void;
}

/** A class, since one is made for each request: it costs one object and no closures. */
class PostExchange implements Exchange, Waiting {
  readonly message: string;
  readonly dueAt: number;

  constructor(
    start: string,
    { headers, body, isRepeatable, dueAt }: Post,
    private readonly sentAt: number,
    private readonly around: Around,
  ) {
    this.message = `${start}${headers}${isRepeatable ? '' : 'connection: close\r\n'}content-length: ${body.length}\r\n\r\n${body}`;
    this.dueAt = dueAt;
    around.deadlines.add(this);
  }

  onAnswer(answer: HttpAnswer): void {
    this.over();
    this.around.resolve(answer);
  }

  onFailure(error: Error): void {
    this.over();
    this.around.reject(error);
  }

  expire(): void {
    this.around.connection.abandon(this, new DeadlinePassed());
  }

  private over(): void {
    this.around.deadlines.delete(this);
    const now = performance.now();
    if (now - this.sentAt > SLOW_MS) this.around.onSlow(now);
  }
}
