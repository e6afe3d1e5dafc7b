import { schemaOf, type EntityManager } from '@vss/db';

/** Tokens of sessions that ended before: nothing is left to detect with them. */
export async function deleteTokensOfEnded(em: EntityManager, endedBefore: Date): Promise<void> {
  const schema = schemaOf(em);
  await em.execute(`delete from ${schema}.refresh_token t using ${schema}.session s where s.id = t.session_id and s.ended_at < ?`, [endedBefore]);
}

/** Sessions that ended long ago: where somebody was is nobody's business for ever. The audit has what happened. */
export async function deleteEndedSessions(em: EntityManager, endedBefore: Date): Promise<void> {
  await em.execute(`delete from ${schemaOf(em)}.session where ended_at < ?`, [endedBefore]);
}

/** What the database's clock shows, the one clock that all copies of identity have. */
export async function databaseTime(tx: EntityManager): Promise<Date> {
  const [row]: { at: Date | string }[] = await tx.execute('select clock_timestamp() as at');
  return new Date(row?.at ?? '');
}
