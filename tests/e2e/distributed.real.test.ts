import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CallDocument, CallStartDocument, SlotsDocument, TrunkCreateDocument, type VssClient } from '@vss/sdk';
import { newId } from '@vss/runtime';
import { startAsterisk, type Asterisk } from '../services/asterisk.ts';
import { startBaresip } from '../services/baresip.ts';
import { startKamailio } from '../services/kamailio.ts';
import { freePort } from '../services/service.ts';
import { startSippUas, type SippUas } from '../services/sipp.ts';
import { startDistributed, type Distributed } from './support/distributed.js';
import type { RunningProcess } from './support/process.js';
import { callFromLoginToCdr } from './support/scenario.js';
import { until } from './support/until.js';

/** The far end rings, answers and waits for us to hang up, unless the last three digits say otherwise. */
const ANSWERS = '+12125550100';
const BUSY = '+12125550486';

describe('one call from login to CDR, through RabbitMQ, PostgreSQL, Kamailio, Asterisk and a SIP phone', () => {
  let platform: Distributed;
  let runner: RunningProcess;
  let asterisk: Asterisk;
  let farEnd: SippUas;
  let runnerEnv: Record<string, string>;
  const ends: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    platform = await startDistributed();
    ends.push(() => platform.stop());
    const pbxPort = await freePort();
    farEnd = await startSippUas();
    ends.push(() => farEnd.stop());
    const kamailio = await startKamailio({ pbxPorts: [pbxPort] });
    ends.push(() => kamailio.stop());
    asterisk = await startAsterisk({ sipPort: pbxPort, kamailioPort: kamailio.sipPort, providerPort: farEnd.sipPort });
    ends.push(() => asterisk.stop());

    const folder = await mkdtemp(join(tmpdir(), 'vss-devices-'));
    ends.push(() => rm(folder, { recursive: true, force: true }));
    const deviceFile = join(folder, 'devices.json');
    await writeFile(deviceFile, JSON.stringify([{ serial: 'PHONE-1', model: 'baresip', kind: 'AUTO', slotNumber: '6001' }]));
    const hubId = newId('hub');
    runnerEnv = {
      VSS_HUB: 'real',
      VSS_HUB_ID: hubId,
      VSS_HUB_NAME: 'Real hub',
      VSS_ARI_URL: new URL(asterisk.ariUrl).origin,
      VSS_ARI_USER: asterisk.user,
      VSS_ARI_PASSWORD: asterisk.password,
      VSS_ARI_APP: asterisk.app,
      VSS_KAMAILIO_URL: kamailio.rpcUrl,
      VSS_KAMAILIO_TOKEN: kamailio.rpcToken,
      VSS_KAMAILIO_REALM: kamailio.realm,
      VSS_DEVICE_FILE: deviceFile,
    };
    runner = await platform.startRunner(runnerEnv);

    // a trunk of one slot; the phone registers with the password that is derived for it.
    const admin = await platform.as('admin');
    const made = await until(async () => {
      const { trunkCreate } = await admin.request(TrunkCreateDocument, { input: { name: 'Real phones', slotKind: 'AUTO', capacity: 1, hubId } }).catch(() => ({ trunkCreate: undefined }));
      return trunkCreate?.trunk ?? undefined;
    }, 'the trunk');
    expect(made.slots.nodes.map(({ number }) => number)).toEqual(['6001']);
    const phone = await startBaresip({ slot: '6001', password: platform.sipPassword('6001'), registrarPort: kamailio.sipPort });
    ends.push(() => phone.stop());
  }, 120_000);

  afterAll(async () => {
    for (const end of ends.reverse()) await end();
  }, 60_000);

  const slot6001 = (client: VssClient): Promise<{ id: string }> =>
    until(async () => {
      const { nodes } = (await client.request(SlotsDocument, { filter: { state: 'READY' } })).slots;
      return nodes.find(({ number, availability }) => number === '6001' && availability === 'FREE');
    }, 'slot 6001 READY', 60_000);

  const endOf = (client: VssClient, id: string) =>
    until(async () => {
      const { call } = await client.request(CallDocument, { id });
      return call.status === 'ENDED' ? call : undefined;
    }, `the end of ${id}`, 60_000);

  it('R-170…R-179: passes from end to end', { timeout: 120_000 }, async () => {
    await callFromLoginToCdr(platform, { answeringNumber: ANSWERS, slotNumber: '6001' });
  });

  it('R-192: a busy far end ends the call as BUSY, with SIP and Q.850 codes', { timeout: 90_000 }, async () => {
    const operator = await platform.as('operator');
    const { id: slotId } = await slot6001(operator);
    const { callStart } = await operator.request(CallStartDocument, { input: { slotId, phoneNumber: BUSY } });
    expect(callStart.userErrors).toEqual([]);
    expect(await endOf(operator, callStart.call?.id ?? '')).toMatchObject({ outcome: 'BUSY', hangupCause: 17 });
  });

  it('the hub-runner is killed during a call: the call ends truly, no number is dialled twice, the slot comes back', { timeout: 150_000 }, async () => {
    const operator = await platform.as('operator');
    const { id: slotId } = await slot6001(operator);
    const invitesBefore = await invites(farEnd);
    const { callStart } = await operator.request(CallStartDocument, { input: { slotId, phoneNumber: ANSWERS, idempotencyKey: randomUUID() } });
    const id = callStart.call?.id ?? '';
    await until(async () => ((await operator.request(CallDocument, { id })).call.status === 'ANSWERED' ? true : undefined), 'the answer', 30_000);
    await runner.kill();
    // The far end hangs up while nobody is there to see it.
    await hangUpAt(asterisk);
    runner = await platform.startRunner(runnerEnv);
    const call = await endOf(operator, id);
    expect(call.outcome).not.toBeNull();
    expect(call.cdr).not.toBeNull();
    expect((await invites(farEnd)) - invitesBefore).toBe(1);
    await slot6001(operator);
  });
});

/** Calls that the far end has been offered so far: INVITEs of different calls, repeats of one not counted. */
async function invites(farEnd: SippUas): Promise<number> {
  const received = (await farEnd.messages()).split(/^-{10,}.*$/m).filter((message) => /^INVITE /m.test(message));
  return new Set(received.map((message) => /^Call-ID: (\S+)/im.exec(message)?.[1])).size;
}

/** Ends every call at the PBX, as its operator's console would. */
async function hangUpAt(asterisk: Asterisk): Promise<void> {
  const channels = (await asterisk.ari('GET', '/channels')) as { id: string }[];
  for (const { id } of channels) await asterisk.ari('DELETE', `/channels/${encodeURIComponent(id)}`).catch(() => undefined);
}
