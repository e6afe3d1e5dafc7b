import type { ApolloServer, HTTPGraphQLRequest } from '@apollo/server';
import { GraphQLError, type DocumentNode, type ExecutionResult } from 'graphql';
import type { RequestScope } from '../execute/request-scope.js';
import type { Graph } from '../graph.js';
import { GRAPHQL_RESPONSE, JSON_TYPE } from './accept.js';
import { demandedBy, headersOf, type HttpAnswer, type RequestHead } from './message.js';

/** Answers what is not a plain operation in a POST: queries by GET, and whatever is no GraphQL request at all. */
export interface ApolloBehind {
  answer(graph: Graph, request: { head: RequestHead; search: string; body: unknown }, scope: RequestScope): Promise<HttpAnswer>;
}

/**
 * Apollo Server speaks the protocol; parsing and executing are ours, the same as over WebSocket. It is loaded when it
 * is first needed, since loading takes longer than answering, and once for each graph.
 */
export function createApolloBehind({ introspection }: { introspection: boolean }): ApolloBehind {
  const servers = new WeakMap<Graph, Promise<Loaded>>();
  const loadedFor = (graph: Graph): Promise<Loaded> => {
    let loading = servers.get(graph);
    if (!loading) {
      loading = load(graph, introspection);
      loading.catch(() => servers.delete(graph));
      servers.set(graph, loading);
    }
    return loading;
  };
  return {
    async answer(graph, { head, search, body }, scope) {
      const { server, HeaderMap } = await loadedFor(graph);
      const headers = new HeaderMap();
      for (const [name, value] of Object.entries(head.headers)) if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
      // Which of the two it is has been decided already.
      headers.set('accept', head.accepts.whole ?? JSON_TYPE);
      const httpGraphQLRequest: HTTPGraphQLRequest = { method: head.method, headers, search, body };
      const result = await server.executeHTTPGraphQLRequest({ httpGraphQLRequest, context: () => Promise.resolve(scope) });
      if (result.body.kind !== 'complete') throw new Error('Answers in parts are not made here');
      const { 'content-type': _type, 'content-length': _length, ...more } = Object.fromEntries(result.headers);
      return asAnswer(head, { status: result.status ?? 200, body: result.body.string.trimEnd(), more }, scope.traceId);
    },
  };
}

interface Loaded {
  readonly server: ApolloServer<RequestScope>;
  readonly HeaderMap: typeof import('@apollo/server').HeaderMap;
}

async function load(graph: Graph, introspection: boolean): Promise<Loaded> {
  const [{ ApolloServer, HeaderMap }, { ApolloServerPluginLandingPageDisabled }] = await Promise.all([import('@apollo/server'), import('@apollo/server/plugin/disabled')]);
  const server = new ApolloServer<RequestScope>({
    gateway: {
      load: () => Promise.resolve({ executor: async ({ document, request, context }) => withStatus(await graph.engine.execute({ document, operationName: request.operationName, variables: request.variables }, context as RequestScope), HeaderMap) }),
      onSchemaLoadOrUpdate(callback) {
        callback({ apiSchema: graph.supergraph.schema, coreSupergraphSdl: '' });
        return () => undefined;
      },
      stop: () => Promise.resolve(),
    },
    // Documents come here parsed, measured and validated; the store hands them over by their hash.
    documentStore: {
      get: (key: string): Promise<DocumentNode | undefined> => Promise.resolve(graph.documents.byHash(key.slice(-64))),
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
  await server.start();
  return { server, HeaderMap };
}

/** Apollo Server takes status and headers from an error's extensions, and leaves them out of what it writes. */
function withStatus(result: ExecutionResult, HeaderMap: Loaded['HeaderMap']): ExecutionResult {
  const demanded = result.data === undefined ? demandedBy(result.errors ?? []) : undefined;
  if (!demanded) return result;
  const http = { status: demanded.status, headers: new HeaderMap(Object.entries(demanded.headers)) };
  return { ...result, errors: (result.errors ?? []).map(({ message, extensions }) => new GraphQLError(message, { extensions: { ...extensions, http } })) };
}

interface ErrorBody {
  errors?: { extensions?: Record<string, unknown> }[];
}

/** Errors of a request that was well-formed: with the older media type the specification wants 200 for them. */
const REQUEST_ERRORS = new Set(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'OPERATION_TOO_LARGE', 'OPERATION_TOO_EXPENSIVE', 'OPERATION_RESOLUTION_FAILURE', 'BAD_USER_INPUT']);

function asAnswer(head: RequestHead, { status, body, more }: { status: number; body: string; more: Record<string, string> }, traceId: string): HttpAnswer {
  const headers = { ...headersOf(head), ...more };
  if (status < 400) return { status, headers, body, traceId };
  const given = JSON.parse(body) as ErrorBody;
  const errors = (given.errors ?? []).map((error) => ({ ...error, extensions: { ...error.extensions, traceId } }));
  const isWellFormed = errors.every(({ extensions }: { extensions: Record<string, unknown> }) => REQUEST_ERRORS.has(String(extensions['code'])));
  const isOlder = head.accepts.whole !== GRAPHQL_RESPONSE;
  return { status: isWellFormed && isOlder ? 200 : status, headers, body: JSON.stringify({ ...given, errors }), traceId };
}
