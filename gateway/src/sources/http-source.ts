import type { Actor } from '@vss/auth';
import { AppError, unrecordedTraceparent } from '@vss/runtime';
import type { ActorTokens } from './actor-tokens.js';
import { createDeadlines, DeadlinePassed, type Deadlines } from './deadlines.js';
import { createHttpClient, type HttpClient } from './http-client/http-client.js';
import { createTlsClient } from './http-client/tls-client.js';
import { HEARTBEAT_MS, openUpstream } from './http-live.js';
import { executeBySending } from './raw-execute.js';
import { nobody, type RawAnswer, type RawRequest, type RawScope, type Source, type SourceRequest } from './source.js';

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

/**
 * A subgraph in another process: queries and mutations by POST, subscriptions by WebSocket at the same address.
 * Whether it is asked at all, and again, is for `resilient` to say.
 */
export function createHttpSource({ name, url, tokens, heartbeatMs = HEARTBEAT_MS, maxConnections }: HttpSourceOptions): Source {
  const deadlines = createDeadlines();
  const client = clientFor(new URL(url), deadlines, maxConnections);
  const headersOf = createHeaders(tokens);
  const upstreams = new Set<() => void>();

  async function send({ body, isRepeatable, scope, dueAt = Infinity }: RawRequest): Promise<RawAnswer> {
    const headers = headersOf(scope);
    try {
      const { head, bytes } = await client.post({ headers: typeof headers === 'string' ? headers : await headers, body, isRepeatable, dueAt });
      for (const cookie of head.cookies) scope.reply.setCookie(cookie);
      return { status: head.status, bytes, isClean: head.isClean };
    } catch (cause) {
      throw new AppError('UNAVAILABLE', `The subgraph ${name} ${cause instanceof DeadlinePassed ? 'did not answer in time' : 'cannot be reached'}`, {}, { cause });
    }
  }

  return {
    name,
    // Who takes our tokens is a subgraph of ours.
    resumes: tokens !== undefined,
    send,
    execute: executeBySending(name, send),
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

function clientFor(url: URL, deadlines: Deadlines, maxConnections: number | undefined): HttpClient {
  if (url.protocol === 'https:') return createTlsClient({ url, deadlines });
  return createHttpClient({ url, deadlines, ...(maxConnections === undefined ? {} : { maxConnections }) });
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
  const agent = userAgent ? `x-vss-user-agent: ${headerText(userAgent)}\r\n` : '';
  const cookie = refreshCookie ? `x-vss-refresh-cookie: ${headerText(refreshCookie)}\r\n` : '';
  return `x-vss-client-address: ${headerText(address)}\r\n${agent}${cookie}${wantsCookie ? 'x-vss-wants-cookie: true\r\n' : ''}`;
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
