import type { Pool } from 'pg';
import type { Actor } from '@vss/auth';
import type { DatabaseTarget } from '@vss/db';
import { createInProcessBroker, MutationRecorded, type Broker } from '@vss/events';
import { newId, silentLogger } from '@vss/runtime';
import { anActor, ask, startTestDatabase, waitFor, type Answer } from '@vss/testing';
import { createTelephony, migrations, type Telephony, type TelephonySettings } from '../index.js';
import { startTestHub, type TestHub } from './hub.js';

export interface TestClock {
  readonly now: () => Date;
  readonly pass: (ms: number) => void;
}

/** A clock that stands `offsetMs` away from the real one and can be put forward. */
export function aClock(): TestClock {
  let offsetMs = 0;
  return { now: () => new Date(Date.now() + offsetMs), pass: (ms) => void (offsetMs += ms) };
}

export interface TestPlatform {
  readonly telephony: Telephony;
  readonly broker: Broker;
  readonly pool: Pool;
  readonly clock: TestClock;
  readonly target: DatabaseTarget;
  /** `running` is the telephony to stop, where the test has put another one in its place. */
  stop(running?: Telephony): Promise<void>;
}

/** Telephony on a database of its own and the in-process broker. */
export async function startPlatform(settings: Partial<TelephonySettings> = {}): Promise<TestPlatform> {
  const database = await startTestDatabase({ migrations: [migrations] });
  const broker = createInProcessBroker({ logger: silentLogger });
  const clock = aClock();
  const telephony = await createTelephony({ target: database.target, broker, logger: silentLogger, settings: { lookEveryMs: 40, ...settings }, now: clock.now });
  await telephony.start();
  return {
    telephony,
    broker,
    pool: database.pool(),
    clock,
    target: database.target,
    async stop(running = telephony) {
      await running.stop();
      await broker.close();
      await database.stop();
    },
  };
}

export interface TestCenter {
  readonly id: string;
  readonly hub: TestHub;
  readonly admin: Actor;
  readonly operator: Actor;
  readonly seller: Actor;
  readonly supervisor: Actor;
  readonly trunkId: string;
  /** Ids of its slots, by number; all READY. */
  readonly slots: readonly string[];
  as(actor: Actor, query: string, variables?: Record<string, unknown>): Promise<Answer>;
  start(input: Record<string, unknown>, actor?: Actor): Promise<Answer>;
  /** Rows of the center, but for what tells the audit of each mutation, whatever became of it. */
  count(table: string): Promise<number>;
  slot(id: string): Promise<Record<string, unknown>>;
  call(id: string): Promise<Record<string, unknown>>;
}

export const START = `mutation($input: CallStartInput!) { callStart(input: $input) { call { id status phoneNumber } userErrors { code field retryable message } } }`;

/** A center with its own people, hub and slots, so that tests do not meet. */
export async function aCenter({ telephony, broker, pool, clock }: TestPlatform, { slots: capacity = 2, slotKind = 'AUTO' } = {}): Promise<TestCenter> {
  const id = newId('ctr');
  const hub = await startTestHub({ broker, centerId: id, now: clock.now });
  await hub.setOnline(true);
  const trunk = await telephony.ensureTrunk(id, { name: 'Trunk', kind: 'HUB', slotKind: slotKind as 'AUTO', capacity, hubId: hub.id, idempotencyKey: 'first' });
  await telephony.look();
  const ready = async (): Promise<boolean> => {
    const { rows } = await pool.query(`select 1 from telephony.slot where trunk_id = $1 and state <> 'READY'`, [trunk.id]);
    return rows.length === 0;
  };
  await waitFor(ready, 10_000, 'READY');
  const { rows } = await pool.query<{ id: string }>('select id from telephony.slot where trunk_id = $1 order by number', [trunk.id]);
  const people = Object.fromEntries(['admin', 'operator', 'seller', 'supervisor'].map((role) => [role, anActor({ role, centerId: id })])) as Record<'admin' | 'operator' | 'seller' | 'supervisor', Actor>;
  const as: TestCenter['as'] = (actor, query, variables) => ask(telephony, actor, query, variables);
  const row = async (table: string, rowId: string): Promise<Record<string, unknown>> =>
    ((await pool.query(`select * from telephony.${table} where id = $1`, [rowId])).rows[0] ?? {}) as Record<string, unknown>;
  return {
    id,
    hub,
    ...people,
    trunkId: trunk.id,
    slots: rows.map((each) => each.id),
    as,
    start: (input, actor = people.operator) => as(actor, START, { input: { phoneNumber: '+15550100123', idempotencyKey: newId('key'), ...input } }),
    async count(table) {
      const audited = table === 'outbox' ? ` and type <> '${MutationRecorded.type}'` : '';
      return Number((await pool.query(`select count(*) from telephony.${table} where center_id = $1${audited}`, [id])).rows[0].count);
    },
    slot: (slotId) => row('slot', slotId),
    call: (callId) => row('call', callId),
  };
}
