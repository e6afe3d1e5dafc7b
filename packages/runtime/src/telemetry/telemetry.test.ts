import { afterEach, describe, expect, it } from 'vitest';
import { startCollector, type Collector } from '@vss/testing';
import { createLifecycle } from '../lifecycle.js';
import { silentLogger } from '../logger.js';
import { currentSpan, inSpan, newTraceId, parseTraceparent, startSpan, startTelemetry, unrecordedTraceparent } from './index.js';

const [TRACE, SPAN] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'];

describe('a traceparent', () => {
  it.each([
    [`00-${TRACE}-${SPAN}-01`, `00-${TRACE}-${SPAN}-01`],
    [`00-${TRACE}-${SPAN}-00`, `00-${TRACE}-${SPAN}-00`],
    // Flags that we do not know are not ours to pass on; a later version may have more at its end.
    [`00-${TRACE}-${SPAN}-ff`, `00-${TRACE}-${SPAN}-01`],
    [`cc-${TRACE}-${SPAN}-01-what-comes`, `00-${TRACE}-${SPAN}-01`],
  ])('%s is taken up', (text, traceparent) => expect(parseTraceparent(text)).toEqual({ traceId: TRACE, traceparent }));

  it.each([
    ['nothing', undefined],
    ['two headers', [`00-${TRACE}-${SPAN}-01`]],
    ['capitals', `00-${TRACE.toUpperCase()}-${SPAN}-01`],
    ['a trace of zeros', `00-${'0'.repeat(32)}-${SPAN}-01`],
    ['a span of zeros', `00-${TRACE}-${'0'.repeat(16)}-01`],
    ['the version that is none', `ff-${TRACE}-${SPAN}-01`],
    ['version 00 with more', `00-${TRACE}-${SPAN}-01-x`],
    ['something before', ` 00-${TRACE}-${SPAN}-01`],
    ['a line feed behind', `00-${TRACE}-${SPAN}-01\n`],
  ])('with %s is none', (_what, text) => expect(parseTraceparent(text)).toBeUndefined());

  it('of a trace that nobody records is one, and asks nobody to record', () => {
    const traceId = newTraceId();
    expect(parseTraceparent(unrecordedTraceparent(traceId))).toMatchObject({ traceId, traceparent: expect.stringMatching(/-00$/) });
  });
});

describe('traces', () => {
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0).toReversed()) await stop();
  });

  async function record(ratio: number): Promise<{ collector: Collector; flush: () => Promise<void> }> {
    const collector = await startCollector();
    const lifecycle = createLifecycle({ logger: silentLogger });
    stops.push(() => collector.close(), () => lifecycle.stop());
    await startTelemetry({ settings: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, VSS_TRACE_RATIO: ratio }, serviceName: 'test', lifecycle, logger: silentLogger });
    return { collector, flush: () => lifecycle.stop() };
  }

  it('are not recorded where nobody wants them', async () => {
    expect(startSpan('work')).toBeUndefined();
    expect(await inSpan('work', {}, async (span) => [span, currentSpan()])).toEqual([undefined, undefined]);
  });

  it('hang together: under the running span, under one of another process, or as a trace that begins', async () => {
    const { collector, flush } = await record(1);
    const traceId = newTraceId();
    const answer = startSpan('answer', { kind: 'server', traceId, attributes: { size: 3 } });
    expect(answer?.traceId).toBe(traceId);
    const work = inSpan('work', { parent: answer?.traceparent }, async () => inSpan('detail', {}, () => Promise.reject(new Error('no luck'))));
    await expect(work).rejects.toThrow('no luck');
    answer?.end();
    await flush();
    const [detail, outer, root] = ['detail', 'work', 'answer'].map((name) => collector.spans.find((span) => span.name === name));
    expect(new Set(collector.spans.map((span) => span.traceId))).toEqual(new Set([traceId]));
    expect([root?.parentSpanId, outer?.parentSpanId, detail?.parentSpanId]).toEqual([undefined, root?.spanId, outer?.spanId]);
    expect(root).toMatchObject({ service: 'test', kind: 'server', attributes: { size: 3 }, failure: undefined });
    expect(detail?.failure).toBe('no luck');
  });

  it('are recorded or not as whoever began them decided', async () => {
    const { collector, flush } = await record(0);
    startSpan('ours', { traceId: newTraceId() })?.end();
    startSpan('theirs, recorded', { parent: `00-${TRACE}-${SPAN}-01` })?.end();
    startSpan('theirs, not recorded', { parent: `00-${TRACE}-${SPAN}-00` })?.end();
    await flush();
    expect(collector.spans.map(({ name }) => name)).toEqual(['theirs, recorded']);
  });
});
