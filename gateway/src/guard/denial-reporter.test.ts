import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Denial } from '@vss/gateway';
import { callCenterGraph } from '../../testing/call-center.js';
import { inProcessSources, type TestGraph } from '../../testing/graph.js';
import { grants, serveTestGateway, type Served } from '../../testing/serve.js';
import { signIn } from '../../testing/socket-client.js';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function open({ denialWindowMs = 60_000, onDenied = () => undefined }: { denialWindowMs?: number; onDenied?: (denial: Denial) => void } = {}) {
  const graph: TestGraph = callCenterGraph();
  const told: Denial[] = [];
  const served: Served = await serveTestGateway({
    supergraphSdl: graph.supergraphSdl,
    sources: inProcessSources(graph),
    settings: { denialWindowMs },
    onDenied: (denial) => {
      told.push(denial);
      onDenied(denial);
    },
  });
  stops.push(() => served.close());
  return { served, graph, told, briefly: () => told.map(({ permission, operation, count }) => [permission, operation, count]) };
}

const reader = { grants: grants({ 'calls:read': 'OWN' }) };

describe('a denial by the guard', () => {
  it('is told once for each right and field, with who asked from where and the trace id of the answer', async () => {
    const { served, told } = await open();
    const { errors } = await served.query('{ calls { notes { text } token again: token } noteCount }', { token: await served.token(reader) });
    const traceId = errors?.[0]?.extensions['traceId'];
    expect(told).toEqual(
      [['notes:read', 'Call.notes'], ['calls:monitor', 'Call.token'], ['notes:read', 'Query.noteCount']].map(([permission, operation]) =>
        ({ actor: expect.objectContaining({ userId: 'u1', role: 'operator', centerId: 'ctr_1' }), permission, operation, traceId, count: 1, sourceAddress: '127.0.0.1' })),
    );
  });

  it('is told of a mutation that did not run, and not of what the request skips', async () => {
    const { served, briefly } = await open();
    await served.query('mutation($no: Boolean = false) { callErase(id: "c1") callStart(number: "1") @include(if: $no) { id } }', { token: await served.token(reader) });
    expect(briefly()).toEqual([['calls:erase', 'Mutation.callErase', 1]]);
  });

  it('is told when a stream is refused, and once for a stream that opens without the field', async () => {
    const { served, graph, briefly } = await open();
    const client = await signIn(served.url, await served.token(reader));
    client.subscribe('refused', 'subscription { callMonitored { cursor } }');
    expect(await client.next()).toMatchObject({ id: 'refused', type: 'error' });
    client.subscribe('opened', 'subscription { callUpdated { call { token } } }');
    await vi.waitFor(() => expect(graph.streams.size).toBe(1));
    for (const cursor of ['1', '2']) {
      graph.emit({ cursor, callId: 'c1' });
      expect(await client.next()).toMatchObject({ id: 'opened', payload: { errors: [{ extensions: { code: 'FORBIDDEN' } }] } });
    }
    await client.close();
    expect(briefly()).toEqual([['calls:monitor', 'Subscription.callMonitored', 1], ['calls:monitor', 'Call.token', 1]]);
  });

  it('is told at once; what follows within the window is counted and told together, no later than at the end', async () => {
    const { served, briefly, told } = await open({ denialWindowMs: 200 });
    const token = await served.token(reader);
    for (let i = 0; i < 3; i++) await served.query('{ noteCount }', { token });
    expect(told[0]).toMatchObject({ count: 1 });
    await vi.waitFor(() => expect(briefly().reduce((sum, [, , count]) => sum + Number(count), 0)).toBe(3));
    await served.query('{ noteCount }', { token });
    await served.close();
    expect(briefly().reduce((sum, [, , count]) => sum + Number(count), 0)).toBe(4);
  });

  it('is told of each user', async () => {
    const { served, told } = await open();
    for (const userId of ['u1', 'u2', 'u1']) await served.query('{ noteCount }', { token: await served.token({ ...reader, userId }) });
    expect(told.map(({ actor }) => actor.userId)).toEqual(['u1', 'u2']);
  });

  it('of somebody who has not signed in is not told', async () => {
    const { served, told } = await open();
    expect((await served.query('{ noteCount }')).errors).toHaveLength(1);
    expect(told).toEqual([]);
  });

  it('costs the request nothing when telling it fails', async () => {
    const { served, told } = await open({
      onDenied: () => {
        throw new Error('the audit is away');
      },
    });
    expect(await served.query('{ noteCount version }', { token: await served.token(reader) })).toMatchObject({ data: { noteCount: null, version: '1' }, errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    expect(told).toHaveLength(1);
  });
});
