import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GraphQLError, parse, type ExecutionArgs, type ExecutionResult } from 'graphql';
import { CloseCode } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { Actor, TokenVerifier, VerifiedToken } from '@vss/auth';
import { AppError, messageOf, newTraceId, parseTraceparent, type Logger } from '@vss/runtime';
import { formatErrors } from './errors.js';
import type { SubgraphRequest, SubgraphResult } from './execute.js';
import type { Resumption } from './live.js';
import type { Reply, RequestInfo, Scope, ScopeRequest } from './scope.js';
import { createServeMetrics, type ServeMetrics } from './serve-metrics.js';
import type { Subgraph } from './subgraph.js';

export interface ServeOptions {
  readonly subgraph: Subgraph;
  readonly host: string;
  /** 0 lets the system choose one. */
  readonly port: number;
  /** For actor tokens made for this subgraph. */
  readonly verifier: TokenVerifier;
  readonly logger: Logger;
  /** What anybody may read without a token, as JSON, by path: identity's public keys. */
  readonly documents?: Readonly<Record<string, () => object | Promise<object>>>;
  /** How long requests under way may take to end once closing has begun. */
  readonly drainMs?: number;
  /** How long a live stream may outlast its token without a new one. */
  readonly renewalGraceMs?: number;
}

export interface ServedSubgraph {
  readonly url: string;
  readonly wsUrl: string;
  /** Takes no more requests, waits for those under way, ends the live streams. */
  close(): Promise<void>;
}

const PATH = '/graphql';
const MAX_BODY_BYTES = 2 * 1024 * 1024;
const DRAIN_MS = 3_000;
/** How long a live stream outlasts its token: the gateway renews it when it is about to end, and clocks differ. */
const RENEWAL_GRACE_MS = 30_000;

/**
 * A subgraph over HTTP and WebSocket, for the gateway and nobody else: the actor comes from the gateway's signed token
 * and from nothing else. Depth and cost are the gateway's to limit.
 */
export async function serveSubgraph({ subgraph, host, port, verifier, logger, documents = {}, drainMs = DRAIN_MS, renewalGraceMs = RENEWAL_GRACE_MS }: ServeOptions): Promise<ServedSubgraph> {
  let closing = false;
  const server = createServer((request, response) => {
    if (closing) response.setHeader('connection', 'close');
    handle({ subgraph, verifier, documents, metrics, isOpen: () => !closing }, request, response).catch((error: unknown) => {
      logger.error({ err: error }, `A request failed: ${messageOf(error)}`);
      response.destroy();
    });
  });
  const webSockets = new WebSocketServer({ server, path: PATH, maxPayload: MAX_BODY_BYTES });
  const metrics = createServeMetrics({ subgraph: subgraph.name, connections: () => webSockets.clients.size });
  const live = serveLive(subgraph, verifier, webSockets, renewalGraceMs);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = `${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${address}${PATH}`,
    wsUrl: `ws://${address}${PATH}`,
    async close() {
      closing = true;
      await live.dispose();
      const drained = new Promise<void>((resolve) => void server.close(() => resolve()));
      server.closeIdleConnections();
      const cut = setTimeout(() => server.closeAllConnections(), drainMs);
      await drained;
      clearTimeout(cut);
    },
  };
}

interface Handling extends Pick<ServeOptions, 'subgraph' | 'verifier'> {
  readonly documents: Readonly<Record<string, () => object | Promise<object>>>;
  readonly metrics: ServeMetrics;
  readonly isOpen: () => boolean;
}

