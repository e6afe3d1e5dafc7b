import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApolloServer, HeaderMap, type HTTPGraphQLResponse } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { GraphQLError, type DocumentNode } from 'graphql';
import { AppError, messageOf, type Logger } from '@vss/runtime';
import type { Presenter } from '../execute/present-error.js';
import type { RequestScope } from '../execute/request-scope.js';
import type { CurrentGraph } from '../graph.js';
import type { Authenticator } from '../guard/authenticate.js';
import { BadRequest, readJson } from './read-body.js';
import { traceOf } from '../observe/trace-id.js';
import { requestInfo } from './request-info.js';
import { errorBody, sendJson } from './send.js';

export interface GraphqlOverHttp {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  stop(): Promise<void>;
}

interface Options {
  readonly graphs: CurrentGraph;
  readonly authenticator: Authenticator;
  readonly presenter: Presenter;
  readonly logger: Logger;
  readonly maxBodyBytes: number;
  readonly introspection: boolean;
  readonly trustProxy: boolean;
}

const GRAPHQL_RESPONSE = 'application/graphql-response+json';
/** Errors of a request that was well-formed JSON: with the older media type the specification wants 200 for them. */
const REQUEST_ERRORS = new Set(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'OPERATION_TOO_LARGE', 'OPERATION_RESOLUTION_FAILURE', 'BAD_USER_INPUT']);

/** Apollo Server speaks the protocol; parsing and executing are ours, the same as over WebSocket. */
export async function createGraphqlOverHttp(options: Options): Promise<GraphqlOverHttp> {
  const { graphs, authenticator, presenter, logger, maxBodyBytes, trustProxy } = options;
  const apollo = createApollo(options);
  await apollo.start();

  async function answer(request: IncomingMessage, response: ServerResponse, trace: ReturnType<typeof traceOf>): Promise<void> {
    const { traceId } = trace;
    if (request.method !== 'POST' && request.method !== 'GET') throw new BadRequest(405, 'METHOD_NOT_ALLOWED', 'Send the request by POST, or a query by GET');
    const { actor } = await authenticator.authenticate(request.headers.authorization);
    const url = new URL(request.url ?? '/', 'http://gateway');
    const body = request.method === 'POST' ? await readJson(request, maxBodyBytes) : undefined;
    const source = request.method === 'POST' ? (body as { query?: unknown } | null)?.query : url.searchParams.get('query');
    if (typeof source === 'string' && source !== '') {
      const loaded = graphs.current.documents.load(source);
      if ('errors' in loaded) return sendRequestErrors(request, response, loaded.errors.map((error) => presenter.present(error, traceId)));
    }
    const cookies: string[] = [];
    const scope: RequestScope = { actor, ...trace, request: requestInfo(request, trustProxy), reply: { setCookie: (value) => void cookies.push(value) } };
    const result = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: request.method ?? 'GET', headers: headerMap(request), search: url.search, body },
      context: () => Promise.resolve(scope),
    });
    if (cookies.length > 0) response.setHeader('set-cookie', cookies);
    sendResult(response, result, traceId);
  }

  return {
    async handle(request, response) {
      const trace = traceOf(request);
      const { traceId } = trace;
      response.setHeader('x-vss-trace-id', traceId);
      try {
        await answer(request, response, trace);
      } catch (error) {
        if (response.headersSent || response.destroyed) response.destroy();
        else sendFailure(request, response, error, traceId, logger);
      }
    },
    stop: () => apollo.stop(),
  };
}

function createApollo({ graphs, introspection }: Options): ApolloServer<RequestScope> {
  return new ApolloServer<RequestScope>({
    gateway: {
      load: () => Promise.resolve({ executor: ({ document, request, context }) => graphs.current.engine.execute({ document, operationName: request.operationName, variables: request.variables }, context as RequestScope) }),
      onSchemaLoadOrUpdate(callback) {
        callback({ apiSchema: graphs.current.supergraph.schema, coreSupergraphSdl: '' });
        return () => undefined;
      },
      stop: () => Promise.resolve(),
    },
    // Documents come here parsed, measured and validated; the store hands them over by their hash.
    documentStore: {
      get: (key: string): Promise<DocumentNode | undefined> => Promise.resolve(graphs.current.documents.byHash(key.slice(-64))),
      set: () => Promise.resolve(),
      delete: () => Promise.resolve(true),
    },
    introspection,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    logger: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    plugins: [ApolloServerPluginLandingPageDisabled()],
    nodeEnv: 'production',
  });
}

function headerMap(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  return headers;
}

function sendResult(response: ServerResponse, result: HTTPGraphQLResponse, traceId: string): void {
  if (result.body.kind !== 'complete') throw new Error('Incremental answers are not made here');
  const headers = Object.fromEntries(result.headers);
  const type = (headers['content-type'] ?? '').split(';')[0] ?? '';
  const status = result.status ?? 200;
  if (status < 400) return sendJson(response, status, result.body.string, headers);
  const body = withTraceId(result.body.string, traceId);
  sendJson(response, isWellFormed(body) && type === 'application/json' ? 200 : status, body, headers);
}

interface ErrorBody {
  errors?: { extensions?: Record<string, unknown> }[];
}

function withTraceId(text: string, traceId: string): ErrorBody {
  const body = JSON.parse(text) as ErrorBody;
  return { ...body, errors: (body.errors ?? []).map((error) => ({ ...error, extensions: { ...error.extensions, traceId } })) };
}

const isWellFormed = ({ errors }: ErrorBody): boolean => (errors ?? []).every(({ extensions }) => REQUEST_ERRORS.has(String(extensions?.['code'])));

function sendRequestErrors(request: IncomingMessage, response: ServerResponse, errors: readonly GraphQLError[]): void {
  const isNewer = acceptsNewer(request);
  sendJson(response, isNewer ? 400 : 200, { errors }, { 'content-type': `${isNewer ? GRAPHQL_RESPONSE : 'application/json'}; charset=utf-8` });
}

const acceptsNewer = ({ headers }: IncomingMessage): boolean => (headers.accept ?? '').includes(GRAPHQL_RESPONSE);

const STATUS: Partial<Record<string, number>> = { UNAUTHENTICATED: 401, UNAVAILABLE: 503 };

function sendFailure(request: IncomingMessage, response: ServerResponse, error: unknown, traceId: string, logger: Logger): void {
  if (error instanceof BadRequest) {
    const headers: Record<string, string> = error.status === 405 ? { allow: 'GET, POST' } : {};
    // What is left of the body is not read: the connection cannot be used again.
    if (!request.complete) headers['connection'] = 'close';
    return sendJson(response, error.status, errorBody(error.code, error.message, { traceId }), headers);
  }
  if (error instanceof AppError) {
    const headers: Record<string, string> = error.code === 'UNAUTHENTICATED' ? { 'www-authenticate': 'Bearer error="invalid_token"', connection: 'close' } : {};
    return sendJson(response, STATUS[error.code] ?? 400, errorBody(error.code, error.message, { ...error.details, traceId }), headers);
  }
  logger.error({ err: error, traceId }, `A request failed: ${messageOf(error)}`);
  sendJson(response, 500, errorBody('INTERNAL_SERVER_ERROR', `Something went wrong on our side; quote the reference ${traceId}`, { traceId }));
}
