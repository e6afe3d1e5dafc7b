import { AppError, delay, messageOf, withDeadline, type Logger, type Now } from '@vss/runtime';
import { CallFinished, CallPickedUp, CallRang, CallStarted } from '@vss/events';
import { createLanes } from '../common/lanes.js';
import type { CommandResult, Journal, JournalRecord, OpenCall, Origin } from '../journal/index.js';
import type { CallAtPbx, CallControl, CallEvent, CallOrder, CallResult } from '../ports/index.js';
import type { Report, Reports } from '../reports/index.js';

export interface CallSettings {
  /** One request to the PBX may take this long. */
  requestMs: number;
  /** How long an unreachable PBX is asked what became of a call before the call ends as FAILED. */
  unreachableMs: number;
  /** Between two questions. */
  askAgainMs: number;
  /** A call that nobody ends is ended after this. */
  longestTalkMs: number;
}

interface Deps {
  hubId: string;
  journal: Journal;
  reports: Reports;
  callControl: CallControl;
  logger: Logger;
  now: Now;
  settings: CallSettings;
  /** Aborted when the runner begins to stop. */
  stopping: AbortSignal;
}

/** Time for the PBX to end a call itself before we do. */
const GRACE_MS = 15_000;
const PHASES = ['ORDERED', 'STARTED', 'RANG', 'PICKED_UP'] as const;
const rank = (phase: OpenCall['phase']): number => PHASES.indexOf(phase);

