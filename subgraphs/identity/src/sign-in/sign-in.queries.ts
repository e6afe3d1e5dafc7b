import { schemaOf, type EntityManager } from '@vss/db';

/** Forgets challenges that nobody answered in time. */
export async function forgetOldChallenges(em: EntityManager, at: Date): Promise<void> {
  await em.execute(`delete from ${schemaOf(em)}.sign_in_challenge where expires_at <= ?`, [at]);
}
