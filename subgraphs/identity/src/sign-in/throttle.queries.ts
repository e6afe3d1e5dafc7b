import { schemaOf, type EntityManager } from '@vss/db';
import { FORGOTTEN_AFTER_S, type Attempts } from './throttle.rules.js';

/** One name, tried from one address. */
export interface AttemptKey {
  readonly username: string;
  readonly address: string;
}

interface Row {
  failures: number;
  last_failure_at: Date | string;
  blocked_until: Date | string | null;
}

const read = (row: Row | undefined): Attempts | undefined =>
  row && { failures: row.failures, lastFailureAt: new Date(row.last_failure_at), blockedUntil: row.blocked_until ? new Date(row.blocked_until) : null };

/** What stands against this name and address. Within a transaction `lock` keeps others waiting until its end. */
export async function loadAttempts(em: EntityManager, { username, address }: AttemptKey, { lock }: { lock: boolean }): Promise<Attempts | undefined> {
  const rows: Row[] = await em.execute(
    `select failures, last_failure_at, blocked_until from ${schemaOf(em)}.sign_in_attempt where username = ? and address = ?${lock ? ' for update' : ''}`,
    [username, address],
  );
  return read(rows[0]);
}

/** As `loadAttempts` with a lock, with a row to lock also before the first failure. */
export async function lockAttempts(tx: EntityManager, key: AttemptKey, now: Date): Promise<Attempts | undefined> {
  await tx.execute(`insert into ${schemaOf(tx)}.sign_in_attempt (username, address, failures, last_failure_at) values (?, ?, 0, ?) on conflict do nothing`, [key.username, key.address, now]);
  return loadAttempts(tx, key, { lock: true });
}

export async function storeAttempts(tx: EntityManager, { username, address }: AttemptKey, attempts: Required<Attempts>): Promise<void> {
  await tx.execute(`update ${schemaOf(tx)}.sign_in_attempt set failures = ?, last_failure_at = ?, blocked_until = ? where username = ? and address = ?`, [
    attempts.failures,
    attempts.lastFailureAt,
    attempts.blockedUntil,
    username,
    address,
  ]);
}

export async function forgetAttempts(tx: EntityManager, { username, address }: AttemptKey): Promise<void> {
  await tx.execute(`delete from ${schemaOf(tx)}.sign_in_attempt where username = ? and address = ?`, [username, address]);
}

/** Forgets attempts that count no more. */
export async function forgetOldAttempts(em: EntityManager, at: Date): Promise<void> {
  await em.execute(`delete from ${schemaOf(em)}.sign_in_attempt where last_failure_at < ?`, [new Date(at.getTime() - FORGOTTEN_AFTER_S * 1000)]);
}
