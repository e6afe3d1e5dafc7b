import type { EntityManager } from '@vss/db';
import type { OwnedRows } from '@vss/graphql';
import { Center } from './center.entity.js';

/** Until the transaction ends, nobody else makes a center. */
export const lockCenters = (tx: EntityManager): Promise<unknown> => tx.execute('lock table operations.center in share row exclusive mode');

/** Every center, each its own. */
export const ownedCenters: OwnedRows = {
  type: 'CENTER',
  load: async (tx, after, limit) => (await tx.find(Center, { id: { $gt: after } }, { orderBy: { id: 'asc' }, limit })).map(({ id }) => ({ id, centerId: id, version: 1 })),
};
