import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '@vss/runtime';
import { anActor, waitFor } from '@vss/testing';
import { startInProcessPlatform, type InProcessPlatform } from './support/platform.js';

const PASSWORD = 'correct horse battery';
const CREATE = 'mutation ($input: UserCreateInput!) { userCreate(input: $input) { user { id } userErrors { code } } }';
const UPDATE = 'mutation ($input: UserUpdateInput!) { userUpdate(input: $input) { user { version } userErrors { code } } }';
const DEACTIVATE = 'mutation ($input: UserStateInput!) { userDeactivate(input: $input) { userErrors { code } } }';
const ERASE = 'mutation ($input: PersonEraseInput!) { personErase(input: $input) { userErrors { code } } }';
const REPORT = 'query ($id: ID!) { erasureReport(userId: $id) { complete answers { subgraph holdings { what erased kept reason } } } }';
const LOG = 'query ($id: String!) { events(filter: { aggregateId: $id }, first: 50) { nodes { type summary } } }';
const LOGIN = 'mutation ($input: LoginInput!) { login(input: $input) { accessToken userErrors { code } } }';

interface Report {
  readonly complete: boolean;
  readonly answers: readonly { readonly subgraph: string; readonly holdings: readonly { readonly what: string; readonly erased: number; readonly kept: number; readonly reason: string | null }[] }[];
}

let platform: InProcessPlatform;
beforeAll(async () => {
  platform = await startInProcessPlatform();
});
afterAll(() => platform.stop());

const admin = anActor({ role: 'admin' });
const done = async <T>(query: string, input: Record<string, unknown>): Promise<T> => {
  const { data, errors } = await platform.ask(admin, query, { input });
  expect(errors).toBeUndefined();
  const [payload] = Object.values(data as Record<string, { userErrors: unknown[] }>);
  expect(payload?.userErrors).toEqual([]);
  return payload as T;
};

/** Every row of every table of the platform that holds one of the words: `schema.table: word`. */
async function placesOf(words: readonly string[]): Promise<string[]> {
  const pool = platform.database.pool();
  const tables = await pool.query<{ name: string }>(`select format('%I.%I', table_schema, table_name) as name from information_schema.tables where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`);
  expect(tables.rows.length).toBeGreaterThan(40);
  const places: string[] = [];
  for (const { name } of tables.rows)
    for (const word of words) {
      const found = await pool.query(`select 1 from ${name} as row where strpos(to_jsonb(row)::text, $1) > 0 limit 1`, [word]);
      if (found.rows.length > 0) places.push(`${name}: ${word}`);
    }
  return places;
}

it('L-26: an erased person is found in no table of any subgraph, and each says what it did', async () => {
  const username = `zelda.${newId('x').slice(2)}`;
  const words = { username, displayName: 'Zelda Quixotic', email: 'zelda@quixotic.example', phone: '+442079460067', title: 'Chief Quixote' };
  const { user } = await done<{ user: { id: string } }>(CREATE, { ...words, password: PASSWORD, role: 'operator' });
  await platform.ask(undefined, LOGIN, { input: { username, password: PASSWORD } });
  await platform.ask(undefined, LOGIN, { input: { username, password: 'not the password' } });
  await done(UPDATE, { id: user.id, expectedVersion: 1, displayName: 'Zelda Renamed' });
  const all = [...Object.values(words), 'Zelda Renamed'];
  const before = await placesOf(all);
  expect(before).toEqual(expect.arrayContaining([`identity.user_account: ${words.email}`, `identity.outbox: ${username}`, `operations.log_event: ${username}`, `operations.user_projection: ${username}`]));

  await done(DEACTIVATE, { id: user.id, expectedVersion: 2, reason: 'Left' });
  await done(ERASE, { userId: user.id, reason: 'Request 1' });
  const report = await waitFor(async () => {
    const { data } = await platform.ask(admin, REPORT, { id: user.id });
    const { erasureReport } = data as { erasureReport: Report };
    return erasureReport.complete ? erasureReport : undefined;
  });
  // A projection hears of it by the user's own event, at the same time.
  await waitFor(async () => (await platform.database.pool().query('select 1 from operations.user_projection where username = $1', [username])).rows.length === 0);
  expect(await placesOf(all)).toEqual([]);

  expect(report.answers.map(({ subgraph }) => subgraph)).toEqual(['identity', 'crm', 'devices', 'operations', 'telephony']);
  const [, crm, , operations, telephony] = report.answers;
  expect(operations?.holdings.find(({ what }) => what === 'event log')?.erased).toBeGreaterThan(2);
  expect([...(crm?.holdings ?? []), ...(telephony?.holdings ?? [])].map(({ what }) => what)).toEqual(['leads', 'notes', 'messages', 'calls', 'call records', 'messages']);
  const { data } = await platform.ask(admin, LOG, { id: user.id });
  const lines = (data as { events: { nodes: { type: string; summary: string }[] } }).events.nodes;
  expect(lines.find(({ type }) => type === 'identity.user.created')?.summary).toBe(`User erased-${user.id.slice(4)} created`);
});
