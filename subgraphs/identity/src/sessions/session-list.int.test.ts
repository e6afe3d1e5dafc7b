import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymousActor, type Actor } from '@vss/auth';
import { newId } from '@vss/runtime';
import { anActor, waitFor, type Answer } from '@vss/testing';
import { PASSWORD, startIdentity, type Person, type TestIdentity } from '../identity.fixture.js';

const LOGIN = 'mutation ($input: LoginInput!) { login(input: $input) { accessToken refreshToken } }';
const REFRESH = 'mutation ($input: SessionRefreshInput) { sessionRefresh(input: $input) { accessToken userErrors { code } } }';
const NODE = 'id user { id username } device address createdAt lastUsedAt expiresAt endedAt endReason current';
const MINE = `query ($state: SessionStatus) { mySessions(state: $state) { nodes { ${NODE} } totalCount } }`;
const ALL = `query ($filter: SessionFilter, $first: Int! = 50, $after: String) { sessions(filter: $filter, first: $first, after: $after) { nodes { id user { id } } pageInfo { endCursor hasNextPage } totalCount } }`;
const OF_USERS = 'query ($state: SessionStatus) { users { nodes { id sessions(state: $state) { nodes { id } totalCount } } } }';
const REVOKE = 'mutation ($input: SessionRevokeInput!) { sessionRevoke(input: $input) { session { id endedAt endReason } userErrors { code } } }';
const REVOKE_ALL = 'mutation ($input: SessionsRevokeAllInput!) { sessionsRevokeAll(input: $input) { revoked userErrors { code } } }';
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

let test: TestIdentity;
beforeAll(async () => {
  test = await startIdentity();
});
afterAll(() => test.stop());

interface SignedIn {
  readonly actor: Actor;
  readonly refreshToken: string;
}

async function signIn({ username }: Person, request = {}): Promise<SignedIn> {
  const { data } = await test.ask(anonymousActor, LOGIN, { input: { username, password: PASSWORD } }, request);
  const { accessToken, refreshToken } = data.login as { accessToken: string; refreshToken: string };
  return { actor: (await test.verifier.verify(accessToken)).actor, refreshToken };
}

const goesOn = async ({ refreshToken }: SignedIn): Promise<boolean> => (await test.ask(anonymousActor, REFRESH, { input: { refreshToken } })).data.sessionRefresh.accessToken !== null;
const codeOf = ({ errors }: Answer): unknown => errors?.[0]?.extensions?.['code'];
const idsOf = (list: { nodes: { id: string }[] }): string[] => list.nodes.map(({ id }) => id);
const revoke = (actor: Actor, id: string): Promise<Answer> => test.ask(actor, REVOKE, { input: { id } });
/** Of this center, with just these rights beside those to be seen. */
const may = (centerId: string, resource: string, ...actions: string[]): Actor => anActor({ role: 'deputy', centerId, grants: [{ resource, actions, scope: 'CENTER', effect: 'ALLOW' }] });

