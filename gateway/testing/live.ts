import { expect, onTestFinished, vi } from 'vitest';
import { callCenterGraph } from './call-center.js';
import { inProcessSources, type Hook, type TestGraph } from './graph.js';
import { serveTestGateway, type Served } from './serve.js';

/** A gateway over the call center's subgraphs, for the length of one test. */
export async function openCallCenter(options: { settings?: object; hooks?: Record<string, Hook> } = {}): Promise<{ served: Served; graph: TestGraph }> {
  const graph = callCenterGraph();
  const served = await serveTestGateway({ supergraphSdl: graph.supergraphSdl, sources: inProcessSources(graph, options.hooks), ...(options.settings ? { settings: options.settings } : {}) });
  onTestFinished(() => served.close());
  return { served, graph };
}

/** Asks again until it is so; the other side of a socket has its own time. */
export const until = (what: () => void): Promise<void> => vi.waitFor(what, { timeout: 5_000, interval: 5 });

export const streamOpened = (graph: TestGraph): Promise<void> => until(() => expect(graph.streams.size).toBeGreaterThan(0));

export const CALLS = 'subscription { callUpdated { cursor call { id status operator { username } notes { text author { username } } } } }';
export const answerFor = (cursor: string, status: string) => ({
  data: { callUpdated: { cursor, call: { id: 'c1', status, operator: { username: 'olga' }, notes: [{ text: 'note on c1', author: { username: 'sven' } }] } } },
});
