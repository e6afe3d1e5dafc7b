import { AppError, type Now } from '@vss/runtime';
import { createListeners } from '../common/listeners.js';
import type { CallAtPbx, CallControl, CallEvent, CallLeg, CallOrder, CallResult } from '../ports/index.js';
import { planCall } from './call-plan.js';
import { createRandom, type Random } from './random.js';
import type { Timers } from './timers.js';

/** How many ended calls the simulated PBX remembers. */
const REMEMBERED = 1_000;
const LONGEST_TALK_MS = 3_600_000;

interface LiveCall {
  readonly order: CallOrder;
  readonly startedAt: Date;
  rangAt: Date | null;
  answeredAt: Date | null;
  /** The next thing that is going to happen. */
  cancelNext: () => void;
}

interface Deps {
  seed: string;
  timers: Timers;
  now: Now;
  isRegistered: (slotNumber: string) => boolean;
}

export interface SimulatedCalls extends CallControl {
  isBusy(slotNumber: string): boolean;
  /** The slot's device is gone: its call ends. */
  dropSlot(slotNumber: string, failureReason: string): void;
  /** Ends every call as a PBX does that is shut down in good order. */
  endAll(): void;
}

export function createSimulatedCalls({ seed, timers, now, isRegistered }: Deps): SimulatedCalls {
  const live = new Map<string, LiveCall>();
  const ended = new Map<string, { at: Date; result: CallResult }>();
  // One source a slot, so that what one slot lives through does not hang on what the others do meanwhile.
  const randoms = new Map<string, Random>();
  const watchers = createListeners<CallEvent>();

  function randomOf(slotNumber: string): Random {
    const known = randoms.get(slotNumber) ?? createRandom(`${seed}/calls/${slotNumber}`);
    randoms.set(slotNumber, known);
    return known;
  }

  function finish(call: LiveCall, end: Omit<CallResult, 'legs'>): void {
    const { callId } = call.order;
    call.cancelNext();
    if (!live.delete(callId)) return;
    const at = now();
    const result = { ...end, legs: legsOf(call, at, end) };
    ended.set(callId, { at, result });
    for (const oldest of ended.keys()) {
      if (ended.size <= REMEMBERED) break;
      ended.delete(oldest);
    }
    watchers.tell({ kind: 'finished', callId, at, result });
  }

  function ring(call: LiveCall): void {
    call.rangAt = now();
    watchers.tell({ kind: 'rang', callId: call.order.callId, at: call.rangAt });
  }

  function answer(call: LiveCall, talkMs: number | null): void {
    call.answeredAt = now();
    watchers.tell({ kind: 'picked-up', callId: call.order.callId, at: call.answeredAt });
    call.cancelNext = timers.after(talkMs ?? LONGEST_TALK_MS, () => finish(call, normalEnd('FAR_END')));
  }

  function play(call: LiveCall): void {
    const { phoneNumber, slotNumber, ringTimeoutMs } = call.order;
    const plan = planCall(phoneNumber, randomOf(slotNumber));
    const { end } = plan;
    const decide = (): void => {
      if (end.kind === 'answer') return answer(call, end.talkMs);
      if (end.kind === 'refuse') return finish(call, { outcome: end.outcome, sipCode: end.sipCode, hangupCause: end.hangupCause, hungUpBy: 'FAR_END', failureReason: null });
    };
    call.cancelNext = timers.after(plan.dialMs, () => {
      if (plan.ringMs === null) return decide();
      ring(call);
      const givesUp = end.kind === 'silence' || plan.ringMs >= ringTimeoutMs;
      call.cancelNext = givesUp ? timers.after(ringTimeoutMs, () => finish(call, UNANSWERED)) : timers.after(plan.ringMs, decide);
    });
  }

  return {
    async originate(order, signal) {
      signal.throwIfAborted();
      if (live.has(order.callId) || ended.has(order.callId)) return;
      const refusal = refusalOf(order);
      if (refusal) throw new AppError('CONFLICT', refusal, { slotNumber: order.slotNumber });
      const call: LiveCall = { order, startedAt: now(), rangAt: null, answeredAt: null, cancelNext: () => undefined };
      live.set(order.callId, call);
      play(call);
    },
    async hangup(callId) {
      const call = live.get(callId);
      if (call) finish(call, call.answeredAt ? normalEnd('PLATFORM') : CANCELLED);
    },
    async find(callId): Promise<CallAtPbx | undefined> {
      const past = ended.get(callId);
      if (past) return { state: 'FINISHED', ...past };
      const call = live.get(callId);
      if (!call) return undefined;
      if (call.answeredAt) return { state: 'UP', answeredAt: call.answeredAt };
      return call.rangAt ? { state: 'RINGING', rangAt: call.rangAt } : { state: 'DIALING' };
    },
    watch: watchers.add,
    isBusy,
    dropSlot(slotNumber, failureReason) {
      for (const call of live.values())
        if (call.order.slotNumber === slotNumber) finish(call, { outcome: 'FAILED', sipCode: null, hangupCause: 27, hungUpBy: 'SLOT', failureReason });
    },
    endAll() {
      for (const call of live.values()) finish(call, call.answeredAt ? normalEnd('PLATFORM') : CANCELLED);
    },
  };

  function isBusy(slotNumber: string): boolean {
    return [...live.values()].some((call) => call.order.slotNumber === slotNumber);
  }
  function refusalOf({ slotNumber }: CallOrder): string | undefined {
    if (!isRegistered(slotNumber)) return `Slot ${slotNumber} is not registered`;
    return isBusy(slotNumber) ? `Slot ${slotNumber} is in a call` : undefined;
  }
}

const CANCELLED = { outcome: 'CANCELLED', sipCode: 487, hangupCause: 16, hungUpBy: 'PLATFORM', failureReason: null } as const;
const UNANSWERED = { outcome: 'NO_ANSWER', sipCode: 487, hangupCause: 19, hungUpBy: 'PLATFORM', failureReason: null } as const;
const normalEnd = (hungUpBy: CallResult['hungUpBy']) => ({ outcome: 'ANSWERED', sipCode: 200, hangupCause: 16, hungUpBy, failureReason: null }) as const;

function legsOf(call: LiveCall, endedAt: Date, end: { sipCode: number | null; hangupCause: number | null }): CallLeg[] {
  const { callId, slotNumber, phoneNumber } = call.order;
  const startedAt = call.startedAt.toISOString();
  const common = { startedAt, endedAt: endedAt.toISOString() };
  return [
    { party: 'SLOT', channelId: `${callId}.slot`, address: `SIMULATED/${slotNumber}`, answeredAt: startedAt, sipCode: 200, hangupCause: 16, ...common },
    { party: 'FAR_END', channelId: `${callId}.far`, address: phoneNumber, answeredAt: call.answeredAt?.toISOString() ?? null, ...common, sipCode: end.sipCode, hangupCause: end.hangupCause },
  ];
}
