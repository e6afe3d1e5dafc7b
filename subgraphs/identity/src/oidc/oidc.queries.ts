import { schemaOf, type EntityManager } from '@vss/db';

/** True for the first that finishes a login; whoever comes beside it waits until that one's transaction ends. */
export async function useLogin(tx: EntityManager, loginHash: string, expiresAt: Date): Promise<boolean> {
  const rows: unknown[] = await tx.execute(`insert into ${schemaOf(tx)}.used_provider_login (login_hash, expires_at) values (?, ?) on conflict do nothing returning 1`, [loginHash, expiresAt]);
  return rows.length === 1;
}

/** Users with this address, whatever its case: two where there are more. */
export async function findByEmail(tx: EntityManager, email: string, centerId: string | undefined): Promise<string[]> {
  const rows: { id: string }[] = await tx.execute(
    `select id from ${schemaOf(tx)}.user_account where lower(email) = lower(?) and kind = 'PERSON'${centerId ? ' and center_id = ?' : ''} limit 2`,
    centerId ? [email, centerId] : [email],
  );
  return rows.map(({ id }) => id);
}

/** Those of these names that are taken. */
export async function takenNames(tx: EntityManager, usernames: readonly string[]): Promise<Set<string>> {
  const rows: { username: string }[] = await tx.execute(`select username from ${schemaOf(tx)}.user_account where username in (${usernames.map(() => '?').join(', ')})`, [...usernames]);
  return new Set(rows.map(({ username }) => username));
}

/** Forgets finished logins that would be over anyway. */
export async function forgetOldLogins(em: EntityManager, at: Date): Promise<void> {
  await em.execute(`delete from ${schemaOf(em)}.used_provider_login where expires_at <= ?`, [at]);
}
