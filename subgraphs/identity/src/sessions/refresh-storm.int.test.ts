import { afterAll, beforeAll, expect, it } from 'vitest';
import { anonymousActor } from '@vss/auth';
import { newTraceId } from '@vss/runtime';
import { waitFor } from '@vss/testing';
import type { Identity } from '../app.js';
import { PASSWORD, startIdentity, type TestIdentity } from '../identity.fixture.js';

const LOGIN = 'mutation ($input: LoginInput!) { login(input: $input) { refreshToken userErrors { code } } }';
const REFRESH = 'mutation ($input: SessionRefreshInput) { sessionRefresh(input: $input) { accessToken refreshToken userErrors { code } } }';
const SESSIONS = 100;
const TABS = 10;

let test: TestIdentity;
let other: Identity;
beforeAll(async () => {
  test = await startIdentity();
  other = await test.another();
});
afterAll(() => test.stop());

interface Refreshed {
  readonly data?: { sessionRefresh: { accessToken: string | null; refreshToken: string | null; userErrors: { code: string }[] } };
  readonly errors?: readonly { extensions?: { code?: string } }[];
}

/** As a client does it: where nobody could answer it asks again, with the same token. */
async function refreshAt(identity: Identity, refreshToken: string): Promise<NonNullable<Refreshed['data']>['sessionRefresh']> {
  for (;;) {
    const scope = identity.scopeFor({ actor: anonymousActor, traceId: newTraceId() });
    const { data, errors } = (await identity.execute({ query: REFRESH, variables: { input: { refreshToken } }, scope })) as unknown as Refreshed;
    if (data) return data.sessionRefresh;
    expect(errors?.[0]?.extensions?.code).toBe('UNAVAILABLE');
  }
}

const refresh = (refreshToken: string, tab: number): ReturnType<typeof refreshAt> => refreshAt(tab % 2 === 0 ? test.identity : other, refreshToken);
const tabsOf = (token: string, tabs: number): Promise<Awaited<ReturnType<typeof refresh>>[]> => Promise.all(Array.from({ length: tabs }, (_, tab) => refresh(token, tab)));

async function signIns(username: string): Promise<string[]> {
  const tokens: string[] = [];
  for (let i = 0; i < SESSIONS; i++) tokens.push((await test.ask(anonymousActor, LOGIN, { input: { username, password: PASSWORD } })).data.login.refreshToken as string);
  return tokens;
}

/** Each session's tabs all go on, and with the same token. */
async function storm(tokens: readonly string[], tabs: number): Promise<string[]> {
  const answers = await Promise.all(tokens.map((token) => tabsOf(token, tabs)));
  return answers.map((each) => {
    expect(each.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    expect(each.every(({ accessToken }) => accessToken)).toBe(true);
    const successors = new Set(each.map(({ refreshToken }) => refreshToken ?? ''));
    expect(successors.size).toBe(1);
    return [...successors][0] ?? '';
  });
}

const lineages = (userId: string): Promise<{ generation: number; tokens: number; reason: string | null }[]> =>
  test.rows(
    `select s.generation, s.end_reason as reason, (select count(*)::int from identity.refresh_token t where t.session_id = s.id) as tokens
     from identity.session s where s.user_id = $1`,
    [userId],
  );

it('a thousand refreshes at once of a hundred sessions sign nobody out, and a replay ends its session and no other', async () => {
  const { id, username } = await test.person('operator');
  const first = await signIns(username);
  const second = await storm(first, TABS);
  const third = await storm(second, 1);
  expect(new Set([...first, ...second, ...third]).size).toBe(3 * SESSIONS);
  expect(await lineages(id)).toEqual(Array.from({ length: SESSIONS }, () => ({ generation: 3, tokens: 3, reason: null })));

  // Half of the first tokens come again, from thieves, while the other half goes on.
  const [robbed, honest] = [first.slice(0, SESSIONS / 2), third.slice(SESSIONS / 2)];
  const [replays] = await Promise.all([Promise.all(robbed.map((token) => tabsOf(token, 2))), storm(honest, 2)]);
  expect(replays.flat()).toEqual(Array.from({ length: robbed.length * 2 }, () => ({ accessToken: null, refreshToken: null, userErrors: [{ code: 'REFRESH_TOKEN_INVALID' }] })));
  const after = await lineages(id);
  const ended = after.filter(({ reason }) => reason !== null);
  expect(ended).toEqual(Array.from({ length: SESSIONS / 2 }, () => ({ generation: 3, tokens: 3, reason: 'REFRESH_REUSED' })));
  expect(after.filter(({ reason }) => reason === null)).toEqual(Array.from({ length: SESSIONS / 2 }, () => ({ generation: 4, tokens: 4, reason: null })));
  for (const token of third.slice(0, SESSIONS / 2)) expect((await refresh(token, 0)).userErrors).toEqual([{ code: 'REFRESH_TOKEN_INVALID' }]);
}, 240_000);

it.each([60, -60])('copies whose clocks are %i s apart sign no tab out, and no thief in', async (aheadSeconds) => {
  const skewed = await test.another({}, { aheadSeconds });
  const { username } = await test.person('operator');
  const token = (await test.ask(anonymousActor, LOGIN, { input: { username, password: PASSWORD } })).data.login.refreshToken as string;
  const second = (await refreshAt(skewed, token)).refreshToken ?? '';
  expect(await refreshAt(test.identity, token)).toMatchObject({ refreshToken: second, userErrors: [] });
  const third = await refreshAt(test.identity, second);
  expect(await refreshAt(skewed, second)).toMatchObject({ refreshToken: third.refreshToken, userErrors: [] });
  test.clock.forward(11);
  expect((await refreshAt(skewed, second)).userErrors).toEqual([{ code: 'REFRESH_TOKEN_INVALID' }]);
});

it('a tab that had to wait for its turn is no thief, however long that took', async () => {
  const { username } = await test.person('operator');
  const token = (await test.ask(anonymousActor, LOGIN, { input: { username, password: PASSWORD } })).data.login.refreshToken as string;
  const { refreshToken } = await refresh(token, 0);
  // Whoever else is at this session keeps the tab waiting.
  const holder = await test.database.pool().connect();
  await holder.query('begin');
  await holder.query('select * from identity.session s join identity.user_account u on u.id = s.user_id where u.username = $1 for update of s', [username]);
  const waiting = refresh(token, 1);
  await waitFor(async () => (await test.rows(`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%"session"%'`)).length > 0);
  test.clock.forward(60);
  await holder.query('rollback');
  holder.release();
  expect(await waiting).toMatchObject({ refreshToken, userErrors: [] });
  // One that comes only now is late.
  expect((await refresh(token, 1)).userErrors).toEqual([{ code: 'REFRESH_TOKEN_INVALID' }]);
});
