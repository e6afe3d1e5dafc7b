import { schemaOf, type EntityManager } from '@vss/db';
import type { ChainLine, ChainPlace, SealedLine } from './chain.rules.js';

// As text, to the microsecond: a driver's idea of an instant must not decide whether a hash holds.
const instant = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
const LINE = `chain, id, ${instant('at')} as at, action, outcome, actor_id as "actorId", target, operation, permission, override, detail::text as detail, changes::text as changes, trace_id as "traceId", source_address as "sourceAddress"`;

type Unsealed = Omit<SealedLine, 'seq' | 'prevHash' | 'sealedAt'>;
type Row<Line> = Omit<Line, 'detail' | 'changes'> & { readonly detail: string; readonly changes: string };

const lineOf = <Line extends { detail: unknown; changes: unknown }>(row: Row<Line>): Line =>
  ({ ...row, detail: JSON.parse(row.detail) as unknown, changes: JSON.parse(row.changes) as unknown }) as unknown as Line;

/** Whoever holds it seals: one in all processes, until his transaction ends. False when another does and we do not wait. */
export async function lockSealing(tx: EntityManager, wait: boolean): Promise<boolean> {
  const key = "hashtextextended('identity.audit_chain', 0)";
  if (wait) {
    await tx.execute(`select pg_advisory_xact_lock(${key})`);
    return true;
  }
  const [row] = await tx.execute<{ locked: boolean }[]>(`select pg_try_advisory_xact_lock(${key}) as locked`);
  return row?.locked ?? false;
}

/** Committed lines without a place, in the order in which they were written. */
export async function loadUnsealed(tx: EntityManager, limit: number): Promise<Unsealed[]> {
  const rows = await tx.execute<Row<Unsealed>[]>(`select ${LINE} from ${schemaOf(tx)}.security_audit_entry where seq is null order by n limit ?`, [limit]);
  return rows.map((row) => lineOf<Unsealed>(row));
}

export async function loadPlaces(em: EntityManager, chains: readonly string[]): Promise<Map<string, ChainPlace>> {
  const rows = await em.execute<(ChainPlace & { chain: string })[]>(`select chain, seq, hash from ${schemaOf(em)}.audit_chain where chain in (select jsonb_array_elements_text(?::jsonb))`, [JSON.stringify(chains)]);
  return new Map(rows.map(({ chain, seq, hash }) => [chain, { seq, hash }]));
}

export async function writeSeals(tx: EntityManager, lines: readonly ChainLine[], places: ReadonlyMap<string, ChainPlace>): Promise<void> {
  const schema = schemaOf(tx);
  const seals = lines.map(({ id, seq, prevHash, hash, sealedAt }) => ({ id, seq, prev_hash: prevHash, hash, sealed_at: sealedAt }));
  await tx.execute(
    `update ${schema}.security_audit_entry e set seq = s.seq, prev_hash = s.prev_hash, hash = s.hash, sealed_at = s.sealed_at` +
      ' from jsonb_to_recordset(?::jsonb) as s (id text, seq integer, prev_hash text, hash text, sealed_at timestamptz) where e.id = s.id',
    [JSON.stringify(seals)],
  );
  await tx.execute(
    `insert into ${schema}.audit_chain (chain, seq, hash) select chain, seq, hash from jsonb_to_recordset(?::jsonb) as s (chain text, seq integer, hash text)` +
      ' on conflict (chain) do update set seq = excluded.seq, hash = excluded.hash',
    [JSON.stringify([...places].map(([chain, place]) => ({ chain, ...place })))],
  );
}

const SEALED = `${LINE}, seq, prev_hash as "prevHash", hash, ${instant('sealed_at')} as "sealedAt"`;

