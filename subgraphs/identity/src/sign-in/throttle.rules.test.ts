import { describe, expect, it } from 'vitest';
import { afterFailure, secondsBlocked, type Attempts } from './throttle.rules.js';

const at = (seconds: number): Date => new Date(Date.UTC(2026, 0, 1) + seconds * 1000);

describe('guessing', () => {
  const failing = (times: number): Attempts => {
    let attempts: Attempts | undefined;
    for (let i = 0; i < times; i++) attempts = afterFailure(attempts, at(i));
    return attempts as Attempts;
  };
  it('costs nothing up to four wrong passwords', () => expect(secondsBlocked(failing(4), at(4))).toBe(0));
  it('waits from the fifth on, twice as long each time, up to a quarter of an hour', () => {
    expect([5, 6, 7, 30].map((times) => secondsBlocked(failing(times), at(times - 1)))).toEqual([5, 10, 20, 900]);
  });
  it('is free again afterwards', () => expect(secondsBlocked(failing(5), at(4 + 5))).toBe(0));
  it('is forgotten after a day', () => expect(afterFailure(failing(9), at(8 + 86_401)).failures).toBe(1));
});
