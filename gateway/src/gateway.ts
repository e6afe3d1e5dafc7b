import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { GraphQLSchema } from 'graphql';
import type { SigningKey, TokenVerifier } from '@vss/auth';
import { StartError, type Logger } from '@vss/runtime';
import { createDocuments } from './execute/documents.js';
import { createEngine } from './execute/engine.js';
import { createSubgraphs } from './execute/subgraphs.js';
import { createPresenter } from './execute/present-error.js';
import { createAdmission } from './guard/admission.js';
import { createAuthenticator, noAuthentication } from './guard/authenticate.js';
import type { CurrentGraph, Graph } from './graph.js';
import { createDenialReporter, noReports, type Denial } from './guard/denial-reporter.js';
import { createRateLimiter } from './guard/rate/rate-limiter.js';
import { createFront, GRAPHQL_PATH } from './http/front.js';
import { createGraphqlOverHttp, type GraphqlOverHttp } from './http/graphql-over-http.js';
import { createHttpStreams } from './http/http-streams.js';
import { createStaticFiles } from './http/static-files.js';
import { createLiveStreams, type LiveStreams } from './live/live-streams.js';
import { createOperations } from './live/operations.js';
import { createSocketServer } from './live/socket-server.js';
import { createObserver } from './observe/observer.js';
import { newTraceId } from './observe/trace-id.js';
import { DEFAULT_SETTINGS, type GatewaySettings, type GivenSettings } from './settings.js';
import { resilient, type ResilientSource } from './sources/resilience.js';
import type { Source } from './sources/source.js';
import { loadSupergraph } from './supergraph/load-supergraph.js';

export interface GatewayOptions {
  readonly supergraphSdl: string;
  /** One for each subgraph of the supergraph. */
  readonly sources: readonly Source[];
  /** Of access tokens. May be left out only where `settings.isAuthenticated` is off. */
  readonly verifier?: TokenVerifier;
  /** The key that the sources sign actor tokens with; its public half is published. */
  readonly signingKey?: SigningKey;
  /** Public keys of access tokens, for `/.well-known/jwks.json`. */
  readonly jwks?: () => Promise<object>;
  /** Told of each right that the guard did not give, for the audit. Repeats of one are told together; see `Denial`. */
  readonly onDenied?: (denial: Denial) => void;
  readonly settings?: GivenSettings;
  readonly logger: Logger;
}

export interface Gateway {
  /** The graph as clients see it. */
  readonly schema: GraphQLSchema;
  readonly settings: GatewaySettings;
  /** Operations alone, for a front that reads HTTP by itself. */
  readonly graphql: GraphqlOverHttp;
  /** By the name of the subgraph. */
  readonly sources: ReadonlyMap<string, ResilientSource>;
  handleHttp(request: IncomingMessage, response: ServerResponse): Promise<void>;
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Refuses the session's access tokens from now on, and closes its live connections. */
  endSession(sessionId: string): void;
  /** Live streams and connections at this moment. */
  readonly live: LiveStreams['counts'] & { readonly connections: number };
  /** New requests are told to go elsewhere. Running operations go on for `drainMs`, then connections are closed with 1001. */
  drain(): Promise<void>;
  /** Drains, then ends streams and sources. */
  close(): Promise<void>;
}

