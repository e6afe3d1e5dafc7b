import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@vss/db';
import { SlotTransitioned, SlotUpdated, type Outbox } from '@vss/events';
import type { Now } from '@vss/runtime';
import type { Cause } from '../cause.js';
import { Slot } from './slot.entity.js';
import { isInCall, nextSlotState, type SlotFaultReason, type SlotTrigger } from './slot.rules.js';
import { snapshotOfSlot } from './slot.snapshot.js';

/** What comes with a step of the state machine. */
export interface Move {
  readonly trigger: SlotTrigger;
  /** Said in the event where the trigger alone does not tell enough. */
  readonly why?: string;
  readonly commandId?: string;
  readonly faultReason?: SlotFaultReason;
  readonly callId?: string;
  readonly registrationExpiresAt?: Date;
  /** When somebody looks at the slot again if nothing happens until then. */
  readonly deadlineAt: Date | null;
}

/** The only place where a slot's state is written: always with its event, in the same transaction, under the row's lock. */
export type SlotMoves = ReturnType<typeof createSlotMoves>;

export function createSlotMoves({ outbox, now }: { outbox: Outbox; now: Now }) {
  return {
    /** Takes an edge. Ask `nextSlotState` first where the trigger may mean nothing in the slot's state. */
    async move(tx: EntityManager, slot: Slot, { trigger, why = trigger, commandId, ...move }: Move, cause: Cause): Promise<void> {
      const from = slot.state;
      const to = nextSlotState(from, trigger);
      if (!to) throw new Error(`Slot ${slot.number} cannot take ${trigger} in state ${from}`);
      slot.state = to;
      slot.stateSince = now();
      slot.deadlineAt = move.deadlineAt;
      slot.faultReason = move.faultReason ?? null;
      slot.callId = isInCall(to) ? (move.callId ?? slot.callId) : null;
      if (move.registrationExpiresAt) slot.registrationExpiresAt = move.registrationExpiresAt;
      else if (!KEEPS_REGISTRATION.includes(to)) slot.registrationExpiresAt = null;
      slot.version += 1;
      const payload = { slot: snapshotOfSlot(slot), from, to, cause: why, commandId: commandId ?? null };
      await outbox.add(tx, SlotTransitioned, payload, { ...cause, centerId: slot.centerId });
    },

    /** Tells of a change of anything but the state. */
    async changed(tx: EntityManager, slot: Slot, cause: Cause): Promise<void> {
      slot.version += 1;
      await outbox.add(tx, SlotUpdated, { slot: snapshotOfSlot(slot) }, { ...cause, centerId: slot.centerId });
    },
  };
}

const KEEPS_REGISTRATION: readonly string[] = ['READY', 'CALLING', 'ACTIVE_CALL', 'POSTCALL'];

/**
 * The slot with its row locked until the transaction ends. The slot's lock comes before that of its call, lease or
 * commands, everywhere: in another order two transactions could wait for each other.
 */
export const lockSlot = (tx: EntityManager, id: string): Promise<Slot | null> =>
  tx.findOne(Slot, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
