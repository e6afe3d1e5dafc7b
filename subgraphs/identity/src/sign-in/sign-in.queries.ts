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
