import { schemaOf, type EntityManager } from '@vss/db';

const changed = (rows: unknown): number => (rows as unknown[]).length;

/** Where the sessions of a user were begun from, and on what. */
export async function blankSessions(tx: EntityManager, userId: string): Promise<number> {
  return changed(await tx.execute(`update ${schemaOf(tx)}.session set device = '', address = '' where user_id = ? and (device <> '' or address <> '') returning 1`, [userId]));
}

export async function deleteInvitations(tx: EntityManager, userId: string): Promise<number> {
  return changed(await tx.execute(`delete from ${schemaOf(tx)}.invitation where user_id = ? returning 1`, [userId]));
}

/** How many lines of the audit name the user, by his id. */
export async function countAuditLines(em: EntityManager, userId: string): Promise<number> {
  const [row]: { total: number }[] = await em.execute(`select count(*)::int as total from ${schemaOf(em)}.security_audit_entry where actor_id = ? or target = ?`, [userId, userId]);
  return row?.total ?? 0;
}
