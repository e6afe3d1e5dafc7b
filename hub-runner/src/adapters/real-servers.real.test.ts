import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId, silentLogger, systemNow } from '@vss/runtime';
import { startBaresip, type Baresip } from '../../../tests/services/baresip.js';
import { startKamailio } from '../../../tests/services/kamailio.js';
import { startTelephony, type Telephony } from '../../../tests/services/telephony.js';
import type { CallEvent } from '../ports/index.js';
import { callControlContract } from '../ports/call-control.contract.js';
import { sipRegistrarContract } from '../ports/sip-registrar.contract.js';
import { createAsteriskCallControl } from './asterisk/index.js';
import { createKamailioRegistrar, createKamailioRpc } from './kamailio/index.js';

const never = new AbortController().signal;
// The last three digits tell the far end what to do: tests/services/README.md.
const numbers = { answers: '+15550100777', hangsUp: '+15550100200', busy: '+15550100486', rejects: '+15550100603', silent: '+15550100180', unknown: '+15550100404' };

function callControlOf({ asterisk }: Telephony, app = asterisk.app) {
  const settings = { url: `http://127.0.0.1:${asterisk.ariPort}`, user: asterisk.user, password: asterisk.password, app, slotEndpoint: 'kamailio', trunkEndpoint: 'provider' };
  return createAsteriskCallControl({ settings, logger: silentLogger, now: systemNow });
}

callControlContract('asterisk', async () => {
  const telephony = await startTelephony();
  const calls = callControlOf(telephony);
  await calls.open();
  return {
    calls,
    slotNumber: '6001',
    absentSlotNumber: '6002',
    numbers,
    shortRingMs: 2_000,
    close: async () => {
      await calls.close();
      await telephony.stop();
    },
  };
});

sipRegistrarContract('kamailio', async () => {
  const kamailio = await startKamailio();
  const rpc = createKamailioRpc({ url: kamailio.rpcUrl, token: kamailio.rpcToken });
  const registrar = createKamailioRegistrar({ rpc, realm: kamailio.realm, logger: silentLogger, now: systemNow, pollMs: 100 });
  await registrar.open();
  let phone: Baresip | undefined;
  return {
    registrar,
    slot: { number: '6001', kind: 'AUTO', password: 'a-password' },
    startPhone: async () => {
      phone = await startBaresip({ slot: '6001', password: 'a-password', registrarPort: kamailio.sipPort });
    },
    close: async () => {
      await registrar.close();
      await phone?.stop();
      await kamailio.stop();
    },
  };
});

describe('with the real servers', () => {
  let telephony: Telephony;
  beforeAll(async () => void (telephony = await startTelephony()));
  afterAll(() => telephony.stop());

  const until = (calls: ReturnType<typeof callControlOf>, callId: string, kind: CallEvent['kind']): Promise<CallEvent> =>
    new Promise((resolve) => {
      const stop = calls.watch((event) => {
        if (event.callId !== callId || event.kind !== kind) return;
        stop();
        resolve(event);
      });
    });
  async function anAnsweredCall(calls: ReturnType<typeof callControlOf>): Promise<string> {
    const callId = newId('call');
    const answered = until(calls, callId, 'picked-up');
    await calls.originate({ callId, slotNumber: '6001', phoneNumber: numbers.answers, ringTimeoutMs: 20_000 }, never);
    await answered;
    return callId;
  }

  it('tells when the phone of the slot hangs up', async () => {
    const calls = callControlOf(telephony);
    await calls.open();
    const callId = await anAnsweredCall(calls);
    const finished = until(calls, callId, 'finished');
    telephony.phones.get('6001')?.command('hangup');
    expect(await finished).toMatchObject({ result: { outcome: 'ANSWERED', hungUpBy: 'SLOT' } });
    await calls.close();
  });

  it('takes up a call that an earlier runner began, and sees it end', async () => {
    const earlier = callControlOf(telephony);
    await earlier.open();
    const callId = await anAnsweredCall(earlier);
    await earlier.close();
    const later = callControlOf(telephony);
    await later.open();
    expect(await later.find(callId, never)).toMatchObject({ state: 'UP' });
    const finished = until(later, callId, 'finished');
    await later.hangup(callId, never);
    const { result } = (await finished) as Extract<CallEvent, { kind: 'finished' }>;
    expect(result).toMatchObject({ outcome: 'ANSWERED', hungUpBy: 'PLATFORM' });
    expect(result.legs.map((leg) => leg.address)).toEqual(['PJSIP/6001@kamailio', numbers.answers]);
    await later.close();
  });

  it('does not call the number of a call that an earlier runner left half begun', async () => {
    const { asterisk } = telephony;
    const callId = newId('call');
    const calls = callControlOf(telephony);
    await calls.open();
    await asterisk.ari('POST', `/channels/${callId}.slot`, { endpoint: 'PJSIP/6001@kamailio', app: asterisk.app, timeout: '10' });
    const finished = until(calls, callId, 'finished');
    const found = await calls.find(callId, never);
    // Its phone may have answered just now, or not yet: either way the slot's leg is all there is, and it is ended.
    if (found?.state !== 'FINISHED') await finished;
    expect(await calls.find(callId, never)).toMatchObject({ state: 'FINISHED', result: { outcome: 'FAILED', failureReason: 'LOST' } });
    await calls.close();
  });

  it('tells, after Asterisk was killed and started anew, that its calls are over', async () => {
    const calls = callControlOf(telephony);
    await calls.open();
    const callId = await anAnsweredCall(calls);
    const finished = until(calls, callId, 'finished');
    await telephony.asterisk.kill();
    await expect(calls.originate({ callId: newId('call'), slotNumber: '6001', phoneNumber: numbers.answers, ringTimeoutMs: 1_000 }, never)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await telephony.asterisk.start();
    expect(await finished).toMatchObject({ result: { outcome: 'ANSWERED', hangupCause: null } });
    await calls.close();
  });

  it('puts the credentials back when Kamailio was started anew', async () => {
    const { kamailio } = telephony;
    const rpc = createKamailioRpc({ url: kamailio.rpcUrl, token: kamailio.rpcToken });
    const registrar = createKamailioRegistrar({ rpc, realm: kamailio.realm, logger: silentLogger, now: systemNow, pollMs: 50 });
    await registrar.open();
    await registrar.provision({ number: '6050', kind: 'AUTO', password: 'a-password' }, never);
    await kamailio.kill();
    await kamailio.start();
    const registered = new Promise<void>((resolve) => registrar.watch((event) => event.kind === 'registered' && resolve()));
    const phone = await startBaresip({ slot: '6050', password: 'a-password', registrarPort: kamailio.sipPort });
    await registered;
    expect(await registrar.registration('6050', never)).toMatchObject({ contact: expect.stringMatching(/^sip:6050/) as unknown });
    await phone.stop();
    await registrar.close();
  });
});
