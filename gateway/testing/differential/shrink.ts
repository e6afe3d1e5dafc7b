import type * as fc from 'fast-check';

/** How long a failing case is made smaller; what is left then is shown. */
const BUDGET_MS = 30_000;

/**
 * The smallest pair that still fails, as far as greedy steps lead. Not left to fast-check's own run: the second half is
 * cheap to try while the first stays as it is, and dear otherwise, so each is shrunk apart, in turns.
 */
export async function shrinkPair<A, B>(dear: fc.Arbitrary<A>, cheap: fc.Arbitrary<B>, start: readonly [A, B], fails: (a: A, b: B) => Promise<boolean>): Promise<readonly [A, B]> {
  const deadline = performance.now() + BUDGET_MS;
  const smaller = async <T>(arbitrary: fc.Arbitrary<T>, from: T, isStill: (value: T) => Promise<boolean>): Promise<T> => {
    let best = from;
    for (let moved = true; moved; ) {
      moved = false;
      for (const { value } of arbitrary.shrink(best, undefined)) {
        if (performance.now() > deadline) return best;
        if (!(await isStill(value))) continue;
        best = value;
        moved = true;
        break;
      }
    }
    return best;
  };
  let [a, b] = start;
  for (;;) {
    const before = b;
    b = await smaller(cheap, b, (value) => fails(a, value));
    const smallerA = await smaller(dear, a, (value) => fails(value, b));
    if (smallerA === a && (before === b || performance.now() > deadline)) return [a, b];
    a = smallerA;
  }
}
