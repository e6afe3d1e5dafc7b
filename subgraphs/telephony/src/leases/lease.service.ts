import { LockMode } from '@mikro-orm/core';
import { idempotently, type EntityManager } from '@vss/db';
import type { Scope } from '@vss/graphql';
import { UserError, type NewId, type Now } from '@vss/runtime';
import { decide, denial, isAllowed, type Actor, type Facts } from '@vss/auth';
import { byActor, type Cause } from '../cause.js';
import { notFound } from '../errors.js';
import type { TelephonySettings } from '../settings.js';
import { isInCall, lockSlot, type Slot, type SlotMoves } from '../slots/index.js';
import { SlotLease, type LeaseEnd, type LeasePurpose } from './lease.entity.js';
import { lockHolder } from './lease.queries.js';

interface Taking {
  readonly holderId: string;
  readonly purpose: LeasePurpose;
  readonly forOneCall: boolean;
  readonly expiresAt: Date;
}

const RESERVE = 'slots:reserve';

function assertCondition(actor: Actor, facts: Facts, message: string, field: readonly string[]): void {
  if (decide(actor, RESERVE, facts).allowed) return;
  const { details } = denial(actor, RESERVE, { coordinate: 'Mutation.slotReserve', why: message });
  throw new UserError('RIGHT_LIMITED', message, field, false, String(details['explainId']));
}

export type LeaseService = ReturnType<typeof createLeaseService>;

