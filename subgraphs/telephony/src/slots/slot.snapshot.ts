import type { z } from 'zod';
import type { slotSnapshot } from '@vss/events';
import type { Slot } from './slot.entity.js';

/** The slot as events tell it. */
export const snapshotOfSlot = (slot: Slot): z.output<typeof slotSnapshot> => ({
  id: slot.id,
  centerId: slot.centerId,
  trunkId: slot.trunkId,
  hubId: slot.hubId,
  number: slot.number,
  kind: slot.kind,
  state: slot.state,
  stateSince: slot.stateSince.toISOString(),
  faultReason: slot.faultReason,
  adminState: slot.adminState,
  availability: slot.availability,
  sipRegistered: slot.sipRegistered,
  registrationExpiresAt: slot.registrationExpiresAt?.toISOString() ?? null,
  callId: slot.callId,
  version: slot.version,
});
