import type { EntityManager } from '@vss/db';

/** Until the transaction ends, nobody else makes a center. */
export const lockCenters = (tx: EntityManager): Promise<unknown> => tx.execute('lock table operations.center in share row exclusive mode');
