import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymousActor, grantsOfRole } from '@vss/auth';
import { newId, newTraceId } from '@vss/runtime';
import { waitFor } from '@vss/testing';
import { PASSWORD, startIdentity, type Person, type Reply, type TestIdentity } from '../identity.fixture.js';

const LOGIN = `mutation($input: LoginInput!) { login(input: $input) { accessToken refreshToken expiresAt user { id username displayName email role { name } } userErrors { code message field retryable } } }`;
const REFRESH = `mutation($input: SessionRefreshInput) { sessionRefresh(input: $input) { accessToken refreshToken expiresAt user { id } userErrors { code } } }`;
const LOGOUT = `mutation($input: LogoutInput) { logout(input: $input) { ended userErrors { code } } }`;

let test: TestIdentity;
beforeAll(async () => {
  test = await startIdentity();
});
afterAll(() => test.stop());

const login = (username: string, password = PASSWORD, request = {}): Promise<Reply> => test.ask(anonymousActor, LOGIN, { input: { username, password } }, request);
const refresh = (refreshToken: string): Promise<Reply> => test.ask(anonymousActor, REFRESH, { input: { refreshToken } });
const refreshed = async (refreshToken: string): Promise<string> => (await refresh(refreshToken)).data.sessionRefresh.refreshToken as string;
const errorOf = (reply: Reply): string | undefined => reply.data?.sessionRefresh?.userErrors[0]?.code as string | undefined;
const aSession = async (person: Person): Promise<string> => (await login(person.username)).data.login.refreshToken as string;
const auditOf = (actorId: string) =>
  test.rows<{ action: string; outcome: string; target: string; detail: Record<string, unknown>; source_address: string }>(
    'select action, outcome, target, detail, source_address from identity.security_audit_entry where actor_id = $1 order by at, id',
    [actorId],
  );
const eventsOf = (userId: string): string[] => test.events.filter(({ aggregateId }) => aggregateId === userId).map(({ type }) => type);

