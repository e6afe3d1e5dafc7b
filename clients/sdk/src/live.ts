import { print, type DocumentNode, type FormattedExecutionResult, type GraphQLFormattedError } from 'graphql';
import { createClient, type Client } from 'graphql-ws';
import { errorFrom, VssError } from './errors.js';

export type WebSocketConstructor = typeof globalThis.WebSocket;

export interface LiveConnection {
  subscribe<R>(document: DocumentNode, variables: Record<string, unknown>): AsyncIterableIterator<R>;
  /** Hands a renewed token to the open connection, so that its streams outlive the old one. */
  renew(accessToken: string): void;
  close(): void;
}

/** Where a reconnecting client waits at most between two tries. */
const MAX_BACK_OFF_MS = 10_000;
/** Errors that trying again does not mend. */
const FINAL = new Set(['FORBIDDEN', 'NOT_FOUND', 'BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED', 'GRAPHQL_PARSE_FAILED']);
/** A consumer that leaves this many events unread is told so by an error, rather than filling the memory. */
const MAX_UNREAD = 10_000;

export function createLiveConnection(options: { url: string; webSocket: WebSocketConstructor; token: () => Promise<string | undefined> }): LiveConnection {
  const streams = new Set<{ return(): unknown }>();
  let socket: WebSocket | undefined;
  const client: Client = createClient({
    url: options.url,
    webSocketImpl: options.webSocket,
    lazy: true,
    keepAlive: 10_000,
    // Each stream resumes by itself from its own cursor: a repeat by the client would start it from the beginning.
    retryAttempts: 0,
    connectionParams: async () => {
      const token = await options.token();
      return token ? { authorization: `Bearer ${token}` } : {};
    },
    on: {
      opened: (opened) => {
        socket = opened as WebSocket;
      },
      closed: () => {
        socket = undefined;
      },
    },
  });
  return {
    subscribe<R>(document: DocumentNode, variables: Record<string, unknown>) {
      const stream: Stream<R> = new Stream<R>(client, document, variables, () => streams.delete(stream));
      streams.add(stream);
      return stream;
    },
    renew(accessToken) {
      if (socket?.readyState === 1) socket.send(JSON.stringify({ type: 'ping', payload: { authorization: `Bearer ${accessToken}` } }));
    },
    close() {
      for (const stream of streams) stream.return();
    },
  };
}

/** One subscription, across as many connections as it takes. Ends at once on `return()`, also while it waits. */
class Stream<R> implements AsyncIterableIterator<R> {
  readonly #client: Client;
  readonly #variables: Record<string, unknown>;
  readonly #onEnd: () => void;
  readonly #query: string;
  readonly #resumable: boolean;
  readonly #unread: R[] = [];
  #waiting: PromiseWithResolvers<IteratorResult<R>> | undefined;
  #failure: VssError | undefined;
  #ended = false;
  #tries = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #unsubscribe: () => void = () => undefined;

  constructor(client: Client, document: DocumentNode, variables: Record<string, unknown>, onEnd: () => void) {
    this.#client = client;
    this.#variables = variables;
    this.#onEnd = onEnd;
    this.#query = print(document);
    this.#resumable = this.#query.includes('$after');
    this.#open();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<R>> {
    const value = this.#unread.shift();
    if (value !== undefined) return Promise.resolve({ done: false, value });
    if (this.#failure) {
      const failure = this.#failure;
      this.#failure = undefined;
      return Promise.reject(failure);
    }
    if (this.#ended) return Promise.resolve({ done: true, value: undefined });
    this.#waiting ??= Promise.withResolvers();
    return this.#waiting.promise;
  }

  return(): Promise<IteratorResult<R>> {
    this.#unread.length = 0;
    this.#end();
    return Promise.resolve({ done: true, value: undefined });
  }

  #open(): void {
    this.#unsubscribe = this.#client.subscribe<R>(
      { query: this.#query, variables: this.#variables },
      { next: (result) => this.#take(result as FormattedExecutionResult<R>), error: (error) => this.#lost(error), complete: () => this.#lost(undefined) },
    );
  }

  #take({ data, errors }: FormattedExecutionResult<R>): void {
    this.#tries = 0;
    if (errors?.length && !data) return this.#lost(errors);
    if (!data) return;
    const [payload] = Object.values(data) as { cursor?: unknown }[];
    if (this.#resumable && typeof payload?.cursor === 'string') this.#variables['after'] = payload.cursor;
    if (this.#waiting) {
      this.#waiting.resolve({ done: false, value: data });
      this.#waiting = undefined;
    } else if (this.#unread.length < MAX_UNREAD) this.#unread.push(data);
    else this.#end(new VssError(`${MAX_UNREAD} events were left unread`, 'UNAVAILABLE'));
  }

  /** The server or the connection ended it: try again, unless that cannot help. */
  #lost(reason: unknown): void {
    if (this.#ended) return;
    this.#unsubscribe();
    if (Array.isArray(reason)) {
      const error = errorFrom(reason as GraphQLFormattedError[]);
      if (FINAL.has(error.code)) return this.#end(error);
    }
    const backOffMs = Math.min(MAX_BACK_OFF_MS, 100 * 2 ** this.#tries++) * (0.5 + Math.random() / 2);
    this.#timer = setTimeout(() => this.#open(), backOffMs);
  }

  #end(failure?: VssError): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#unsubscribe();
    if (this.#waiting && failure) this.#waiting.reject(failure);
    else {
      this.#failure = failure;
      this.#waiting?.resolve({ done: true, value: undefined });
    }
    this.#waiting = undefined;
    this.#onEnd();
  }
}
