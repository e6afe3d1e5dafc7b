import { AppError, messageOf, withDeadline, type Logger, type Now } from '@vss/runtime';
import { createLanes } from '../../common/lanes.js';
import { createListeners } from '../../common/listeners.js';
import type { CallAtPbx, CallControl, CallEvent, CallOrder } from '../../ports/index.js';
import { parseAriEvent } from './ari-events.js';
import { createAriLink, type AriChannel, type AriSettings } from './ari-link.js';
import { aLeg, farChannel, isLive, newPbxCall, partyOf, resultOf, slotChannel, stateOf, takeEvent, takeSnapshot, type PbxCall, type Step } from './pbx-call.js';

export interface AsteriskSettings extends AriSettings {
  /** PJSIP endpoint behind which the slots are registered. */
  readonly slotEndpoint: string;
  /** PJSIP endpoint of the way out. */
  readonly trunkEndpoint: string;
  /** How long a slot's phone may take to answer its own leg. */
  readonly slotAnswerMs?: number;
  /** After this long without Asterisk its calls count as ended. */
  readonly downMs?: number;
}

interface Deps {
  settings: AsteriskSettings;
  logger: Logger;
  now: Now;
}

/** How many ended calls are remembered for `find`. */
const REMEMBERED = 1_000;
const REQUEST_MS = 5_000;
// Kept on the slot's channel, so that a runner that starts anew knows what it sees.
const ORDER_VARIABLE = 'VSS_ORDER';
const ANSWERED_VARIABLE = 'VSS_ANSWERED_AT';

export interface AsteriskCallControl extends CallControl {
  open(): Promise<void>;
  isUp(): boolean;
  close(): Promise<void>;
}