describe('signing in (R-170)', () => {
  it('checks the password, notes the sign-in and gives tokens with role and rights', async () => {
    const operator = await test.person('operator');
    const { data, errors } = await login(operator.username.toUpperCase());
    expect(errors).toBeUndefined();
    expect(data.login).toMatchObject({ user: { id: operator.id, username: operator.username, role: { name: 'operator' } }, userErrors: [] });
    const { actor, expiresAt } = await test.verifier.verify(data.login.accessToken);
    expect(actor).toMatchObject({ kind: 'user', userId: operator.id, role: 'operator', centerId: operator.actor.centerId, permissionVersion: 1, grants: grantsOfRole('operator') });
    expect(expiresAt.toISOString()).toBe(data.login.expiresAt);
    expect(Math.round((expiresAt.getTime() - test.clock.now().getTime()) / 1000)).toBeGreaterThanOrEqual(599);
    const [user] = await test.rows('select last_login_at, version from identity.user_account where id = $1', [operator.id]);
    expect(user).toEqual({ last_login_at: test.clock.now(), version: 1 });
    expect(await auditOf(operator.id)).toEqual([{ action: 'SIGN_IN', outcome: 'ALLOWED', target: actor.sessionId, detail: { way: 'PASSWORD', secondFactor: false }, source_address: '192.0.2.1' }]);
    await waitFor(() => eventsOf(operator.id).includes('identity.session.started'));
  });

  it('gives tokens that open the doors that the role opens, and no other (R-171)', async () => {
    const seller = await test.person('seller');
    const { actor } = await test.verifier.verify((await login(seller.username)).data.login.accessToken);
    expect((await test.ask(actor, '{ me { username role { name } } }')).data).toEqual({ me: { username: seller.username, role: { name: 'seller' } } });
    expect((await test.ask(actor, '{ users { nodes { id } } }')).errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    expect((await test.ask(anonymousActor, '{ me { username } }')).errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('stores neither password nor refresh token', async () => {
    const operator = await test.person('operator');
    const token = await aSession(operator);
    const stored = JSON.stringify(await test.rows('select u.*, s.*, t.* from identity.user_account u join identity.session s on s.user_id = u.id join identity.refresh_token t on t.session_id = s.id where u.id = $1', [operator.id]));
    expect(stored).toContain('$argon2id$');
    expect(stored).not.toContain(PASSWORD);
    expect(stored).not.toContain(token);
  });
});

describe('refusing to sign in', () => {
  it('answers a wrong password, an unknown name and a deactivated user alike, and keeps a record of each', async () => {
    const [known, gone] = [await test.person('operator'), await test.person('operator')];
    await test.rows(`update identity.user_account set state = 'DEACTIVATED' where id = $1`, [gone.id]);
    const unknown = newId('nobody');
    const answers = [await login(known.username, 'not the password'), await login(unknown), await login(gone.username)];
    for (const { data, errors } of answers) {
      expect(errors).toBeUndefined();
      expect(data).toEqual(answers[0]?.data);
    }
    expect(answers[0]?.data.login).toMatchObject({ accessToken: null, refreshToken: null, user: null, userErrors: [{ code: 'INVALID_CREDENTIALS', field: [] }] });
    expect(await auditOf(known.id)).toMatchObject([{ action: 'SIGN_IN_REFUSED', outcome: 'REFUSED', target: known.id, detail: { reason: 'WRONG_CREDENTIALS' } }]);
    expect(await auditOf(gone.id)).toMatchObject([{ detail: { reason: 'DEACTIVATED' } }]);
    expect(await test.rows('select center_id, actor_id from identity.security_audit_entry where target = $1', [unknown])).toEqual([{ center_id: null, actor_id: null }]);
    await waitFor(() => test.events.some(({ type, payload }) => type === 'identity.signin.refused' && (payload as { username: string }).username === unknown));
  });

  it('does not keep what was perhaps a password in the wrong field', async () => {
    const typed = 'My secret! Pa$$word\r\n{"level":"info"}';
    expect((await login(typed)).data.login.userErrors[0].code).toBe('INVALID_CREDENTIALS');
    const kept = await test.rows(`select target from identity.security_audit_entry where action = 'SIGN_IN_REFUSED'`);
    expect(JSON.stringify(kept)).not.toContain('secret');
  });

  it('refuses a password of a megabyte before hashing it', async () => {
    const reply = await login('somebody', 'x'.repeat(1_000_000));
    expect(reply.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ field: 'input.password' }] });
  });

  it('makes guessing wait, for that name from that address alone', async () => {
    const operator = await test.person('operator');
    const guess = (request = {}): Promise<Reply> => login(operator.username, 'a guess', request);
    for (let i = 0; i < 5; i++) expect((await guess()).data.login.userErrors[0].code).toBe('INVALID_CREDENTIALS');
    expect((await guess()).errors?.[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 5 });
    expect((await login(operator.username)).errors?.[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED' });
    expect((await login(operator.username, PASSWORD, { address: '198.51.100.7' })).data.login.userErrors).toEqual([]);
    test.clock.forward(5);
    expect((await guess()).data.login.userErrors[0].code).toBe('INVALID_CREDENTIALS');
    expect((await guess()).errors?.[0]?.extensions).toMatchObject({ retryAfterSeconds: 10 });
    test.clock.forward(10);
    expect((await login(operator.username)).data.login.userErrors).toEqual([]);
    expect((await guess()).data.login.userErrors[0].code).toBe('INVALID_CREDENTIALS');
  });

  it('answers an unknown name with the same wait', async () => {
    const unknown = newId('nobody');
    for (let i = 0; i < 5; i++) await login(unknown);
    expect((await login(unknown)).errors?.[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 5 });
  });

  it('counts guesses that run at once', async () => {
    const operator = await test.person('operator');
    const replies = await Promise.all(Array.from({ length: 40 }, () => login(operator.username, 'a guess')));
    expect(replies.filter(({ data }) => data?.login?.userErrors[0]?.code === 'INVALID_CREDENTIALS')).toHaveLength(5);
    expect(replies.filter(({ errors }) => errors?.[0]?.extensions?.['code'] === 'RATE_LIMITED')).toHaveLength(35);
  });

  it('lets many sign in rightly at once', async () => {
    const operator = await test.person('operator');
    const replies = await Promise.all(Array.from({ length: 20 }, () => login(operator.username)));
    expect(replies.every(({ data }) => data.login.accessToken)).toBe(true);
  });
});

describe('refreshing', () => {
  it('gives a new access token and the next refresh token', async () => {
    const operator = await test.person('operator');
    const { data: before } = await login(operator.username);
    test.clock.forward(60);
    const { data } = await refresh(before.login.refreshToken);
    expect(data.sessionRefresh).toMatchObject({ user: { id: operator.id }, userErrors: [] });
    expect(data.sessionRefresh.refreshToken).not.toBe(before.login.refreshToken);
    const [old, renewed] = await Promise.all([before.login.accessToken, data.sessionRefresh.accessToken].map((token: string) => test.verifier.verify(token)));
    expect(renewed?.actor.sessionId).toBe(old?.actor.sessionId);
    expect(renewed?.expiresAt.getTime()).toBe((old?.expiresAt.getTime() ?? 0) + 60_000);
  });

  it('gives fifty that come at once one successor', async () => {
    const operator = await test.person('operator');
    const token = await aSession(operator);
    const successors = await Promise.all(Array.from({ length: 50 }, () => refreshed(token)));
    expect(new Set(successors).size).toBe(1);
    expect(await test.rows('select count(*)::int as tokens from identity.refresh_token t join identity.session s on s.id = t.session_id where s.user_id = $1', [operator.id])).toEqual([{ tokens: 2 }]);
    expect(errorOf(await refresh(successors[0] ?? ''))).toBeUndefined();
  });

  it('gives a lost answer again for 10 s, and ends the session after', async () => {
    const token = await aSession(await test.person('operator'));
    const successor = await refreshed(token);
    test.clock.forward(10);
    expect(await refreshed(token)).toBe(successor);
    test.clock.forward(1);
    expect(errorOf(await refresh(token))).toBe('REFRESH_TOKEN_INVALID');
    expect(errorOf(await refresh(successor))).toBe('REFRESH_TOKEN_INVALID');
  });

  it('ends the session when a token is replayed after its successor was used, at once and for both', async () => {
    const operator = await test.person('operator');
    const stolen = await aSession(operator);
    const second = await refreshed(stolen);
    const third = await refreshed(second);
    const replays = await Promise.all(Array.from({ length: 10 }, () => refresh(stolen)));
    expect(replays.map(errorOf)).toEqual(Array(10).fill('REFRESH_TOKEN_INVALID'));
    expect([errorOf(await refresh(second)), errorOf(await refresh(third))]).toEqual(['REFRESH_TOKEN_INVALID', 'REFRESH_TOKEN_INVALID']);
    const tokens = await test.rows('select t.generation from identity.refresh_token t join identity.session s on s.id = t.session_id where s.user_id = $1 order by 1', [operator.id]);
    expect(tokens).toEqual([{ generation: 1 }, { generation: 2 }, { generation: 3 }]);
    expect(await auditOf(operator.id)).toMatchObject([{}, {}, {}, { action: 'SESSION_ENDED', detail: { reason: 'REFRESH_REUSED' } }]);
    await waitFor(() => test.events.some(({ type, aggregateId, payload }) => type === 'identity.session.ended' && aggregateId === operator.id && (payload as { reason: string }).reason === 'REFRESH_REUSED'));
  });

  it('leaves the other sessions of the user alone', async () => {
    const operator = await test.person('operator');
    const [stolen, other] = [await aSession(operator), await aSession(operator)];
    await refreshed(await refreshed(stolen));
    await refresh(stolen);
    expect(errorOf(await refresh(other))).toBeUndefined();
  });

  it('ends after 12 h of idleness', async () => {
    const operator = await test.person('operator');
    const token = await aSession(operator);
    test.clock.forward(12 * 3600 - 1);
    const next = await refreshed(token);
    test.clock.forward(12 * 3600);
    expect(errorOf(await refresh(next))).toBe('SESSION_EXPIRED');
    expect(await test.rows('select end_reason from identity.session where user_id = $1', [operator.id])).toEqual([{ end_reason: 'EXPIRED' }]);
  });

  it('ends after 30 d however busy', async () => {
    let token = await aSession(await test.person('operator'));
    for (let hour = 11; hour < 30 * 24; hour += 11) {
      test.clock.forward(11 * 3600);
      token = await refreshed(token);
    }
    test.clock.forward(11 * 3600);
    expect(errorOf(await refresh(token))).toBe('SESSION_EXPIRED');
  });

  it('ends forgotten sessions by itself', async () => {
    const operator = await test.person('operator');
    await aSession(operator);
    test.clock.forward(12 * 3600);
    await test.identity.keepHouse();
    expect(await test.rows('select end_reason from identity.session where user_id = $1', [operator.id])).toEqual([{ end_reason: 'EXPIRED' }]);
    await waitFor(() => eventsOf(operator.id).includes('identity.session.ended'));
  });

  it.each(['', 'x', 'a'.repeat(43), "' or 1=1 --", 'a\u0000b'])('refuses %j', async (token) => expect(errorOf(await refresh(token))).toBe('REFRESH_TOKEN_INVALID'));

  it('gives one successor in two processes', async () => {
    const other = await test.another();
    const token = await aSession(await test.person('operator'));
    const there = async (): Promise<string> => {
      const scope = other.scopeFor({ actor: anonymousActor, traceId: newTraceId() });
      const { data } = (await other.execute({ query: REFRESH, variables: { input: { refreshToken: token } }, scope })) as { data: { sessionRefresh: { refreshToken: string } } };
      return data.sessionRefresh.refreshToken;
    };
    expect(new Set(await Promise.all([there(), refreshed(token), there(), refreshed(token)])).size).toBe(1);
  });
});

describe('signing out', () => {
  it('ends the session of the access token', async () => {
    const operator = await test.person('operator');
    const { data } = await login(operator.username);
    const { actor } = await test.verifier.verify(data.login.accessToken);
    expect((await test.ask(actor, LOGOUT)).data.logout).toEqual({ ended: true, userErrors: [] });
    expect(errorOf(await refresh(data.login.refreshToken))).toBe('REFRESH_TOKEN_INVALID');
    expect((await test.ask(actor, LOGOUT)).data.logout).toEqual({ ended: false, userErrors: [] });
    expect(await auditOf(operator.id)).toMatchObject([{ action: 'SIGN_IN' }, { action: 'SESSION_ENDED', detail: { reason: 'LOGOUT' } }, { action: 'MUTATION' }]);
  });

  it('ends the session of a refresh token without an access token', async () => {
    const token = await aSession(await test.person('operator'));
    expect((await test.ask(anonymousActor, LOGOUT, { input: { refreshToken: token } })).data.logout.ended).toBe(true);
    expect(errorOf(await refresh(token))).toBe('REFRESH_TOKEN_INVALID');
  });

  it('does nothing for a stranger', async () => expect((await test.ask(anonymousActor, LOGOUT)).data.logout).toEqual({ ended: false, userErrors: [] }));
});

describe('in a browser', () => {
  const browser = (refreshCookie?: string) => ({ wantsCookie: true, ...(refreshCookie === undefined ? {} : { refreshCookie }) });
  const tokenIn = (reply: Reply): string => /^vss_refresh=([^;]*)/.exec(reply.cookies[0] ?? '')?.[1] ?? '';

  it('keeps the refresh token in a cookie that no script can read, and out of the body', async () => {
    const operator = await test.person('operator');
    const signedIn = await login(operator.username, PASSWORD, browser());
    expect(signedIn.data.login.refreshToken).toBeNull();
    expect(signedIn.cookies).toEqual([expect.stringMatching(/^vss_refresh=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/graphql; Max-Age=43200$/)]);
    const next = await test.ask(anonymousActor, REFRESH, {}, browser(tokenIn(signedIn)));
    expect(next.data.sessionRefresh).toMatchObject({ refreshToken: null, userErrors: [] });
    expect(tokenIn(next)).toMatch(/^[\w-]{43}$/);
    const out = await test.ask(anonymousActor, LOGOUT, {}, browser(tokenIn(next)));
    expect(out.data.logout.ended).toBe(true);
    expect(out.cookies).toEqual(['vss_refresh=; HttpOnly; SameSite=Strict; Path=/graphql; Max-Age=0']);
    const late = await test.ask(anonymousActor, REFRESH, {}, browser(tokenIn(next)));
    expect(errorOf(late)).toBe('REFRESH_TOKEN_INVALID');
    expect(tokenIn(late)).toBe('');
  });

  it('does not take a cookie without the header that asks for it', async () => {
    const operator = await test.person('operator');
    const token = tokenIn(await login(operator.username, PASSWORD, browser()));
    const forged = await test.ask(anonymousActor, REFRESH, {}, { wantsCookie: false, refreshCookie: token });
    expect(errorOf(forged)).toBe('REFRESH_TOKEN_INVALID');
    expect(forged.cookies).toEqual([]);
  });
});
