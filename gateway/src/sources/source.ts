import type { GraphQLFormattedError } from 'graphql';
import type { Actor } from '@vss/auth';

/** What the gateway knows of the client's connection; only the identity subgraph is told. */
export interface RequestInfo {
  readonly address: string;
  readonly userAgent: string;
  readonly refreshCookie?: string | undefined;
  /** The client is a browser that keeps its refresh token in a cookie. */
  readonly wantsCookie: boolean;
}

export interface Reply {
  /** Adds a `set-cookie` header to the answer. Does nothing where the answer has no headers. */
  setCookie(value: string): void;
}

/** One fetch of a plan. */
export interface SourceRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName?: string | undefined;
  readonly actor: Actor;
  readonly traceId: string;
  /** W3C: what the subgraph's work hangs under. Its id is `traceId`. */
  readonly traceparent?: string | undefined;
  readonly request: RequestInfo;
  readonly reply: Reply;
  /** When nobody waits for the answer any more, by `performance.now()`. */
  readonly dueAt?: number | undefined;
  /** Ends a subscription that nobody follows any more. */
  readonly signal?: AbortSignal | undefined;
  /** Only for a subscription, and only of a source that resumes: each result is to tell its place. */
  readonly resumption?: Resumption | undefined;
}

export interface Resumption {
  /** Cursor to go on from, whatever the operation's own `after` says. */
  readonly after?: string | undefined;
}

/** `extensions.place` of a result: where the stream stands with it. A result without data is only that. */
export interface LivePlace {
  readonly cursor: string;
  /** Nothing lies behind it yet. */
  readonly isEnd: boolean;
}

/** A GraphQL answer, its errors as objects of graphql-js or as they came over the wire. */
export interface SourceAnswer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLFormattedError[];
  readonly extensions?: Record<string, unknown>;
}

export type RawScope = Pick<SourceRequest, 'actor' | 'traceId' | 'traceparent' | 'request' | 'reply'>;

/** One fetch whose body is already written out, as compiled plans send it. */
export interface RawRequest {
  /** JSON, one character a byte (latin1): slices of an answer's bytes go into the next request as they are. */
  readonly body: string;
  /** Whether sending it twice does no harm: a query. */
  readonly isRepeatable: boolean;
  readonly scope: RawScope;
  /** When nobody waits for the answer any more, by `performance.now()`. */
  readonly dueAt?: number | undefined;
}

export interface RawAnswer {
  readonly status: number;
  readonly bytes: Buffer;
  /** The subgraph vouches by a header for `{"data":…}` without errors, in the shape that was asked for. */
  readonly isClean: boolean;
}

/** One subgraph, in this process or behind HTTP. */
export interface Source {
  readonly name: string;
  execute(request: SourceRequest): Promise<SourceAnswer>;
  /** Only where a subgraph answers in bytes, that is over HTTP. */
  send?(request: RawRequest): Promise<RawAnswer>;
  /** Its streams tell their places where a subscription asks for it, and take them up from a cursor: it is one of ours. */
  readonly resumes?: boolean;
  /** The stream, or the errors for which there is none. Its `return()` must end a waiting `next()` at once. */
  subscribe(request: SourceRequest): Promise<AsyncIterable<SourceAnswer> | SourceAnswer>;
  close?(): Promise<void>;
}

export const nobody: RequestInfo = { address: '', userAgent: '', wantsCookie: false };
export const isMutation = (query: string): boolean => query.trimStart().startsWith('mutation');
/** What is left of a client for a subgraph that changes something: where the change comes from, which the audit tells. */
export const addressOnly = ({ address }: RequestInfo): RequestInfo => (address === '' ? nobody : { ...nobody, address });
export const noReply: Reply = { setCookie: () => undefined };
