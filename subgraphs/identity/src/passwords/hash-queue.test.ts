import { describe, expect, it } from 'vitest';
import { createHashQueue, type HashQueueLimits } from './hash-queue.js';

/** A queue whose jobs end when the test says so, and the order in which they began. */
function open(limits: Partial<HashQueueLimits> = {}) {
  const queue = createHashQueue({ lanes: 1, mostWaiting: 100, mostOfOneSource: 100, ...limits });
  const began: string[] = [];
  const ends = new Map<string, () => void>();
  return {
    began,
    run: (source: string, name: string): Promise<string> =>
      queue(source, async () => {
        began.push(name);
        await new Promise<void>((resolve) => void ends.set(name, resolve));
        return name;
      }),
    end: (name: string): void => ends.get(name)?.(),
    fail: (source: string): Promise<never> => queue(source, () => Promise.reject(new Error('no memory'))),
  };
}

describe('the queue for hashes', () => {
  it('runs no more at once than it has lanes', async () => {
    const { run, end, began } = open({ lanes: 2 });
    const [a, , c] = [run('x', 'a'), run('x', 'b'), run('x', 'c')];
    await expect.poll(() => began).toEqual(['a', 'b']);
    end('a');
    await a;
    await expect.poll(() => began).toEqual(['a', 'b', 'c']);
    end('c');
    expect(await c).toBe('c');
  });

  it('lets sources take turns, so that a flood from one keeps nobody else waiting behind it', async () => {
    const { run, end, began } = open();
    const flood = ['f1', 'f2', 'f3', 'f4'].map((name) => run('flooder', name));
    const honest = [run('office', 'h1'), run('home', 'h2')];
    for (const name of ['f1', 'f2', 'h1', 'h2', 'f3', 'f4']) {
      await expect.poll(() => began.at(-1)).toBe(name);
      end(name);
    }
    expect(await Promise.all([...flood, ...honest])).toEqual(['f1', 'f2', 'f3', 'f4', 'h1', 'h2']);
  });

  it('refuses what would wait too long, of one source and in all, and says when to come again', async () => {
    const { run } = open({ mostOfOneSource: 2, mostWaiting: 3 });
    void run('a', 'runs');
    void run('a', 'waits 1');
    void run('a', 'waits 2');
    await expect(run('a', 'too many')).rejects.toMatchObject({ code: 'RATE_LIMITED', details: { retryAfterSeconds: 2 } });
    void run('b', 'waits 3');
    await expect(run('c', 'too many')).rejects.toMatchObject({ code: 'UNAVAILABLE', details: { retryAfterSeconds: 2 } });
  });

  it('goes on after a job that failed', async () => {
    const { run, end, fail, began } = open();
    await expect(fail('a')).rejects.toThrow('no memory');
    const next = run('a', 'next');
    await expect.poll(() => began).toEqual(['next']);
    end('next');
    expect(await next).toBe('next');
  });
});
