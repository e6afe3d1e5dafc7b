import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CallFinished, CallHangup, CallOriginate, CallPickedUp, createRabbitBroker, HubAnnounced, HubLeft, SlotRegister, SlotRegistered, type Broker } from '@vss/events';
import { newId, silentLogger } from '@vss/runtime';
import { startBaresip } from '../../tests/services/baresip.js';
import { startRabbitMq } from '../../tests/services/rabbitmq.js';
import { freePort } from '../../tests/services/service.js';
import { startTelephony, type Telephony } from '../../tests/services/telephony.js';
import { sipPasswordOf } from './slots/sip-password.js';
import { sourceFlags } from './testing/processes.js';
import { aCommand, aFolder, hear, type Heard } from './testing/rig.js';

const stops: (() => Promise<unknown>)[] = [];
const secret = randomBytes(24).toString('hex');
let broker: Broker;
let heard: Heard;
let telephony: Telephony;
let settings: Record<string, string>;

beforeAll(async () => {
  const folder = await aFolder();
  stops.push(folder.remove);
  const rabbit = await startRabbitMq();
  stops.push(() => rabbit.stop());
  broker = await createRabbitBroker({ url: rabbit.url, logger: silentLogger });
  stops.push(() => broker.close());
  heard = await hear(broker);
  telephony = await startTelephony({ slots: [] });
  stops.push(() => telephony.stop());
  const [secretFile, deviceFile] = [join(folder.dir, 'secret'), join(folder.dir, 'devices.json')];
  await writeFile(secretFile, secret);
  await writeFile(deviceFile, JSON.stringify([{ serial: 'BARESIP-1', model: 'baresip', kind: 'AUTO', slotNumber: '6001' }]));
  const { asterisk, kamailio } = telephony;
  settings = {
    AMQP_URL: rabbit.url,
    VSS_CENTER_ID: 'ctr_test',
    VSS_DATA_DIR: folder.dir,
    VSS_HUB_PORT: String(await freePort()),
    VSS_SIP_SECRET_FILE: secretFile,
    VSS_LOG_LEVEL: 'fatal',
    VSS_ARI_URL: `http://127.0.0.1:${asterisk.ariPort}`,
    VSS_ARI_USER: asterisk.user,
    VSS_ARI_PASSWORD: asterisk.password,
    VSS_ARI_APP: asterisk.app,
    VSS_KAMAILIO_URL: kamailio.rpcUrl,
    VSS_KAMAILIO_TOKEN: kamailio.rpcToken,
    VSS_DEVICE_FILE: deviceFile,
  };
});
afterAll(async () => {
  for (const stop of stops.toReversed()) await stop();
});

/** Starts the runner as its users do, but from the sources. */
function start(hubId: string, env: Record<string, string>): ChildProcess {
  const child = fork(join(import.meta.dirname, 'main.ts'), { execArgv: [...sourceFlags], env: { ...settings, ...env, VSS_HUB_ID: hubId }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  stops.push(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  });
  return child;
}

describe('the hub-runner as a process, through RabbitMQ', () => {
  it('announces itself, is ready, and leaves in good order when it is told to end', async () => {
    const hubId = newId('hub');
    const child = start(hubId, { VSS_HUB: 'simulated' });
    expect(await heard.next(HubAnnounced, (hub) => hub.hubId === hubId)).toMatchObject({ name: 'Hub (SIMULATED)', simulated: true });
    await expect.poll(() => fetch(`http://127.0.0.1:${settings.VSS_HUB_PORT}/health/ready`).then(({ status }) => status)).toBe(200);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    await heard.next(HubLeft, (hub) => hub.hubId === hubId);
  });

  it('calls through Asterisk and Kamailio; killed with -9 during the call it takes it up again, and the number rings once', async () => {
    const [hubId, slotId, callId] = [newId('hub'), newId('slot'), newId('call')];
    const first = start(hubId, { VSS_HUB: 'real' });
    await broker.publish(aCommand(SlotRegister, { hubId, slotId, slotNumber: '6001', slotKind: 'AUTO', centerId: 'ctr_test' }));
    await expect.poll(async () => telephony.kamailio.rpc('htable.dump', ['credentials']), { timeout: 20_000 }).not.toEqual([]);
    const phone = await startBaresip({ slot: '6001', password: sipPasswordOf(secret, '6001'), registrarPort: telephony.kamailio.sipPort });
    stops.push(() => phone.stop());
    await heard.next(SlotRegistered, (slot) => slot.slotId === slotId);

    await broker.publish(aCommand(CallOriginate, { hubId, slotId, callId, slotNumber: '6001', phoneNumber: '+15550100777', ringTimeoutMs: 20_000 }));
    await heard.next(CallPickedUp, (call) => call.callId === callId);
    first.kill('SIGKILL');
    await once(first, 'exit');

    const announced = heard.of(HubAnnounced).length;
    start(hubId, { VSS_HUB: 'real' });
    await heard.next(HubAnnounced, () => heard.of(HubAnnounced).length > announced);
    await broker.publish(aCommand(CallHangup, { hubId, slotId, callId }));
    expect(await heard.next(CallFinished, (call) => call.callId === callId)).toMatchObject({ outcome: 'ANSWERED', hungUpBy: 'OPERATOR', failureReason: null });
    const invites = (await telephony.farEnd.messages()).match(/^INVITE sip:\+15550100777@/gm);
    expect(invites).toHaveLength(1);
  });
});
