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
    hub = await createHubRunner({ hubId, centerId, name: 'Counting hub', broker: platform.broker, ports: createSimulatedHub({ seed: 1, speed: 100 }), journalDir: await folder(), sipPassword: (number) => number, logger: silentLogger });
    await hub.start();
    operator = anActor({ role: 'operator', centerId });
    supervisor = anActor({ role: 'supervisor', centerId });
    await startCalls();
  }, 120_000);

  afterAll(async () => {
    await hub.stop();
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
    await Promise.all(made.trunkCreate.trunk.slots.nodes.map(({ id }, n) => callWithLeadAndNote(id, n, seller)));
  }

  async function callWithLeadAndNote(slotId: string, n: number, seller: Actor): Promise<void> {
    const phoneNumber = `+1${212 + (n % 2)}5550${String(100 + (n >> 1))}`;
    await platform.ask(seller, 'mutation ($input: LeadCreateInput!) { leadCreate(input: $input) { lead { id } } }', { input: { clientName: `Client ${n}`, phone: phoneNumber } });
    const callId = await waitFor(async () => {
      const answer = await platform.ask(operator, 'mutation ($input: CallStartInput!) { callStart(input: $input) { call { id } userErrors { code } } }', { input: { slotId, phoneNumber, idempotencyKey: newId('key') } });
      return (answer.data as { callStart: { call: { id: string } | null } } | null)?.callStart.call?.id;
    }, 60_000, `slot ${n} READY`);
    await platform.ask(operator, 'mutation ($input: NoteCreateInput!) { noteCreate(input: $input) { note { id } } }', { input: { callId, text: `Note ${n}` } });
  }

  /** Statements that one query costs, beside those that the platform's own timers send meanwhile. */
  async function statementsFor(first: number): Promise<number> {
    await pool.query('select pg_stat_statements_reset()');
    const answer = await platform.ask(supervisor, QUERY, { first });
    expect(answer.errors).toBeUndefined();
    expect((answer.data as { calls: { nodes: unknown[] } }).calls.nodes).toHaveLength(first);
    const { rows } = await pool.query<{ query: string; calls: string }>(
      `select query, calls from pg_stat_statements where query ~* '^select' and query !~* '(outbox|pg_|for update|command|lease|housekeep)' order by query`,
    );
    return rows.reduce((sum, { calls }) => sum + Number(calls), 0);
  }

  it('costs as many SQL statements as a list of 5', { timeout: 60_000 }, async () => {
    await statementsFor(5);
    // The least of a few: timers that read meanwhile only add.
    const least = async (first: number): Promise<number> => Math.min(...[await statementsFor(first), await statementsFor(first), await statementsFor(first)]);
    const [few, many] = [await least(5), await least(CALLS)];
    expect(many).toBe(few);
    expect(many).toBeGreaterThanOrEqual(5);
    expect(many).toBeLessThan(30);
  });
});