async function handle({ subgraph, verifier, documents, metrics, isOpen }: Handling, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url?.split('?')[0];
  if (path === '/health/live') return sendJson(response, 200, { status: 'live' });
  if (path === '/health/ready') {
    const ready = isOpen() && (await subgraph.isReady());
    return sendJson(response, ready ? 200 : 503, { status: ready ? 'ready' : 'not ready' });
  }
  if (path === '/metrics') return metrics.send(response);
  if (path && request.method === 'GET' && Object.hasOwn(documents, path)) return sendJson(response, 200, (await documents[path]?.()) ?? {});
  if (path !== PATH) return sendJson(response, 404, { errors: [{ message: 'Not found' }] });
  if (request.method !== 'POST') return sendJson(response, 405, { errors: [{ message: 'Send a POST' }] }, { allow: 'POST' });

  const startedAt = performance.now();
  const trace = parseTraceparent(request.headers['traceparent']) ?? { traceId: newTraceId() };
  const cookies: string[] = [];
  const status = { code: 200 };
  const result = await answer(subgraph, verifier, request, trace, { setCookie: (value) => void cookies.push(value) }).catch((error: unknown) => {
    const code = error instanceof AppError ? error.code : 'INTERNAL_SERVER_ERROR';
    status.code = code === 'UNAUTHENTICATED' ? 401 : code === 'UNAVAILABLE' ? 503 : code === 'INTERNAL_SERVER_ERROR' ? 500 : 400;
    return { errors: formatErrors([wrapped(error)], { traceId: trace.traceId, logger: subgraph.logger }) };
  });
  metrics.answered(startedAt, status.code);
  // After an unread body the connection cannot be used again.
  const headers: Record<string, string> = { ...(request.complete ? {} : { connection: 'close' }), ...(isClean(result) ? { 'x-vss-errors': 'none' } : {}) };
  sendJson(response, status.code, result, cookies.length > 0 ? { ...headers, 'set-cookie': cookies } : headers);
}

/** Data, whole and nothing else: the gateway may hand its bytes on without looking through them for errors. */
const isClean = (result: SubgraphResult): boolean => result.data != null && Object.keys(result).length === 1;

async function answer(subgraph: Subgraph, verifier: TokenVerifier, request: IncomingMessage, trace: Pick<ScopeRequest, 'traceId' | 'traceparent'>, reply: Reply): Promise<SubgraphResult> {
  const { actor } = await verify(verifier, request.headers.authorization);
  const { query, variables, operationName } = parseBody(await readBody(request));
  const scope = subgraph.scopeFor({ actor, ...trace, request: requestInfo(request), reply });
  return subgraph.execute({ query, variables, operationName, scope });
}

async function verify(verifier: TokenVerifier, authorization: unknown): Promise<VerifiedToken> {
  const token = typeof authorization === 'string' ? /^Bearer (\S+)$/i.exec(authorization)?.[1] : undefined;
  if (!token) throw new AppError('UNAUTHENTICATED', 'Only the gateway may ask: send its actor token');
  return verifier.verify(token);
}

/** The gateway sends these to identity alone; nobody else could, having no token. */
function requestInfo(request: IncomingMessage): RequestInfo {
  const refreshCookie = header(request, 'x-vss-refresh-cookie');
  return {
    address: header(request, 'x-vss-client-address') ?? '',
    userAgent: header(request, 'x-vss-user-agent') ?? '',
    wantsCookie: header(request, 'x-vss-wants-cookie') === 'true',
    ...(refreshCookie === undefined ? {} : { refreshCookie }),
  };
}

const header = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

const badRequest = (message: string): AppError => new AppError('BAD_USER_INPUT', message);

async function readBody(request: IncomingMessage): Promise<string> {
  if (!request.headers['content-type']?.startsWith('application/json')) throw badRequest('The content type must be application/json');
  const tooLong = badRequest(`The body is longer than ${MAX_BODY_BYTES} bytes`);
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) throw tooLong;
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    // Destroying the request would take the socket with it, and the answer.
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MAX_BODY_BYTES) break;
      chunks.push(chunk);
    }
  } catch (cause) {
    throw new AppError('BAD_USER_INPUT', 'The request was cut off', {}, { cause });
  }
  if (size > MAX_BODY_BYTES) throw tooLong;
  return Buffer.concat(chunks).toString();
}

interface Operation {
  readonly query: string;
  readonly variables: Record<string, unknown>;
  readonly operationName: string | null;
}

function parseBody(text: string): Operation {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (cause) {
    throw new AppError('BAD_USER_INPUT', 'The body is not JSON', {}, { cause });
  }
  const { query, variables, operationName } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  if (typeof query !== 'string') throw badRequest('query: must be a text');
  if (variables != null && (typeof variables !== 'object' || Array.isArray(variables))) throw badRequest('variables: must be an object');
  if (operationName != null && typeof operationName !== 'string') throw badRequest('operationName: must be a text');
  return { query, variables: (variables as Record<string, unknown> | null | undefined) ?? {}, operationName: operationName ?? null };
}

