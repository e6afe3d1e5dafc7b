import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anActor } from '@vss/testing';
import { startIdentity, type Person, type TestIdentity } from '../identity.fixture.js';
import { aName, CREATE, DIFF, line, VERSIONS, type Line } from './role.fixture.js';

let test: TestIdentity;
let admin: Person;
beforeAll(async () => {
  test = await startIdentity();
  admin = await test.person('admin');
});
afterAll(() => test.stop());

const made = async (grants: Line[]): Promise<{ id: string; name: string }> => (await test.ask(admin.actor, CREATE, { input: { name: aName(), description: 'Of the test', grants } })).data.roleCreate.role;

describe('what a change would do', () => {
  it('is told before it is saved, right by right', async () => {
    const role = await made([line('notes:*', 'CENTER'), line('slots:reserve', 'ASSIGNED')]);
    await test.person(role.name, admin.actor.centerId);
    const grants = [line('notes:read', 'ALL'), line('slots:reserve', 'CENTER', { conditions: { maxConcurrent: 1 } })];
    const { roleDiff } = (await test.ask(admin.actor, DIFF, { roleId: role.id, grants })).data;
    expect(roleDiff).toEqual({
      gained: [
        { permission: 'slots:reserve', description: 'Take a slot for oneself', scope: 'CENTER', before: 'ASSIGNED', conditions: { maxConcurrent: 1 }, conditionsBefore: null },
        { permission: 'notes:read', description: 'Read notes', scope: 'ALL', before: 'CENTER', conditions: null, conditionsBefore: null },
      ],
      lost: [
        { permission: 'slots:reserve', scope: 'CENTER', before: 'ASSIGNED' },
        { permission: 'notes:create', scope: null, before: 'CENTER' },
        { permission: 'notes:update', scope: null, before: 'CENTER' },
      ],
      usersTouched: 1,
      removesLastAdministrator: false,
      beyondOwn: [],
    });
    expect((await test.ask(admin.actor, VERSIONS, { id: role.id })).data.role.versions.totalCount).toBe(1);
  });

  it('names for a new role what one may not give', async () => {
    const supervisor = anActor({ role: 'supervisor' });
    const { roleDiff } = (await test.ask(supervisor, DIFF, { roleId: null, grants: [line('calls:start', 'OWN'), line('calls:read', 'CENTER')] })).data;
    expect(roleDiff).toMatchObject({ usersTouched: 0, beyondOwn: ['calls:start'], gained: [{ permission: 'calls:read', before: null }, { permission: 'calls:start', before: null }], lost: [] });
  });

  it('is refused where a line could not be kept', async () => {
    const { errors } = await test.ask(admin.actor, DIFF, { roleId: null, grants: [line('calls:fly')] });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'GRANT_INVALID', fields: [{ field: 'grants.0.actions' }] });
  });
});

it('shows every right to whoever edits roles', async () => {
  const { permissions } = (await test.ask(anActor({ role: 'operator' }), '{ permissions { permission resource action description scopes conditions planned } }')).data;
  expect(permissions).toContainEqual({ permission: 'slots:reserve', resource: 'slots', action: 'reserve', description: 'Take a slot for oneself', scopes: ['ASSIGNED', 'TEAM', 'CENTER', 'ALL'], conditions: ['maxConcurrent', 'maxDurationSec'], planned: false });
  expect(permissions.length).toBeGreaterThan(100);
});

it('counts the users of a role in one\u2019s center, or in all, in one statement', async () => {
  const role = await made([]);
  await test.person(role.name, admin.actor.centerId);
  await test.person(role.name);
  const countAs = async (actor: Person['actor']): Promise<number | undefined> => {
    const { data } = await test.ask(actor, '{ roles { name userCount } }');
    return data.roles.find(({ name }: { name: string }) => name === role.name)?.userCount;
  };
  expect(await countAs(admin.actor)).toBe(2);
  expect(await countAs(anActor({ role: 'supervisor', centerId: admin.actor.centerId }))).toBe(1);
  expect((await test.counted(admin.actor, '{ roles { userCount } }')).statements).toBe(2);
});
