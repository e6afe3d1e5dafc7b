import { schemaOf, type EntityManager } from '@vss/db';

/** What signing in has left of a user: guesses at his password and codes, challenges, second factor, accounts elsewhere. Gives how much was deleted. */
export async function forgetSignInsOf(tx: EntityManager, { userId, username }: { userId: string; username: string }): Promise<number> {
  const s = schemaOf(tx);
  const deleted = [
    await tx.execute(`delete from ${s}.guess where subject in (?, ?, ?) returning 1`, [`password ${username}`, `code ${userId}`, `recovery ${userId}`]),
    await tx.execute(`delete from ${s}.guess_allowance where subject = ? returning 1`, [`code ${userId}`]),
    await tx.execute(`delete from ${s}.sign_in_challenge where user_id = ? returning 1`, [userId]),
    await tx.execute(`delete from ${s}.second_factor where user_id = ? returning 1`, [userId]),
    await tx.execute(`delete from ${s}.external_identity where user_id = ? returning 1`, [userId]),
  ] as unknown[][];
  return deleted.reduce((sum, rows) => sum + rows.length, 0);
}
