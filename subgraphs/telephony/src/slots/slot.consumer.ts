import type { EntityManager } from '@vss/db';
import { DeviceFaulted, DeviceRestored, on, SlotChecked, SlotRegistered, SlotRegistrationFailed, SlotUnregistered, type Message, type Route } from '@vss/events';
import { byMessage, type Cause } from '../cause.js';
import type { Slot } from './slot.entity.js';
import { lockSlot } from './slot.moves.js';
import { isDeviceReason } from './slot.rules.js';
import type { SlotService } from './slot.service.js';

/** What hubs and devices tell of slots. Telephony decides what follows. */
export function slotRoutes(slots: SlotService): Route<EntityManager>[] {
  /** Runs with the locked slot, unless the report is of a hub that does not serve it. */
  const about =
    <R extends { slotId: string; hubId?: string }>(work: (tx: EntityManager, slot: Slot, report: R, cause: Cause) => Promise<void>) =>
    async (tx: EntityManager, report: R, message: Message): Promise<void> => {
      const slot = await lockSlot(tx, report.slotId);
      if (slot && (report.hubId === undefined || report.hubId === slot.hubId)) await work(tx, slot, report, byMessage(message));
    };

  return [
    on(SlotRegistered, about(async (tx, slot, { expiresAt }, cause) => slots.registered(tx, slot, new Date(expiresAt), cause))),
    on(
      SlotRegistrationFailed,
      about(async (tx, slot, { commandId, reason, retryable }, cause) => {
        // An answer to an earlier attempt says nothing of the one under way.
        if (commandId === null || commandId === slot.commandId) await slots.registrationFailed(tx, slot, retryable, reason, cause);
      }),
    ),
    on(SlotUnregistered, about(async (tx, slot, { reason }, cause) => slots.registrationLost(tx, slot, reason, cause))),
    on(
      SlotChecked,
      about(async (tx, slot, { commandId, healthy, detail }, cause) => {
        if (healthy && slot.state === 'FAULT' && commandId === slot.commandId) await slots.checkPassed(tx, slot, detail, cause);
      }),
    ),
    on(DeviceFaulted, about(async (tx, slot, { reason, detail }, cause) => slots.fault(tx, slot, reason, detail, cause))),
    on(
      DeviceRestored,
      about(async (tx, slot, _, cause) => {
        if (slot.faultReason && isDeviceReason(slot.faultReason)) await slots.checkPassed(tx, slot, 'DEVICE_RESTORED', cause);
      }),
    ),
  ];
}
