import { expect, it } from 'vitest';
import { createExposition, createMetrics } from './index.js';

it('metrics are told in the text format, with those of the process', async () => {
  const metrics = createMetrics();
  metrics.counters('requests_total', 'Requests', ['path'])('/a"b').inc(2);
  metrics.gauge('open', 'Open', () => 7);
  const duration = metrics.histograms('seconds', 'Time', [0.1, 1], ['path'])('/');
  for (const value of [0.1, 0.5, 3]) duration.observe(value);
  const text = await createExposition(metrics).text();
  expect(text).toContain('# TYPE requests_total counter\nrequests_total{path="/a\\"b"} 2\n');
  expect(text).toContain('# HELP open Open\n# TYPE open gauge\nopen 7\n');
  expect(text).toContain('seconds_bucket{path="/",le="0.1"} 1\nseconds_bucket{path="/",le="1"} 2\nseconds_bucket{path="/",le="+Inf"} 3\nseconds_sum{path="/"} 3.6\nseconds_count{path="/"} 3\n');
  expect(text).toMatch(/^process_resident_memory_bytes \d+/m);
  expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
});

it('names beyond the limit share one member', async () => {
  const metrics = createMetrics();
  const family = metrics.counters('n', 'N', ['name'], 2);
  for (const name of ['a', 'b', 'c', 'd', 'a']) family(name).inc();
  const values = metrics.all.flatMap((metric) => [...metric.samples()]).map(({ labels, value }) => [labels['name'], value]);
  expect(values).toEqual([['a', 2], ['b', 1], ['other', 2]]);
});
