import { expect, it } from 'vitest';
import { isUnderWay } from './dead-letter.rules.js';

it('a redrive is under way for ten seconds', () => {
  const now = new Date('2026-11-22T12:00:10Z');
  expect([null, new Date('2026-11-22T12:00:00Z'), new Date('2026-11-22T12:00:01Z')].map((at) => isUnderWay(at, now))).toEqual([false, false, true]);
});
