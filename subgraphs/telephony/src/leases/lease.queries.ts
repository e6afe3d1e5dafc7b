import type { EntityManager } from '@vss/db';

/** Until the transaction ends, nobody else takes a slot for this holder. */
export const lockHolder = (tx: EntityManager, holderId: string): Promise<unknown> => tx.execute("select pg_advisory_xact_lock(hashtextextended('telephony.holder ' || ?, 0))", [holderId]);
