import type { FilterQuery } from '@mikro-orm/core';
import type { Slot } from './slot.entity.js';
import type { SlotAvailability } from './slot.rules.js';

/** Availability as a condition on rows; the same decision as `availabilityOf`. */
export function whereAvailability(availability: SlotAvailability): FilterQuery<Slot> {
  const ready: FilterQuery<Slot> = { state: 'READY', adminState: 'IN_SERVICE' };
  switch (availability) {
    case 'FREE':
      return { ...ready, leaseId: null };
    case 'RESERVED':
      return { ...ready, leaseId: { $ne: null } };
    case 'BUSY':
      return { state: { $in: ['CALLING', 'ACTIVE_CALL', 'POSTCALL'] } };
    case 'UNAVAILABLE':
    default:
      return { $or: [{ state: { $in: ['IDLE', 'ASSIGNED', 'REGISTERING', 'FAULT'] } }, { state: 'READY', adminState: { $ne: 'IN_SERVICE' } }] };
  }
}
