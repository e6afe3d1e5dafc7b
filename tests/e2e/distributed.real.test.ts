import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
import { CallDocument, CallEndDocument, CallsDocument, CallStartDocument, CallUpdatedDocument, DashboardDocument, EventsDocument, SlotsDocument, TrunkCreateDocument, type VssClient } from '@vss/sdk';
import { newId } from '@vss/runtime';
import { startAsterisk, type Asterisk } from '../services/asterisk.ts';
import { startBaresip } from '../services/baresip.ts';
import { startKamailio } from '../services/kamailio.ts';
import { freePort } from '../services/service.ts';
import { startSippUas, type SippUas } from '../services/sipp.ts';
import { startDistributed, type Distributed } from './support/distributed.js';
import type { RunningProcess } from './support/process.js';
import { callFromLoginToCdr, collectUntil } from './support/scenario.js';
import { until } from './support/until.js';

/** The far end rings, answers and waits for us to hang up, unless the last three digits say otherwise. */
const ANSWERS = '+12125550100';
const BUSY = '+12125550486';

/** Milliseconds between the answer to `callStart` and the power cut. Around them the command is stored, sent, begun and dialled. */
const KILL_AFTER_MS = [0, 15, 40, 90, 200, 400];

describe('one call from login to CDR, through RabbitMQ, PostgreSQL, Kamailio, Asterisk and a SIP phone', () => {
  let platform: Distributed;
  let runner: RunningProcess;
  let asterisk: Asterisk;
  let farEnd: SippUas;
  let runnerEnv: Record<string, string>;
  let operator: VssClient;
  let supervisor: VssClient;
  const ends: (() => Promise<unknown>)[] = [];
  let numbers = 0;
  /** A number that has not been called yet, so that what arrives at the far end tells which call it belongs to. */
  const aNumber = (lastDigits = '100'): string => `+1212${String(510 + (numbers += 1))}0${lastDigits}`;

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
    expect(made.slots?.nodes.map(({ number }) => number)).toEqual(['6001']);
    // A phone that is refused waits most of a minute before it tries again: first its password is there.
    await until(async () => kamailio.rpc('htable.get', ['credentials', '6001']).catch(() => undefined), 'the credentials of slot 6001');
    const phone = await startBaresip({ slot: '6001', password: platform.sipPassword('6001'), registrarPort: kamailio.sipPort });
    ends.push(() => phone.stop());
    [operator, supervisor] = await Promise.all([platform.as('operator'), platform.as('supervisor')]);
  }, 120_000);

  afterAll(async () => {
    for (const end of ends.toReversed()) await end();
  }, 60_000);

  const slot6001 = (): Promise<{ id: string }> =>
    until(async () => {
      const { nodes } = (await operator.request(SlotsDocument, { filter: { state: 'READY' } })).slots;
      return nodes.find(({ number, availability }) => number === '6001' && availability === 'FREE');
    }, 'slot 6001 READY', 60_000);

  async function startCall(phoneNumber: string): Promise<string> {
    const { id: slotId } = await slot6001();
    const { callStart } = await operator.request(CallStartDocument, { input: { slotId, phoneNumber } });
    expect(callStart.userErrors).toEqual([]);
    return callStart.call?.id ?? '';
  }

  const callIs = (id: string, status: string) =>
    until(async () => {
      const { call } = await operator.request(CallDocument, { id });
      return call.status === status ? call : undefined;
    }, `${id} ${status}`, 60_000);

  async function answeredCall(phoneNumber: string): Promise<string> {
    const id = await startCall(phoneNumber);
    await callIs(id, 'ANSWERED');
    return id;
  }

  /** How often the far end was offered a call to this number: INVITEs of different calls, repeats of one not counted. */
  async function invites(phoneNumber: string): Promise<number> {
    const received = (await farEnd.messages()).split(/^-{10,}.*$/m).filter((message) => message.includes(`\nINVITE sip:${phoneNumber}@`));
    return new Set(received.map((message) => /^Call-ID: (\S+)/im.exec(message)?.[1])).size;
  }

  /** Ends every call at the PBX, while nobody is there to see it. */
  async function hangUpAtPbx(): Promise<void> {
    for (const { id } of await channels()) await asterisk.ari('DELETE', `/channels/${encodeURIComponent(id)}`).catch(() => undefined);
  }

  const channels = async (): Promise<{ id: string }[]> => (await asterisk.ari('GET', '/channels')) as { id: string }[];
  const nothingAtPbx = (): Promise<true> => until(async () => ((await channels()).length === 0 ? true : undefined), 'an idle PBX');

  /** How many pairs of a slot and a far end hear each other. */
  async function talking(): Promise<number> {
    const bridges = (await asterisk.ari('GET', '/bridges')) as { channels: string[] }[];
    return bridges.filter((bridge) => bridge.channels.length === 2).length;
  }

  /** What the event log holds of a call, once it holds the end: `queued`, `ended`, …, in the order of the alphabet. */
  async function loggedOf(callId: string): Promise<string[]> {
    const types = await until(async () => {
      const { nodes } = (await supervisor.request(EventsDocument, { first: 200, filter: { aggregateId: callId } })).events;
      const found = nodes.map(({ type }) => type).filter((type) => type.startsWith('telephony.call.'));
      return found.includes('telephony.call.ended') ? found : undefined;
    }, `the end of ${callId} in the event log`, 30_000);
    return types.map((type) => type.replace('telephony.call.', '')).sort();
  }
  const WHOLE_CALL = ['answered', 'dialing', 'ended', 'queued', 'ringing'];

  const tellOutput = (): void => onTestFailed(() => void process.stderr.write(`${platform.output()}\n`));

  it('R-170…R-179: passes from end to end', { timeout: 120_000 }, async () => {
    tellOutput();
    await callFromLoginToCdr(platform, { answeringNumber: ANSWERS, slotNumber: '6001' });
    expect(await invites(ANSWERS)).toBe(1);
  });

  it('R-192: a busy far end ends the call as BUSY, with SIP and Q.850 codes', { timeout: 90_000 }, async () => {
    tellOutput();
    const id = await startCall(BUSY);
    expect(await callIs(id, 'ENDED')).toMatchObject({ outcome: 'BUSY', sipCode: 486, hangupCause: 17, cdr: { outcome: 'BUSY', talkSeconds: 0 } });
    expect(await loggedOf(id)).toEqual(expect.arrayContaining(['dialing', 'ended', 'queued']));
  });

  describe('the hub-runner is killed', () => {
    it('during a call: the call ends truly, no number is dialled twice, the slot comes back', { timeout: 90_000 }, async () => {
      tellOutput();
      const number = aNumber();
      const id = await answeredCall(number);
      await runner.kill();
      await hangUpAtPbx();
      runner = await platform.startRunner(runnerEnv);
      const call = await callIs(id, 'ENDED');
      expect(call).toMatchObject({ failureReason: 'LOST', answeredAt: expect.any(String), cdr: { outcome: call.outcome } });
      expect(await loggedOf(id)).toEqual(WHOLE_CALL);
      await slot6001();
      expect(await invites(number)).toBe(1);
    });

    it('during a call that goes on: it is taken up, and ends when the operator ends it', { timeout: 90_000 }, async () => {
      tellOutput();
      const number = aNumber();
      const id = await answeredCall(number);
      await runner.kill();
      runner = await platform.startRunner(runnerEnv);
      expect(await talking()).toBe(1);
      await operator.request(CallEndDocument, { input: { callId: id } });
      expect(await callIs(id, 'ENDED')).toMatchObject({ outcome: 'ANSWERED', failureReason: null, cdr: { outcome: 'ANSWERED' } });
      expect(await loggedOf(id)).toEqual(WHOLE_CALL);
      await nothingAtPbx();
      expect(await invites(number)).toBe(1);
    });

    it.each(KILL_AFTER_MS)('%i ms after a call was accepted: the call ends, its number is dialled once or never', { timeout: 90_000 }, async (afterMs) => {
      tellOutput();
      // Its far end hangs up by itself: a call that was dialled ends as one that nobody ends.
      const number = aNumber('200');
      const id = await startCall(number);
      await new Promise((resolve) => setTimeout(resolve, afterMs));
      await runner.kill();
      runner = await platform.startRunner(runnerEnv);
      const call = await callIs(id, 'ENDED');
      const dialled = await invites(number);
      expect(dialled).toBeLessThanOrEqual(1);
      // Either the whole call, or none and a reason for it.
      expect(call.outcome === 'ANSWERED' ? `dialled ${dialled}` : call.failureReason).toMatch(/^(dialled 1|IN_DOUBT|LOST|EXPIRED)$/);
      const logged = await loggedOf(id);
      expect(logged).toEqual([...new Set(logged)]);
      await nothingAtPbx();
      await slot6001();
      // Nobody has dialled it meanwhile either.
      expect(await invites(number)).toBe(dialled);
    });
  });

  it('the gateway is killed while a client watches: the client goes on without a gap and without a repeat', { timeout: 90_000 }, async () => {
    tellOutput();
    const { liveCursor } = (await operator.request(CallsDocument, { first: 1 })).calls;
    const watched = operator.subscribe(CallUpdatedDocument, { after: liveCursor });
    const id = await answeredCall(aNumber());
    const before = await collectUntil(watched, ({ callUpdated: { call } }) => call?.id === id && call.status === 'ANSWERED', 'the answer');
    await platform.processes.gateway.kill();
    // The call ends while there is no gateway.
    await hangUpAtPbx();
    await platform.restart('gateway');
    const after = await collectUntil(watched, ({ callUpdated: { call } }) => call?.id === id && call.status === 'ENDED', 'the end');
    await watched.return?.();
    const replayed = operator.subscribe(CallUpdatedDocument, { after: liveCursor });
    const all = await collectUntil(replayed, ({ callUpdated: { call } }) => call?.id === id && call.status === 'ENDED', 'the replayed end');
    await replayed.return?.();
    expect([...before, ...after].map(({ callUpdated }) => callUpdated.cursor)).toEqual(all.map(({ callUpdated }) => callUpdated.cursor));
  });

  it('telephony is killed during a call: its end is not lost, and every event is in the log once', { timeout: 90_000 }, async () => {
    tellOutput();
    const id = await answeredCall(aNumber());
    await platform.processes.telephony.kill();
    await hangUpAtPbx();
    await platform.restart('telephony');
    expect(await callIs(id, 'ENDED')).toMatchObject({ outcome: 'ANSWERED', cdr: { outcome: 'ANSWERED' } });
    expect(await loggedOf(id)).toEqual(WHOLE_CALL);
    await slot6001();
  });

  it('RabbitMQ is killed during a call: nothing is lost, and what comes after works', { timeout: 120_000 }, async () => {
    tellOutput();
    const id = await answeredCall(aNumber());
    await platform.rabbit.kill();
    await hangUpAtPbx();
    await platform.rabbit.start();
    expect(await callIs(id, 'ENDED')).toMatchObject({ outcome: 'ANSWERED', cdr: { outcome: 'ANSWERED' } });
    expect(await loggedOf(id)).toEqual(WHOLE_CALL);
    const next = await startCall(aNumber('200'));
    expect(await callIs(next, 'ENDED')).toMatchObject({ outcome: 'ANSWERED' });
    expect(await loggedOf(next)).toEqual(WHOLE_CALL);
  });

  it('what the setup had to tell before any process ran has arrived too', async () => {
    const { nodes } = (await supervisor.request(EventsDocument, { filter: { type: 'operations.center.created' } })).events;
    expect(nodes.map(({ aggregateId }) => aggregateId)).toEqual([platform.centerId]);
  });

  it('after all this, nothing is left over', async () => {
    tellOutput();
    await slot6001();
    await nothingAtPbx();
    expect((await supervisor.request(DashboardDocument)).dashboard.calls.active).toBe(0);
    expect(await platform.ask('{ deadLetters { nodes { id } } }', {}, await supervisor.accessToken())).toMatchObject({ data: { deadLetters: { nodes: [] } } });
  });
});
