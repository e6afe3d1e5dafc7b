import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { Ref } from '@mikro-orm/core';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { silentLogger, StartError, UserError } from '@vss/runtime';
import { startTestDatabase, type TestDatabase } from '@vss/testing';
import { ALL_CENTERS, forkFor, idempotently, openOrm, type Orm } from './index.js';

@Entity({ tableName: 'trunk' })
class Trunk {
  @PrimaryKey({ type: 'text' }) id: string;
  @Property({ type: 'text' }) centerId: string;
  @Property({ type: 'text' }) displayName: string;
}
@Entity({ tableName: 'slot' })
class Slot {
  @PrimaryKey({ type: 'text' }) id: string;
  @Property({ type: 'text' }) centerId: string;
  @ManyToOne(() => Trunk, { ref: true }) trunk: Ref<Trunk>;
}
@Entity({ tableName: 'setting' })
class Setting {
  @PrimaryKey({ type: 'text' }) id: string;
}

const SQL = `
create table trunk (id text primary key, center_id text not null, display_name text not null);
create table slot (id text primary key, center_id text not null, trunk_id text not null references trunk);
create table setting (id text primary key);
insert into trunk values ('t1', 'ctr_1', 'One'), ('t2', 'ctr_2', 'Two');
insert into slot values ('s1', 'ctr_1', 't1'), ('s2', 'ctr_2', 't2');
insert into setting values ('x');
`;

let database: TestDatabase;
let orm: Orm;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vss-migrations-'));
  await writeFile(join(folder, '20261122T0001-init.sql'), SQL);
  database = await startTestDatabase({ migrations: [{ schema: 'orm_test', folder }] });
  orm = await openOrm({ target: database.target, contextName: 'orm-test', schema: 'orm_test', entities: [Trunk, Slot, Setting], logger: silentLogger });
});
afterAll(async () => {
  await orm?.close();
  await database?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('the center filter', () => {
  it('limits every query on an entity of a center to that center', async () => {
    const em = forkFor(orm, 'ctr_1');
    expect((await em.find(Slot, {})).map(({ id }) => id)).toEqual(['s1']);
    expect(await em.findOne(Slot, { id: 's2' })).toBeNull();
    expect(await em.count(Trunk)).toBe(1);
  });

  it('also inside a transaction and for what is loaded through a reference', async () => {
    await forkFor(orm, 'ctr_1').transactional(async (tx) => {
      expect(await tx.findOne(Slot, { id: 's2' })).toBeNull();
      const slot = await tx.findOneOrFail(Slot, { id: 's1' });
      expect((await slot.trunk.loadOrFail()).displayName).toBe('One');
    });
  });

  it('leaves entities without a center alone', async () => {
    expect(await forkFor(orm, 'ctr_1').count(Setting)).toBe(1);
  });

  it('is off for ALL and cannot be forgotten', async () => {
    expect(await forkFor(orm, ALL_CENTERS).count(Slot)).toBe(2);
    await expect(orm.em.fork().count(Slot)).rejects.toThrow("filter 'center'");
    expect(() => forkFor(orm, '')).toThrow('center');
  });

  it('sees what it is told in each fork apart, at the same time', async () => {
    const counts = await Promise.all(['ctr_1', ALL_CENTERS, 'ctr_2', 'ctr_3'].map((centerId) => forkFor(orm, centerId).count(Slot)));
    expect(counts).toEqual([1, 2, 1, 0]);
  });
});

describe('idempotently', () => {
  const call = (key: string, input: unknown, run: () => Promise<{ id: string; result: string }>): Promise<string> =>
    forkFor(orm, 'ctr_1').transactional((em) =>
      idempotently({ em, centerId: 'ctr_1', actorId: 'usr_1', operation: 'callStart', key, input, run, load: async (id) => `loaded ${id}` }),
    );

  it('does the work once and finds the result again', async () => {
    const run = vi.fn(async () => ({ id: 'call_1', result: 'made' }));
    expect(await call('k1', { slotId: 's1', phoneNumber: '+1' }, run)).toBe('made');
    expect(await call('k1', { phoneNumber: '+1', slotId: 's1' }, run)).toBe('loaded call_1');
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('refuses a key that was used for another input', async () => {
    const run = async () => ({ id: 'call_2', result: 'made' });
    await call('k2', { a: 1 }, run);
    const refused = await call('k2', { a: 2 }, run).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UserError);
    expect(refused).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED', field: ['input', 'idempotencyKey'] });
  });

  it('lets the second of two at the same time wait for the first', async () => {
    const entered = Promise.withResolvers<void>();
    const leave = Promise.withResolvers<void>();
    const first = call('k3', {}, async () => {
      entered.resolve();
      await leave.promise;
      return { id: 'call_3', result: 'made' };
    });
    await entered.promise;
    const second = call('k3', {}, async () => ({ id: 'call_4', result: 'made twice' }));
    leave.resolve();
    expect(await Promise.all([first, second])).toEqual(['made', 'loaded call_3']);
  });

  it('forgets a call that failed', async () => {
    await expect(call('k4', {}, async () => Promise.reject(new UserError('SLOT_NOT_READY', 'Not ready')))).rejects.toThrow('Not ready');
    expect(await call('k4', {}, async () => ({ id: 'call_5', result: 'made' }))).toBe('made');
  });
});

it('does not lose places of the pool to connections that are cut off within a transaction', async () => {
  for (let i = 0; i < 8; i++) {
    const cut = forkFor(orm, ALL_CENTERS).transactional(async (tx) => {
      const [{ pid } = { pid: 0 }] = await tx.execute<{ pid: number }[]>('select pg_backend_pid() as pid');
      await database.pool(1).query('select pg_terminate_backend($1)', [pid]);
      await tx.execute('select 1');
    });
    await expect(cut).rejects.toThrow(/connection|EPIPE/);
  }
  expect(await forkFor(orm, ALL_CENTERS).count(Slot)).toBe(2);
});

it('lets no statement and no forgotten transaction hold its locks for ever', async () => {
  const em = forkFor(orm, ALL_CENTERS);
  expect(await em.execute('show statement_timeout')).toEqual([{ statement_timeout: '30s' }]);
  expect(await em.execute('show idle_in_transaction_session_timeout')).toEqual([{ idle_in_transaction_session_timeout: '1min' }]);
});

it('names the subgraph when the database cannot be reached', async () => {
  const target = { ...database.target, database: 'no_such' };
  const failure = await openOrm({ target, contextName: 'lost', schema: 'x', entities: [Setting], logger: silentLogger }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(StartError);
  expect((failure as Error).message).toContain('lost');
});

it('refuses a text that PostgreSQL cannot hold before it costs a connection', async () => {
  const em = forkFor(orm, 'ctr_1');
  const refused = expect.objectContaining({ name: 'AppError', code: 'BAD_USER_INPUT' });
  await expect(em.findOne(Trunk, { id: 'a\0' })).rejects.toEqual(refused);
  await expect(em.find(Trunk, { id: { $in: ['t1', '\0'] } })).rejects.toEqual(refused);
  await expect(em.transactional(async (tx) => void tx.create(Trunk, { id: 't9', centerId: 'ctr_1', displayName: 'U+0000: \0' }))).rejects.toEqual(refused);
  expect(await forkFor(orm, 'ctr_1').findOne(Trunk, { id: 't9' })).toBeNull();
});
