import { afterAll, beforeAll, describe, it } from 'vitest';
import { removePlatform, startPlatform, type Platform } from './support/platform.js';
import { callFromLoginToCdr } from './support/scenario.js';

describe('one call from login to CDR, on the simulated hub with the in-process broker', () => {
  let platform: Platform;
  beforeAll(async () => {
    platform = await startPlatform();
  });
  afterAll(() => removePlatform(platform));

  it('R-170…R-179: passes from end to end', { timeout: 90_000 }, () => callFromLoginToCdr(platform, { answeringNumber: '+12125550100' }));
});
