import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymousActor, type Grant } from '@vss/auth';
import { newId } from '@vss/runtime';
import { anActor, waitFor } from '@vss/testing';
import { PASSWORD, startIdentity, type Person, type Reply, type TestIdentity } from '../identity.fixture.js';

const CREATE = `mutation($input: UserCreateInput!) { userCreate(input: $input) { user { id username displayName email state version center { id } role { name } lastLoginAt } userErrors { code field } } }`;
const UPDATE = `mutation($input: UserUpdateInput!) { userUpdate(input: $input) { user { id displayName email state version role { name } } userErrors { code field } } }`;
const LOGIN = `mutation($input: LoginInput!) { login(input: $input) { refreshToken userErrors { code } } }`;
const REFRESH = `mutation($input: SessionRefreshInput) { sessionRefresh(input: $input) { userErrors { code } } }`;
const ENTITIES = `query($representations: [_Any!]!) { entities: _entities(representations: $representations) { ... on User { id username displayName role { name } } ... on Role { id name } } }`;

let test: TestIdentity;
let admin: Person;
beforeAll(async () => {
  test = await startIdentity();
  admin = await test.person('admin');
});
afterAll(() => test.stop());

const aUser = (more: Record<string, unknown> = {}) => ({ username: newId('name'), password: PASSWORD, email: 'new@example.org', role: 'operator', ...more });
const create = (actor: Person['actor'], more: Record<string, unknown> = {}): Promise<Reply> => test.ask(actor, CREATE, { input: aUser(more) });
const update = (actor: Person['actor'], input: Record<string, unknown>): Promise<Reply> => test.ask(actor, UPDATE, { input });
const codeOf = (reply: Reply): unknown => reply.errors?.[0]?.extensions?.['code'] ?? (reply.data?.userCreate ?? reply.data?.userUpdate)?.userErrors[0]?.code ?? 'DONE';
const byText = (a: unknown, b: unknown): number => String(a).localeCompare(String(b));
const colleague = (role: string): Promise<Person> => test.person(role, admin.actor.centerId);