function sendJson(response: ServerResponse, status: number, body: object, headers: Record<string, string | string[]> = {}): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

const wrapped = (error: unknown): GraphQLError =>
  error instanceof GraphQLError ? error : new GraphQLError(messageOf(error), { originalError: error instanceof Error ? error : new Error(String(error)) });

/** What a connection knows of its asker: the token it was opened with, or a newer one. */
interface LiveExtra {
  actor: Actor;
  trace: Pick<ScopeRequest, 'traceId' | 'traceparent'>;
  expiry: NodeJS.Timeout;
  readonly socket: { close(code: number, reason: string): void };
}

/**
 * Live streams, one actor a connection. The token comes as `authorization` of the connection's parameters. It lasts a
 * minute and streams last longer, so the gateway sends a new one in the payload of a ping; a connection that it does
 * not renew is closed.
 */
function serveLive(subgraph: Subgraph, verifier: TokenVerifier, webSockets: WebSocketServer, graceMs: number): { dispose(): Promise<void> | void } {
  const extraOf = (ctx: { extra: unknown }): LiveExtra => ctx.extra as LiveExtra;

  async function admit(extra: LiveExtra, authorization: unknown): Promise<void> {
    const { actor, expiresAt } = await verify(verifier, authorization);
    if (extra.actor && (extra.actor.userId !== actor.userId || extra.actor.centerId !== actor.centerId))
      throw new AppError('FORBIDDEN', 'A connection belongs to one actor');
    extra.actor = actor;
    clearTimeout(extra.expiry);
    const inMs = Math.max(0, expiresAt.getTime() - Date.now()) + graceMs;
    extra.expiry = setTimeout(() => extra.socket.close(CloseCode.Forbidden, 'The token has expired'), inMs);
    extra.expiry.unref();
  }

  // graphql-ws hands on what onSubscribe made; parsing twice would be the price of leaving it to it.
  const requestOf = ({ document, variableValues, operationName, contextValue }: ExecutionArgs): SubgraphRequest => ({
    document,
    variables: variableValues,
    operationName,
    scope: contextValue as Scope,
  });

  return useServer<Record<string, unknown>, Partial<LiveExtra>>(
    {
      async onConnect(ctx) {
        const extra = extraOf(ctx);
        const { authorization, traceparent } = ctx.connectionParams ?? {};
        extra.trace = parseTraceparent(traceparent) ?? { traceId: newTraceId() };
        return admit(extra, authorization).then(
          () => true,
          () => false,
        );
      },
      onPing(ctx, payload) {
        const renewed = payload?.['authorization'];
        const extra = extraOf(ctx);
        if (renewed !== undefined) admit(extra, renewed).catch(() => extra.socket.close(CloseCode.Forbidden, 'The token is not valid'));
      },
      onClose: (ctx) => clearTimeout(extraOf(ctx).expiry),
      onSubscribe(ctx, _id, { query, operationName, variables, extensions }) {
        const extra = extraOf(ctx);
        const scope = subgraph.scopeFor({ actor: extra.actor, ...extra.trace, currentActor: () => extra.actor, resumption: resumptionIn(extensions) });
        try {
          return { schema: subgraph.schema, document: parse(query), operationName: operationName ?? null, variableValues: variables ?? {}, contextValue: scope };
        } catch (error) {
          return [wrapped(error)];
        }
      },
      execute: async (args) => (await subgraph.execute(requestOf(args))) as ExecutionResult,
      subscribe: async (args) => (await subgraph.subscribe(requestOf(args))) as ExecutionResult | AsyncIterableIterator<ExecutionResult>,
      // Results are masked and plain already; the errors below are those of parsing.
      onNext: (_ctx, _id, _payload, _args, result) => result,
      onError: (ctx, _id, _payload, errors) => formatErrors(errors, { traceId: extraOf(ctx).trace.traceId, logger: subgraph.logger }),
    },
    webSockets,
  );
}

/** See `Resumption`: the gateway sends it in the extensions of a subscription. */
function resumptionIn(extensions: Record<string, unknown> | null | undefined): Resumption | undefined {
  const given = extensions?.['resume'];
  if (typeof given !== 'object' || given === null) return undefined;
  const { after } = given as { after?: unknown };
  return typeof after === 'string' ? { after } : {};
}
