import { schemaOf, type EntityManager } from '@vss/db';

/** In place of those that there were. */
export async function replaceRecoveryCodes(tx: EntityManager, userId: string, hashes: readonly string[]): Promise<void> {
  const table = `${schemaOf(tx)}.recovery_code`;
  await tx.execute(`delete from ${table} where user_id = ?`, [userId]);
  await tx.execute(`insert into ${table} (user_id, code_hash) values ${hashes.map(() => '(?, ?)').join(', ')}`, hashes.flatMap((hash) => [userId, hash]));
}

/** True where it was there and unused: however many come with it at once, for one of them. */
export async function useRecoveryCode(tx: EntityManager, { userId, hash, at }: { userId: string; hash: string; at: Date }): Promise<boolean> {
  const rows: unknown[] = await tx.execute(
    `update ${schemaOf(tx)}.recovery_code r set used_at = ? from ${schemaOf(tx)}.second_factor f
     where r.user_id = ? and r.code_hash = ? and r.used_at is null and f.user_id = r.user_id and f.confirmed_at is not null returning 1`,
    [at, userId, hash],
  );
  return rows.length === 1;
}

export async function countRecoveryCodes(em: EntityManager, userId: string): Promise<number> {
  const rows: { left: number }[] = await em.execute(`select count(*)::int as left from ${schemaOf(em)}.recovery_code where user_id = ? and used_at is null`, [userId]);
  return rows[0]?.left ?? 0;
}