/** Sealed lines of a chain in order. */
export async function loadLines(em: EntityManager, chain: string, range: { from: number; to: number; limit: number }): Promise<ChainLine[]> {
  const rows = await em.execute<Row<ChainLine>[]>(
    `select ${SEALED} from ${schemaOf(em)}.security_audit_entry where chain = ? and seq between ? and ? order by seq, n limit ?`,
    [chain, range.from, range.to, range.limit],
  );
  return rows.map((row) => lineOf<ChainLine>(row));
}

/** The sealed lines of these ids, in order. */
export async function loadLinesOf(em: EntityManager, ids: readonly string[]): Promise<ChainLine[]> {
  const rows = await em.execute<Row<ChainLine>[]>(`select ${SEALED} from ${schemaOf(em)}.security_audit_entry where id in (select jsonb_array_elements_text(?::jsonb)) order by seq, n`, [JSON.stringify(ids)]);
  return rows.map((row) => lineOf<ChainLine>(row));
}

/** The place of the first line that was sealed at an instant or later; behind the last where there is none. */
export async function firstSince(em: EntityManager, chain: string, at: Date): Promise<number> {
  const schema = schemaOf(em);
  const [row] = await em.execute<{ seq: number | null }[]>(
    `select coalesce((select min(seq) from ${schema}.security_audit_entry where chain = ? and sealed_at >= ?), (select seq + 1 from ${schema}.audit_chain where chain = ?)) as seq`,
    [chain, at.toISOString(), chain],
  );
  return row?.seq ?? 1;
}

export interface Checkpoint extends ChainPlace {
  readonly signed: string;
  readonly purged: boolean;
}

/** Newest first. */
export const loadCheckpoints = (em: EntityManager, chain: string): Promise<Checkpoint[]> =>
  em.execute<Checkpoint[]>(`select seq, hash, signed, purged from ${schemaOf(em)}.audit_checkpoint where chain = ? order by seq desc limit 5000`, [chain]);

/** False where it was there already. */
export async function writeCheckpoint(tx: EntityManager, chain: string, { seq, hash, signed, purged }: Checkpoint, at: Date): Promise<boolean> {
  const written = await tx.execute<unknown[]>(
    `insert into ${schemaOf(tx)}.audit_checkpoint (chain, seq, hash, signed, purged, made_at) values (?, ?, ?, ?, ?, ?) on conflict do nothing returning 1`,
    [chain, seq, hash, signed, purged, at.toISOString()],
  );
  return written.length > 0;
}

/** Chains whose first line was sealed before an instant, each with the last place before which all lines were. */
export const loadOutdated = (em: EntityManager, before: Date): Promise<(ChainPlace & { chain: string })[]> => {
  const lines = `${schemaOf(em)}.security_audit_entry`;
  return em.execute(
    `select c.chain, l.seq, l.hash from ${schemaOf(em)}.audit_chain c
     cross join lateral (select sealed_at from ${lines} where chain = c.chain and seq is not null order by seq limit 1) f
     join ${lines} l on l.chain = c.chain and l.seq = coalesce((select min(seq) - 1 from ${lines} where chain = c.chain and sealed_at >= ?), c.seq)
     where f.sealed_at < ?`,
    [before.toISOString(), before.toISOString()],
  );
};

/** Chains that went on since their last checkpoint, if that is older than an instant. */
export const loadUnproved = (em: EntityManager, before: Date): Promise<(ChainPlace & { chain: string })[]> =>
  em.execute(
    `select c.chain, c.seq, c.hash from ${schemaOf(em)}.audit_chain c
     where not exists (select from ${schemaOf(em)}.audit_checkpoint p where p.chain = c.chain and (p.made_at >= ? or p.seq >= c.seq))`,
    [before.toISOString()],
  );

export async function deleteLines(em: EntityManager, chain: string, upTo: number, limit: number): Promise<number> {
  const table = `${schemaOf(em)}.security_audit_entry`;
  const gone = await em.execute<unknown[]>(`delete from ${table} where id in (select id from ${table} where chain = ? and seq <= ? order by seq limit ?) returning 1`, [chain, upTo, limit]);
  return gone.length;
}
