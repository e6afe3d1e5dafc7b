import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@vss/db';
import { CallAnswered, CallBridged, CallDialing, CallEnded, CallHangup, CallRinging, CdrRecorded, type Outbox } from '@vss/events';
import type { NewId, Now } from '@vss/runtime';
import type { Cause } from '../cause.js';
import { Cdr } from '../cdrs/cdr.entity.js';
import type { CommandFailure, CommandService } from '../commands/index.js';
import type { LeaseService } from '../leases/index.js';
import type { TelephonySettings } from '../settings.js';
import type { Slot, SlotMoves } from '../slots/index.js';
import { Call, CallLeg } from './call.entity.js';
import { clamp, durationsOf, endedCall, nextCallStatus, type CallEnding, type CallProgress, type CallStatus } from './call.rules.js';
import { snapshotOfCall } from './call.snapshot.js';

const EVENT_OF: Readonly<Partial<Record<CallStatus, typeof CallRinging | typeof CallDialing | typeof CallAnswered | typeof CallBridged>>> = {
  DIALING: CallDialing,
  RINGING: CallRinging,
  ANSWERED: CallAnswered,
  BRIDGED: CallBridged,
};

export interface CallDeps {
  readonly outbox: Outbox;
  readonly moves: SlotMoves;
  readonly leases: LeaseService;
  readonly commands: CommandService;
  readonly newId: NewId;
  readonly now: Now;
  readonly settings: TelephonySettings;
}

export type CallLifecycle = ReturnType<typeof createCallLifecycle>;

/**
 * What happens to a call after its start, together with its slot. The caller holds the slot's lock, and gives the slot
 * that the call is in: a call that has ended has none.
 */
