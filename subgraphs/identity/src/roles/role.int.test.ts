import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM_ROLES, type Grant } from '@vss/auth';
import { newId } from '@vss/runtime';
import { anActor, waitFor } from '@vss/testing';
import { startIdentity, type Person, type Reply, type TestIdentity } from '../identity.fixture.js';
import { aName, CREATE, DELETE, line, outcomeOf, UPDATE, VERSIONS, type Line } from './role.fixture.js';

const LOGIN = `mutation($input: LoginInput!) { login(input: $input) { accessToken userErrors { code } } }`;

let test: TestIdentity;
let admin: Person;
beforeAll(async () => {
  test = await startIdentity();
  admin = await test.person('admin');
});
afterAll(() => test.stop());

const create = (actor: Person['actor'], grants: Line[], more: object = {}): Promise<Reply> => test.ask(actor, CREATE, { input: { name: aName(), description: 'For the tests', grants, ...more } });
const made = async (grants: Line[], more: object = {}): Promise<{ id: string; name: string; version: number }> => {
  const { data, errors } = await create(admin.actor, grants, more);
  expect([errors, data?.roleCreate.userErrors]).toEqual([undefined, []]);
  return data.roleCreate.role;
};
const update = (actor: Person['actor'], input: object): Promise<Reply> => test.ask(actor, UPDATE, { input });
const remove = (actor: Person['actor'], input: object): Promise<Reply> => test.ask(actor, DELETE, { input });
const asGrants = (lines: Line[]): Grant[] => lines.map((each) => ({ effect: 'ALLOW', ...each }) as Grant);
const MANAGER = [line('roles:*', 'ALL'), line('directory:read', 'ALL')];
const aManager = (grants: Line[]) => anActor({ role: 'manager', grants: asGrants([...MANAGER, ...grants]), centerId: admin.actor.centerId });

