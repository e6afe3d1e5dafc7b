import { schemaOf, type EntityManager } from '@vss/db';

/** Uses are noted to the minute: a busy key would write a row with each request. */
const NOTED_EVERY_S = 60;

export async function noteUse(em: EntityManager, { secretId, address, at }: { secretId: string; address: string; at: Date }): Promise<void> {
  const noted = new Date(at.getTime() - NOTED_EVERY_S * 1000);
  await em.execute(
    `update ${schemaOf(em)}.api_key_secret set last_used_at = ?, last_used_address = ? where id = ? and (last_used_at is null or last_used_at <= ?)`,
    [at, address, secretId, noted],
  );
}

/** Keys that still open something and that act or are answered for by this user, or by somebody of this role; in every center. */
export async function idsOfKeysOf(em: EntityManager, whose: { readonly userId: string } | { readonly role: string }, at: Date): Promise<string[]> {
  const schema = schemaOf(em);
  const [condition, value] = 'userId' in whose ? ['u.id = ?', whose.userId] : [`u.role_id = (select id from ${schema}.role where name = ?)`, whose.role];
  const rows: { id: string }[] = await em.execute(
    `select distinct k.id from ${schema}.api_key k join ${schema}.user_account u on u.id in (k.service_account_id, k.maker_id)
     where k.revoked_at is null and k.expires_at > ? and ${condition}`,
    [at, value],
  );
  return rows.map(({ id }) => id);
}