describe('making a user (R-183)', () => {
  it('hashes the password, binds the role, tells the audit and the other subgraphs', async () => {
    const { data, errors } = await create(admin.actor, { username: 'Anna.Smith', displayName: 'Anna Smith' });
    expect(errors).toBeUndefined();
    const { user } = data.userCreate;
    expect(user).toMatchObject({ username: 'anna.smith', displayName: 'Anna Smith', email: 'new@example.org', state: 'ACTIVE', version: 1, role: { name: 'operator' }, center: { id: admin.actor.centerId }, lastLoginAt: null });
    const [row] = await test.rows<{ password_hash: string }>('select password_hash from identity.user_account where id = $1', [user.id]);
    expect(row?.password_hash).toMatch(/^\$argon2id\$/);
    const [entry] = await test.rows(`select action, outcome, actor_id, center_id, detail from identity.security_audit_entry where target = $1`, [user.id]);
    expect(entry).toEqual({ action: 'USER_CREATED', outcome: 'ALLOWED', actor_id: admin.id, center_id: admin.actor.centerId, detail: { role: 'operator' } });
    const event = await waitFor(() => test.events.find(({ aggregateId }) => aggregateId === user.id));
    expect(event).toMatchObject({ type: 'identity.user.created', centerId: admin.actor.centerId, actor: admin.id, payload: { user: { username: 'anna.smith', role: 'operator', active: true, version: 1 } } });
    expect(JSON.stringify(event)).not.toContain('example.org');
    expect((await test.ask(anonymousActor, LOGIN, { input: { username: 'anna.smith', password: PASSWORD } })).data.login.userErrors).toEqual([]);
  });

  it.each(['operator', 'seller', 'supervisor'])('is not for a %s (R-145, R-165)', async (role) => {
    const before = await test.rows('select count(*) from identity.user_account');
    expect(codeOf(await create(anActor({ role }), {}))).toBe('FORBIDDEN');
    expect(codeOf(await update(anActor({ role }), { id: admin.id, expectedVersion: 1, state: 'DEACTIVATED' }))).toBe('FORBIDDEN');
    expect(await test.rows('select count(*) from identity.user_account')).toEqual(before);
  });

  it('is not for a stranger', async () => expect(codeOf(await create(anonymousActor))).toBe('UNAUTHENTICATED'));

  it.each([
    [{ password: 'secure123' }, 'PASSWORD_WEAK', 'password'],
    [{ username: 'ab' }, 'USERNAME_INVALID', 'username'],
    [{ email: 'nobody' }, 'EMAIL_INVALID', 'email'],
    [{ role: 'emperor' }, 'ROLE_UNKNOWN', 'role'],
    [{ displayName: ' ' }, 'DISPLAY_NAME_INVALID', 'displayName'],
  ])('refuses %o with %s', async (more, code, field) => {
    const reply = await create(admin.actor, more);
    expect(reply.data.userCreate).toEqual({ user: null, userErrors: [{ code, field: ['input', field] }] });
  });

  it('refuses a name that is taken, in whatever spelling and however close together', async () => {
    const username = newId('name');
    const replies = await Promise.all([username, username.toUpperCase(), username, username].map((each) => create(admin.actor, { username: each })));
    expect(replies.map(codeOf).toSorted(byText)).toEqual(['DONE', 'USERNAME_TAKEN', 'USERNAME_TAKEN', 'USERNAME_TAKEN']);
  });

  it('puts him in another center only for who may do so everywhere', async () => {
    const centerId = newId('ctr');
    expect((await create(admin.actor, { centerId })).data.userCreate.user.center).toEqual({ id: centerId });
    const grants: Grant[] = [{ resource: '*', actions: ['*'], scope: 'CENTER', effect: 'ALLOW' }];
    const local = anActor({ role: 'head', grants });
    expect(codeOf(await create(local, { centerId }))).toBe('NOT_FOUND');
    expect((await create(local)).data.userCreate.user.center).toEqual({ id: local.centerId });
  });

  it('gives nobody more rights than the giver has', async () => {
    const grants: Grant[] = [{ resource: 'users', actions: ['create', 'update', 'read'], scope: 'CENTER', effect: 'ALLOW' }];
    const clerk = anActor({ role: 'clerk', grants, centerId: admin.actor.centerId });
    expect(codeOf(await create(clerk, { role: 'admin' }))).toBe('FORBIDDEN');
    expect(codeOf(await update(clerk, { id: admin.id, expectedVersion: 1, state: 'DEACTIVATED' }))).toBe('FORBIDDEN');
  });
});

