import { describe, expect, it } from 'vitest';
import { isCapacity, NUMBER_RANGES } from './trunk.rules.js';

describe('numbers of slots (R-040…R-042, X-41)', () => {
  it.each([['AUTO', 6001, 6999], ['MF', 7001, 7999], ['LS', 8001, 8999]] as const)('%s from %i to %i', (kind, first, last) => {
    expect(NUMBER_RANGES[kind]).toEqual({ first, last });
  });
  it.each([[0, false], [1, true], [999, true], [1000, false], [-1, false], [1.5, false], [Number.NaN, false]])('capacity %d: %s', (capacity, ok) => {
    expect(isCapacity(capacity)).toBe(ok);
  });
});
