import { expect, it } from 'vitest';
import { errorFrom } from './errors.js';

it.each([
  [{ code: 'RATE_LIMITED', retryAfterMs: 250 }, 250],
  [{ code: 'RATE_LIMITED', retryAfterSeconds: 36 }, 36_000],
  [{ code: 'UNAVAILABLE', retryAfterSeconds: 2 }, 2_000],
  [{ code: 'UNAVAILABLE' }, undefined],
  [{ code: 'RATE_LIMITED', retryAfterMs: 'soon' }, undefined],
])('tells of %o when to ask again', (extensions, ms) => expect(errorFrom([{ message: 'wait', extensions }]).retryAfterMs).toBe(ms));
