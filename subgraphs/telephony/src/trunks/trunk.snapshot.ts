import type { z } from 'zod';
import type { trunkSnapshot } from '@vss/events';
import type { Trunk } from './trunk.entity.js';

export const snapshotOfTrunk = ({ id, centerId, name, kind, slotKind, capacity, hubId, version }: Trunk): z.output<typeof trunkSnapshot> => {
  return { id, centerId, name, kind, slotKind, capacity, hubId, version };
};
