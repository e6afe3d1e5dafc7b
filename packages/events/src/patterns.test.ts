import { expect, it } from 'vitest';
import { matchesPattern, partitionOf } from './patterns.js';

it.each([
  ['telephony.call.*', 'telephony.call.ended', true],
  ['telephony.call.*', 'telephony.call', false],
  ['telephony.call.*', 'telephony.call.ended.twice', false],
  ['telephony.#', 'telephony', true],
  ['telephony.#', 'telephony.call.ended', true],
  ['#.ended', 'telephony.call.ended', true],
  ['*.call.#', 'telephony.call.ended', true],
  ['#', 'anything.at.all', true],
  ['crm.#', 'telephony.call.ended', false],
])('%s against %s is %s', (pattern, type, expected) => {
  expect(matchesPattern(pattern, type)).toBe(expected);
});

it('spreads ids evenly, and the same everywhere', () => {
  const counts = new Map<number, number>();
  for (let i = 0; i < 10_000; i++) counts.set(partitionOf(`slot_${i}`, 4), (counts.get(partitionOf(`slot_${i}`, 4)) ?? 0) + 1);
  expect(new Set(counts.keys())).toEqual(new Set([0, 1, 2, 3]));
  for (const count of counts.values()) expect(Math.abs(count - 2_500)).toBeLessThan(250);
  expect(partitionOf('call_01jd', 4)).toBe(partitionOf('call_01jd', 4));
});
