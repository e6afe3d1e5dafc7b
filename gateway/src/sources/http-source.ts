import type { Actor } from '@vss/auth';
import { AppError, messageOf, unrecordedTraceparent } from '@vss/runtime';
import type { ActorTokens } from './actor-tokens.js';
import { createDeadlines, DeadlinePassed, type Deadlines } from './deadlines.js';
import type { HttpAnswer } from './http-client/answer-parser.js';
import { ConnectionLost } from './http-client/connection.js';
import { createHttpClient, type HttpClient, type Post } from './http-client/http-client.js';
import { createTlsClient } from './http-client/tls-client.js';
import { HEARTBEAT_MS, openUpstream } from './http-live.js';
import { nobody, type RawScope, type Source, type SourceAnswer, type SourceRequest } from './source.js';

export interface HttpSourceOptions {
  readonly name: string;
  readonly url: string;
  /** Absent where subgraphs are foreign and trust the network. */
  readonly tokens?: ActorTokens | undefined;
  /** How often a live stream's connection is tried and its token renewed. */
  readonly heartbeatMs?: number;
  /** Connections for queries. */
  readonly maxConnections?: number;
}

/** A subgraph in another process: queries and mutations by POST, subscriptions by WebSocket at the same address. */
export function createHttpSource({ name, url, tokens, heartbeatMs = HEARTBEAT_MS, maxConnections }: HttpSourceOptions): Source {
  const deadlines = createDeadlines();
  const client = clientFor(new URL(url), deadlines, maxConnections);
  const headersOf = createHeaders(tokens);
  const upstreams = new Set<() => void>();

  async function post(body: string, scope: RawScope, rest: Omit<Post, 'headers' | 'body'>): Promise<HttpAnswer> {
    const headers = headersOf(scope);
    const request = { headers: typeof headers === 'string' ? headers : await headers, body, ...rest };
    try {
      const answer = await postTwice(client, request);
      for (const cookie of answer.head.cookies) scope.reply.setCookie(cookie);
      return answer;
    } catch (error) {
      if (error instanceof AppError) throw error;
      throw new AppError('UNAVAILABLE', `The subgraph ${name} ${error instanceof DeadlinePassed ? 'did not answer in time' : 'cannot be reached'}`, {}, { cause: error });
    }
  }

  return {
    name,
    async execute(request) {
      const { query, variables, operationName, dueAt = Infinity, signal } = request;
      const body = asBytes(JSON.stringify({ query, variables, ...(operationName ? { operationName } : {}) }));
      const { head, bytes } = await post(body, request, { isRepeatable: !query.trimStart().startsWith('mutation'), dueAt, signal });
      return parseAnswer(name, head.status, bytes);
    },
    async send({ body, isRepeatable, scope, dueAt = Infinity }) {
      const { head, bytes } = await post(body, scope, { isRepeatable, dueAt });
      return { status: head.status, bytes, isClean: head.isClean };
    },
    subscribe(request) {
      const authorization = async (): Promise<string | undefined> => tokens?.authorizationFor(request.actor);
      const upstream = openUpstream({ url: url.replace(/^http/, 'ws'), subgraph: name, request, authorization, heartbeatMs });
      const close = (): void => void upstream.return?.();
      upstreams.add(close);
      request.signal?.addEventListener('abort', close, { once: true });
      return Promise.resolve(onReturn(upstream, () => upstreams.delete(close)));
    },
    close() {
      for (const close of upstreams) close();
      client.close();
      deadlines.close();
      return Promise.resolve();
    },
  };
}

/** A kept connection may end at any moment, by a restart or a time limit of the far end: that is nobody's failure yet. */
async function postTwice(client: HttpClient, request: Post): Promise<HttpAnswer> {
  try {
    return await client.post(request);
  } catch (error) {
    if (!request.isRepeatable || !(error instanceof ConnectionLost && error.isUnanswered)) throw error;
    return await client.post(request);
  }
}

function clientFor(url: URL, deadlines: Deadlines, maxConnections: number | undefined): HttpClient {
  if (url.protocol === 'https:') return createTlsClient({ url, deadlines });
  return createHttpClient({ url, deadlines, ...(maxConnections === undefined ? {} : { maxConnections }) });
}

/** One character a byte, as the client sends it. */
const asBytes = (text: string): string => (Buffer.byteLength(text) === text.length ? text : Buffer.from(text).toString('latin1'));

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Whether it is a GraphQL answer is checked where it is used, for sources of every kind. */
function parseAnswer(name: string, status: number, bytes: Buffer): SourceAnswer {
  try {
    return JSON.parse(utf8.decode(bytes)) as SourceAnswer;
  } catch (error) {
    throw new AppError('UNAVAILABLE', `The subgraph ${name} gave no GraphQL answer`, {}, { cause: new Error(`status ${status} and a body that is not JSON: ${messageOf(error)}`) });
  }
}

/** Nothing of the client's own headers travels on: this is the whole list. Written out once for each token. */
function createHeaders(tokens: ActorTokens | undefined): (scope: RawScope) => string | Promise<string> {
  const lines = new WeakMap<Actor, { authorization: string; line: string }>();
  const authorized = (actor: Actor, authorization: string): string => {
    const known = lines.get(actor);
    if (known?.authorization === authorization) return known.line;
    const line = `authorization: ${authorization}\r\n`;
    lines.set(actor, { authorization, line });
    return line;
  };
  return (scope) => {
    const authorization = tokens?.authorizationFor(scope.actor);
    if (authorization === undefined) return requestLines(scope);
    if (typeof authorization === 'string') return authorized(scope.actor, authorization) + requestLines(scope);
    return authorization.then((signed) => authorized(scope.actor, signed) + requestLines(scope));
  };
}

function requestLines({ traceId, traceparent, request }: RawScope): string {
  const trace = `traceparent: ${headerText(traceparent ?? unrecordedTraceparent(traceId))}\r\n`;
  return request === nobody ? trace : trace + clientLines(request);
}

function clientLines({ address, userAgent, refreshCookie, wantsCookie }: SourceRequest['request']): string {
  const cookie = refreshCookie ? `x-vss-refresh-cookie: ${headerText(refreshCookie)}\r\n` : '';
  return `x-vss-client-address: ${headerText(address)}\r\nx-vss-user-agent: ${headerText(userAgent)}\r\n${cookie}${wantsCookie ? 'x-vss-wants-cookie: true\r\n' : ''}`;
}

// A line end in a value would begin a header, or a request, of the client's own making.
const headerText = (text: string): string => text.replace(/[^\t\x20-\x7e]/g, '?');

function onReturn<T>(iterator: AsyncIterableIterator<T>, ended: () => void): AsyncIterableIterator<T> {
  return {
    next: async () => {
      const step = await iterator.next();
      if (step.done) ended();
      return step;
    },
    return: async () => {
      ended();
      return (await iterator.return?.()) ?? { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