describe('one\'s own sessions', () => {
  it('are listed, newest first, with device, address and times, and say which one asks', async () => {
    const person = await test.person('seller');
    const old = await signIn(person);
    test.clock.forward(60);
    const { actor } = await signIn(person, { userAgent: FIREFOX, address: '203.0.113.9' });
    const { data, errors } = await test.ask(actor, MINE);
    expect(errors).toBeUndefined();
    expect(data.mySessions.totalCount).toBe(2);
    const at = test.clock.now();
    expect(data.mySessions.nodes).toEqual([
      {
        id: actor.sessionId,
        user: { id: person.id, username: person.username },
        device: 'Firefox 140 on Linux',
        address: '203.0.113.9',
        createdAt: at.toISOString(),
        lastUsedAt: at.toISOString(),
        expiresAt: new Date(at.getTime() + 12 * 3_600_000).toISOString(),
        endedAt: null,
        endReason: null,
        current: true,
      },
      expect.objectContaining({ id: old.actor.sessionId, current: false, device: 'test' }),
    ]);
  });

  it('are told apart by whether they stand', async () => {
    const person = await test.person('operator');
    const [ended, idle] = [await signIn(person), await signIn(person)];
    await revoke(ended.actor, ended.actor.sessionId);
    test.clock.forward(12 * 3600);
    const { actor } = await signIn(person);
    expect(idsOf((await test.ask(actor, MINE, { state: 'LIVE' })).data.mySessions)).toEqual([actor.sessionId]);
    // One whose time is over has ended, also before anybody has noticed.
    expect(idsOf((await test.ask(actor, MINE, { state: 'ENDED' })).data.mySessions).toSorted()).toEqual([ended.actor.sessionId, idle.actor.sessionId].toSorted());
  });

  it('are taken back one by one: that one is over at once, and no other', async () => {
    const person = await test.person('operator');
    const [lost, here] = [await signIn(person), await signIn(person)];
    expect((await revoke(here.actor, lost.actor.sessionId)).data.sessionRevoke).toEqual({ session: { id: lost.actor.sessionId, endedAt: test.clock.now().toISOString(), endReason: 'REVOKED' }, userErrors: [] });
    expect([await goesOn(lost), await goesOn(here)]).toEqual([false, true]);
    await waitFor(() => test.events.some(({ type, payload }) => type === 'identity.session.ended' && (payload as { sessionId: string }).sessionId === lost.actor.sessionId));
    const before = test.clock.now().toISOString();
    test.clock.forward(5);
    expect((await revoke(here.actor, lost.actor.sessionId)).data.sessionRevoke).toMatchObject({ session: { endedAt: before }, userErrors: [] });
  });

  it('are taken back all at once, or all but the one that asks', async () => {
    const person = await test.person('operator');
    const [one, two, here] = [await signIn(person), await signIn(person), await signIn(person)];
    expect((await test.ask(here.actor, REVOKE_ALL, { input: { exceptCurrent: true } })).data.sessionsRevokeAll).toEqual({ revoked: 2, userErrors: [] });
    expect([await goesOn(one), await goesOn(two), await goesOn(here)]).toEqual([false, false, true]);
    expect((await test.ask(here.actor, REVOKE_ALL, { input: {} })).data.sessionsRevokeAll.revoked).toBe(1);
    expect((await test.ask(anonymousActor, REFRESH, { input: { refreshToken: here.refreshToken } })).data.sessionRefresh.accessToken).toBeNull();
  });

  it('of a stranger are nobody\'s business', async () => {
    const [victim, thief] = [await test.person('operator'), await test.person('operator')];
    const [his, other] = [await signIn(victim), await signIn(thief)];
    const nobodys = await revoke(other.actor, newId('ses'));
    const strangers = await revoke(other.actor, his.actor.sessionId);
    expect([codeOf(nobodys), codeOf(strangers)]).toEqual(['NOT_FOUND', 'NOT_FOUND']);
    expect(strangers.errors?.[0]?.message).toBe(nobodys.errors?.[0]?.message);
    expect(codeOf(await test.ask(other.actor, REVOKE_ALL, { input: { userId: victim.id } }))).toBe('NOT_FOUND');
    expect(codeOf(await test.ask(other.actor, ALL))).toBe('FORBIDDEN');
    expect(await goesOn(his)).toBe(true);
    for (const query of [MINE, ALL]) expect(codeOf(await test.ask(anonymousActor, query))).toBe('UNAUTHENTICATED');
  });
});