describe('changing a user (R-121)', () => {
  it('changes what is given and says so', async () => {
    const user = await colleague('operator');
    const { data } = await update(admin.actor, { id: user.id, expectedVersion: 1, email: 'other@example.org', role: 'seller' });
    expect(data.userUpdate).toMatchObject({ user: { email: 'other@example.org', displayName: 'The operator', version: 2, role: { name: 'seller' } }, userErrors: [] });
    const [entry] = await test.rows(`select detail from identity.security_audit_entry where target = $1 and action = 'USER_UPDATED'`, [user.id]);
    expect(entry).toEqual({ detail: { changes: { role: { before: 'operator', after: 'seller' }, email: { before: '[personal]', after: '[personal]' } } } });
    await waitFor(() => test.events.some(({ type, aggregateId, payload }) => type === 'identity.user.updated' && aggregateId === user.id && (payload as { user: { role: string } }).user.role === 'seller'));
  });

  it('refuses a version that is not the one that stands', async () => {
    const user = await colleague('operator');
    const replies = await Promise.all(['A', 'B', 'C'].map((displayName) => update(admin.actor, { id: user.id, expectedVersion: 1, displayName })));
    expect(replies.map(codeOf).toSorted(byText)).toEqual(['DONE', 'VERSION_CONFLICT', 'VERSION_CONFLICT']);
  });

  it('is not made stale by a sign-in', async () => {
    const user = await colleague('operator');
    await test.ask(anonymousActor, LOGIN, { input: { username: user.username, password: PASSWORD } });
    expect(codeOf(await update(admin.actor, { id: user.id, expectedVersion: 1, displayName: 'New' }))).toBe('DONE');
  });

  it('leaves what is absent and refuses null', async () => {
    const user = await colleague('operator');
    expect((await update(admin.actor, { id: user.id, expectedVersion: 1 })).data.userUpdate.user.version).toBe(1);
    expect(codeOf(await update(admin.actor, { id: user.id, expectedVersion: 1, email: null }))).toBe('INPUT_INVALID');
  });

  it('ends every session of who is deactivated, and lets him in again when he is active', async () => {
    const user = await colleague('operator');
    const { data } = await test.ask(anonymousActor, LOGIN, { input: { username: user.username, password: PASSWORD } });
    expect(codeOf(await update(admin.actor, { id: user.id, expectedVersion: 1, state: 'DEACTIVATED' }))).toBe('DONE');
    expect((await test.ask(anonymousActor, REFRESH, { input: { refreshToken: data.login.refreshToken } })).data.sessionRefresh.userErrors[0].code).toBe('REFRESH_TOKEN_INVALID');
    await waitFor(() => test.events.some(({ type, aggregateId, payload }) => type === 'identity.session.ended' && aggregateId === user.id && (payload as { reason: string }).reason === 'REVOKED'));
    expect(codeOf(await update(admin.actor, { id: user.id, expectedVersion: 2, state: 'ACTIVE' }))).toBe('DONE');
    expect((await test.ask(anonymousActor, LOGIN, { input: { username: user.username, password: PASSWORD } })).data.login.userErrors).toEqual([]);
  });

  it('leaves no session to who signs in while he is deactivated', async () => {
    const user = await colleague('operator');
    const [, ...signIns] = await Promise.all([
      update(admin.actor, { id: user.id, expectedVersion: 1, state: 'DEACTIVATED' }),
      ...Array.from({ length: 8 }, (_, i) => test.ask(anonymousActor, LOGIN, { input: { username: user.username, password: PASSWORD } }, { address: `192.0.2.${i}` })),
    ]);
    expect(signIns).toHaveLength(8);
    expect(await test.rows('select id from identity.session where user_id = $1 and ended_at is null', [user.id])).toEqual([]);
  });

  it('answers NOT_FOUND for a stranger center\'s user', async () => {
    const grants: Grant[] = [{ resource: '*', actions: ['*'], scope: 'CENTER', effect: 'ALLOW' }];
    const user = await colleague('operator');
    expect(codeOf(await update(anActor({ role: 'head', grants }), { id: user.id, expectedVersion: 1, displayName: 'Mine' }))).toBe('NOT_FOUND');
  });

  it('keeps one administrator, also when two remove each other', async () => {
    const own = await startIdentity();
    try {
      const [a, b] = [await own.person('admin'), await own.person('admin')];
      const removals = await Promise.all([own.ask(a.actor, UPDATE, { input: { id: b.id, expectedVersion: 1, state: 'DEACTIVATED' } }), own.ask(b.actor, UPDATE, { input: { id: a.id, expectedVersion: 1, role: 'seller' } })]);
      expect(removals.map(codeOf).toSorted(byText)).toEqual(['DONE', 'LAST_ADMINISTRATOR']);
    } finally {
      await own.stop();
    }
  });
});