/** Follows every call that was ordered here until it has ended and that is reported, across restarts. */
export function createCallTracker({ hubId, journal, reports, callControl, logger, now, settings, stopping }: Deps) {
  const lanes = createLanes();
  const [startedAt, aliveBefore] = [now(), journal.state.aliveAt];
  const openCall = (callId: string): OpenCall | undefined => journal.state.calls.get(callId);
  const ask = <T>(what: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> => withDeadline(settings.requestMs, what, work, stopping);

  /** Reports how far the call has got, with all that must have come before it. */
  async function advance(callId: string, phase: OpenCall['phase'], at: Date): Promise<void> {
    const call = openCall(callId);
    if (!call || rank(call.phase) >= rank(phase)) return;
    const told = [...startIfUntold(call), ...(phase === 'RANG' ? [about(CallRang, call, at)] : []), ...(phase === 'PICKED_UP' ? [about(CallPickedUp, call, at)] : [])];
    await reports.appendSurely(told, { kind: 'call', call: { ...call, phase } });
  }

  async function finish(callId: string, at: Date, result: CallResult): Promise<void> {
    const call = openCall(callId);
    if (!call) return;
    const answeredAt = result.legs.find((leg) => leg.party === 'FAR_END')?.answeredAt ?? null;
    // Its answer may have come while nobody listened.
    if (result.outcome === 'ANSWERED' && answeredAt !== null) await advance(callId, 'PICKED_UP', new Date(answeredAt));
    const hungUpBy = result.hungUpBy === 'PLATFORM' && call.endedBy ? call.endedBy : result.hungUpBy;
    const told = result.failureReason === 'REFUSED' ? [] : startIfUntold(openCall(callId) ?? call);
    const end = { ...progressOf(call, at), ...result, hungUpBy, legs: [...result.legs] };
    await reports.appendSurely([...told, reports.report(CallFinished, end, call.origin)], { kind: 'call-closed', callId });
  }

  async function apply(callId: string, found: CallAtPbx): Promise<void> {
    switch (found.state) {
      case 'DIALING':
        return advance(callId, 'STARTED', now());
      case 'RINGING':
        return advance(callId, 'RANG', found.rangAt);
      case 'UP':
        return advance(callId, 'PICKED_UP', found.answeredAt);
      case 'FINISHED':
        return finish(callId, found.at, found.result);
    }
  }

  /** Asks the PBX what became of a call until it answers. One that it does not know is ended, never dialled again. */
  async function settle(callId: string): Promise<'KNOWN' | 'IN_DOUBT'> {
    const giveUpAt = now().getTime() + settings.unreachableMs;
    const call = openCall(callId);
    // An order that is still on its way to the PBX would be missed by a single question.
    let questions = call?.phase === 'ORDERED' ? 2 : 1;
    if (!call) return 'KNOWN';
    while (!stopping.aborted) {
      try {
        const found = await ask('Asking for a call', (signal) => callControl.find(callId, signal));
        if (found) return await apply(callId, found).then(() => 'KNOWN');
        questions -= 1;
        if (questions === 0) return await endUnknown(call, call.phase === 'ORDERED' ? 'IN_DOUBT' : 'LOST');
      } catch (error) {
        if (stopping.aborted) break;
        logger.warn({ callId }, `It is not known what became of a call: ${messageOf(error)}`);
        if (now().getTime() > giveUpAt) return await endUnknown(call, call.phase === 'ORDERED' ? 'IN_DOUBT' : 'PBX_DOWN');
      }
      await delay(settings.askAgainMs, stopping).catch(() => undefined);
    }
    return 'KNOWN';
  }

  /** The PBX cannot tell: the call is over as far as we know, and is hung up in case it is not. */
  async function endUnknown(call: OpenCall, failureReason: string): Promise<'KNOWN' | 'IN_DOUBT'> {
    // Nobody has seen a call of an earlier process after that process was last alive.
    const isOfEarlier = startedAt.getTime() > Date.parse(call.orderedAt);
    const lastSeen = Math.max(Date.parse(call.orderedAt), aliveBefore === null ? 0 : Date.parse(aliveBefore));
    const at = isOfEarlier && failureReason !== 'PBX_DOWN' ? new Date(lastSeen) : now();
    await finish(call.callId, at, { outcome: 'FAILED', sipCode: null, hangupCause: null, hungUpBy: 'PLATFORM', failureReason, legs: [] });
    void hangupEventually(call.callId);
    return failureReason === 'IN_DOUBT' ? 'IN_DOUBT' : 'KNOWN';
  }

  async function hangupEventually(callId: string): Promise<void> {
    for (let tries = 0; tries < 60 && !stopping.aborted; tries += 1) {
      try {
        return await ask('Hanging up', (signal) => callControl.hangup(callId, signal));
      } catch {
        // Said by `settle` already. Until the PBX is back there is nothing else to do.
        await delay(settings.askAgainMs * 10, stopping).catch(() => undefined);
      }
    }
  }

  /** What became of a call whose order was sent at some time. Never orders it. */
  async function resume(callId: string): Promise<CommandResult> {
    const known = await lanes.run(callId, () => settle(callId));
    return known === 'KNOWN' ? { status: 'SUCCEEDED' } : { status: 'FAILED', code: 'IN_DOUBT', reason: 'The PBX does not know the call; it is not dialled again' };
  }

  const onEvent = (event: CallEvent): void => {
    const { callId, at } = event;
    void lanes
      .run(callId, () => (event.kind === 'finished' ? finish(callId, at, event.result) : advance(callId, event.kind === 'rang' ? 'RANG' : 'PICKED_UP', at)))
      .catch((error: unknown) => logger.error({ err: error, callId }, 'A call event was not reported'));
  };
  let stopWatching = (): void => undefined;

  return {
    isSlotInCall: (slotId: string): boolean => [...journal.state.calls.values()].some((call) => call.slotId === slotId),
    /** The record that must be in the journal before `place`. */
    opening(order: CallOrder & { slotId: string }, origin: Origin): JournalRecord {
      const { callId, slotId, slotNumber, phoneNumber, ringTimeoutMs } = order;
      const after = (ms: number): string => new Date(now().getTime() + ms).toISOString();
      const answerMs = ringTimeoutMs + settings.requestMs + GRACE_MS;
      const deadlines = { orderedAt: after(0), answerBy: after(answerMs), mustEndBy: after(answerMs + settings.longestTalkMs) };
      return { kind: 'call', call: { callId, slotId, slotNumber, phoneNumber, origin, phase: 'ORDERED', endedBy: null, ...deadlines } };
    },
    /** Orders the call at the PBX, once. */
    async place(order: CallOrder): Promise<CommandResult> {
      const { callId } = order;
      try {
        await ask('Ordering a call', (signal) => callControl.originate(order, signal));
      } catch (error) {
        if (error instanceof AppError && error.code === 'CONFLICT') {
          const refused: CallResult = { outcome: 'FAILED', sipCode: null, hangupCause: null, hungUpBy: 'PLATFORM', failureReason: 'REFUSED', legs: [] };
          await lanes.run(callId, () => finish(callId, now(), refused));
          return { status: 'FAILED', code: 'REFUSED', reason: error.message };
        }
        logger.warn({ err: error, callId }, 'The PBX may or may not have begun a call');
        return resume(callId);
      }
      await lanes.run(callId, () => advance(callId, 'STARTED', now()));
      return { status: 'SUCCEEDED' };
    },
    resume,
    async hangup(callId: string, actor: string): Promise<void> {
      await lanes.run(callId, async () => {
        const call = openCall(callId);
        if (call) await journal.append({ kind: 'call', call: { ...call, endedBy: actor === 'system' ? 'PLATFORM' : 'OPERATOR' } });
      });
      await ask('Hanging up', (signal) => callControl.hangup(callId, signal));
    },
    /** Watches calls and takes up those that an earlier process left open. */
    start(): void {
      stopWatching = callControl.watch(onEvent);
      // One that is only ORDERED belongs to a command that was begun: that command takes it up, and says how it ended.
      for (const { callId, phase } of journal.state.calls.values()) if (phase !== 'ORDERED') void resume(callId);
    },
    /** Ends what is past its time; to be called every second or so. */
    sweep(): void {
      for (const call of journal.state.calls.values()) {
        const limit = Date.parse(call.phase === 'PICKED_UP' ? call.mustEndBy : call.answerBy);
        if (now().getTime() < limit) continue;
        void ask('Hanging up', (signal) => callControl.hangup(call.callId, signal)).catch(() => undefined);
        if (now().getTime() > limit + GRACE_MS) void lanes.run(call.callId, async () => openCall(call.callId) && endUnknown(call, 'OVERDUE'));
      }
    },
    /** Calls that are under way go on; the next process takes them up. */
    async stop(): Promise<void> {
      stopWatching();
      await lanes.idle();
    },
    /** Resolves when all that the PBX has told so far is in the journal. */
    idle: (): Promise<void> => lanes.idle(),
  };

  function progressOf(call: OpenCall, at: Date) {
    return { hubId, callId: call.callId, slotId: call.slotId, at: at.toISOString() };
  }
  function about(definition: typeof CallRang | typeof CallPickedUp | typeof CallStarted, call: OpenCall, at: Date): Report {
    return reports.report(definition, progressOf(call, at), call.origin);
  }
  function startIfUntold(call: OpenCall): Report[] {
    return call.phase === 'ORDERED' ? [about(CallStarted, call, new Date(call.orderedAt))] : [];
  }
}

export type CallTracker = ReturnType<typeof createCallTracker>;