export function createCallLifecycle({ outbox, moves, leases, commands, newId, now, settings }: CallDeps) {
  async function progress(tx: EntityManager, slot: Slot, call: Call, heard: CallProgress, at: Date, cause: Cause): Promise<void> {
    const to = nextCallStatus(call.status, heard);
    const seenAt = clamp(at, call.startedAt, now());
    if (heard === 'RANG' && call.status !== 'ENDED') call.ringingAt ??= call.answeredAt && call.answeredAt < seenAt ? call.answeredAt : seenAt;
    if (!to) return;
    call.status = to;
    if (to === 'ANSWERED') call.answeredAt ??= seenAt;
    call.version += 1;
    const event = EVENT_OF[to];
    if (event) await outbox.add(tx, event, { call: snapshotOfCall(call) }, { ...cause, centerId: call.centerId });
    await moveOn(tx, slot, call, cause);
  }

  /** The slot follows its call; while the hub reports, its deadline is that of the stage that the call has reached. */
  async function moveOn(tx: EntityManager, slot: Slot, call: Call, cause: Cause): Promise<void> {
    if (call.answeredAt && slot.state === 'CALLING') {
      const deadlineAt = call.hangupRequestedAt ? slot.deadlineAt : new Date(now().getTime() + settings.maxCallMs);
      await moves.move(tx, slot, { trigger: 'ANSWERED', deadlineAt }, cause);
    } else if (slot.state === 'CALLING' && !call.hangupRequestedAt) {
      slot.deadlineAt = new Date(slot.stateSince.getTime() + settings.callingMs);
    }
  }

  /** Ends a call for good: outcome, legs, the one CDR, lease. What the slot does next is the caller's. */
  async function close(tx: EntityManager, slot: Slot, call: Call, ending: CallEnding, cause: Cause): Promise<void> {
    Object.assign(call, endedCall(call, ending));
    call.status = 'ENDED';
    call.version += 1;
    for (const leg of ending.legs)
      tx.persist(
        tx.create(CallLeg, {
          ...leg,
          id: newId('leg'),
          centerId: call.centerId,
          callId: call.id,
          startedAt: new Date(leg.startedAt),
          answeredAt: leg.answeredAt ? new Date(leg.answeredAt) : null,
          endedAt: new Date(leg.endedAt),
        }),
      );
    const cdr = cdrOf(call, slot);
    tx.persist(tx.create(Cdr, cdr));
    const context = { ...cause, centerId: call.centerId };
    const snapshot = snapshotOfCall(call);
    await outbox.add(tx, CallEnded, { call: snapshot }, context);
    const { ringSeconds, talkSeconds, slotNumber } = cdr;
    await outbox.add(tx, CdrRecorded, { cdrId: cdr.id, call: snapshot, slotNumber, ringSeconds, talkSeconds }, context);
  }

  function cdrOf(call: Call, slot: Slot) {
    const { endedAt, outcome } = call;
    if (!endedAt || !outcome) throw new Error(`Call ${call.id} has not ended`);
    const { centerId, direction, phoneNumber, trunkId, operatorId, leadId, sipCode, hangupCause, hungUpBy, failureReason } = call;
    const { startedAt, ringingAt, answeredAt } = call;
    const what = { centerId, direction, phoneNumber, trunkId, operatorId, leadId, outcome, sipCode, hangupCause, hungUpBy, failureReason };
    const when = { startedAt, ringingAt, answeredAt, endedAt };
    return { id: newId('cdr'), callId: call.id, slotNumber: slot.number, ...what, ...when, ...durationsOf(when) };
  }

  /** Ends the call that a slot is in, and lets the slot wind up. */
  async function end(tx: EntityManager, slot: Slot, call: Call, ending: CallEnding, cause: Cause): Promise<void> {
    await close(tx, slot, call, ending, cause);
    await moveOn(tx, slot, call, cause);
    await leases.afterCall(tx, slot);
    const deadlineAt = new Date(now().getTime() + settings.wrapUpMs);
    await moves.move(tx, slot, { trigger: slot.state === 'ACTIVE_CALL' ? 'HUNG_UP' : 'NOT_ANSWERED', why: `CALL_${call.outcome ?? 'ENDED'}`, deadlineAt }, cause);
  }

  const brokenOff = (failureReason: string): CallEnding => ({
    outcome: 'FAILED',
    at: now(),
    hungUpBy: 'PLATFORM',
    sipCode: null,
    hangupCause: null,
    failureReason,
    legs: [],
  });

  /** Nobody can tell what the far end does now, so the hub is told to hang up, however late it hears it: until no call could go on any more. */
  const hangUpAnyway = (tx: EntityManager, slot: Slot, call: Call, cause: Cause): Promise<unknown> =>
    commands.send(tx, CallHangup, { slot, callId: call.id, fields: { callId: call.id }, deadlineMs: settings.maxCallMs }, cause);

  /** The hub says that it could not place the call, or does not know whether it did. */
  async function notPlaced({ tx, slot, command, code, cause }: CommandFailure): Promise<void> {
    const call = command.callId === slot.callId ? await callIn(tx, slot) : null;
    if (!call) return;
    if (code === 'IN_DOUBT') await hangUpAnyway(tx, slot, call, cause);
    await end(tx, slot, call, brokenOff(code === 'EXPIRED' ? 'COMMAND_EXPIRED' : code), cause);
  }

  /** The slot's deadline has passed and the call still goes on: it ends here, whatever the hub does. */
  async function giveUp(tx: EntityManager, slot: Slot, cause: Cause): Promise<void> {
    const call = await callIn(tx, slot);
    if (!call) throw new Error(`Slot ${slot.number} is ${slot.state} without a call`);
    const reason = call.hangupRequestedAt ? 'HANGUP_UNCONFIRMED' : call.answeredAt ? 'MAX_DURATION' : call.status === 'QUEUED' ? 'COMMAND_EXPIRED' : 'TIMED_OUT';
    await hangUpAnyway(tx, slot, call, cause);
    await end(tx, slot, call, brokenOff(reason), cause);
  }

  /** The slot went into FAULT with this call: it never stays in progress. */
  async function breakOff(tx: EntityManager, slot: Slot, callId: string, reason: string, cause: Cause): Promise<void> {
    const call = await lockCall(tx, callId);
    if (!call || call.status === 'ENDED') return;
    await hangUpAnyway(tx, slot, call, cause);
    await close(tx, slot, call, brokenOff(reason), cause);
  }

  return { progress, end, notPlaced, giveUp, breakOff };
}

export const lockCall = (tx: EntityManager, id: string): Promise<Call | null> =>
  tx.findOne(Call, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });

/** The live call of a locked slot. */
export const callIn = async (tx: EntityManager, slot: Slot): Promise<Call | null> => (slot.callId === null ? null : lockCall(tx, slot.callId));
