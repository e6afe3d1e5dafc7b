import {
  CallFinished,
  CallOriginate,
  CallPickedUp,
  CallRang,
  CallStarted,
  CommandFailed,
  CommandStarted,
  CommandSucceeded,
  HubUpdated,
  payloadOf,
  SlotRegister,
  SlotRegistered,
  type Broker,
  type Message,
  type MessageDefinition,
  type PayloadOf,
} from '@vss/events';
import { newId } from '@vss/runtime';
import { aMessage, waitFor } from '@vss/testing';

export type Originate = PayloadOf<typeof CallOriginate>;

export interface TestHub {
  readonly id: string;
  readonly commands: Message[];
  /** Whether it registers slots by itself, as a real hub does. */
  registers: boolean;
  /** The first command of this kind that `fits`, as soon as it is here. */
  next<D extends MessageDefinition>(definition: D, fits?: (payload: PayloadOf<D>) => boolean): Promise<PayloadOf<D>>;
  count(definition: MessageDefinition): number;
  /** Publishes a report; `times` makes deliveries of the very same message. */
  say<D extends MessageDefinition>(definition: D, payload: PayloadOf<D>, times?: number): Promise<void>;
  setOnline(online: boolean): Promise<void>;
  started(call: Originate, times?: number): Promise<void>;
  rang(call: Originate, times?: number): Promise<void>;
  pickedUp(call: Originate, times?: number): Promise<void>;
  finished(call: Originate, over?: Partial<PayloadOf<typeof CallFinished>>, times?: number): Promise<void>;
  commandFailed(command: { commandId: string; slotId: string }, code: 'EXPIRED' | 'STALE_LEASE' | 'IN_DOUBT' | 'REFUSED' | 'ADAPTER'): Promise<void>;
}

/** A hub as telephony knows one: takes commands off the broker and reports. What happens to calls is said by the test. */
export async function startTestHub({ broker, centerId, now }: { broker: Broker; centerId: string; now: () => Date }): Promise<TestHub> {
  const id = newId('hub');
  const commands: Message[] = [];
  let version = 0;
  const at = (): string => now().toISOString();

  const hub: TestHub = {
    id,
    commands,
    registers: true,
    next: (definition, fits = () => true) =>
      waitFor(() => {
        const message = commands.find((each) => each.type === definition.type && fits(payloadOf(definition, each)));
        return message && payloadOf(definition, message);
      }, 5_000, definition.type),
    count: ({ type }) => commands.filter((each) => each.type === type).length,
    async say(definition, payload, times = 1) {
      const message = aMessage(definition, payload, { centerId });
      for (let i = 0; i < times; i += 1) await broker.publish(message);
    },
    setOnline: (online) => hub.say(HubUpdated, { hub: { id, centerId, name: 'Test hub', simulated: true, online, lastSeenAt: at(), version: (version += 1) } }),
    async started(call, times) {
      await hub.say(CommandStarted, { hubId: id, commandId: call.commandId, slotId: call.slotId, at: at() }, times);
      await hub.say(CallStarted, { hubId: id, callId: call.callId, slotId: call.slotId, at: at() }, times);
    },
    rang: (call, times) => hub.say(CallRang, { hubId: id, callId: call.callId, slotId: call.slotId, at: at() }, times),
    pickedUp: (call, times) => hub.say(CallPickedUp, { hubId: id, callId: call.callId, slotId: call.slotId, at: at() }, times),
    async finished(call, over = {}, times) {
      const leg = { startedAt: at(), answeredAt: null, endedAt: at(), sipCode: 200, hangupCause: 16 };
      const legs = [
        { ...leg, party: 'SLOT' as const, channelId: call.callId, address: call.slotNumber },
        { ...leg, party: 'FAR_END' as const, channelId: `${call.callId}-far`, address: call.phoneNumber },
      ];
      const finished = { hubId: id, callId: call.callId, slotId: call.slotId, at: at(), outcome: 'ANSWERED' as const, sipCode: 200, hangupCause: 16, hungUpBy: 'FAR_END' as const, failureReason: null, legs, ...over };
      await hub.say(CallFinished, finished, times);
      await hub.say(CommandSucceeded, { hubId: id, commandId: call.commandId, slotId: call.slotId, at: at() }, times);
    },
    commandFailed: ({ commandId, slotId }, code) => hub.say(CommandFailed, { hubId: id, commandId, slotId, code, reason: `because ${code}`, at: at() }),
  };

  await broker.consumeCommands({
    hubId: id,
    async handler(message) {
      commands.push(message);
      if (message.type !== SlotRegister.type || !hub.registers) return;
      const { slotId, commandId, slotNumber } = payloadOf(SlotRegister, message);
      await hub.say(CommandStarted, { hubId: id, commandId, slotId, at: at() });
      const expiresAt = new Date(now().getTime() + 3_600_000).toISOString();
      await hub.say(SlotRegistered, { hubId: id, slotId, commandId, contact: `sip:${slotNumber}@127.0.0.1`, expiresAt, at: at() });
      await hub.say(CommandSucceeded, { hubId: id, commandId, slotId, at: at() });
    },
    onDead: async () => undefined,
  });
  return hub;
}
