import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { GraphQLSchema } from 'graphql';
import type { SigningKey, TokenVerifier } from '@vss/auth';
import { StartError, type Logger } from '@vss/runtime';
import { createPresenter } from './execute/present-error.js';
import type { Cache } from './cache/cache.js';
import { createApiKeys } from './guard/api-keys/api-keys.js';
import { createPassRequests, type AskPass } from './guard/api-keys/ask-pass.js';
import { createAuthenticator, noAuthentication } from './guard/authenticate.js';
import { createGraphBuilder } from './graph.js';
import { createGuard } from './guard/create-guard.js';
import { createDenialReporter, noReports, type Denial } from './guard/denial-reporter.js';
import { createFront, GRAPHQL_PATH } from './http/front.js';
import { createGraphqlOverHttp, type GraphqlOverHttp } from './http/graphql-over-http.js';
import { createHttpStreams } from './http/http-streams.js';
import { createStaticFiles, GRAPHIQL_POLICY } from './http/static-files.js';
import { createIdentityFollower } from './events/follow-identity.js';
import type { RightsChange } from './guard/changed-rights.js';
import { createLiveStreams, type LiveStreams } from './live/live-streams.js';
import { createOperations } from './live/operations.js';
import { createSocketServer } from './live/socket-server.js';
import { createReadiness } from './observe/health.js';
import { createMetricsPage, type MetricsPage } from './observe/metrics-page.js';
import { createObserver } from './observe/observer.js';
import { newTraceId } from './observe/trace-id.js';
import { DEFAULT_SETTINGS, type GatewaySettings, type GivenSettings } from './settings.js';
import { createSourcePool, type GivenSources, type SourcesByName } from './sources/source-pool.js';
import { createGraphs, type Replacement, type SupergraphState } from './supergraph/graphs.js';

export interface GatewayOptions {
  readonly supergraphSdl: string;
  /** One for each subgraph of the supergraph, or how one is made; then another supergraph may name new ones. */
  readonly sources: GivenSources;
  /** Of access tokens. May be left out only where `settings.isAuthenticated` is off. */
  readonly verifier?: TokenVerifier;
  /** The key that the sources sign actor tokens with; its public half is published. */
  readonly signingKey?: SigningKey;
  /** Public keys of access tokens, for `/.well-known/jwks.json`. */
  readonly jwks?: () => Promise<object>;
  /** Told of each right that the guard did not give, for the audit. Repeats of one are told together; see `Denial`. */
  readonly onDenied?: (denial: Denial) => void;
  /** Shared with other gateways; this one ends it when it closes. */
  readonly sharedCache?: Cache | undefined;
  readonly settings?: GivenSettings;
  readonly logger: Logger;
}

export interface Gateway {
  /** The graph as clients see it. */
  readonly schema: GraphQLSchema;
  readonly settings: GatewaySettings;
  readonly metrics: MetricsPage;
  /** Operations alone, for a front that reads HTTP by itself. */
  readonly graphql: GraphqlOverHttp;
  /** Of the supergraph that is in use. */
  readonly sources: SourcesByName;
  readonly supergraph: SupergraphState;
  /** Takes another supergraph if it can be used, without dropping a request; else the one in use stays. */
  replaceSupergraph(sdl: string): Promise<Replacement>;
  handleHttp(request: IncomingMessage, response: ServerResponse): Promise<void>;
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Refuses the session's access tokens from now on, and closes its live connections. */
  endSession(sessionId: string): void;
  /** Live streams go on with the new rights, from the next event; tokens from before count for no more than that. */
  changeRights(change: RightsChange): void;
  /** Asks for the keys of access tokens, and refuses what the revoked ones have signed. */
  changeKeys(revoked: readonly string[]): void;
  /**
   * Whether each session that ends from now on is heard of, as it is until somebody says otherwise. Where it is not, and
   * for tokens from before it was, identity is asked before they are taken.
   */
  hearsNews(isHeard: boolean): void;
  /** Asks identity about everybody who is connected; whom it does not confirm is closed. */
  confirmSessions(): Promise<void>;
  /** Live streams and connections at this moment. */
  readonly live: LiveStreams['counts'] & { readonly connections: number };
  /** New requests are told to go elsewhere. Running operations go on for `drainMs`, then connections are closed with 1001. */
  drain(): Promise<void>;
  /** Drains, then ends streams and sources. */
  close(): Promise<void>;
}

/** An operation under way may still ask a subgraph that the new supergraph does not have. */
const RETIRE_MS = 30_000;

