import { describe, expect, it } from 'vitest';
import { silentLogger } from './logger.js';
import { startRepeating } from './repeating.js';

describe('a repeated task', () => {
  it('goes on after it has failed, and ends with the work under way', async () => {
    let runs = 0;
    const third = Promise.withResolvers<void>();
    const repeating = startRepeating({
      everyMs: 1,
      logger: silentLogger,
      work: async () => {
        runs += 1;
        if (runs === 3) third.resolve();
        if (runs < 3) throw new Error('not yet');
      },
    });
    await third.promise;
    await repeating.stop();
    const atEnd = runs;
    await new Promise((resolve) => setImmediate(resolve));
    expect(runs).toBe(atEnd);
  });
  it('does nothing when it is stopped before it begins', async () => {
    let runs = 0;
    const repeating = startRepeating({ everyMs: 1, firstAfterMs: 60_000, logger: silentLogger, work: async () => void (runs += 1) });
    await repeating.stop();
    expect(runs).toBe(0);
  });
});
