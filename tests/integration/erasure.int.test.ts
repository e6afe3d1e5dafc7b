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

const EXPORT = 'query ($id: ID!) { personDataExport(userId: $id) { identity user { crmRecords telephonyRecords operationsRecords } } }';
const RECORDS = 'query ($id: ID!) { user(id: $id) { crmRecords telephonyRecords operationsRecords } }';

it('L-26: what every subgraph keeps of a person is handed out to himself and to who holds the right', async () => {
  const { user } = await done<{ user: { id: string } }>(CREATE, { username: newId('name'), email: 'olga@example.org', password: PASSWORD, role: 'seller', displayName: 'Olga' });
  const self = anActor({ role: 'seller', userId: user.id, centerId: admin.centerId });
  await waitFor(async () => (await platform.database.pool().query('select 1 from operations.log_event where aggregate_id = $1', [user.id])).rows.length > 0);
  for (const actor of [self, admin]) {
    const { data, errors } = await platform.ask(actor, EXPORT, { id: user.id });
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      personDataExport: {
        identity: { account: { displayName: 'Olga', email: 'olga@example.org' } },
        user: { crmRecords: { notes: { total: 0, newest: [] }, leads: { total: 0, newest: [] } }, telephonyRecords: { calls: { total: 0 } }, operationsRecords: { events: { newest: expect.arrayContaining([expect.objectContaining({ type: 'identity.user.created' })]) } } },
      },
    });
  }
  for (const role of ['supervisor', 'operator', 'seller']) {
    const other = anActor({ role, centerId: admin.centerId });
    expect((await platform.ask(other, EXPORT, { id: user.id })).errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    const { data, errors } = await platform.ask(other, RECORDS, { id: user.id });
    expect(data).toEqual({ user: { crmRecords: null, telephonyRecords: null, operationsRecords: null } });
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']);
  }
});

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
