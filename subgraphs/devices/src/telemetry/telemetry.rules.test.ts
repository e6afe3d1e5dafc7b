import { expect, it } from 'vitest';
import { linkState } from './telemetry.rules.js';

it.each([
  [null, null],
  [0, 'LOST'],
  [1, 'WEAK'],
  [29.9, 'WEAK'],
  [30, 'GOOD'],
  [100, 'GOOD'],
])('a link of %s %% is %s', (percent, state) => expect(linkState(percent)).toBe(state));
