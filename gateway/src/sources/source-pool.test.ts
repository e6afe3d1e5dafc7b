import { describe, expect, it, vi } from 'vitest';
import { silentLogger } from '@vss/runtime';
import { createObserver } from '../observe/observer.js';
import { DEFAULT_RESILIENCE } from './resilience.js';
import { createSourcePool } from './source-pool.js';
import type { Source } from './source.js';

function pool() {
  const closed: string[] = [];
  const made = createSourcePool({
    given: ({ name, url }): Source => ({ name, execute: () => Promise.resolve({}), subscribe: () => Promise.resolve({}), close: () => Promise.resolve(void closed.push(`${name} at ${url}`)) }),
    settingsOf: () => DEFAULT_RESILIENCE,
    sessionSource: 'identity',
    observer: createObserver({ logger: silentLogger, slowOperationMs: 0, accessLog: false }),
    retireMs: 1,
  });
  const take = (...subgraphs: [string, string][]) => {
    const sources = made.prepare(subgraphs.map(([name, url]) => ({ name, url })));
    made.adopt(sources);
    return sources;
  };
  return { made, take, closed };
}

describe('the sources of one supergraph after the other', () => {
  it('stay what they are where nothing has changed; those of removed or moved subgraphs are closed after a while', async () => {
    const { take, closed } = pool();
    const first = take(['a', '1'], ['b', '1'], ['c', '1']);
    const second = take(['a', '1'], ['b', '2']);
    expect(second.get('a')).toBe(first.get('a'));
    expect(second.get('b')).not.toBe(first.get('b'));
    expect(closed).toEqual([]);
    await vi.waitFor(() => expect(closed.toSorted()).toEqual(['b at 1', 'c at 1']));
  });

  it('of one that is refused change nothing', () => {
    const { made, take, closed } = pool();
    const first = take(['a', '1']);
    made.prepare([{ name: 'a', url: '2' }]);
    expect(made.prepare([{ name: 'a', url: '1' }]).get('a')).toBe(first.get('a'));
    expect(closed).toEqual([]);
  });

  it('are all closed in the end, those that wait for it too', async () => {
    const { made, take, closed } = pool();
    take(['a', '1'], ['b', '1']);
    take(['a', '1']);
    await made.close();
    expect(closed.toSorted()).toEqual(['a at 1', 'b at 1']);
  });
});