describe('seeing users', () => {
  const FULL = `{ id username displayName email state lastLoginAt createdAt version role { name permissionVersion grants { resource actions scope effect } } center { id } }`;

  it('shows everybody himself', async () => {
    const seller = await test.person('seller');
    const { data, errors } = await test.ask(seller.actor, `{ me ${FULL} }`);
    expect(errors).toBeUndefined();
    expect(data.me).toMatchObject({ id: seller.id, email: `${seller.username}@example.org`, state: 'ACTIVE', version: 1, role: { name: 'seller', permissionVersion: 1 } });
    expect(data.me.role.grants).toContainEqual({ resource: 'leads', actions: ['read', 'create', 'update'], scope: 'OWN', effect: 'ALLOW' });
  });

  it('shows colleagues their names and role alone', async () => {
    const seller = await test.person('seller');
    const other = await test.person('supervisor', seller.actor.centerId);
    const { data, errors } = await test.ask(seller.actor, `query($id: ID!) { user(id: $id) ${FULL} }`, { id: other.id });
    expect(data.user).toEqual({
      id: other.id,
      username: other.username,
      displayName: 'The supervisor',
      email: null,
      state: null,
      lastLoginAt: null,
      createdAt: null,
      version: null,
      role: { name: 'supervisor', permissionVersion: 1, grants: null },
      center: { id: seller.actor.centerId },
    });
    expect(errors?.map(({ path, extensions }) => [path?.join('.'), extensions?.['code']])).toEqual(
      expect.arrayContaining(['email', 'state', 'lastLoginAt', 'createdAt', 'version', 'role.grants'].map((field) => [`user.${field}`, 'FORBIDDEN'])),
    );
  });

  it('shows a supervisor his center, and lets him change nothing', async () => {
    const supervisor = await test.person('supervisor');
    const operator = await test.person('operator', supervisor.actor.centerId);
    const { data, errors } = await test.ask(supervisor.actor, `{ users { nodes ${FULL} totalCount } roles { name } }`);
    expect(errors).toBeUndefined();
    expect(data.users.nodes.map(({ id }: { id: string }) => id)).toEqual([operator.id, supervisor.id].toSorted(byText).toReversed());
    expect(data.users.totalCount).toBe(2);
    expect(data.roles.map(({ name }: { name: string }) => name)).toEqual(['admin', 'operator', 'seller', 'supervisor']);
  });

  it('hides a stranger: by id, as a reference, in lists', async () => {
    const [supervisor, stranger] = [await test.person('supervisor'), await test.person('operator')];
    expect((await test.ask(supervisor.actor, 'query($id: ID!) { user(id: $id) { id } }', { id: stranger.id })).errors?.[0]?.extensions?.['code']).toBe('NOT_FOUND');
    expect((await test.ask(supervisor.actor, ENTITIES, { representations: [{ __typename: 'User', id: stranger.id }] })).data).toEqual({ entities: [null] });
    expect((await test.ask(supervisor.actor, '{ users { nodes { id } } }')).data.users.nodes).toEqual([{ id: supervisor.id }]);
    expect((await test.ask(admin.actor, 'query($id: ID!) { user(id: $id) { id } }', { id: stranger.id })).data.user).toEqual({ id: stranger.id });
  });

  it('answers references to nobody without a right', async () => {
    const denied = await test.ask(anonymousActor, ENTITIES, { representations: [{ __typename: 'User', id: admin.id }, { __typename: 'Role', id: 'role_1' }] });
    expect(denied.data?.entities ?? [null, null]).toEqual([null, null]);
    expect(denied.errors?.map(({ extensions }) => extensions?.['code'])).toEqual(expect.arrayContaining(['UNAUTHENTICATED']));
    expect((await test.ask(anActor({ grants: [], role: 'none' }), ENTITIES, { representations: [{ __typename: 'User', id: admin.id }] })).data).toEqual({ entities: [null] });
  });

  it('finds by search, role and state', async () => {
    const supervisor = await test.person('supervisor');
    const { centerId } = supervisor.actor;
    const named = (username: string, displayName: string) => test.identity.ensureUsers([{ username: `${username}.${centerId}`, displayName, password: PASSWORD, role: 'operator', email: 'a_b@example.org', centerId }]);
    await named('first', '100% Anna');
    await named('second', 'Bob');
    const find = async (filter: object): Promise<string[]> => {
      const { data } = await test.ask(supervisor.actor, 'query($filter: UserFilter) { users(filter: $filter) { nodes { displayName } } }', { filter });
      return (data.users.nodes as { displayName: string }[]).map(({ displayName }) => displayName).sort();
    };
    expect(await find({ search: '% ANNA' })).toEqual(['100% Anna']);
    expect(await find({ search: '%' })).toEqual(['100% Anna']);
    // He sees addresses masked, so he cannot search for what is behind the mask.
    expect(await find({ search: 'a_b@' })).toEqual([]);
    expect(await find({ role: 'supervisor' })).toEqual(['The supervisor']);
    expect(await find({ role: 'nothing' })).toEqual([]);
    expect(await find({ state: 'DEACTIVATED' })).toEqual([]);
    expect(await find({ role: 'operator', state: 'ACTIVE', search: 'second' })).toEqual(['Bob']);
  });

  it('answers 50 references with one statement, and their roles with one more', async () => {
    const supervisor = await test.person('supervisor');
    const { centerId } = supervisor.actor;
    const made = await test.identity.ensureUsers(Array.from({ length: 50 }, (_, i) => ({ username: `u${i}.${centerId}`, displayName: `User ${i}`, password: PASSWORD, role: 'operator', email: 'a@example.org', centerId })));
    const representations = made.map(({ id }) => ({ __typename: 'User', id }));
    const names = await test.counted(supervisor.actor, 'query($r: [_Any!]!) { entities: _entities(representations: $r) { ... on User { displayName center { id } } } }', { r: representations });
    expect(names.answer.data.entities).toHaveLength(50);
    expect(names.statements).toBe(1);
    const roles = await test.counted(supervisor.actor, ENTITIES, { representations });
    expect(roles.answer.data.entities[49]).toMatchObject({ displayName: 'User 49', role: { name: 'operator' } });
    expect(roles.statements).toBe(2);
    const page = await test.counted(supervisor.actor, '{ users(first: 200) { nodes { username role { name } center { id } } totalCount } }');
    expect(page.answer.data.users.totalCount).toBe(51);
    expect(page.statements).toBe(3);
  });
});

