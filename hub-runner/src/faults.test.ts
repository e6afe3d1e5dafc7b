import { afterEach, describe, expect, it } from 'vitest';
import { CallFinished, CallOriginate, CallPickedUp, CallStarted, CommandFailed, CommandSucceeded, HubAnnounced, SlotRegister, SlotRegistered, SlotRegistrationFailed, type Broker } from '@vss/events';
import { AppError, newId, silentLogger } from '@vss/runtime';
import { createHubRunner } from './app.js';
import type { CallControl, CallOrder, HubPorts } from './ports/index.js';
import { createSimulatedHub } from './simulated/hub.js';
import { aBroker, aCommand, aFolder, hear } from './testing/rig.js';

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

const aHub = (): HubPorts => createSimulatedHub({ seed: 7, speed: 100, devices: { AUTO: 1, MF: 0, LS: 0 } });

async function aRunner({ ports = aHub(), around = (broker) => broker }: { ports?: HubPorts; around?: (broker: Broker) => Broker } = {}) {
  const { dir, remove } = await aFolder();
  const broker = aBroker();
  const heard = await hear(broker);
  const [hubId, slotId] = [newId('hub'), newId('slot')];
  const intervals = { heartbeatMs: 3_600_000, telemetryMs: 3_600_000, sweepMs: 10, askAgainMs: 10, unreachableMs: 200, requestMs: 100, registrationMs: 50 };
  const runner = await createHubRunner({ hubId, centerId: 'ctr_test', name: 'Test hub', broker: around(broker), ports, journalDir: dir, sipPassword: () => 'secret', logger: silentLogger, intervals });
  await runner.start();
  cleanUps.push(remove, () => broker.close(), () => runner.stop());
  const register = aCommand(SlotRegister, { hubId, slotId, slotNumber: '6001', slotKind: 'AUTO', centerId: 'ctr_test' });
  const originate = aCommand(CallOriginate, { hubId, slotId, callId: newId('call'), slotNumber: '6001', phoneNumber: '+15550100104', ringTimeoutMs: 20_000 });
  return { broker, heard, slotId, register, originate };
}

/** A PBX that takes the order but whose answer never comes; what it says when asked is up to the test. */
function aMutePbx(find: CallControl['find']): HubPorts & { ordered: CallOrder[]; hungUp: string[] } {
  const [ordered, hungUp]: [CallOrder[], string[]] = [[], []];
  const callControl: CallControl = {
    originate: (order) => {
      ordered.push(order);
      return new Promise(() => undefined);
    },
    hangup: async (callId) => void hungUp.push(callId),
    find,
    watch: () => () => undefined,
  };
  return { ...aHub(), callControl, ordered, hungUp };
}

describe('when something fails beside the runner', () => {
  it('sends its reports when the broker is back, all of them and in order', async () => {
    let isDown = false;
    const around = (broker: Broker): Broker => ({
      ...broker,
      publish: async (message) => {
        if (isDown) throw new AppError('UNAVAILABLE', 'The broker is away');
        await broker.publish(message);
      },
    });
    const ports = aHub();
    const ended = new Promise<void>((resolve) => ports.callControl.watch((event) => event.kind === 'finished' && resolve()));
    const { broker, heard, slotId, register, originate } = await aRunner({ ports, around });
    await heard.next(HubAnnounced);
    await broker.publish(register);
    await heard.next(SlotRegistered);
    isDown = true;
    await broker.publish(originate);
    await ended;
    expect(heard.of(CallStarted)).toEqual([]);
    isDown = false;
    await heard.next(CallFinished);
    const sequences = heard.messages.filter((message) => message.aggregateId === slotId).map((message) => message.sequence);
    expect(sequences).toEqual(sequences.map((_, i) => i + 1));
  });

  it('goes on with a call whose order was taken although the answer got lost', async () => {
    const ports = aMutePbx(async () => ({ state: 'UP', answeredAt: new Date() }));
    const { broker, heard, originate } = await aRunner({ ports });
    await broker.publish(originate);
    await heard.next(CallPickedUp);
    await heard.next(CommandSucceeded);
    expect(ports.ordered).toHaveLength(1);
  });

  it('does not dial again what the PBX does not know, and ends it in doubt', async () => {
    const ports = aMutePbx(async () => undefined);
    const { broker, heard, originate } = await aRunner({ ports });
    await broker.publish(originate);
    expect(await heard.next(CommandFailed)).toMatchObject({ code: 'IN_DOUBT' });
    expect(heard.of(CallFinished)).toMatchObject([{ outcome: 'FAILED', failureReason: 'IN_DOUBT' }]);
    expect(ports.ordered).toHaveLength(1);
    expect(ports.hungUp).toEqual([ports.ordered[0]?.callId]);
  });

  it('ends a call in doubt when the PBX stays away', async () => {
    const ports = aMutePbx(async () => {
      throw new AppError('UNAVAILABLE', 'The PBX is away');
    });
    const { broker, heard, originate } = await aRunner({ ports });
    await broker.publish(originate);
    expect(await heard.next(CommandFailed)).toMatchObject({ code: 'IN_DOUBT' });
    expect(heard.of(CallStarted)).toHaveLength(1);
    expect(ports.ordered).toHaveLength(1);
  });

  it('reports a phone that does not register in time, for the command that wanted it', async () => {
    const hub = aHub();
    const ports: HubPorts = { ...hub, registrar: { provision: async () => undefined, remove: async () => undefined, registration: async () => undefined, watch: () => () => undefined } };
    const { broker, heard, slotId, register } = await aRunner({ ports });
    await broker.publish(register);
    const { commandId } = register.payload as { commandId: string };
    expect(await heard.next(SlotRegistrationFailed)).toMatchObject({ slotId, commandId, retryable: true });
  });

  it('fails a register command when the registrar cannot be reached', async () => {
    const hub = aHub();
    const away = async (): Promise<never> => {
      throw new AppError('UNAVAILABLE', 'Kamailio cannot be reached');
    };
    const ports: HubPorts = { ...hub, registrar: { ...hub.registrar, provision: away } };
    const { broker, heard, register } = await aRunner({ ports });
    await broker.publish(register);
    expect(await heard.next(CommandFailed)).toMatchObject({ code: 'ADAPTER', reason: 'Kamailio cannot be reached' });
  });
});
