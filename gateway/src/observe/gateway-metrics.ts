import { createMetrics, DURATION_BUCKETS, type Counter, type Family, type Histogram, type Metrics } from '@vss/runtime';

/** What one gateway counts. Names and labels are what `deploy/grafana/vss-gateway.json` draws. */
export interface GatewayMetrics {
  readonly all: Metrics;
  readonly operations: {
    readonly duration: Family<Histogram>;
    readonly failed: Family<Counter>;
    readonly cost: Histogram;
  };
  readonly fetches: {
    readonly duration: Family<Histogram>;
    /** By subgraph and outcome. */
    readonly failed: Family<Counter>;
    /** Answered by another request's fetch of the same. */
    readonly shared: Family<Counter>;
    readonly retried: Family<Counter>;
  };
  /** Told to clients, by code. */
  readonly errors: Family<Counter>;
  /** Rights that the guard did not give. */
  readonly denied: Family<Counter>;
  /** Requests that came too early, by the limit that they met. */
  readonly rateLimited: Family<Counter>;
  readonly caches: { readonly hits: Family<Counter>; readonly misses: Family<Counter> };
  readonly live: LiveCounters;
  readonly supergraphLoads: Family<Counter>;
}

/** What happens to live streams; the rest is read from `LiveStreams` itself: see `LiveNow`. */
export interface LiveCounters {
  /** Events that a slow client lost. */
  readonly dropped: Counter;
  /** Streams that a client takes up again by a cursor. */
  readonly replays: Counter;
  /** Streams narrowed or ended because their client's rights changed or his session ended. */
  readonly revoked: Counter;
}

const COST_BUCKETS = [1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000];
/** Operations that have a line of their own: their names come from clients. */
const MOST_OPERATIONS = 300;

export function createGatewayMetrics(): GatewayMetrics {
  const all = createMetrics();
  const ofOperation = ['operation', 'type'];
  return {
    all,
    operations: {
      duration: all.histograms('vss_gateway_operation_duration_seconds', 'Time from the known operation to its answer', DURATION_BUCKETS, ofOperation, MOST_OPERATIONS),
      failed: all.counters('vss_gateway_operation_errors_total', 'Operations whose answer has errors', ofOperation, MOST_OPERATIONS),
      cost: all.histogram('vss_gateway_operation_cost', 'Cost of operations as the guard reckons it', COST_BUCKETS),
    },
    fetches: {
      duration: all.histograms('vss_gateway_fetch_duration_seconds', 'Time of one fetch from a subgraph', DURATION_BUCKETS, ['subgraph']),
      failed: all.counters('vss_gateway_fetch_failures_total', 'Fetches without a clean answer: errors in it, none at all, or refused before they were sent', ['subgraph', 'outcome']),
      shared: all.counters('vss_gateway_fetches_shared_total', 'Fetches answered by another one that was under way', ['subgraph']),
      retried: all.counters('vss_gateway_fetch_retries_total', 'Fetches tried once more', ['subgraph']),
    },
    errors: all.counters('vss_gateway_errors_total', 'Errors told to clients', ['code']),
    denied: all.counters('vss_gateway_denied_total', 'Rights that the guard did not give', ['permission']),
    rateLimited: all.counters('vss_gateway_rate_limited_total', 'Requests refused until later', ['limit']),
    caches: {
      hits: all.counters('vss_gateway_cache_hits_total', 'Found in a cache', ['cache']),
      misses: all.counters('vss_gateway_cache_misses_total', 'Not found in a cache', ['cache']),
    },
    live: {
      dropped: all.counter('vss_gateway_live_dropped_total', 'Events that slow clients lost'),
      replays: all.counter('vss_gateway_live_replays_total', 'Live streams that clients took up again by a cursor'),
      revoked: all.counter('vss_gateway_live_revoked_total', 'Live streams narrowed or ended because rights changed'),
    },
    supergraphLoads: all.counters('vss_gateway_supergraph_loads_total', 'Supergraphs that came: taken or refused', ['outcome']),
  };
}
