import { describe, expect, it } from 'vitest';
import { afterFailure, afterUse, secondsBlocked, secondsUntilAllowed, type Allowance, type Attempts } from './guess.rules.js';

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

describe('an allowance', () => {
  const allowance: Allowance = { atOnce: 3, oneMoreAfterS: 60 };
  const used = (times: number, now: Date): Date | undefined => {
    let until: Date | undefined;
    for (let i = 0; i < times; i++) until = afterUse(until, allowance, now);
    return until;
  };
  it('is there at once', () => expect([0, 1, 2].map((times) => secondsUntilAllowed(used(times, at(0)), allowance, at(0)))).toEqual([0, 0, 0]));
  it('is used up, and comes back one by one', () => {
    const until = used(3, at(0));
    expect([0, 59, 60].map((seconds) => secondsUntilAllowed(until, allowance, at(seconds)))).toEqual([60, 1, 0]);
    const again = afterUse(until, allowance, at(60));
    expect([60, 120].map((seconds) => secondsUntilAllowed(again, allowance, at(seconds)))).toEqual([60, 0]);
  });
  it('is whole again after a while, and no more than whole', () => {
    const late = afterUse(used(3, at(0)), allowance, at(100_000));
    expect(late).toEqual(at(100_060));
  });
});
