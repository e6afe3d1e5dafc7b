import { expect, it } from 'vitest';
import { runCampaign } from '../testing/differential/differential.js';

it('answers generated operations on generated graphs as a monolith does, on every path', { timeout: 600_000 }, async () => {
  const outcome = await runCampaign({ seed: 20261126, cases: 2_000 });
  // The failure is a reproduction, ready to be pasted: shown as it is.
  expect(outcome.failure ?? 'no difference').toBe('no difference');
  expect(outcome.cases).toBeGreaterThanOrEqual(2_000);
});