describe('seeds', () => {
  it('leave a user who exists as he is, unless told to reset his password', async () => {
    const user = await test.person('operator');
    const seed = { username: user.username, password: 'another password', role: 'admin', displayName: 'Changed', email: 'changed@example.org', centerId: newId('ctr') };
    const login = async (password: string): Promise<string> => (await test.ask(anonymousActor, LOGIN, { input: { username: user.username, password } })).data.login.userErrors[0]?.code ?? 'DONE';
    expect(await test.identity.ensureUsers([seed])).toEqual([{ id: user.id, username: user.username }]);
    expect([await login(PASSWORD), await login('another password')]).toEqual(['DONE', 'INVALID_CREDENTIALS']);
    const live = () => test.rows('select id from identity.session where user_id = $1 and ended_at is null', [user.id]);
    await test.identity.ensureUsers([{ ...seed, password: PASSWORD, resetPassword: true }]);
    expect(await live()).toHaveLength(1);
    await test.identity.ensureUsers([{ ...seed, resetPassword: true }]);
    expect(await live()).toEqual([]);
    expect([await login(PASSWORD), await login('another password')]).toEqual(['INVALID_CREDENTIALS', 'DONE']);
    expect((await test.ask(admin.actor, 'query($id: ID!) { user(id: $id) { displayName role { name } } }', { id: user.id })).data.user).toEqual({ displayName: 'The operator', role: { name: 'operator' } });
  });

  it('are made once by processes that start at once', async () => {
    const other = await test.another();
    const seed = { username: newId('name'), password: PASSWORD, role: 'operator', displayName: 'One', email: 'one@example.org', centerId: newId('ctr') };
    const made = await Promise.all([test.identity.ensureUsers([seed]), other.ensureUsers([seed])]);
    expect(made[0]).toEqual(made[1]);
  });

  it('can be said again for a projection', async () => {
    const user = await test.person('seller');
    expect(await test.identity.snapshotUsers()).toBeGreaterThan(1);
    const event = await waitFor(() => test.events.find(({ type, aggregateId }) => type === 'identity.user.snapshotted' && aggregateId === user.id));
    expect(event.payload).toMatchObject({ user: { id: user.id, role: 'seller', centerId: user.actor.centerId, active: true } });
  });
});
