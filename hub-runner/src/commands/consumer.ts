import { CallHangup, CallOriginate, CommandFailed, CommandStarted, CommandSucceeded, payloadOf, SlotRecover, SlotRegister, SlotUnregister, type Message } from '@vss/events';
import { AppError, inSpan, messageOf, type Counter, type Family, type Logger, type Now } from '@vss/runtime';
import type { CallTracker } from '../calls/index.js';
import { createLanes } from '../common/lanes.js';
import type { CommandEntry, CommandResult, Journal, JournalRecord, Origin } from '../journal/index.js';
import type { Report, Reports } from '../reports/index.js';
import type { Slots } from '../slots/index.js';

/** No broker keeps a command longer than this past its deadline. */
const REMEMBERED_MS = 24 * 3_600_000;

const SUCCEEDED: CommandResult = { status: 'SUCCEEDED' };

/** One kind of command: what to do, and what to do when an earlier process may have done it. */
interface Action {
  readonly header: { commandId: string; hubId: string; slotId: string; fencingToken: number; deadlineAt: string };
  /** Why it is not begun although it is in time and its sender holds the slot. */
  readonly refusal?: () => string | undefined;
  /** Goes into the journal together with STARTED. */
  readonly opening?: () => JournalRecord;
  run: (signal: AbortSignal) => Promise<CommandResult>;
  resume: (signal: AbortSignal) => Promise<CommandResult>;
}

interface Deps {
  hubId: string;
  centerId: string;
  journal: Journal;
  reports: Reports;
  calls: CallTracker;
  slots: Slots;
  /** Counts, by type and result. */
  ended: Family<Counter>;
  logger: Logger;
  now: Now;
  /** Aborted when the runner begins to stop. */
  stopping: AbortSignal;
}

