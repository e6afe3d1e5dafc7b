import { schemaOf, type EntityManager } from '@vss/db';

/** Whoever changes which key signs does so alone, also where there is no key yet that could be locked. Held to the end of the transaction. */
export async function lockSigningKeys(tx: EntityManager): Promise<void> {
  await tx.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`${schemaOf(tx)}.signing_key`]);
}
