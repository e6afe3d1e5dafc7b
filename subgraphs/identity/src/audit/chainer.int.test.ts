import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Pool } from 'pg';
import { forkFor, openOrm, type Orm } from '@vss/db';
import { silentLogger } from '@vss/runtime';
import { startChild, startTestDatabase, type TestDatabase } from '@vss/testing';
import { migrations } from '../migrations.js';
import { loadLines } from './chain.queries.js';
import { BEGINNING, createChainCheck } from './chain.rules.js';

// No identity runs here: nobody but the child seals.
let database: TestDatabase;
let pool: Pool;
let orm: Orm;
beforeAll(async () => {
  database = await startTestDatabase({ migrations: [migrations] });
  pool = database.pool();
  orm = await openOrm({ target: database.target, contextName: 'chainer-test', schema: 'identity', entities: [], logger: silentLogger });
});
afterAll(async () => {
  await orm.close();
  await database.stop();
});

const write = (round: number) =>
  pool.query(
    `insert into identity.security_audit_entry (id, center_id, at, action, outcome, detail, trace_id, source_address)
     select 'aud_' || $1::int || '_' || n, 'ctr_' || n % 2, now(), 'SIGN_IN', 'ALLOWED', '{}', '', '' from generate_series(1, 4) n`,
    [round],
  );
const child = (killAt: number) => startChild(new URL('./chainer.child.ts', import.meta.url), { target: database.target, killAt });
const sealed = async () => (await pool.query('select id from identity.security_audit_entry where seq is not null')).rowCount;

const STATEMENTS = 5;

it('a process killed at any statement while it seals leaves nothing half sealed, and the next one goes on', async () => {
  for (let killAt = 1; killAt <= STATEMENTS; killAt += 1) {
    await write(killAt);
    const [, signal] = (await once(child(killAt).process, 'close')) as [number | null, string | null];
    expect([killAt, signal, await sealed()]).toEqual([killAt, 'SIGKILL', 0]);
  }
  // All of them are known: one more would not be reached.
  expect(await child(STATEMENTS + 1).line('sealed')).toBe(STATEMENTS);
  for (const chain of ['ctr_0', 'ctr_1']) {
    const check = createChainCheck(BEGINNING);
    const lines = await loadLines(forkFor(orm, 'ALL'), chain, { from: 1, to: 1_000, limit: 1_000 });
    expect(lines.map((line) => check.next(line))).toEqual(Array.from({ length: 2 * STATEMENTS }, () => undefined));
  }
}, 90_000);
