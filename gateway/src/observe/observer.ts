import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import { OTHER, startSpan, type Counter, type Logger } from '@vss/runtime';
import type { RequestScope } from '../execute/request-scope.js';
import { createGatewayMetrics, type GatewayMetrics, type LiveCounters } from './gateway-metrics.js';
import { createOperationObserver, type OperationObserver } from './operation-observer.js';
import { createSourceObserver, type SourceObserver } from './source-observer.js';

export interface ObserverOptions {
  readonly logger: Logger;
  /** Operations that take longer are logged; 0: none. */
  readonly slowOperationMs: number;
  /** A log line for each operation. */
  readonly accessLog: boolean;
}

/**
 * Where the gateway's parts say what they do. Whoever is called often asks for his handle once (for an operation, a
 * source, a cache) and keeps it: a handle counts by an addition, and begins a span only where traces are recorded.
 */
export interface Observer {
  readonly metrics: GatewayMetrics;
  readonly live: LiveCounters;
  /** Once for each prepared operation. */
  operation(document: DocumentNode, operation: OperationDefinitionNode): OperationObserver;
  /** Once for each subgraph, however often the supergraph changes. */
  source(name: string): SourceObserver;
  cache(name: string): CacheObserver;
  /** Runs what is done once for an operation rather than for each request, such as planning, in a span of its own. */
  step<T>(name: string, scope: RequestScope, work: () => T): T;
  /** Each error that a client is told, by its code; with the limit that it met where it came too early. */
  error(code: string, limit?: unknown): void;
  denied(permission: string): void;
  supergraph(outcome: 'taken' | 'refused'): void;
  /** What is open at the moment of a scrape. */
  watchLive(read: () => LiveNow): void;
  watchSupergraph(read: () => SupergraphNow): void;
}

/** By the beginning of their hashes: the one in use, and the last that was refused since. */
export interface SupergraphNow {
  readonly version: string;
  readonly refused: { readonly version: string } | undefined;
}

export interface CacheObserver {
  readonly hits: Counter;
  readonly misses: Counter;
  /** Whoever holds the cache says how many entries it has. */
  watchSize(read: () => number): void;
}

/** Live connections and streams at one moment, and what was counted until then. */
export interface LiveNow {
  readonly connections: number;
  /** Streams of clients. */
  readonly clients: number;
  /** Streams from subgraphs, which clients share. */
  readonly upstreams: number;
  /** Streams opened at subgraphs so far, and events that came by them. */
  readonly opened: number;
  readonly events: number;
}

export function createObserver({ logger, slowOperationMs, accessLog }: ObserverOptions): Observer {
  const metrics = createGatewayMetrics();
  const { all } = metrics;
  const sources = new Map<string, SourceObserver>();
  const caches = new Map<string, CacheObserver>();
  const sizes = new Map<string, () => number>();
  const counts = { running: 0 };
  let live = (): LiveNow => ({ connections: 0, clients: 0, upstreams: 0, opened: 0, events: 0 });

  all.gauge('vss_gateway_operations_in_flight', 'Operations under way', () => counts.running);
  all.gauges('vss_gateway_fetches_in_flight', 'Fetches under way', ['subgraph'], () => [...sources].map(([name, source]) => [[name], source.inFlight] as const));
  all.gauges('vss_gateway_breaker_open', 'Whether a subgraph is not asked at the moment because it failed too often: 1, or 0.5 while it is tried', ['subgraph'], () =>
    [...sources].map(([name, source]) => [[name], BREAKER[source.breaker()]] as const),
  );
  all.gauges('vss_gateway_cache_entries', 'Entries of a cache', ['cache'], () => [...sizes].map(([name, read]) => [[name], read()] as const));
  all.gauge('vss_gateway_live_connections', 'WebSocket connections', () => live().connections);
  all.gauge('vss_gateway_live_clients', 'Live streams of clients', () => live().clients);
  all.counted('vss_gateway_live_opened_total', 'Live streams opened at subgraphs', () => live().opened);
  all.counted('vss_gateway_live_events_total', 'Events of live streams that came from subgraphs', () => live().events);
  all.gauge('vss_gateway_live_upstreams', 'Live streams from subgraphs, which clients share', () => live().upstreams);

  const once = <T>(known: Map<string, T>, name: string, make: () => T): T => {
    const made = known.get(name) ?? make();
    known.set(name, made);
    return made;
  };
  return {
    metrics,
    live: metrics.live,
    operation: (document, operation) => createOperationObserver({ document, operation, metrics, counts, logger, slowOperationMs, accessLog }),
    source: (name) => once(sources, name, () => createSourceObserver(name, metrics)),
    cache: (name) => once(caches, name, () => ({ hits: metrics.caches.hits(name), misses: metrics.caches.misses(name), watchSize: (read) => void sizes.set(name, read) })),
    step,
    error(code, limit) {
      metrics.errors(code).inc();
      if (code === 'RATE_LIMITED') metrics.rateLimited(typeof limit === 'string' ? limit : OTHER).inc();
    },
    denied: (permission) => metrics.denied(permission).inc(),
    supergraph: (outcome) => metrics.supergraphLoads(outcome).inc(),
    watchLive: (read) => void (live = read),
    watchSupergraph: (read) =>
      all.gauges('vss_gateway_supergraph', 'The supergraph in use and the last one refused since, by version', ['version', 'state'], () => {
        const { version, refused } = read();
        return [[[version, 'in use'], 1], ...(refused ? [[[refused.version, 'refused'], 1] as const] : [])];
      }),
  };
}

function step<T>(name: string, scope: RequestScope, work: () => T): T {
  const span = scope.span && startSpan(name, { parent: scope.span });
  try {
    return work();
  } finally {
    span?.end();
  }
}

const BREAKER = { closed: 0, trying: 0.5, open: 1 } as const;
