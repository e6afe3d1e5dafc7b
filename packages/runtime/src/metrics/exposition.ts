import type { ServerResponse } from 'node:http';
import type { Metric as PromMetric, Registry } from 'prom-client';
import { messageOf } from '../errors.js';
import type { Metric, Metrics } from './metrics.js';

/** What `/metrics` answers. */
export interface Exposition {
  readonly contentType: string;
  text(): Promise<string>;
}

/**
 * The metrics in Prometheus' text format, together with those of the process and its event loop. The library that knows
 * both is loaded with the first scrape: a process that nobody scrapes pays for neither.
 */
export function createExposition(metrics: Metrics): Exposition {
  let registry: Promise<Registry> | undefined;
  return {
    contentType: 'text/plain; version=0.0.4; charset=utf-8',
    text: async () => (await (registry ??= registryOf(metrics))).metrics(),
  };
}

async function registryOf({ all }: Metrics): Promise<Registry> {
  const { collectDefaultMetrics, Registry } = await import('prom-client');
  const registry = new Registry();
  // It asks no more of a metric than its name and `get`.
  for (const metric of all) registry.registerMetric({ name: metric.name, get: () => Promise.resolve(scraped(metric)) } as unknown as PromMetric);
  collectDefaultMetrics({ register: registry });
  return registry;
}

const scraped = ({ name, help, type, samples }: Metric): object => ({
  name,
  help,
  type,
  values: [...samples()].map(({ labels, value, suffix = '' }) => ({ labels, value, metricName: name + suffix })),
});

/** Answers a scrape; 500 where a metric cannot be read. */
export async function sendMetrics({ contentType, text }: Exposition, response: ServerResponse): Promise<void> {
  try {
    const page = await text();
    response.writeHead(200, { 'content-type': contentType, 'cache-control': 'no-store' }).end(page);
  } catch (error) {
    response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' }).end(messageOf(error));
  }
}
