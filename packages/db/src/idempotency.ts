import { createHash } from 'node:crypto';
import { AppError, UserError } from '@vss/runtime';
import { schemaOf, type EntityManager } from './orm.js';

export interface IdempotentCall<T> {
  /** Inside the transaction that does the work. */
  readonly em: EntityManager;
  readonly centerId: string;
  readonly actorId: string;
  /** Name of the mutation, e.g. `callStart`. */
  readonly operation: string;
  /** The client's own; two actors may choose the same. */
  readonly key: string;
  /** What the client asked for, all of it. */
  readonly input: unknown;
  /** Does the work and tells the id of what it made. */
  readonly run: () => Promise<{ id: string; result: T }>;
  /** Finds again what an earlier call made. */
  readonly load: (id: string) => Promise<T>;
}

/**
 * Does the work once for each key, however often the client asks. Asking twice at the same time, the second waits for
 * the first and gets its result; when the first fails, nothing of it stays and the second does the work. Keys are kept
 * for two days.
 */
export async function idempotently<T>(call: IdempotentCall<T>): Promise<T> {
  const { em, centerId, actorId, operation, key, input, run, load } = call;
  const table = `${schemaOf(em)}.idempotency_key`;
  const hash = createHash('sha256').update(stableJson(input)).digest('hex');
  const which = [actorId, operation, key];
  // Waits here while another transaction holds the same key, until that ends either way.
  const made = await em.execute<{ key: string }[]>(
    `insert into ${table} (actor_id, operation, key, center_id, input_hash) values (?, ?, ?, ?, ?) on conflict do nothing returning key`,
    [...which, centerId, hash],
  );
  if (made.length > 0) {
    const { id, result } = await run();
    await em.flush();
    await em.execute(`update ${table} set result_id = ? where actor_id = ? and operation = ? and key = ?`, [id, ...which]);
    return result;
  }
  const [earlier] = await em.execute<{ input_hash: string; result_id: string }[]>(
    `select input_hash, result_id from ${table} where actor_id = ? and operation = ? and key = ?`,
    which,
  );
  if (!earlier) throw new AppError('CONFLICT', 'The earlier request with this key was just forgotten: ask again');
  if (earlier.input_hash !== hash) throw new UserError('IDEMPOTENCY_KEY_REUSED', 'This idempotency key was used for another input', ['input', 'idempotencyKey']);
  return load(earlier.result_id);
}

/** JSON in which the order of keys plays no part, and an absent field is the same as an undefined one. */
export function stableJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner) && !(inner instanceof Date)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  ) ?? 'null';
}
