import { schemaOf, type EntityManager } from '@vss/db';

/** Open requests for a user, counted one after the other: who asks twice at once waits here. */
export async function countOpenRequests(tx: EntityManager, userId: string): Promise<number> {
  await tx.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`identity.temporary-grants ${userId}`]);
  const rows: { open: number }[] = await tx.execute(`select count(*)::int as open from ${schemaOf(tx)}.temporary_grant where user_id = ? and state = 'REQUESTED'`, [userId]);
  return rows[0]?.open ?? 0;
}

/** Whether there is anything to end by the clock. */
export async function isAnyOverdue(em: EntityManager, at: Date): Promise<boolean> {
  const rows: unknown[] = await em.execute(`select from ${schemaOf(em)}.temporary_grant where state in ('REQUESTED', 'APPROVED') and ends_at <= ? limit 1`, [at]);
  return rows.length > 0;
}