describe('the sessions of others', () => {
  it('are listed for who may read them, of his center alone, in pages', async () => {
    const centerId = newId('ctr');
    const [one, two, foreign] = [await test.person('operator', centerId), await test.person('seller', centerId), await test.person('operator')];
    const mine = [await signIn(one), await signIn(one), await signIn(two)].map(({ actor }) => actor.sessionId);
    await signIn(foreign);
    const reader = may(centerId, 'sessions', 'read');
    const first = (await test.ask(reader, ALL, { first: 2 })).data.sessions;
    expect(first).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
    const second = (await test.ask(reader, ALL, { first: 2, after: first.pageInfo.endCursor })).data.sessions;
    expect([...idsOf(first), ...idsOf(second)].toSorted()).toEqual(mine.toSorted());
    expect((await test.ask(reader, ALL, { filter: { userId: one.id, state: 'LIVE' } })).data.sessions.totalCount).toBe(2);
    expect((await test.ask(reader, ALL, { filter: { userId: foreign.id } })).data.sessions.nodes).toEqual([]);
  });

  it('stand at each user, for himself and for who may read them, and cost two statements for all', async () => {
    const centerId = newId('ctr');
    const people = [await test.person('operator', centerId), await test.person('seller', centerId), await test.person('supervisor', centerId)];
    for (const person of people) await signIn(person);
    const reader = anActor({ role: 'deputy', centerId, grants: ['users', 'directory', 'sessions'].map((resource) => ({ resource, actions: ['read'], scope: 'CENTER', effect: 'ALLOW' })) });
    const { answer, statements } = await test.counted(reader, OF_USERS, { state: 'LIVE' });
    expect(answer.errors).toBeUndefined();
    expect((answer.data.users.nodes as { sessions: { totalCount: number } }[]).map(({ sessions }) => sessions.totalCount)).toEqual([1, 1, 1]);
    expect(statements).toBe(3);
    const supervisor = anActor({ role: 'supervisor', centerId });
    const denied = await test.ask({ ...supervisor, grants: { allow: { 'users:read': 'CENTER', 'directory:read': 'CENTER' }, deny: [] } }, OF_USERS);
    expect((denied.data.users.nodes as { sessions: unknown }[]).every(({ sessions }) => sessions === null)).toBe(true);
    expect(codeOf(denied)).toBe('FORBIDDEN');
  });

  it('are ended by who may, in his center alone', async () => {
    const person = await test.person('operator');
    const session = await signIn(person);
    const id = session.actor.sessionId;
    expect(codeOf(await revoke(may(person.actor.centerId, 'sessions', 'read'), id))).toBe('FORBIDDEN');
    expect(codeOf(await revoke(may(newId('ctr'), 'sessions', 'read', 'revoke'), id))).toBe('NOT_FOUND');
    expect(await goesOn(session)).toBe(true);
    const admin = anActor({ role: 'admin' });
    expect((await revoke(admin, id)).data.sessionRevoke).toMatchObject({ session: { endReason: 'REVOKED' } });
    expect(await test.rows(`select actor_id, source_address, detail from identity.security_audit_entry where action = 'SESSION_ENDED' and target = $1`, [id])).toEqual([{ actor_id: admin.userId, source_address: '192.0.2.1', detail: { reason: 'REVOKED' } }]);
  });

  it('of somebody who may do more than oneself are not ended', async () => {
    const centerId = newId('ctr');
    const administrator = await test.person('admin', centerId);
    const session = await signIn(administrator);
    const deputy = may(centerId, 'sessions', 'read', 'revoke');
    const refused = await revoke(deputy, session.actor.sessionId);
    expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', permission: 'sessions:revoke', explainId: expect.any(String) });
    expect(codeOf(await test.ask(deputy, REVOKE_ALL, { input: { userId: administrator.id } }))).toBe('FORBIDDEN');
    expect(await goesOn(session)).toBe(true);
  });
});

it('sessions that are over are forgotten after ninety days, and those that stand are not', async () => {
  const person = await test.person('operator');
  const ended = await signIn(person);
  await revoke(ended.actor, ended.actor.sessionId);
  test.clock.forward(90 * 86_400);
  const standing = await signIn(person);
  await test.identity.keepHouse();
  expect(idsOf((await test.ask(standing.actor, MINE)).data.mySessions)).toEqual([ended.actor.sessionId, standing.actor.sessionId].toReversed());
  test.clock.forward(1);
  await test.identity.keepHouse();
  expect(idsOf((await test.ask(standing.actor, MINE)).data.mySessions)).toEqual([standing.actor.sessionId]);
});

it('how long sessions last is for the installation to say', async () => {
  const short = await test.another({ sessionTimes: { idleSeconds: 60, absoluteSeconds: 100 } });
  const { username } = await test.person('operator');
  const run = async (query: string, input: object): Promise<Answer> => short.execute({ query, variables: { input }, scope: short.scopeFor({ actor: anonymousActor, traceId: 't' }) });
  const signInShort = async (): Promise<string> => (await run(LOGIN, { username, password: PASSWORD })).data.login.refreshToken as string;
  const codes = async (refreshToken: string): Promise<unknown> => (await run(REFRESH.replace('accessToken', 'refreshToken'), { refreshToken })).data.sessionRefresh;
  const idle = await signInShort();
  test.clock.forward(60);
  expect(await codes(idle)).toMatchObject({ userErrors: [{ code: 'SESSION_EXPIRED' }] });
  let busy = await signInShort();
  for (const seconds of [50, 49]) {
    test.clock.forward(seconds);
    busy = ((await codes(busy)) as { refreshToken: string }).refreshToken;
  }
  test.clock.forward(1);
  expect(await codes(busy)).toMatchObject({ userErrors: [{ code: 'SESSION_EXPIRED' }] });
});
