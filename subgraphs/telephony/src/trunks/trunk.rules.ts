import type { SlotKind } from '../slots/index.js';

/** The numbers of each kind. 6000, 7000 and 8000 are left free, 1xxx belongs to services. */
export const NUMBER_RANGES: Readonly<Record<SlotKind, { first: number; last: number }>> = {
  AUTO: { first: 6001, last: 6999 },
  MF: { first: 7001, last: 7999 },
  LS: { first: 8001, last: 8999 },
};
export const MAX_CAPACITY = 999;

export const isCapacity = (capacity: number): boolean => Number.isInteger(capacity) && capacity >= 1 && capacity <= MAX_CAPACITY;