describe('making a role (R-122)', () => {
  it('keeps its lines, its first version and who made it, and tells the audit', async () => {
    const name = aName();
    const grants = [line('calls:read', 'TEAM', { conditions: { fields: ['id', 'status'] } }), line('slots:reserve', 'ASSIGNED', { conditions: { maxConcurrent: 2, maxDurationSec: 600 } }), line('remote-sessions:*', 'ALL', { effect: 'DENY' })];
    const { data } = await create(admin.actor, grants, { name, description: ' Listens ' });
    const none = { fields: null, protocols: null, maxConcurrent: null, maxDurationSec: null };
    expect(data.roleCreate).toEqual({
      role: {
        id: expect.stringMatching(/^role_/), name, description: 'Listens', version: 1, permissionVersion: 1, system: false, userCount: 0,
        grants: [
          { ...grants[0], effect: 'ALLOW', conditions: { ...none, fields: ['id', 'status'] } },
          { ...grants[1], effect: 'ALLOW', conditions: { ...none, maxConcurrent: 2, maxDurationSec: 600 } },
          { ...grants[2], conditions: null },
        ],
      },
      userErrors: [],
    });
    const { id } = data.roleCreate.role;
    const history = (await test.ask(admin.actor, VERSIONS, { id })).data.role.versions;
    expect(history).toMatchObject({ totalCount: 1, nodes: [{ version: 1, permissionVersion: 1, name, actor: { id: admin.id } }] });
    expect(await test.rows('select action, outcome, actor_id from identity.security_audit_entry where target = $1', [id])).toEqual([{ action: 'ROLE_CREATED', outcome: 'ALLOWED', actor_id: admin.id }]);
  });

  it('lets its holders do what it says and nothing else', async () => {
    const role = await made([line('users:read', 'CENTER'), line('directory:read')]);
    const holder = await test.person(role.name, admin.actor.centerId);
    const { data } = await test.ask(admin.actor, LOGIN, { input: { username: holder.username, password: 'correct horse battery' } });
    const { actor } = await test.verifier.verify(data.login.accessToken);
    expect(actor).toMatchObject({ role: role.name, permissionVersion: 1, grants: { allow: { 'users:read': 'CENTER', 'directory:read': 'CENTER' }, deny: [] } });
    expect((await test.ask(actor, '{ users(first: 1) { nodes { id } } }')).errors).toBeUndefined();
    expect((await test.ask(actor, '{ roles { id } }')).errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
  });

  it.each([
    ['a name of one letter', { name: 'a' }, 'ROLE_NAME_INVALID', ['input', 'name']],
    ['a name in another alphabet, which looks alike', { name: '\u0430dmin' }, 'ROLE_NAME_INVALID', ['input', 'name']],
    ['a name that is taken', { name: 'operator' }, 'ROLE_NAME_TAKEN', ['input', 'name']],
    ['no description', { description: ' ' }, 'DESCRIPTION_INVALID', ['input', 'description']],
    ['a line for the log in the description', { description: 'x\n{"level":50}' }, 'DESCRIPTION_INVALID', ['input', 'description']],
    ['an unknown right', { grants: [line('calls:read'), line('calls:fly')] }, 'GRANT_INVALID', ['input', 'grants', '1', 'actions']],
    ['a scope that means nothing', { grants: [line('users:create', 'OWN')] }, 'GRANT_INVALID', ['input', 'grants', '0', 'scope']],
    ['a denial in part', { grants: [line('calls:start', 'OWN', { effect: 'DENY' })] }, 'GRANT_INVALID', ['input', 'grants', '0', 'scope']],
    ['a condition that nobody keeps', { grants: [line('calls:start', 'OWN', { conditions: { maxConcurrent: 1 } })] }, 'GRANT_INVALID', ['input', 'grants', '0', 'conditions']],
  ])('refuses %s', async (_what, more, code, field) => {
    const { data } = await create(admin.actor, [], more);
    expect(data.roleCreate).toMatchObject({ role: null, userErrors: [{ code, field }] });
  });

  it('gives a name to one of several who want it at once', async () => {
    const name = aName();
    const replies = await Promise.all(Array.from({ length: 4 }, () => create(admin.actor, [], { name })));
    expect(replies.map(outcomeOf).filter((outcome) => outcome === 'DONE')).toHaveLength(1);
    expect(replies.map(outcomeOf).filter((outcome) => outcome === 'ROLE_NAME_TAKEN')).toHaveLength(3);
  });

  it.each(['operator', 'seller', 'supervisor'])('is not for the role %s', async (role) => {
    const actor = anActor({ role });
    expect(outcomeOf(await create(actor, []))).toBe('FORBIDDEN');
    expect(outcomeOf(await update(actor, { id: 'role_x', expectedVersion: 1 }))).toBe('FORBIDDEN');
    expect(outcomeOf(await remove(actor, { id: 'role_x', expectedVersion: 1 }))).toBe('FORBIDDEN');
  });

  it('is not for who may make roles in one center only, since roles belong to none', async () =>
    expect(outcomeOf(await create(anActor({ role: 'head', grants: asGrants([line('*:*', 'CENTER')]) }), []))).toBe('FORBIDDEN'));
});

describe('delegation: nobody gives what he does not hold', () => {
  it.each([
    ['another right', line('calls:start', 'OWN')],
    ['a wider scope', line('calls:read', 'CENTER')],
    ['a looser condition', line('slots:reserve', 'ASSIGNED', { conditions: { maxConcurrent: 3 } })],
    ['no condition', line('slots:reserve', 'ASSIGNED')],
    ['a wildcard', line('calls:*', 'OWN')],
    ['everything', line('*:*', 'ALL')],
  ])('refuses a role with %s, and says which', async (_what, grant) => {
    const manager = aManager([line('calls:read', 'TEAM'), line('slots:reserve', 'ASSIGNED', { conditions: { maxConcurrent: 2 } })]);
    const reply = await create(manager, [grant]);
    expect(outcomeOf(reply)).toBe('FORBIDDEN');
    expect(reply.errors?.[0]).toMatchObject({ message: expect.stringMatching(/^The new role may do more than the role manager: /), extensions: { permission: 'roles:create', explainId: expect.any(String) } });
  });

  it('takes a role within what is held', async () => expect(outcomeOf(await create(aManager([line('calls:read', 'TEAM')]), [line('calls:read', 'OWN')]))).toBe('DONE'));

  it('refuses to change or delete a role that may do more than oneself', async () => {
    const { id } = await made([line('calls:start', 'CENTER')]);
    const manager = aManager([line('calls:read', 'CENTER')]);
    expect(outcomeOf(await update(manager, { id, expectedVersion: 1, grants: [] }))).toBe('FORBIDDEN');
    expect(outcomeOf(await remove(manager, { id, expectedVersion: 1 }))).toBe('FORBIDDEN');
  });

  it('lets nobody widen his own role, by whatever his token says', async () => {
    const role = await made([...MANAGER, line('calls:read', 'TEAM')]);
    const holder = await test.person(role.name, admin.actor.centerId);
    const wider = [...MANAGER, line('calls:read', 'CENTER')];
    const own = anActor({ role: role.name, userId: holder.id, centerId: admin.actor.centerId, grants: asGrants([...MANAGER, line('calls:read', 'TEAM')]) });
    expect(outcomeOf(await update(own, { id: role.id, expectedVersion: 1, grants: wider }))).toBe('FORBIDDEN');
    // A token from before his role shrank, or with a right that he has for a time.
    const stale = { ...own, grants: { allow: { ...own.grants.allow, 'calls:read': 'ALL' as const }, deny: [] } };
    expect(outcomeOf(await update(stale, { id: role.id, expectedVersion: 1, grants: wider }))).toBe('FORBIDDEN');
    expect(outcomeOf(await update(own, { id: role.id, expectedVersion: 1, grants: [...MANAGER, line('calls:read', 'OWN')] }))).toBe('DONE');
  });
});

describe('changing a role', () => {
  it('counts versions, keeps what was, and tells at once whoever keeps rights', async () => {
    const role = await made([line('calls:read', 'OWN')]);
    const { data } = await update(admin.actor, { id: role.id, expectedVersion: 1, grants: [line('calls:read', 'CENTER', { conditions: { fields: ['id'] } })] });
    expect(data.roleUpdate.role).toMatchObject({ version: 2, permissionVersion: 2 });
    const event = await waitFor(() => test.events.find(({ type, aggregateId }) => type === 'identity.rights.changed' && aggregateId === role.name));
    expect(event.payload).toEqual({ role: role.name, permissionVersion: 2, grants: { allow: { 'calls:read': 'CENTER' }, deny: [], conditions: { 'calls:read': { fields: ['id'] } } } });
    const { nodes } = (await test.ask(admin.actor, VERSIONS, { id: role.id })).data.role.versions;
    expect(nodes).toMatchObject([{ version: 2, grants: [{ scope: 'CENTER' }] }, { version: 1, grants: [{ scope: 'OWN' }] }]);
    const [entry] = await test.rows<{ detail: { grants: { before: Grant[]; after: Grant[] } } }>(`select detail from identity.security_audit_entry where target = $1 and action = 'ROLE_CHANGED'`, [role.id]);
    expect(entry?.detail.grants).toMatchObject({ before: [{ scope: 'OWN' }], after: [{ scope: 'CENTER' }] });
  });

  it('of its description alone leaves tokens as they are', async () => {
    const role = await made([line('calls:read', 'OWN')]);
    const { data } = await update(admin.actor, { id: role.id, expectedVersion: 1, description: 'Another' });
    expect(data.roleUpdate.role).toMatchObject({ version: 2, permissionVersion: 1, description: 'Another' });
    expect(test.events.some(({ aggregateId }) => aggregateId === role.name)).toBe(false);
  });

  it('to what it is already changes nothing', async () => {
    const role = await made([line('calls:read', 'OWN')]);
    expect((await update(admin.actor, { id: role.id, expectedVersion: 1, name: role.name, grants: [line('calls:read', 'OWN')] })).data.roleUpdate.role.version).toBe(1);
  });

  it.each(['name', 'description', 'grants'])('does not take null for its %s: absent is what keeps it', async (part) => {
    const { id } = await made([line('calls:read', 'OWN')]);
    expect((await update(admin.actor, { id, expectedVersion: 1, [part]: null })).data.roleUpdate).toMatchObject({ role: null, userErrors: [{ code: 'INPUT_INVALID', field: ['input', part] }] });
  });

  it('is refused for another version than the one that stands', async () => {
    const { id } = await made([]);
    const replies = await Promise.all(['A', 'B', 'C'].map((description) => update(admin.actor, { id, expectedVersion: 1, description: `Of ${description}` })));
    expect(replies.map(outcomeOf).toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual(['DONE', 'VERSION_CONFLICT', 'VERSION_CONFLICT']);
  });

  it('gives it another name only while nobody has it', async () => {
    const role = await made([]);
    const name = aName();
    expect(outcomeOf(await update(admin.actor, { id: role.id, expectedVersion: 1, name }))).toBe('DONE');
    await test.person(name, admin.actor.centerId);
    expect((await update(admin.actor, { id: role.id, expectedVersion: 2, name: aName() })).data.roleUpdate.userErrors).toMatchObject([{ code: 'ROLE_IN_USE', field: ['input', 'name'] }]);
  });

  it.each(SYSTEM_ROLES)('never changes the role $name, which every installation has', async ({ name }) => {
    const [row] = await test.rows<{ id: string; version: number }>('select id, version from identity.role where name = $1', [name]);
    const known = { id: row?.id, expectedVersion: row?.version };
    expect(outcomeOf(await update(admin.actor, { ...known, grants: [] }))).toBe('ROLE_PROTECTED');
    expect(outcomeOf(await update(admin.actor, { ...known, name: aName() }))).toBe('ROLE_PROTECTED');
    expect(outcomeOf(await remove(admin.actor, known))).toBe('ROLE_PROTECTED');
  });

  it('answers NOT_FOUND for one that is not there', async () => {
    expect(outcomeOf(await update(admin.actor, { id: 'role_nobody', expectedVersion: 1 }))).toBe('NOT_FOUND');
    expect(outcomeOf(await remove(admin.actor, { id: 'role_nobody', expectedVersion: 1 }))).toBe('NOT_FOUND');
    expect((await test.ask(admin.actor, '{ role(id: "role_nobody") { id } }')).errors?.[0]?.extensions?.['code']).toBe('NOT_FOUND');
  });
});

describe('deleting a role', () => {
  it('is refused while somebody has it, also who was deactivated', async () => {
    const role = await made([]);
    const holder = await test.person(role.name, admin.actor.centerId);
    await test.rows(`update identity.user_account set state = 'DEACTIVATED' where id = $1`, [holder.id]);
    expect((await remove(admin.actor, { id: role.id, expectedVersion: 1 })).data.roleDelete.userErrors).toMatchObject([{ code: 'ROLE_IN_USE', message: expect.stringContaining('One user has this role') }]);
  });

  it('leaves its versions, and who takes its name goes on counting from them', async () => {
    const role = await made([line('calls:read', 'OWN')]);
    await update(admin.actor, { id: role.id, expectedVersion: 1, grants: [] });
    expect((await remove(admin.actor, { id: role.id, expectedVersion: 2 })).data.roleDelete).toEqual({ deletedRoleId: role.id, userErrors: [] });
    expect(await test.rows('select version from identity.role_version where role_id = $1 order by version', [role.id])).toEqual([{ version: 1 }, { version: 2 }]);
    expect(await made([], { name: role.name })).toMatchObject({ version: 1, permissionVersion: 3 });
  });

  it('and giving it at the same time do not both happen', async () => {
    const role = await made([]);
    const [removed, given] = await Promise.all([
      remove(admin.actor, { id: role.id, expectedVersion: 1 }),
      test.ask(admin.actor, 'mutation($input: UserCreateInput!) { userCreate(input: $input) { userErrors { code } } }', { input: { username: newId('name'), password: 'correct horse battery', email: 'x@example.org', role: role.name } }),
    ]);
    const isGiven = given.data.userCreate.userErrors.length === 0;
    expect([outcomeOf(removed), isGiven]).toEqual(isGiven ? ['ROLE_IN_USE', true] : ['DONE', false]);
  });
});