/** Calls through Asterisk: the slot's phone is called first; when it has answered, the number is. */
export function createAsteriskCallControl({ settings, logger, now }: Deps): AsteriskCallControl {
  const { slotEndpoint, trunkEndpoint, slotAnswerMs = 15_000, downMs = 30_000 } = settings;
  const calls = new Map<string, { call: PbxCall; order: CallOrder }>();
  const ended = new Map<string, Extract<CallAtPbx, { state: 'FINISHED' }>>();
  /** Given up while Asterisk was away: they are hung up when it is back. */
  const abandoned = new Set<string>();
  const watchers = createListeners<CallEvent>();
  const lanes = createLanes();
  let downTimer: NodeJS.Timeout | undefined;

  const link = createAriLink({ settings, logger, onEvent, onUp, onDown });
  const ask = <T>(what: string, run: (signal: AbortSignal) => Promise<T>): Promise<T> => withDeadline(REQUEST_MS, what, run);

  function onEvent(raw: unknown): void {
    try {
      const event = parseAriEvent(raw);
      if (!event) return;
      const callId = partyOf(event.channelId)?.callId;
      if (callId === undefined) {
        // A call that came in: nothing here takes it, and nobody else ends it.
        if (event.kind === 'entered') void ask('Hanging up', (signal) => link.hangup(event.channelId, signal)).catch(() => undefined);
        return;
      }
      inLane(callId, async () => {
        const known = calls.get(callId);
        if (known) await take(known, takeEvent(known.call, event));
      });
    } catch (error) {
      logger.error({ err: error }, 'An event of Asterisk was not understood');
    }
  }

  function inLane(callId: string, work: () => Promise<void>): void {
    void lanes.run(callId, work).catch((error: unknown) => logger.error({ err: error, callId }, 'A step of a call failed'));
  }

  async function take(known: { call: PbxCall; order: CallOrder }, steps: readonly Step[]): Promise<void> {
    for (const step of steps) await perform(known, step);
  }

  async function perform({ call, order }: { call: PbxCall; order: CallOrder }, step: Step): Promise<void> {
    const { callId } = call;
    switch (step) {
      case 'CONNECT_FAR':
        return connectFar(call, order);
      case 'RING_SLOT':
        return ask('Ringing', (signal) => link.ring(slotChannel(callId), true, signal)).catch(unimportant);
      case 'BRIDGE_FAR':
        return join(call);
      case 'HANGUP_SLOT':
        return ask('Hanging up', (signal) => link.hangup(slotChannel(callId), signal)).catch(unimportant);
      case 'HANGUP_FAR':
        return ask('Hanging up', (signal) => link.hangup(farChannel(callId), signal)).catch(unimportant);
      case 'TELL_RANG':
        return watchers.tell({ kind: 'rang', callId, at: call.rangAt ?? now() });
      case 'TELL_PICKED_UP':
        return watchers.tell({ kind: 'picked-up', callId, at: call.answeredAt ?? now() });
      case 'FINISH':
        return finish(call);
    }
  }

  // Asterisk is away, or the channel is gone: the snapshot after the reconnect, or its end, puts that right.
  const unimportant = (error: unknown): void => logger.debug(messageOf(error));

  async function connectFar(call: PbxCall, order: CallOrder): Promise<void> {
    const { callId } = call;
    call.far = aLeg('FAR_END', order.phoneNumber, now());
    try {
      await ask('Bridging', (signal) => link.bridge(callId, slotChannel(callId), signal));
      const timeoutSeconds = Math.max(1, Math.ceil(order.ringTimeoutMs / 1_000));
      const request = { channelId: farChannel(callId), endpoint: `PJSIP/${order.phoneNumber}@${trunkEndpoint}`, timeoutSeconds, callerId: order.slotNumber, originator: slotChannel(callId) };
      await ask('Calling', (signal) => link.originate(request, signal));
    } catch (error) {
      logger.warn({ err: error, callId }, 'The far end was not called');
      call.failure = 'TRUNK_REFUSED';
      if (!(error instanceof AppError) || error.code !== 'CONFLICT') await perform({ call, order }, 'HANGUP_FAR');
      call.far = null;
      await perform({ call, order }, 'HANGUP_SLOT');
    }
  }

  async function join(call: PbxCall): Promise<void> {
    const { callId } = call;
    const at = (call.answeredAt ?? now()).toISOString();
    try {
      await ask('Bridging', (signal) => link.bridge(callId, farChannel(callId), signal));
      await ask('Ringing', (signal) => link.ring(slotChannel(callId), false, signal));
      await ask('Noting', (signal) => link.setVariable(slotChannel(callId), ANSWERED_VARIABLE, at, signal));
    } catch (error) {
      logger.warn({ callId }, `The legs of a call were not joined: ${messageOf(error)}`);
    }
  }

  async function finish(call: PbxCall): Promise<void> {
    const { callId } = call;
    if (!calls.delete(callId)) return;
    const at = call.far?.endedAt ?? call.slot.endedAt ?? now();
    const result = resultOf(call, at);
    ended.set(callId, { state: 'FINISHED', at, result });
    for (const oldest of ended.keys()) {
      if (ended.size <= REMEMBERED) break;
      ended.delete(oldest);
    }
    watchers.tell({ kind: 'finished', callId, at, result });
    await ask('Ending a bridge', (signal) => link.destroyBridge(callId, signal)).catch(unimportant);
  }

  const farState = (state: string | undefined): 'Ringing' | 'Up' | 'Other' | null => (state === undefined ? null : state === 'Ringing' || state === 'Up' ? state : 'Other');

  /** Events between a lost connection and the next are gone: what is there now is looked at instead. */
  async function compare(known: { call: PbxCall; order: CallOrder }): Promise<void> {
    const { callId } = known.call;
    // Asked within the call's lane: a list from before its last step would miss the channel that the step has made.
    const channels = await ask('Listing channels', (signal) => link.channels(signal));
    const slot = channels.find(({ id }) => id === slotChannel(callId));
    const far = channels.find(({ id }) => id === farChannel(callId));
    for (const channel of [slot, far]) if (channel) await ask('Subscribing', (signal) => link.subscribe(channel.id, signal));
    await take(known, takeSnapshot(known.call, { slot: slot !== undefined, far: farState(far?.state) }, now()));
  }

  function onUp(): void {
    clearTimeout(downTimer);
    void (async () => {
      for (const known of calls.values()) inLane(known.call.callId, () => compare(known));
      for (const callId of abandoned) {
        await hangupChannels(callId);
        abandoned.delete(callId);
      }
    })().catch((error: unknown) => logger.warn(`Calls that were given up may still go on: ${messageOf(error)}`));
  }

  function onDown(): void {
    clearTimeout(downTimer);
    downTimer = setTimeout(() => {
      for (const { call } of calls.values()) {
        abandoned.add(call.callId);
        call.failure ??= 'PBX_DOWN';
        inLane(call.callId, () => finish(call));
      }
    }, downMs).unref();
  }

  async function hangupChannels(callId: string): Promise<void> {
    await ask('Hanging up', (signal) => link.hangup(farChannel(callId), signal));
    await ask('Hanging up', (signal) => link.hangup(slotChannel(callId), signal));
  }

  /** A call that an earlier process began. */
  async function adopt(callId: string, slot: AriChannel | undefined, far: AriChannel | undefined): Promise<{ call: PbxCall; order: CallOrder }> {
    const order = (slot && parseOrder(await ask('Reading', (signal) => link.variable(slot.id, ORDER_VARIABLE, signal)))) ?? {
      callId,
      slotNumber: 'unknown',
      phoneNumber: far?.connectedNumber ?? 'unknown',
      ringTimeoutMs: 30_000,
    };
    const call = newPbxCall(callId, aLeg('SLOT', `PJSIP/${order.slotNumber}@${slotEndpoint}`, (slot ?? far)?.createdAt ?? now()));
    if (slot?.state === 'Up') call.slot.answeredAt = slot.createdAt;
    if (far) call.far = aLeg('FAR_END', order.phoneNumber, far.createdAt);
    if (slot && call.far && far?.state === 'Up') {
      const answered = await ask('Reading', (signal) => link.variable(slot.id, ANSWERED_VARIABLE, signal));
      if (answered) call.answeredAt = call.far.answeredAt = new Date(answered);
    }
    return { call, order };
  }

  async function originate(order: CallOrder, signal: AbortSignal): Promise<void> {
    const { callId, slotNumber, phoneNumber } = order;
    if (calls.has(callId) || ended.has(callId)) return;
    const endpoint = `PJSIP/${slotNumber}@${slotEndpoint}`;
    calls.set(callId, { order, call: newPbxCall(callId, aLeg('SLOT', endpoint, now())) });
    try {
      const variables = { [ORDER_VARIABLE]: JSON.stringify(order) };
      await link.originate({ channelId: slotChannel(callId), endpoint, timeoutSeconds: Math.ceil(slotAnswerMs / 1_000), callerId: phoneNumber, variables }, signal);
    } catch (error) {
      calls.delete(callId);
      throw error;
    }
  }

  async function find(callId: string): Promise<CallAtPbx | undefined> {
    const past = ended.get(callId);
    if (past) return past;
    const tracked = calls.get(callId);
    if (tracked) return stateOf(tracked.call);
    const channels = await ask('Listing channels', (signal) => link.channels(signal));
    const slot = channels.find(({ id }) => id === slotChannel(callId));
    const far = channels.find(({ id }) => id === farChannel(callId));
    if (!slot && !far) return undefined;
    const known = await adopt(callId, slot, far);
    calls.set(callId, known);
    // Nobody is there to call the far end when this slot's phone answers, and whether it was called is not known.
    if (!isLive(known.call.far)) {
      known.call.failure = 'LOST';
      await perform(known, 'HANGUP_SLOT');
    }
    await compare(known);
    return ended.get(callId) ?? stateOf(known.call);
  }

  return {
    open: link.open,
    isUp: link.isUp,
    originate: (order, signal) => lanes.run(order.callId, () => originate(order, signal)),
    async hangup(callId) {
      await lanes.run(callId, async () => {
        const known = calls.get(callId);
        if (known) known.call.endOrdered = true;
        if (!ended.has(callId)) await hangupChannels(callId);
      });
    },
    find: (callId) => lanes.run(callId, () => find(callId)),
    watch: watchers.add,
    async close() {
      clearTimeout(downTimer);
      await link.close();
    },
  };
}

function parseOrder(text: string | undefined): CallOrder | undefined {
  return text === undefined ? undefined : (JSON.parse(text) as CallOrder);
}
