import { schemaOf, type EntityManager } from '@vss/db';

interface SignIn {
  readonly userId: string;
  /** The hash that the password was found to fit. */
  readonly passwordHash: string;
  readonly at: Date;
}

/**
 * Notes the sign-in. False when the user was deactivated, or his password changed, since his row was read; who
 * does either waits for this row and then finds the new session.
 */
export async function recordSignIn(tx: EntityManager, { userId, passwordHash, at }: SignIn): Promise<boolean> {
  const rows: unknown[] = await tx.execute(
    `update ${schemaOf(tx)}.user_account set last_login_at = ? where id = ? and state = 'ACTIVE' and password_hash = ? returning id`,
    [at, userId, passwordHash],
  );
  return rows.length === 1;
}

/** Tokens of sessions that ended before: nothing is left to detect with them. */
export async function deleteTokensOfEnded(em: EntityManager, endedBefore: Date): Promise<void> {
  const schema = schemaOf(em);
  await em.execute(`delete from ${schema}.refresh_token t using ${schema}.session s where s.id = t.session_id and s.ended_at < ?`, [endedBefore]);
}
