import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor, type Actor } from '@vss/auth';
import { createPool, migrate, startEmbeddedPostgres, type EmbeddedPostgres } from '@vss/db';
import { createHubRunner, createSimulatedHub, type HubRunner } from '@vss/hub-runner';
import { newId, silentLogger } from '@vss/runtime';
import { anActor, waitFor, type TestDatabase } from '@vss/testing';
import type { Pool } from 'pg';
import { platformMigrations, startInProcessPlatform, type InProcessPlatform } from './support/platform.js';

const CALLS = 200;
const QUERY = /* GraphQL */ `
  query Feed($first: Int!) {
    calls(first: $first) {
      nodes {
        id
        status
        slot {
          number
          telemetry {
            batteryPercent
          }
          trunk {
            name
          }
        }
        operator {
          displayName
        }
        lead {
          clientName
        }
        notes(first: 3) {
          nodes {
            text
            author {
              displayName
            }
          }
        }
        legs {
          party
        }
        cdr {
          talkSeconds
        }
      }
    }
  }
`;

describe('a list of 200 calls with slot, operator, lead and notes', () => {
  const centerId = newId('ctr');
  const hubId = newId('hub');
  const folders: string[] = [];
  let server: EmbeddedPostgres;
  let pool: Pool;
  let platform: InProcessPlatform;
  let hub: HubRunner;
  let operator: Actor;
  let supervisor: Actor;

  beforeAll(async () => {
    const folder = async (): Promise<string> => {
      const path = await mkdtemp(join(tmpdir(), 'vss-count-'));
      folders.push(path);
      return path;
    };
    // The server itself counts, so that no statement can be missed, whoever sends it.
    server = await startEmbeddedPostgres({ dataDir: await folder(), logger: silentLogger, fsync: false, settings: { shared_preload_libraries: 'pg_stat_statements' } });
    pool = createPool(server.connection);
    await pool.query('create extension pg_stat_statements');
    await migrate({ target: server.connection, migrations: platformMigrations, logger: silentLogger });
    platform = await startInProcessPlatform({ database: { target: server.connection, pool: () => pool, stop: async () => undefined } as TestDatabase });
    hub = await createHubRunner({ hubId, centerId, name: 'Counting hub', broker: platform.broker, ports: createSimulatedHub({ seed: 1, speed: 20 }), journalDir: await folder(), sipPassword: (number) => number, logger: silentLogger });
    await hub.start();
    const [user] = await platform.identity.ensureUsers([{ username: 'olga', password: 'correct horse battery', role: 'operator', displayName: 'Olga', email: 'olga@example.com', centerId }]);
    operator = anActor({ role: 'operator', centerId, userId: user?.id ?? '' });
    supervisor = anActor({ role: 'supervisor', centerId });
    await startCalls();
    // The calls end with their hub; when the consumers have caught up nobody reads but the test.
    await hub.stop();
    await waitFor(async () => (await readsWithinACenter()) === 0, 30_000, 'silence');
  }, 180_000);

  afterAll(async () => {
    await platform.stop();
    await pool.end();
    await server.stop();
    for (const path of folders) await rm(path, { recursive: true, force: true });
  });

  async function startCalls(): Promise<void> {
    const admin = { ...systemActor(centerId), ...anActor({ role: 'admin', centerId }) };
    const seller = anActor({ role: 'seller', centerId });
    const made = await waitFor(async () => {
      const answer = await platform.ask(admin, 'mutation ($input: TrunkCreateInput!) { trunkCreate(input: $input) { trunk { slots(first: 200) { nodes { id } } } } }', { input: { name: 'Many', slotKind: 'AUTO', capacity: CALLS, hubId, idempotencyKey: 'many' } });
      return answer.errors ? undefined : (answer.data as { trunkCreate: { trunk: { slots: { nodes: { id: string }[] } } } });
    }, 10_000, 'the hub');
    // Those READY so far are used at once; registration fails now and then and is tried again.
    const waiting = new Map(made.trunkCreate.trunk.slots.nodes.map(({ id }, n) => [id, n]));
    await waitFor(async () => {
      const answer = await platform.ask(operator, '{ slots(first: 200, filter: {state: READY, availability: FREE}) { nodes { id } } }');
      const ready = (answer.data as { slots: { nodes: { id: string }[] } }).slots.nodes.filter(({ id }) => waiting.has(id));
      for (const { id } of ready) {
        if (await callWithLeadAndNote(id, waiting.get(id) ?? 0, seller)) waiting.delete(id);
      }
      return waiting.size === 0;
    }, 90_000, 'a call from each slot');
  }

  /** False where the slot was not READY any more when its turn came. */
  async function callWithLeadAndNote(slotId: string, n: number, seller: Actor): Promise<boolean> {
    const phoneNumber = `+1${212 + (n % 2)}5550${String(100 + (n >> 1))}`;
    await platform.ask(seller, 'mutation ($input: LeadCreateInput!) { leadCreate(input: $input) { lead { id } } }', { input: { clientName: `Client ${n}`, phone: phoneNumber } });
    const answer = await platform.ask(operator, 'mutation ($input: CallStartInput!) { callStart(input: $input) { call { id } userErrors { code } } }', { input: { slotId, phoneNumber, idempotencyKey: newId('key') } });
    const { call } = (answer.data as { callStart: { call: { id: string } | null } }).callStart;
    if (!call) return false;
    await platform.ask(operator, 'mutation ($input: NoteCreateInput!) { noteCreate(input: $input) { note { id } } }', { input: { callId: call.id, text: `Note ${n}` } });
    return true;
  }

  /** Reads within a center that one query costs; the platform's own timers and consumers read by other conditions. */
  async function statementsFor(first: number): Promise<number> {
    await readsWithinACenter();
    const answer = await platform.ask(supervisor, QUERY, { first });
    expect(answer.errors).toBeUndefined();
    expect((answer.data as { calls: { nodes: unknown[] } }).calls.nodes).toHaveLength(first);
    return readsWithinACenter();
  }

  /** How many there were since this was asked last. */
  async function readsWithinACenter(): Promise<number> {
    const { rows } = await pool.query<{ calls: string }>(String.raw`select calls from pg_stat_statements where query ~ '^select .*"center_id" = \$'`);
    await pool.query('select pg_stat_statements_reset()');
    return rows.reduce((sum, { calls }) => sum + Number(calls), 0);
  }

  it('costs as many SQL statements as a list of 5', { timeout: 60_000 }, async () => {
    await statementsFor(5);
    const [few, many] = [await statementsFor(5), await statementsFor(CALLS)];
    expect(many).toBe(few);
    expect(many).toBeGreaterThanOrEqual(5);
    expect(many).toBeLessThan(20);
  });
});
