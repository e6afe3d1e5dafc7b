import { schemaOf, type EntityManager } from '@vss/db';
import { FORGOTTEN_AFTER_S, type Attempts } from './guess.rules.js';

/** One thing that is guessed at, by one source. */
export interface GuessKey {
  readonly subject: string;
  readonly source: string;
}

interface Row {
  failures: number;
  last_failure_at: Date | string;
  blocked_until: Date | string | null;
}

const read = (row: Row | undefined): Attempts | undefined =>
  row && { failures: row.failures, lastFailureAt: new Date(row.last_failure_at), blockedUntil: row.blocked_until ? new Date(row.blocked_until) : null };

/** What stands against this source. Within a transaction `lock` keeps others waiting until its end. */
export async function loadAttempts(em: EntityManager, { subject, source }: GuessKey, { lock }: { lock: boolean }): Promise<Attempts | undefined> {
  const rows: Row[] = await em.execute(
    `select failures, last_failure_at, blocked_until from ${schemaOf(em)}.guess where subject = ? and source = ?${lock ? ' for update' : ''}`,
    [subject, source],
  );
  return read(rows[0]);
}

/** As `loadAttempts` with a lock, with a row to lock also before the first failure. */
export async function lockAttempts(tx: EntityManager, key: GuessKey, now: Date): Promise<Attempts | undefined> {
  await tx.execute(`insert into ${schemaOf(tx)}.guess (subject, source, failures, last_failure_at) values (?, ?, 0, ?) on conflict do nothing`, [key.subject, key.source, now]);
  return loadAttempts(tx, key, { lock: true });
}

export async function storeAttempts(tx: EntityManager, { subject, source }: GuessKey, { failures, lastFailureAt, blockedUntil }: Required<Attempts>): Promise<void> {
  await tx.execute(`update ${schemaOf(tx)}.guess set failures = ?, last_failure_at = ?, blocked_until = ? where subject = ? and source = ?`, [
    failures,
    lastFailureAt,
    blockedUntil,
    subject,
    source,
  ]);
}

export async function forgetAttempts(tx: EntityManager, { subject, source }: GuessKey): Promise<void> {
  await tx.execute(`delete from ${schemaOf(tx)}.guess where subject = ? and source = ?`, [subject, source]);
}

/** Until when each of these allowances is used; those that nothing was taken from are not among them. */
export async function loadUses(em: EntityManager, subjects: readonly string[]): Promise<Map<string, Date>> {
  if (subjects.length === 0) return new Map();
  const rows: { subject: string; used_until: Date | string }[] = await em.execute(
    `select subject, used_until from ${schemaOf(em)}.guess_allowance where subject in (${subjects.map(() => '?').join(', ')})`,
    [...subjects],
  );
  return new Map(rows.map(({ subject, used_until }) => [subject, new Date(used_until)]));
}

/** As `loadUses`, of one and locked. */
export async function lockUse(tx: EntityManager, subject: string, now: Date): Promise<Date> {
  const table = `${schemaOf(tx)}.guess_allowance`;
  await tx.execute(`insert into ${table} (subject, used_until) values (?, ?) on conflict do nothing`, [subject, now]);
  const rows: { used_until: Date | string }[] = await tx.execute(`select used_until from ${table} where subject = ? for update`, [subject]);
  return new Date(rows[0]?.used_until ?? now);
}

export async function storeUse(tx: EntityManager, subject: string, usedUntil: Date): Promise<void> {
  await tx.execute(`update ${schemaOf(tx)}.guess_allowance set used_until = ? where subject = ?`, [usedUntil, subject]);
}

/** Forgets what counts no more. */
export async function forgetOldGuesses(em: EntityManager, at: Date): Promise<void> {
  await em.execute(`delete from ${schemaOf(em)}.guess where last_failure_at < ?`, [new Date(at.getTime() - FORGOTTEN_AFTER_S * 1000)]);
  await em.execute(`delete from ${schemaOf(em)}.guess_allowance where used_until < ?`, [at]);
}