/**
 * Puts the gateway together; listening is `serveGateway`'s. By HTTP and by WebSocket an operation goes the same way:
 * authenticator (who) → documents (parsed, measured, valid) → engine: guard (what is denied is cut) → plan → sources,
 * then what was cut is put back as null with an error. A subscription does so once, and runs its plan for each event.
 */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { logger } = options;
  const settings: GatewaySettings = { ...DEFAULT_SETTINGS, ...options.settings, socket: { ...DEFAULT_SETTINGS.socket, ...options.settings?.socket }, resilience: { ...DEFAULT_SETTINGS.resilience, ...options.settings?.resilience } };
  const authenticator = authenticatorFor(options, settings, createPassRequests({ graphs: () => graphs, sessionSource: settings.sessionSource, newTraceId }));
  const observer = createObserver({ logger, slowOperationMs: settings.slowOperationMs, accessLog: settings.accessLog });
  const presenter = createPresenter({ logger, mask: settings.isAuthenticated, onTold: observer.error });
  const pool = createSourcePool({
    given: options.sources,
    settingsOf: (name) => ({ ...settings.resilience, ...settings.resilienceOf[name] }),
    sessionSource: settings.sessionSource,
    observer,
    retireMs: RETIRE_MS,
  });
  const denials = options.onDenied ? createDenialReporter({ onDenied: options.onDenied, logger, windowMs: settings.denialWindowMs }) : noReports;
  const { admission, persisted, answers, ...guard } = createGuard({ settings, shared: options.sharedCache, logger });
  const build = createGraphBuilder({ pool, settings, presenter, denials, admission, answers, observer, logger });
  const graphs = await createGraphs({ sdl: options.supergraphSdl, build, observer, logger });
  pool.adopt(graphs.current.sources);
  graphs.onChange(({ sources }) => pool.adopt(sources));
  const { initMs, heartbeatMs, operations: operationLimit, operationRate, queuedEvents, queuedBytes, maxMessageBytes, connectionsPerUser, connectionsPerAddress } = settings.socket;
  const waiting = { events: queuedEvents, bytes: queuedBytes };
  const streams = createLiveStreams({ graphs, presenter, logger, waiting, observed: observer.live });
  const { maxBodyBytes, introspection, trustProxy } = settings;
  const operations = createOperations({ graphs, streams, persisted, presenter, newTraceId });
  const sockets = createSocketServer(
    { authenticator, operations, presenter, newTraceId, logger, observed: observer.live, limits: { initMs, heartbeatMs, operations: operationLimit, operationRate, waiting } },
    { maxMessageBytes, trustProxy, connectionsPerUser, connectionsPerAddress },
  );
  const graphql = createGraphqlOverHttp({ graphs, authenticator, persisted, presenter, logger, introspection, observer });
  const httpStreams = createHttpStreams({ streams, authenticator, presenter, heartbeatMs, slowReaderMs: settings.connection.slowReaderMs, perUser: connectionsPerUser, perAddress: connectionsPerAddress });
  observer.watchLive(() => ({ ...streams.counts, connections: sockets.size + httpStreams.size }));
  let isReady = true;
  let draining: Promise<void> | undefined;
  const drain = (): Promise<void> => {
    isReady = false;
    return (draining ??= Promise.all([sockets.close(settings.drainMs), httpStreams.close()]).then(() => undefined));
  };
  const metrics = createMetricsPage(observer.metrics.all);
  const handleHttp = createFront({
    graphql,
    streams: httpStreams,
    files: createStaticFiles(settings.dashboardDir),
    graphiql: settings.graphiqlDir ? createStaticFiles(settings.graphiqlDir, GRAPHIQL_POLICY) : undefined,
    isReady: () => isReady,
    readiness: createReadiness({
      isStopping: () => !isReady,
      checks: { keys: () => !settings.isAuthenticated || (options.verifier?.hasKeys() ?? false) },
      about: () => ({ supergraph: graphs.state.version, refusedSupergraph: graphs.state.refused?.version }),
    }),
    metrics,
    jwks: options.jwks ?? (() => Promise.resolve({ keys: [] })),
    gatewayJwks: () => ({ keys: options.signingKey ? [options.signingKey.publicJwk] : [] }),
    newTraceId,
    maxBodyBytes,
    trustProxy,
    logger,
  });
  const { news, confirmSessions } = createIdentityFollower({ authenticator, graphs, sockets, httpStreams, streams, sessionSource: settings.sessionSource, newTraceId, logger });
  return {
    get schema() {
      return graphs.current.supergraph.schema;
    },
    settings,
    metrics,
    graphql,
    get sources() {
      return graphs.current.sources;
    },
    get supergraph() {
      return graphs.state;
    },
    replaceSupergraph: (sdl) => graphs.replace(sdl),
    handleHttp,
    handleUpgrade(request, socket, head) {
      const path = (request.url ?? '').split('?', 1)[0];
      if (path === GRAPHQL_PATH && isReady) return sockets.upgrade(request, socket, head);
      socket.end(`HTTP/1.1 ${isReady ? '404 Not Found' : '503 Service Unavailable'}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
    },
    endSession: (sessionId) => news.endSession(sessionId),
    changeRights: (change) => news.changeRights(change),
    changeKeys: (revoked) => news.changeKeys(revoked),
    hearsNews: (isHeard) => authenticator.hearsNews(isHeard),
    confirmSessions,
    get live() {
      return { ...streams.counts, connections: sockets.size + httpStreams.size };
    },
    drain,
    async close() {
      await drain();
      streams.close();
      denials.close();
      await guard.close();
      await pool.close();
    },
  };
}

function authenticatorFor({ verifier }: GatewayOptions, { isAuthenticated }: GatewaySettings, ask: AskPass) {
  if (!isAuthenticated) return noAuthentication;
  if (!verifier) throw new StartError('The gateway needs to know the keys of access tokens');
  return createAuthenticator({ verifier, apiKeys: createApiKeys({ ask, verifier }) });
}
