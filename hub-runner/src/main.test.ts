import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sourceFlags } from './testing/processes.js';
import { aFolder } from './testing/rig.js';

let folder: Awaited<ReturnType<typeof aFolder>>;
beforeAll(async () => void (folder = await aFolder()));
afterAll(() => folder.remove());

const start = (env: Record<string, string>): Promise<{ code: unknown; stderr: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, [...sourceFlags, join(import.meta.dirname, 'main.ts')], { env }, (error, _, stderr) => resolve({ code: error?.code ?? 0, stderr }));
  });

describe('the hub-runner as a process', () => {
  it('names every wrong setting at once, and ends', async () => {
    const { code, stderr } = await start({ VSS_HUB: 'simulated', AMQP_URL: 'nonsense', VSS_HUB_PORT: '99999' });
    expect(code).toBe(1);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    for (const name of ['AMQP_URL', 'VSS_HUB_PORT', 'VSS_CENTER_ID', 'VSS_SIP_SECRET_FILE']) expect(stderr).toContain(name);
  });

  it('asks for what a real hub needs', async () => {
    const { stderr } = await start({ VSS_HUB: 'real', AMQP_URL: 'amqp://localhost', VSS_CENTER_ID: 'ctr_test', VSS_SIP_SECRET_FILE: '/secret' });
    for (const name of ['VSS_ARI_URL', 'VSS_ARI_PASSWORD', 'VSS_KAMAILIO_URL', 'VSS_KAMAILIO_TOKEN', 'VSS_DEVICE_FILE']) expect(stderr).toContain(name);
  });

  it('refuses a secret that is too short', async () => {
    const file = join(folder.dir, 'secret');
    await writeFile(file, 'short');
    const { code, stderr } = await start({ VSS_HUB: 'simulated', AMQP_URL: 'amqp://localhost', VSS_CENTER_ID: 'ctr_test', VSS_SIP_SECRET_FILE: file });
    expect([code, stderr]).toEqual([1, `${file} must hold at least 32 characters\n`]);
  });
});
