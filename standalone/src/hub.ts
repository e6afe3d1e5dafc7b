import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Broker } from '@vss/events';
import { createHubRunner, createSimulatedHub, sipPasswordOf, type HubRunner } from '@vss/hub-runner';
import type { Logger } from '@vss/runtime';
import type { StandaloneSettings } from './config.js';
import type { Secrets } from './secrets.js';

/** Simulated time between two faults of a device: now and then something hangs, as it does. */
const FAULT_EVERY_MS = 180_000;

export async function createDemoHub(options: { settings: StandaloneSettings; secrets: Secrets; folder: string; centerId: string; broker: Broker; logger: Logger }): Promise<HubRunner> {
  const { settings, secrets, folder, centerId, broker, logger } = options;
  const journalDir = join(folder, 'hub');
  await mkdir(journalDir, { recursive: true, mode: 0o700 });
  const ports = createSimulatedHub({
    seed: settings.VSS_SIM_SEED,
    speed: settings.VSS_SIM_SPEED,
    faultEveryMs: settings.VSS_DEMO_TRAFFIC ? FAULT_EVERY_MS : null,
  });
  return createHubRunner({
    hubId: secrets.hubId,
    centerId,
    name: 'Demo hub',
    broker,
    ports,
    journalDir,
    sipPassword: (slotNumber) => sipPasswordOf(secrets.sipSecret, slotNumber),
    logger,
  });
}
