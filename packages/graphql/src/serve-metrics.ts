import type { ServerResponse } from 'node:http';
import { createExposition, createMetrics, DURATION_BUCKETS, sendMetrics } from '@vss/runtime';

/** What a subgraph's server counts, and the page that Prometheus scrapes. */
export interface ServeMetrics {
  answered(startedAt: number, status: number): void;
  send(response: ServerResponse): Promise<void>;
}

export function createServeMetrics({ subgraph, connections }: { subgraph: string; connections: () => number }): ServeMetrics {
  const metrics = createMetrics();
  const duration = metrics.histograms('vss_subgraph_request_duration_seconds', 'Time from a request of the gateway to its answer', DURATION_BUCKETS, ['subgraph', 'status']);
  metrics.gauges('vss_subgraph_live_connections', 'Live connections of gateways', ['subgraph'], () => [[[subgraph], connections()]]);
  const exposition = createExposition(metrics);
  return {
    answered: (startedAt, status) => duration(subgraph, String(status)).observe((performance.now() - startedAt) / 1_000),
    send: (response) => sendMetrics(exposition, response),
  };
}
