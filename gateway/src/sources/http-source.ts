import { AppError, messageOf } from '@vss/runtime';
import type { ActorTokens } from './actor-tokens.js';
import { HEARTBEAT_MS, openUpstream } from './http-live.js';
import { createJsonClient } from './post-json.js';
import { nobody, type Source, type SourceAnswer, type SourceRequest } from './source.js';

export interface HttpSourceOptions {
  readonly name: string;
  readonly url: string;
  /** Absent where subgraphs are foreign and trust the network. */
  readonly tokens?: ActorTokens | undefined;
  /** How often a live stream's connection is tried and its token renewed. */
  readonly heartbeatMs?: number;
}

/** A subgraph in another process: queries and mutations by POST, subscriptions by WebSocket at the same address. */
export function createHttpSource({ name, url, tokens, heartbeatMs = HEARTBEAT_MS }: HttpSourceOptions): Source {
  const client = createJsonClient(url);
  const upstreams = new Set<() => void>();
  return {
    name,
    async execute(request) {
      const headers = await headersFor(request, tokens);
      const { query, variables, operationName } = request;
      const body = JSON.stringify({ query, variables, ...(operationName ? { operationName } : {}) });
      try {
        const answer = await client.post(headers, body, { signal: request.signal, isRepeatable: !query.trimStart().startsWith('mutation') });
        for (const cookie of answer.headers['set-cookie'] ?? []) request.reply.setCookie(cookie);
        // Whether it is one is checked where it is used, for sources of every kind.
        return answer.body as SourceAnswer;
      } catch (error) {
        if (request.signal?.aborted && request.signal.reason instanceof AppError) throw request.signal.reason;
        throw new AppError('UNAVAILABLE', `The subgraph ${name} cannot be reached`, {}, { cause: new Error(messageOf(error), { cause: error }) });
      }
    },
    subscribe(request) {
      const upstream = openUpstream({ url: url.replace(/^http/, 'ws'), subgraph: name, request, authorization: () => authorizationFor(request, tokens), heartbeatMs });
      const close = (): void => void upstream.return?.();
      upstreams.add(close);
      request.signal?.addEventListener('abort', close, { once: true });
      return Promise.resolve(onReturn(upstream, () => upstreams.delete(close)));
    },
    close() {
      for (const close of upstreams) close();
      client.close();
      return Promise.resolve();
    },
  };
}

const authorizationFor = async ({ actor }: SourceRequest, tokens: ActorTokens | undefined): Promise<string | undefined> => tokens?.authorizationFor(actor);

/** Nothing of the client's own headers travels on: this is the whole list. */
async function headersFor(request: SourceRequest, tokens: ActorTokens | undefined): Promise<Record<string, string>> {
  const authorization = await authorizationFor(request, tokens);
  const headers: Record<string, string> = { 'content-type': 'application/json', accept: 'application/json', 'x-vss-trace-id': request.traceId };
  if (authorization) headers['authorization'] = authorization;
  if (request.request === nobody) return headers;
  const { address, userAgent, refreshCookie, wantsCookie } = request.request;
  headers['x-vss-client-address'] = address;
  headers['x-vss-user-agent'] = headerText(userAgent);
  if (refreshCookie) headers['x-vss-refresh-cookie'] = headerText(refreshCookie);
  if (wantsCookie) headers['x-vss-wants-cookie'] = 'true';
  return headers;
}

// Node refuses to send control characters and what is beyond Latin-1.
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