/**
 * Puts the gateway together; listening is `serveGateway`'s. By HTTP and by WebSocket an operation goes the same way:
 * authenticator (who) → documents (parsed, measured, valid) → engine: guard (what is denied is cut) → plan → sources,
 * then what was cut is put back as null with an error. A subscription does so once, and runs its plan for each event.
 */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { logger } = options;
  const settings: GatewaySettings = { ...DEFAULT_SETTINGS, ...options.settings, socket: { ...DEFAULT_SETTINGS.socket, ...options.settings?.socket }, resilience: { ...DEFAULT_SETTINGS.resilience, ...options.settings?.resilience } };
  const supergraph = loadSupergraph(options.supergraphSdl);
  const missing = supergraph.subgraphs.filter(({ name }) => !options.sources.some((source) => source.name === name));
  if (missing.length > 0) throw new StartError(`The supergraph has subgraphs without a source: ${missing.map(({ name }) => name).join(', ')}`);
  const authenticator = authenticatorFor(options, settings);
  const observer = createObserver({ logger, slowOperationMs: settings.slowOperationMs, accessLog: settings.accessLog });
  const presenter = createPresenter({ logger, mask: settings.isAuthenticated, onTold: observer.error });
  const sources = options.sources.map((source) =>
    resilient(source, { settings: { ...settings.resilience, ...settings.resilienceOf[source.name] }, isSession: source.name === settings.sessionSource, observed: observer.source(source.name) }),
  );
  const subgraphs = createSubgraphs({ sources, sessionSource: settings.sessionSource, logger, observer });
  const denials = options.onDenied ? createDenialReporter({ onDenied: options.onDenied, logger, windowMs: settings.denialWindowMs }) : noReports;
  // Without authentication everybody is the one anonymous user of a loopback address.
  const limiter = settings.isAuthenticated && settings.rates ? createRateLimiter({ settings: settings.rates }) : undefined;
  const admission = createAdmission({ settings: settings.cost, limiter });
  const graph: Graph = {
    supergraph,
    engine: createEngine({ supergraph, subgraphs, isGuarded: settings.isAuthenticated, presenter, denials, admission, observer }),
    documents: createDocuments({ schema: supergraph.schema, limits: settings.limits, introspection: settings.introspection, observer }),
  };
  const graphs: CurrentGraph = { current: graph };
  const { initMs, heartbeatMs, operations: operationLimit, operationRate, queuedEvents, queuedBytes, maxMessageBytes, connectionsPerUser, connectionsPerAddress } = settings.socket;
  const waiting = { events: queuedEvents, bytes: queuedBytes };
  const streams = createLiveStreams({ graphs, sources, presenter, logger, waiting });
  const { maxBodyBytes, introspection, trustProxy } = settings;
  const operations = createOperations({ graphs, streams, presenter, newTraceId });
  const sockets = createSocketServer(
    { authenticator, operations, presenter, newTraceId, logger, limits: { initMs, heartbeatMs, operations: operationLimit, operationRate, waiting } },
    { maxMessageBytes, trustProxy, connectionsPerUser, connectionsPerAddress },
  );
  const graphql = createGraphqlOverHttp({ graphs, authenticator, presenter, logger, introspection });
  const httpStreams = createHttpStreams({ streams, presenter, heartbeatMs, slowReaderMs: settings.connection.slowReaderMs, perUser: connectionsPerUser, perAddress: connectionsPerAddress });
  observer.watchLive(() => ({ ...streams.counts, connections: sockets.size + httpStreams.size }));
  let isReady = true;
  let draining: Promise<void> | undefined;
  const drain = (): Promise<void> => {
    isReady = false;
    return (draining ??= Promise.all([sockets.close(settings.drainMs), httpStreams.close()]).then(() => undefined));
  };
  const handleHttp = createFront({
    graphql,
    streams: httpStreams,
    files: createStaticFiles(settings.dashboardDir),
    isReady: () => isReady,
    jwks: options.jwks ?? (() => Promise.resolve({ keys: [] })),
    gatewayJwks: () => ({ keys: options.signingKey ? [options.signingKey.publicJwk] : [] }),
    newTraceId,
    maxBodyBytes,
    trustProxy,
    logger,
  });
  return {
    schema: supergraph.schema,
    settings,
    graphql,
    sources: new Map(sources.map((source) => [source.name, source])),
    handleHttp,
    handleUpgrade(request, socket, head) {
      const path = (request.url ?? '').split('?', 1)[0];
      if (path === GRAPHQL_PATH && isReady) return sockets.upgrade(request, socket, head);
      socket.end(`HTTP/1.1 ${isReady ? '404 Not Found' : '503 Service Unavailable'}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
    },
    endSession(sessionId) {
      authenticator.endSession(sessionId);
      sockets.endSession(sessionId);
      httpStreams.endSession(sessionId);
    },
    get live() {
      return { ...streams.counts, connections: sockets.size + httpStreams.size };
    },
    drain,
    async close() {
      await drain();
      streams.close();
      denials.close();
      await Promise.allSettled(sources.map(async (source) => source.close?.()));
    },
  };
}

function authenticatorFor({ verifier }: GatewayOptions, { isAuthenticated }: GatewaySettings) {
  if (!isAuthenticated) return noAuthentication;
  if (!verifier) throw new StartError('The gateway needs to know the keys of access tokens');
  return createAuthenticator(verifier);
}
