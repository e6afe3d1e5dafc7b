import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SlotsDocument } from '@vss/sdk';
import { startCollector, type CollectedSpan, type Collector } from '@vss/testing';
import { removePlatform, startPlatform, type Platform } from './support/platform.js';
import { until } from './support/until.js';

const NUMBER = '+12125550142';
const CALL_START = 'mutation StartCall($input: CallStartInput!) { callStart(input: $input) { call { id } userErrors { code } } }';
/** W3C Trace Context, as a client of ours that records traces itself would send it. */
const [TRACE, CLIENT_SPAN] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'];

let collector: Collector;
let platform: Platform;
beforeAll(async () => {
  collector = await startCollector();
  // Every operation is slow enough to be logged.
  platform = await startPlatform({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, VSS_SLOW_OPERATION_MS: '1', VSS_TRACE_RATIO: '0' });
});
afterAll(async () => {
  await removePlatform(platform);
  await collector.close();
});

async function send(query: string, variables: object, token: string): Promise<{ traceId: string | null; body: { data?: unknown; errors?: { extensions: Record<string, unknown> }[] } }> {
  const response = await fetch(`${platform.origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, traceparent: `00-${TRACE}-${CLIENT_SPAN}-01` },
    body: JSON.stringify({ query, variables }),
  });
  return { traceId: response.headers.get('x-vss-trace-id'), body: (await response.json()) as never };
}

it('one trace leads from the client through gateway, subgraph, statements and messages to what the hub did, and back', async () => {
  const operator = await platform.as('operator');
  const slot = await until(async () => (await operator.request(SlotsDocument, { first: 200, filter: { state: 'READY', availability: 'FREE' } })).slots.nodes[0], 'a free slot');
  const token = (await operator.accessToken()) ?? '';
  const started = await send(CALL_START, { input: { slotId: slot.id, phoneNumber: NUMBER, idempotencyKey: randomUUID() } }, token);
  expect(started).toMatchObject({ traceId: TRACE, body: { data: { callStart: { userErrors: [] } } } });
  const refused = await send('query Nothing { call(id: "call_none") { id } }', {}, token);
  expect(refused.body.errors).toMatchObject([{ extensions: { code: 'NOT_FOUND', traceId: TRACE } }]);

  const spans = await collector.until((received) => received.some(({ name }) => name === 'handle runner.call.rang'));
  // Nobody asked for the traces of the platform's own requests.
  expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([TRACE]));

  const rang = spans.find(({ name, attributes }) => name === 'handle runner.call.rang' && attributes['messaging.consumer.group.name'] === 'telephony');
  const way = wayTo(rang, spans);
  expect(way.at(0)?.parentSpanId).toBe(CLIENT_SPAN);
  expect(way.map(({ name }) => name)).toEqual([
    'mutation StartCall',
    'fetch telephony',
    'telephony',
    'publish hub.call.originate',
    'handle hub.call.originate',
    'publish runner.call.rang',
    'handle runner.call.rang',
  ]);
  const [operation, , subgraph, , command] = way;
  expect(operation?.attributes).toMatchObject({ 'graphql.operation.name': 'StartCall', 'graphql.operation.type': 'mutation', 'graphql.document.hash': expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(namesUnder(operation, spans)).toContain('plan');
  expect(namesUnder(subgraph, spans)).toEqual(expect.arrayContaining(['sql insert', 'sql select', 'sql with', 'publish telephony.call.queued']));
  expect(namesUnder(command, spans)).toContain('run hub.call.originate');
  // What the hub told moved the call on, in the same trace.
  expect(namesUnder(rang, spans)).toContain('sql update');
});

it('no value of a variable, no token and no id of a person is in any span', () => {
  const told = JSON.stringify(collector.spans);
  for (const secret of [NUMBER, 'call_none', 'usr_', 'Bearer', 'eyJ']) expect(told).not.toContain(secret);
});

it('the same trace id stands in the log, with what each subgraph took', () => {
  const lines = platform.output().split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Record<string, unknown>);
  const slow = lines.filter(({ traceId }) => traceId === TRACE);
  expect(slow).toContainEqual(
    expect.objectContaining({ msg: 'Slow operation', operation: 'StartCall', type: 'mutation', role: 'operator', hasErrors: false, fetches: { telephony: { count: 1, totalMs: expect.any(Number), longestMs: expect.any(Number) } } }),
  );
  expect(JSON.stringify(slow)).not.toContain(NUMBER);
});

/** The spans from the trace's first down to this one. */
function wayTo(span: CollectedSpan | undefined, spans: readonly CollectedSpan[]): CollectedSpan[] {
  return span ? [...wayTo(spans.find(({ spanId }) => spanId === span.parentSpanId), spans), span] : [];
}

const namesUnder = (span: CollectedSpan | undefined, spans: readonly CollectedSpan[]): string[] =>
  spans.filter(({ parentSpanId }) => parentSpanId === span?.spanId).map(({ name }) => name);
