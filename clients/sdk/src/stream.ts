import { print, type DocumentNode, type FormattedExecutionResult, type GraphQLFormattedError } from 'graphql';
import type { Client } from 'graphql-ws';
import { errorFrom, VssError } from './errors.js';

export interface StreamOptions {
  client: Client;
  document: DocumentNode;
  variables: Record<string, unknown>;
  /** A consumer that leaves more events unread is told so by an error, rather than filling the memory. */
  maxUnread: number;
  reauthenticate: () => Promise<unknown>;
  onEnd: () => void;
}

const FIRST_BACK_OFF_MS = 100;
/** Where a reconnecting stream waits at most between two tries. */
const MAX_BACK_OFF_MS = 5_000;
/** A subscription that held this long was a good one: the next try begins without delay. */
const STEADY_MS = 30_000;
/** Errors that trying again does not mend. */
const FINAL = new Set(['FORBIDDEN', 'NOT_FOUND', 'BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED', 'GRAPHQL_PARSE_FAILED']);
/** Close code of the platform for a token that it does not take. */
const CLOSED_UNAUTHORIZED = 4401;

/** One subscription, across as many connections as it takes. Ends at once on `return()`, also while it waits. */
export class Stream<R> implements AsyncIterableIterator<R> {
  readonly #options: StreamOptions;
  readonly #variables: Record<string, unknown>;
  readonly #query: string;
  readonly #resumable: boolean;
  readonly #unread: R[] = [];
  readonly #waiting: PromiseWithResolvers<IteratorResult<R>>[] = [];
  #failure: VssError | undefined;
  #ended = false;
  #tries = 0;
  #openedAt = 0;
  /** Counts the subscriptions: what an earlier one still says is not heard. */
  #current = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #unsubscribe: () => void = () => undefined;

  constructor(options: StreamOptions) {
    this.#options = options;
    this.#variables = { ...options.variables };
    this.#query = print(options.document);
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
    const reader = Promise.withResolvers<IteratorResult<R>>();
    this.#waiting.push(reader);
    return reader.promise;
  }

  return(): Promise<IteratorResult<R>> {
    this.#unread.length = 0;
    this.#failure = undefined;
    this.#end();
    return Promise.resolve({ done: true, value: undefined });
  }

  #open(): void {
    const current = ++this.#current;
    const heard =
      (hear: (said: unknown) => void) =>
      (said?: unknown): void => {
        if (!this.#ended && current === this.#current) hear(said);
      };
    this.#openedAt = Date.now();
    this.#unsubscribe = this.#options.client.subscribe<R>(
      { query: this.#query, variables: this.#variables },
      { next: heard((result) => this.#take(result as FormattedExecutionResult<R>)), error: heard((error) => this.#lost(error)), complete: heard(() => this.#lost(undefined)) },
    );
  }

  #take({ data, errors, extensions }: FormattedExecutionResult<R>): void {
    if (!data) return this.#lost(errors);
    this.#tries = 0;
    // The platform passed over events because the network was too slow: they are read again, before this one.
    if (extensions?.['dropped'] && this.#resumable && this.#variables['after']) return this.#lost(undefined);
    const [payload] = Object.values(data) as { cursor?: unknown }[];
    if (this.#resumable && typeof payload?.cursor === 'string') this.#variables['after'] = payload.cursor;
    const reader = this.#waiting.shift();
    if (reader) reader.resolve({ done: false, value: data });
    else if (this.#unread.length < this.#options.maxUnread) this.#unread.push(data);
    else this.#end(new VssError(`${this.#options.maxUnread} events were left unread`, 'UNAVAILABLE'));
  }

  /**
   * The server or the connection ended it: try again from the last event, unless that cannot help. So it is after a lost
   * connection, a gateway that stops, rights or a graph that have changed, and where the platform asks for patience. A
   * cursor that has expired is the reader's to mend: he queries anew, and follows from that answer's cursor.
   */
  #lost(reason: unknown): void {
    this.#current++;
    this.#unsubscribe();
    const error = errorOf(reason);
    if (error && isFinal(error)) return this.#end(error);
    if (error?.code !== 'UNAUTHENTICATED') return this.#retry(error?.retryAfterMs);
    this.#options.reauthenticate().then(
      () => this.#retry(),
      (refused: unknown) => (errorOf(refused)?.code === 'UNAUTHENTICATED' ? this.#end(errorOf(refused)) : this.#retry()),
    );
  }

  #retry(leastMs = 0): void {
    if (this.#ended) return;
    if (Date.now() - this.#openedAt > STEADY_MS) this.#tries = 0;
    const backOffMs = Math.min(MAX_BACK_OFF_MS, FIRST_BACK_OFF_MS * 2 ** this.#tries++) * (0.5 + Math.random() / 2);
    this.#timer = setTimeout(() => this.#open(), Math.max(backOffMs, leastMs));
  }

  #end(failure?: VssError): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#unsubscribe();
    const [first, ...others] = this.#waiting.splice(0);
    if (first && failure) first.reject(failure);
    else {
      this.#failure = failure;
      first?.resolve({ done: true, value: undefined });
    }
    for (const reader of others) reader.resolve({ done: true, value: undefined });
    this.#options.onEnd();
  }
}

/** What the platform said; undefined where only the connection broke. */
function errorOf(reason: unknown): VssError | undefined {
  if (reason instanceof VssError) return reason;
  if (Array.isArray(reason)) return errorFrom(reason as GraphQLFormattedError[]);
  const { code } = (reason ?? {}) as { code?: unknown };
  return code === CLOSED_UNAUTHORIZED ? new VssError('The platform does not take the access token', 'UNAUTHENTICATED') : undefined;
}

/** Rights that changed may still allow the subscription: it is asked for anew. */
const isFinal = (error: VssError): boolean => FINAL.has(error.code) && error.reason !== 'RIGHTS_CHANGED';