export function createLeaseService({ moves, newId, now, settings }: { moves: SlotMoves; newId: NewId; now: Now; settings: TelephonySettings }) {
  /** Each holder gets a higher token than all before, so that the hub can refuse a late one. */
  function take(tx: EntityManager, slot: Slot, taking: Taking): SlotLease {
    slot.fencingToken += 1;
    const lease = tx.create(SlotLease, {
      id: newId('lease'),
      centerId: slot.centerId,
      slotId: slot.id,
      fencingToken: slot.fencingToken,
      createdAt: now(),
      endedAt: null,
      endReason: null,
      ...taking,
    });
    tx.persist(lease);
    slot.leaseId = lease.id;
    return lease;
  }

  /** Ends whatever lease the slot has. The caller, who holds the slot's lock, tells of the slot. */
  async function end(tx: EntityManager, slot: Slot, reason: LeaseEnd): Promise<void> {
    const lease = await held(tx, slot);
    if (!lease) return;
    lease.endedAt = now();
    lease.endReason = reason;
    slot.leaseId = null;
    // The row must be free for the next lease, which may be taken in this same transaction.
    await tx.flush();
  }

  const held = async (tx: EntityManager, slot: Slot): Promise<SlotLease | null> =>
    slot.leaseId === null ? null : tx.findOne(SlotLease, { id: slot.leaseId }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });

  /** The slot's lease if it still holds; one that has run out is ended here and not waited for. */
  async function live(tx: EntityManager, slot: Slot): Promise<SlotLease | null> {
    const lease = await held(tx, slot);
    if (!lease || lease.forOneCall || lease.expiresAt > now()) return lease;
    await end(tx, slot, 'EXPIRED');
    return null;
  }

  /** What the grant says beyond the right itself: for how long, and how many at a time. */
  async function assertWithinGrant(tx: EntityManager, actor: Actor, durationSec: number): Promise<void> {
    const { maxConcurrent, maxDurationSec } = decide(actor, RESERVE).conditions ?? {};
    assertCondition(actor, { durationSec }, `You may reserve a slot for ${maxDurationSec} seconds at most`, ['input', 'seconds']);
    if (maxConcurrent === undefined) return;
    // Two reservations at once would each count without the other.
    await lockHolder(tx, actor.userId);
    const concurrent = await tx.count(SlotLease, { holderId: actor.userId, forOneCall: false, endedAt: null, expiresAt: { $gt: now() } });
    assertCondition(actor, { concurrent }, `You may reserve ${maxConcurrent} slots at a time: give one back first`, ['input', 'slotId']);
  }

  return {
    take,
    end,
    live,

    /** After a call: a lease that was taken for it ends, a reservation goes on until its own end. */
    async afterCall(tx: EntityManager, slot: Slot): Promise<void> {
      const lease = await held(tx, slot);
      if (lease && (lease.forOneCall || lease.expiresAt <= now())) await end(tx, slot, lease.forOneCall ? 'CALL_ENDED' : 'EXPIRED');
    },

    reserve: ({ em, actor, traceId }: Scope, { idempotencyKey, ...input }: { slotId: string; seconds: number; idempotencyKey: string }) =>
      em.transactional((tx) =>
        idempotently({
          em: tx,
          centerId: actor.centerId,
          actorId: actor.userId,
          operation: 'slotReserve',
          key: idempotencyKey,
          input,
          load: (id) => tx.findOneOrFail(SlotLease, { id }),
          run: async () => {
            if (input.seconds < 1 || input.seconds > settings.maxReservationSeconds)
              throw new UserError('INPUT_INVALID', `A slot is reserved for 1 to ${settings.maxReservationSeconds} seconds`, ['input', 'seconds']);
            await assertWithinGrant(tx, actor, input.seconds);
            const slot = await lockSlot(tx, input.slotId);
            if (!slot) throw notFound('slot');
            await live(tx, slot);
            if (slot.availability !== 'FREE') throw new UserError('SLOT_NOT_READY', `Slot ${slot.number} is ${slot.availability}`, ['input', 'slotId'], true);
            const expiresAt = new Date(now().getTime() + input.seconds * 1_000);
            const lease = take(tx, slot, { holderId: actor.userId, purpose: 'CALL', forOneCall: false, expiresAt });
            await moves.changed(tx, slot, byActor({ actor, traceId }));
            return { id: lease.id, result: lease };
          },
        }),
      ),

    /** Releasing what has ended already is no error: that is what was wanted. */
    release: ({ em, actor, traceId }: Scope, { leaseId }: { leaseId: string }) =>
      em.transactional(async (tx) => {
        const found = await tx.findOne(SlotLease, { id: leaseId });
        const may = found && (found.holderId === actor.userId || isAllowed(actor, 'slots:release', 'ALL'));
        const slot = may ? await lockSlot(tx, found.slotId) : null;
        if (!slot) throw notFound('lease');
        const lease = await tx.findOneOrFail(SlotLease, { id: leaseId }, { refresh: true });
        if (slot.leaseId !== lease.id) return lease;
        if (isInCall(slot.state)) throw new UserError('LEASE_IN_USE', `A call goes on on slot ${slot.number}`, ['input', 'leaseId'], true);
        await end(tx, slot, 'RELEASED');
        await moves.changed(tx, slot, byActor({ actor, traceId }));
        return lease;
      }),

    /** Ends a reservation that has run out. During a call it is left to the call's end. */
    async expire(tx: EntityManager, slotId: string, cause: Cause): Promise<void> {
      const slot = await lockSlot(tx, slotId);
      if (!slot || slot.leaseId === null || isInCall(slot.state)) return;
      const before = slot.leaseId;
      await live(tx, slot);
      if (slot.leaseId !== before) await moves.changed(tx, slot, cause);
    },

    /** Slots whose reservation has run out. */
    due: async (em: EntityManager, limit: number): Promise<string[]> =>
      (
        await em.execute<{ slot_id: string }[]>(
          `select l.slot_id from telephony.slot_lease l join telephony.slot s on s.lease_id = l.id
           where l.ended_at is null and not l.for_one_call and l.expires_at <= ? and s.state not in ('CALLING', 'ACTIVE_CALL')
           order by l.expires_at limit ?`,
          [now().toISOString(), limit],
        )
      ).map((row) => row.slot_id),
  };
}