export function createCommandConsumer({ hubId, centerId, journal, reports, calls, slots, ended, logger, now, stopping }: Deps) {
  const lanes = createLanes();

  const originOf = (message: Message): Origin => ({ centerId: message.centerId ?? centerId, traceId: message.traceId, ...(message.traceparent ? { traceparent: message.traceparent } : {}), causationId: message.id, actor: message.actor });

  function actionOf(message: Message): Action {
    const origin = originOf(message);
    switch (message.type) {
      case CallOriginate.type: {
        const order = payloadOf(CallOriginate, message);
        return {
          header: order,
          refusal: () => (calls.isSlotInCall(order.slotId) ? 'The slot is in a call' : undefined),
          opening: () => calls.opening(order, origin),
          run: () => calls.place(order),
          resume: () => calls.resume(order.callId),
        };
      }
      case CallHangup.type: {
        const order = payloadOf(CallHangup, message);
        const run = (): Promise<CommandResult> => calls.hangup(order.callId, message.actor).then(() => SUCCEEDED);
        return { header: order, run, resume: run };
      }
      case SlotRegister.type: {
        const order = payloadOf(SlotRegister, message);
        const run = (): Promise<CommandResult> => slots.register(order, order.commandId, origin).then(() => SUCCEEDED);
        return { header: order, run, resume: run };
      }
      case SlotUnregister.type: {
        const order = payloadOf(SlotUnregister, message);
        const run = (): Promise<CommandResult> => slots.unregister(order.slotId, order.slotNumber).then(() => SUCCEEDED);
        return { header: order, run, resume: run };
      }
      case SlotRecover.type: {
        const order = payloadOf(SlotRecover, message);
        return {
          header: order,
          refusal: () => (calls.isSlotInCall(order.slotId) ? 'The slot is in a call' : undefined),
          run: (signal) => slots.recover(order, order.commandId, origin, signal).then(() => SUCCEEDED),
          resume: () =>
            slots.afterBrokenRecovery(order, order.commandId, origin).then(() => ({ status: 'FAILED', code: 'IN_DOUBT', reason: 'The runner ended during the recovery' })),
        };
      }
      default:
        throw new AppError('BAD_USER_INPUT', `${message.type} is not a command that this runner knows`);
    }
  }

  function entry(message: Message, { deadlineAt }: Action['header'], phase: CommandEntry['phase'], result: CommandResult | null = null): CommandEntry {
    return { message, phase, result, forgetAfter: new Date(Date.parse(deadlineAt) + REMEMBERED_MS).toISOString() };
  }

  function refusalOf({ header, refusal }: Action): CommandResult | undefined {
    const seen = journal.state.fences.get(header.slotId) ?? 0;
    if (header.hubId !== hubId) return { status: 'FAILED', code: 'REFUSED', reason: `The command is for ${header.hubId}` };
    if (now().getTime() > Date.parse(header.deadlineAt)) return { status: 'FAILED', code: 'EXPIRED', reason: `Its deadline was ${header.deadlineAt}` };
    if (header.fencingToken < seen) return { status: 'FAILED', code: 'STALE_LEASE', reason: `Its fencing token is ${header.fencingToken}; ${seen} was seen` };
    const reason = refusal?.();
    return reason === undefined ? undefined : { status: 'FAILED', code: 'REFUSED', reason };
  }

  function resultReport(message: Message, { commandId, slotId }: Action['header'], result: CommandResult): Report {
    const about = { hubId, commandId, slotId, at: now().toISOString() };
    if (result.status === 'SUCCEEDED') return reports.report(CommandSucceeded, about, originOf(message));
    return reports.report(CommandFailed, { ...about, code: result.code, reason: result.reason }, originOf(message));
  }

  async function done(message: Message, { header }: Action, result: CommandResult): Promise<void> {
    await reports.appendSurely([resultReport(message, header, result)], { kind: 'command', id: header.commandId, entry: entry(message, header, 'DONE', result) });
    ended(message.type, result.status === 'FAILED' ? result.code : result.status).inc();
  }

  /** Runs it to its end, unless the process stops first: then the next process finds it STARTED. */
  async function finish(message: Message, action: Action, work: (signal: AbortSignal) => Promise<CommandResult>): Promise<void> {
    let result: CommandResult;
    try {
      result = await spanned(message, () => work(stopping));
    } catch (error) {
      if (stopping.aborted) return;
      if (!(error instanceof AppError)) logger.error({ err: error, commandId: action.header.commandId, traceId: message.traceId }, 'A command broke');
      result = { status: 'FAILED', code: 'ADAPTER', reason: messageOf(error) };
    }
    if (!stopping.aborted) await done(message, action, result);
  }

  /** What a command does at the hardware, where its trace is recorded. */
  const spanned = (message: Message, work: () => Promise<CommandResult>): Promise<CommandResult> =>
    message.traceparent
      ? inSpan(`run ${message.type}`, { parent: message.traceparent, attributes: { 'vss.hub.id': hubId } }, async (span) => {
          const result = await work();
          span?.set({ 'vss.command.status': result.status === 'FAILED' ? result.code : result.status });
          return result;
        })
      : work();

  /** `begun` is called once the journal says that it was begun, or ended: the broker may forget it then. */
  async function execute(message: Message, action: Action, begun: () => void): Promise<void> {
    const { header } = action;
    const known = journal.state.commands.get(header.commandId);
    if (known?.phase === 'DONE' && known.result) {
      await reports.append([resultReport(message, header, known.result)]);
      return begun();
    }
    if (known?.phase === 'STARTED') {
      begun();
      return finish(message, action, action.resume);
    }
    await journal.append({ kind: 'command', id: header.commandId, entry: entry(message, header, 'RECEIVED') });
    const refused = refusalOf(action);
    if (refused) {
      await done(message, action, refused);
      return begun();
    }
    const started = reports.report(CommandStarted, { hubId, commandId: header.commandId, slotId: header.slotId, at: now().toISOString() }, originOf(message));
    await reports.append(
      [started],
      { kind: 'command', id: header.commandId, entry: entry(message, header, 'STARTED') },
      { kind: 'fence', slotId: header.slotId, token: header.fencingToken },
      ...(action.opening ? [action.opening()] : []),
    );
    begun();
    await finish(message, action, action.run);
  }

  return {
    /** Resolves once the command is begun or refused, and safely so. What it leads to is told by reports. */
    async handle(message: Message): Promise<void> {
      const action = actionOf(message);
      const begun = Promise.withResolvers<void>();
      lanes
        .run(action.header.slotId, async () => {
          if (stopping.aborted) throw new AppError('UNAVAILABLE', 'The runner is stopping');
          await execute(message, action, begun.resolve);
        })
        .catch((error: unknown) => {
          begun.reject(error);
          logger.error({ err: error, id: message.id, traceId: message.traceId }, 'A command was not handled');
        });
      await begun.promise;
    },
    /** A command that could not be handled: its sender is told, when it can be read at all who that is. */
    async onDead(message: Message, reason: string): Promise<void> {
      logger.error({ id: message.id, type: message.type, traceId: message.traceId }, `A command was given up: ${reason}`);
      const { commandId, slotId } = (message.payload ?? {}) as { commandId?: unknown; slotId?: unknown };
      if (typeof commandId !== 'string' || typeof slotId !== 'string') return;
      const payload = { hubId, commandId, slotId, code: 'REFUSED', reason, at: now().toISOString() } as const;
      await reports.append([reports.report(CommandFailed, payload, originOf(message))]);
    },
    /** Takes up what an earlier process had begun. */
    start(): void {
      for (const { phase, message } of journal.state.commands.values())
        if (phase === 'STARTED') void this.handle(message).catch(() => undefined);
    },
    /** Resolves when nothing is under way. */
    idle: (): Promise<void> => lanes.idle(),
  };
}
