import { LockMode } from '@mikro-orm/core';
import type { Actor } from '@vss/auth';
import { idempotently, type EntityManager } from '@vss/db';
import { CallHangup, CallLinked, CallOriginate, CallQueued, CallRefused } from '@vss/events';
import type { Scope } from '@vss/graphql';
import { UserError } from '@vss/runtime';
import { byActor, type Cause } from '../cause.js';
import { notFound } from '../errors.js';
import { dialableNumber } from '../numbers/index.js';
import { LeadProjection, untilArrived } from '../projections/index.js';
import { lockSlot, Slot } from '../slots/index.js';
import { isSuppressed, lockNumber } from '../suppressions/index.js';
import { Trunk } from '../trunks/trunk.entity.js';
import { Call } from './call.entity.js';
import { lockCall, type CallDeps } from './call.lifecycle.js';
import { reachesCall, reachesLead, visibleCalls } from './call.queries.js';
import { snapshotOfCall } from './call.snapshot.js';
import type { CallEndInput, CallStartInput } from './call.types.js';

export interface EndAnswer {
  readonly call: Call;
  /** It had ended before it was asked to. */
  readonly alreadyEnded: boolean;
}

/** Kept with the key of a callEnd that came too late, in place of the call's id. */
const ALREADY_ENDED = 'already-ended';

/** Refusals by a legal rule are told of, though nothing of the call itself stays. */
const RULE_OF: Readonly<Record<string, string>> = { PHONE_NUMBER_FORBIDDEN: 'L-22', PHONE_NUMBER_SUPPRESSED: 'L-04' };

export type CallService = ReturnType<typeof createCallService>;

