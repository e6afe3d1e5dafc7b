import { quoteName, type OutboxTransaction } from './outbox.js';

/** Whose names are overwritten, and with what. */
export interface Pseudonymized {
  readonly userId: string;
  readonly pseudonym: string;
}

/**
 * An SQL expression: the payload with the names of the user that it is about overwritten. Takes the pseudonym three
 * times as a parameter. What has no such name stays as it is.
 */
export const pseudonymized = (payload: string): string =>
  `jsonb_set(jsonb_set(jsonb_set(${payload}, '{user,username}', to_jsonb(?::text), false), '{user,displayName}', to_jsonb(?::text), false), '{username}', to_jsonb(?::text), false)`;

/** Messages of a schema that were sent and could be read again, and those that could not be handled: none of them names the person any more. Gives how many did. */
export async function overwriteNames(tx: OutboxTransaction, schema: string, { userId, pseudonym }: Pseudonymized): Promise<number> {
  const s = quoteName(schema);
  const names = [pseudonym, pseudonym, pseudonym];
  const sent = `update ${s}.outbox set payload = ${pseudonymized('payload')} where aggregate_id = ? and payload <> ${pseudonymized('payload')} returning 1`;
  const dead = `update ${s}.dead_letter set message = jsonb_set(message, '{payload}', ${pseudonymized("message->'payload'")}) where subject_id = ? and message->'payload' <> ${pseudonymized("message->'payload'")} returning 1`;
  await tx.flush();
  const changed = [await tx.execute(sent, [...names, userId, ...names]), await tx.execute(dead, [...names, userId, ...names])] as unknown[][];
  return changed.reduce((sum, rows) => sum + rows.length, 0);
}
