import { afterEach, expect, it } from 'vitest';
import { createLifecycle, currentSpan, inSpan, newTraceId, silentLogger, startTelemetry } from '@vss/runtime';
import { aMessage, startCollector } from '@vss/testing';
import { createInProcessBroker, SuppressionRemoved, type Message } from './index.js';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

const removed = (more: Partial<Message> = {}): Message => aMessage(SuppressionRemoved, { suppressionId: 'sup_1', phoneNumber: '+1' }, more);

async function record() {
  const collector = await startCollector();
  const lifecycle = createLifecycle({ logger: silentLogger });
  const broker = createInProcessBroker({ logger: silentLogger, attempts: 2, backoffMs: 1 });
  stops.push(() => collector.close(), () => lifecycle.stop(), () => broker.close());
  await startTelemetry({ settings: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, VSS_TRACE_RATIO: 1 }, serviceName: 'test', lifecycle, logger: silentLogger });
  return { collector, broker, flush: () => lifecycle.stop() };
}

it('sending and handling hang under the span that added the message; each attempt is one, and what it adds hangs under it', async () => {
  const { collector, broker, flush } = await record();
  const seen: (string | undefined)[] = [];
  await broker.subscribe({
    group: 'test',
    patterns: ['#'],
    async handler(message) {
      seen.push(message.traceparent);
      expect(currentSpan()?.traceparent).toBe(message.traceparent);
      if (seen.length === 1) throw new Error('not yet');
    },
    onDead: async () => undefined,
  });
  await inSpan('request', { traceId: newTraceId() }, (span) => broker.publish(removed({ traceId: span?.traceId ?? '', traceparent: span?.traceparent })));
  await flush();
  const named = (name: string) => collector.spans.filter((span) => span.name.startsWith(name));
  const [request, publish, first, second] = [...named('request'), ...named('publish'), ...named('handle')];
  expect([publish?.parentSpanId, first?.parentSpanId, second?.parentSpanId]).toEqual([request?.spanId, publish?.spanId, publish?.spanId]);
  expect([publish?.kind, first?.kind, first?.failure, second?.failure]).toEqual(['producer', 'consumer', 'not yet', undefined]);
  expect(seen).toEqual([first, second].map((span) => `00-${span?.traceId}-${span?.spanId}-01`));
});

it('a message of no recorded trace begins none', async () => {
  const { collector, broker, flush } = await record();
  const handled: Message[] = [];
  await broker.subscribe({ group: 'test', patterns: ['#'], handler: async (message) => void handled.push(message), onDead: async () => undefined });
  const message = removed();
  await broker.publish(message);
  await flush();
  expect(handled).toEqual([message]);
  expect(collector.spans).toEqual([]);
});