export function createCallService({ outbox, moves, leases, commands, newId, now, settings }: CallDeps) {
  /** The call, its lease, the slot's step and the command: all of it or nothing. */
  async function dial(tx: EntityManager, actor: Actor, input: CallStartInput, cause: Cause): Promise<Call> {
    if ((input.slotId == null) === (input.slotSelector == null)) throw new UserError('INPUT_INVALID', 'Give either slotId or slotSelector', ['input', 'slotId']);
    const number = dialableNumber(input.phoneNumber, settings.blockedPrefixes);
    if (!number.ok) throw new UserError(number.code, number.message, ['input', 'phoneNumber']);
    const centerId = input.slotId == null ? actor.centerId : await centerOfSlot(tx, input.slotId);
    if (input.leadId != null) await assertLead(tx, actor, centerId, input.leadId);
    // Held until the commit: a suppression entered meanwhile waits, and one entered before is seen.
    await lockNumber(tx, centerId, number.e164);
    if (await isSuppressed(tx, centerId, number.e164, now()))
      throw new UserError('PHONE_NUMBER_SUPPRESSED', `${number.e164} is not called in this center`, ['input', 'phoneNumber']);
    const slot = await (input.slotId == null ? pickSlot(tx, centerId, input.slotSelector ?? {}) : takeSlot(tx, actor, input.slotId));
    const lease =
      (await leases.live(tx, slot)) ??
      leases.take(tx, slot, { holderId: actor.userId, purpose: 'CALL', forOneCall: true, expiresAt: new Date(now().getTime() + settings.callingMs + settings.maxCallMs) });
    const call = tx.create(Call, newCall(slot, { phoneNumber: number.e164, leaseId: lease.id, operatorId: actor.userId, leadId: input.leadId ?? null }));
    tx.persist(call);
    const context = { ...cause, centerId: call.centerId };
    await outbox.add(tx, CallQueued, { call: snapshotOfCall(call) }, context);
    const fields = { callId: call.id, slotNumber: slot.number, phoneNumber: call.phoneNumber, ringTimeoutMs: settings.ringTimeoutMs };
    const command = await commands.send(tx, CallOriginate, { slot, callId: call.id, fields, deadlineMs: settings.dispatchMs }, cause);
    await moves.move(tx, slot, { trigger: 'DIAL_ACCEPTED', callId: call.id, commandId: command.id, deadlineAt: command.giveUpAt }, cause);
    return call;
  }

  const newCall = (slot: Slot, given: Pick<Call, 'phoneNumber' | 'leaseId' | 'operatorId' | 'leadId'>) => ({
    id: newId('call'),
    centerId: slot.centerId,
    status: 'QUEUED' as const,
    outcome: null,
    direction: 'OUTBOUND' as const,
    slotId: slot.id,
    trunkId: slot.trunkId,
    startedAt: now(),
    ringingAt: null,
    answeredAt: null,
    endedAt: null,
    talkSeconds: null,
    sipCode: null,
    hangupCause: null,
    hungUpBy: null,
    failureReason: null,
    hangupRequestedAt: null,
    version: 1,
    ...given,
  });

  /** The named slot and no other: a caller who chose one does not get a different number shown to the far end. */
  async function takeSlot(tx: EntityManager, actor: Actor, slotId: string): Promise<Slot> {
    const slot = await lockSlot(tx, slotId);
    if (!slot) throw notFound('slot');
    const lease = await leases.live(tx, slot);
    const reservedForOther = lease !== null && lease.holderId !== actor.userId;
    if (slot.state === 'READY' && slot.adminState === 'IN_SERVICE' && !reservedForOther) return slot;
    const why = reservedForOther ? 'reserved by somebody else' : `${slot.state}, ${slot.adminState}`;
    throw new UserError('SLOT_NOT_READY', `Slot ${slot.number} cannot start a call: ${why}`, ['input', 'slotId'], true);
  }

  /** A free slot that fits, the one that has rested longest. Slots that others are just taking are passed over. */
  async function pickSlot(tx: EntityManager, centerId: string, { kind, trunkId }: NonNullable<CallStartInput['slotSelector']>): Promise<Slot> {
    if (trunkId != null && !(await tx.findOne(Trunk, { id: trunkId, centerId }))) throw notFound('trunk');
    const [slot] = await tx.find(
      Slot,
      { centerId, state: 'READY', adminState: 'IN_SERVICE', leaseId: null, ...(kind != null && { kind }), ...(trunkId != null && { trunkId }) },
      { orderBy: [{ stateSince: 'asc' }, { number: 'asc' }], limit: 1, lockMode: LockMode.PESSIMISTIC_PARTIAL_WRITE, refresh: true },
    );
    if (!slot) throw new UserError('NO_SLOT_FREE', 'No slot that fits is free now', ['input', 'slotSelector'], true);
    return slot;
  }

  async function centerOfSlot(tx: EntityManager, slotId: string): Promise<string> {
    const slot = await tx.findOne(Slot, { id: slotId });
    if (!slot) throw notFound('slot');
    return slot.centerId;
  }

  async function refuse({ em, actor, traceId }: Scope, phoneNumber: string, { code }: UserError): Promise<void> {
    const rule = RULE_OF[code];
    if (rule)
      await em.transactional((tx) =>
        outbox.add(tx, CallRefused, { userId: actor.userId, phoneNumber, rule, code }, { ...byActor({ actor, traceId }), centerId: actor.centerId }),
      );
  }

  return {
    /** Answers when the call and its command are stored; what follows arrives as events. */
    async start(scope: Scope, { idempotencyKey, ...input }: CallStartInput): Promise<Call> {
      const { em, actor } = scope;
      const { leadId } = input;
      // Before the transaction: nothing in one waits. Another center's lead is there, and not waited for.
      if (leadId != null) await untilArrived(leadId, async () => (await em.count(LeadProjection, { id: leadId }, { filters: { center: false } })) > 0, now);
      try {
        return await em.transactional((tx) =>
          idempotently({
            em: tx,
            centerId: actor.centerId,
            actorId: actor.userId,
            operation: 'callStart',
            key: idempotencyKey,
            input,
            load: (id) => tx.findOneOrFail(Call, { id }),
            run: async () => {
              const call = await dial(tx, actor, { ...input, idempotencyKey }, byActor(scope));
              return { id: call.id, result: call };
            },
          }),
        );
      } catch (error) {
        if (error instanceof UserError) await refuse(scope, input.phoneNumber, error);
        throw error;
      }
    },

    /** Asks the hub to hang up. The call ends when the hub says so, or at the deadline that is set here. */
    end: (scope: Scope, { idempotencyKey, callId }: CallEndInput): Promise<EndAnswer> =>
      scope.em.transactional((tx) =>
        idempotently<EndAnswer>({
          em: tx,
          centerId: scope.actor.centerId,
          actorId: scope.actor.userId,
          operation: 'callEnd',
          key: idempotencyKey,
          input: { callId },
          // The answer to a key stays what it was: of a call that has ended since, too.
          load: async (kept) => ({ call: await tx.findOneOrFail(Call, { id: callId }), alreadyEnded: kept === ALREADY_ENDED }),
          run: async () => {
            const seen = await tx.findOne(Call, { id: callId });
            const isReached = seen !== null && (await reachesCall(tx, scope.actor, 'calls:end', seen));
            const slot = isReached ? await lockSlot(tx, seen.slotId) : null;
            const call = slot && (await lockCall(tx, callId));
            if (!call) throw notFound('call');
            if (call.status === 'ENDED') return { id: ALREADY_ENDED, result: { call, alreadyEnded: true } };
            if (call.hangupRequestedAt === null) await requestHangup(tx, slot, call, byActor(scope));
            return { id: call.id, result: { call, alreadyEnded: false } };
          },
        }),
      ),

    /** A call that the actor may see. */
    async load({ em, actor }: Scope, id: string): Promise<Call> {
      const call = await em.findOne(Call, { $and: [visibleCalls(actor), { id }] });
      if (!call) throw notFound('call');
      return call;
    },

    /** crm has found whose number it is. The first link stands. */
    async link(tx: EntityManager, callId: string, leadId: string, cause: Cause): Promise<void> {
      const call = await lockCall(tx, callId);
      if (!call || call.leadId !== null) return;
      call.leadId = leadId;
      call.version += 1;
      await outbox.add(tx, CallLinked, { call: snapshotOfCall(call) }, { ...cause, centerId: call.centerId });
    },
  };

  async function requestHangup(tx: EntityManager, slot: Slot, call: Call, cause: Cause): Promise<void> {
    call.hangupRequestedAt = now();
    const command = await commands.send(tx, CallHangup, { slot, callId: call.id, fields: { callId: call.id }, deadlineMs: settings.hangupMs }, cause);
    slot.deadlineAt = command.giveUpAt;
  }
}

/** A lead of the center that the actor may see: an operator's own and the open pool's, a seller's own, everybody's else. */
async function assertLead(tx: EntityManager, actor: Actor, centerId: string, leadId: string): Promise<void> {
  const lead = await tx.findOne(LeadProjection, { id: leadId, centerId });
  if (!lead || !(await reachesLead(tx, actor, lead))) throw notFound('lead');
}
