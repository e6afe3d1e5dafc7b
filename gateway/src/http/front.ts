import type { IncomingMessage, ServerResponse } from 'node:http';
import { messageOf, type Logger } from '@vss/runtime';
import type { Readiness } from '../observe/health.js';
import type { MetricsPage } from '../observe/metrics-page.js';
import type { GraphqlOverHttp } from './graphql-over-http.js';
import type { HttpStreams } from './http-streams.js';
import { BadRequest, errorBody, failure, requestHead } from './message.js';
import { readBytes } from './read-body.js';
import { sendAnswer, sendJson } from './send.js';
import type { StaticFiles } from './static-files.js';

export const GRAPHQL_PATH = '/graphql';
const GRAPHIQL_PATH = '/graphiql';

export interface FrontOptions {
  readonly graphql: GraphqlOverHttp;
  readonly streams: HttpStreams;
  readonly files: StaticFiles;
  readonly graphiql: StaticFiles | undefined;
  /** Whether new requests are welcome. */
  readonly isReady: () => boolean;
  readonly readiness: () => Promise<Readiness>;
  readonly metrics: MetricsPage;
  /** Public keys of access tokens. */
  readonly jwks: () => Promise<object>;
  /** Public keys of this gateway's actor tokens. */
  readonly gatewayJwks: () => object;
  readonly newTraceId: () => string;
  readonly maxBodyBytes: number;
  readonly trustProxy: boolean;
  readonly logger: Logger;
}

/** Every address that the gateway answers over HTTP. */
export function createFront({ graphql, streams, files, graphiql, isReady, readiness, metrics, jwks, gatewayJwks, newTraceId, maxBodyBytes, trustProxy, logger }: FrontOptions) {
  const notFound = (response: ServerResponse): void => sendJson(response, 404, errorBody('NOT_FOUND', 'There is nothing at this address'));
  const isReading = (request: IncomingMessage): boolean => request.method === 'GET' || request.method === 'HEAD';

  async function sendJwks(response: ServerResponse): Promise<void> {
    try {
      sendJson(response, 200, await jwks(), { 'cache-control': 'public, max-age=60' });
    } catch (error) {
      logger.warn({ err: error }, `The signing keys cannot be fetched: ${messageOf(error)}`);
      sendJson(response, 503, errorBody('UNAVAILABLE', 'The signing keys cannot be fetched at the moment'));
    }
  }

  async function sendReadiness(response: ServerResponse): Promise<void> {
    const ready = await readiness();
    sendJson(response, ready.status === 'ready' ? 200 : 503, ready);
  }

  async function answerGraphql(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const search = /\?.*$/s.exec(request.url ?? '')?.[0] ?? '';
    const head = requestHead({ method: request.method ?? 'GET', search }, request, trustProxy);
    let body: Buffer;
    try {
      body = await readBytes(request, maxBodyBytes);
    } catch (error) {
      if (error instanceof BadRequest) sendAnswer(response, failure(head, error, newTraceId(), logger));
      else response.destroy();
      return;
    }
    const answer = await graphql.answer(head, body);
    if ('status' in answer) return sendAnswer(response, answer);
    try {
      await streams.serve(answer, response);
    } catch (error) {
      if (response.headersSent) throw error;
      sendAnswer(response, failure(head, error, answer.trace.traceId, logger));
    }
  }

  return async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isReady()) response.setHeader('connection', 'close');
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    if (path === GRAPHQL_PATH) return graphiql && isPageAsked(request) ? sendJson(response, 303, {}, { location: GRAPHIQL_PATH }) : answerGraphql(request, response);
    if (!isReading(request)) return notFound(response);
    if (path === '/health/live') return sendJson(response, 200, { status: 'live' });
    if (path === '/health/ready') return sendReadiness(response);
    if (path === '/metrics') return metrics.answerLocal(request, response) ? undefined : notFound(response);
    if (path === '/.well-known/jwks.json') return sendJwks(response);
    if (path === '/.well-known/gateway-jwks.json') return sendJson(response, 200, gatewayJwks(), { 'cache-control': 'public, max-age=60' });
    if (path.startsWith('/.well-known/') || path.startsWith('/health/') || path.startsWith('/graphql/')) return notFound(response);
    const isGraphiql = path === GRAPHIQL_PATH || path.startsWith(`${GRAPHIQL_PATH}/`);
    if (isGraphiql && !graphiql) return notFound(response);
    // Its files know nothing of where they are served.
    if (isGraphiql) request.url = path.slice(GRAPHIQL_PATH.length) || '/';
    const pages = isGraphiql && graphiql ? graphiql : files;
    pages(request, response, () => notFound(response));
  };
}

/** Somebody typed the address into a browser. */
const isPageAsked = ({ method, url, headers }: IncomingMessage): boolean => method === 'GET' && url === GRAPHQL_PATH && (headers.accept ?? '').includes('text/html');
