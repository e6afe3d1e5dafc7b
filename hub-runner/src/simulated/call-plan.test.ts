import { describe, expect, it } from 'vitest';
import { planCall } from './call-plan.js';
import { createRandom } from './random.js';

describe('what a simulated far end does', () => {
  it.each([
    ['00', { kind: 'answer', talkMs: null }],
    ['01', { kind: 'refuse', outcome: 'BUSY' }],
    ['02', { kind: 'silence' }],
    ['03', { kind: 'refuse', outcome: 'REJECTED' }],
    ['04', { kind: 'answer', talkMs: expect.any(Number) as unknown }],
    ['05', { kind: 'refuse', outcome: 'CONGESTION' }],
    ['06', { kind: 'refuse', outcome: 'INVALID_NUMBER' }],
  ])('is chosen by the last digits %s', (digits, then) => {
    for (const seed of ['a', 'b', 'c']) expect(planCall(`+155501001${digits}`, createRandom(seed)).end).toMatchObject(then);
  });

  it('is an answer most of the time otherwise, and rings for 1 to 8 s', () => {
    const random = createRandom('many');
    const plans = Array.from({ length: 1_000 }, () => planCall('+15550100177', random));
    const answers = plans.filter((plan) => plan.end.kind === 'answer').length;
    expect(answers).toBeGreaterThan(650);
    expect(answers).toBeLessThan(750);
    const rings = plans.flatMap(({ ringMs }) => ringMs ?? []);
    expect(Math.min(...rings)).toBeGreaterThanOrEqual(1_000);
    expect(Math.max(...rings)).toBeLessThanOrEqual(8_000);
  });
});
