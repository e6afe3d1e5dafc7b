import { describe, expect, it } from 'vitest';
import { createArrivals } from './arrivals.js';

describe('waiting for an arrival', () => {
  it('looks once when the row is there', async () => {
    let looks = 0;
    expect(await createArrivals().until('a', async () => ++looks)).toBe(1);
  });
  it('looks again as soon as it is announced', async () => {
    const arrivals = createArrivals({ deadlineMs: 60_000, lookAgainMs: 60_000 });
    let row: string | null = null;
    const looked = Promise.withResolvers<void>();
    const waiting = arrivals.until('a', async () => {
      looked.resolve();
      return row;
    });
    await looked.promise;
    row = 'here';
    arrivals.announce('a');
    expect(await waiting).toBe('here');
  });
  it('looks again by itself, since another instance may have handled the event', async () => {
    let looks = 0;
    expect(await createArrivals({ lookAgainMs: 1 }).until('a', async () => (++looks > 3 ? 'here' : null))).toBe('here');
  });
  it('gives up at the deadline', async () => expect(await createArrivals({ deadlineMs: 10, lookAgainMs: 2 }).until('a', async () => null)).toBeNull());
  it('passes on what goes wrong', async () => {
    const failing = createArrivals().until('a', async () => Promise.reject(new Error('no database')));
    await expect(failing).rejects.toThrow('no database');
  });
});
