import { afterEach, beforeEach, expect, it } from 'vitest';
import { startIdentity, type Person, type TestIdentity } from '../identity.fixture.js';
import { CREATE, DIFF, line, outcomeOf, UPDATE } from './role.fixture.js';

// How many administrators there are is of the whole platform, so each test has one of its own.
let test: TestIdentity;
beforeEach(async () => void (test = await startIdentity()));
afterEach(() => test.stop());

it('the last administrator stays: no change of a role, or of a user, takes him away', async () => {
  const [chief, clerk] = [await test.person('admin'), await test.person('operator')];
  const ask = async (query: string, input: object) => test.ask(chief.actor, query, { input });
  const all = [line('*:*', 'ALL')];
  const { id, name } = (await ask(CREATE, { name: 'chief', description: 'Everything', grants: all })).data.roleCreate.role;
  const toRole = async (user: Person, role: string) => {
    const { version } = (await test.ask(chief.actor, '{ user(id: "' + user.id + '") { version } }')).data.user;
    return (await ask('mutation($input: UserUpdateInput!) { userUpdate(input: $input) { userErrors { code } } }', { id: user.id, expectedVersion: version, role })).data.userUpdate.userErrors;
  };
  // From one role that may do everything to another: somebody is left.
  expect(await toRole(chief, name)).toEqual([]);
  expect(await toRole(chief, 'operator')).toEqual([{ code: 'LAST_ADMINISTRATOR' }]);
  const narrower = { id, expectedVersion: 1, grants: [line('*:*', 'ALL'), line('calls:start', 'ALL', { effect: 'DENY' })] };
  expect((await test.ask(chief.actor, DIFF, { roleId: id, grants: narrower.grants })).data.roleDiff).toMatchObject({ removesLastAdministrator: true, usersTouched: 1 });
  expect((await ask(UPDATE, narrower)).data.roleUpdate.userErrors).toMatchObject([{ code: 'LAST_ADMINISTRATOR', field: ['input', 'grants'] }]);
  // A program that may do everything puts nothing right.
  await test.rows(`update identity.user_account set kind = 'SERVICE', password_hash = null, role_id = (select id from identity.role where name = 'admin') where id = $1`, [clerk.id]);
  expect((await ask(UPDATE, narrower)).data.roleUpdate.userErrors).toMatchObject([{ code: 'LAST_ADMINISTRATOR' }]);
  await test.person('admin');
  expect((await ask(UPDATE, narrower)).data.roleUpdate.userErrors).toEqual([]);
});

it('two who take everything from each other at once do not both succeed', async () => {
  const founder = await test.person('admin');
  const everything = [line('*:*', 'ALL')];
  const makeRole = async (name: string): Promise<string> => (await test.ask(founder.actor, CREATE, { input: { name, description: 'Everything', grants: everything } })).data.roleCreate.role.id;
  const roles = [await makeRole('first-chief'), await makeRole('second-chief')];
  const [first, second] = [await test.person('first-chief'), await test.person('second-chief')];
  await test.rows(`update identity.user_account set state = 'DEACTIVATED' where id = $1`, [founder.id]);
  const narrow = (by: Person, id: string | undefined) => test.ask(by.actor, UPDATE, { input: { id, expectedVersion: 1, grants: [line('calls:read', 'ALL')] } });
  const replies = await Promise.all([narrow(first, roles[1]), narrow(second, roles[0])]);
  const refused = replies.map(outcomeOf).filter((outcome) => outcome !== 'DONE');
  expect(refused).toHaveLength(1);
  expect(['LAST_ADMINISTRATOR', 'FORBIDDEN']).toContain(refused[0]);
});
