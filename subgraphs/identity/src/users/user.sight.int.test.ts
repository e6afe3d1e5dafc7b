import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor, Grant } from '@vss/auth';
import { newId } from '@vss/runtime';
import { anActor } from '@vss/testing';
import { startIdentity, type Person, type TestIdentity } from '../identity.fixture.js';

let test: TestIdentity;
let admin: Person;
beforeAll(async () => {
  test = await startIdentity();
  admin = await test.person('admin');
});
afterAll(() => test.stop());

const colleague = (): Promise<Person> => test.person('operator', admin.actor.centerId);

async function aTeam(...members: Person[]): Promise<string> {
  const made = await test.ask(admin.actor, 'mutation($input: TeamCreateInput!) { teamCreate(input: $input) { team { id } } }', { input: { name: newId('team') } });
  const { id } = made.data.teamCreate.team;
  await test.ask(admin.actor, 'mutation($input: TeamMembersSetInput!) { teamMembersSet(input: $input) { team { id } } }', { input: { id, expectedVersion: 1, userIds: members.map((member) => member.id) } });
  return id;
}

/** Sees accounts, and who is behind them, of his teams. */
function aLeader(teamIds: readonly string[], actions = ['read']): Actor {
  const grants: Grant[] = [
    { resource: 'users', actions, scope: 'TEAM', effect: 'ALLOW' },
    { resource: 'directory', actions: ['read'], scope: 'CENTER', effect: 'ALLOW' },
  ];
  return anActor({ role: 'leader', centerId: admin.actor.centerId, teamIds, grants });
}

it('lists to the leader of a team its members alone', async () => {
  const [member, other, stranger] = await Promise.all([colleague(), colleague(), colleague()]);
  const leader = aLeader([await aTeam(member), await aTeam(other, member)]);
  await aTeam(stranger);
  const listed = async (actor: Actor, filter = {}): Promise<string[]> =>
    (await test.ask(actor, 'query($filter: UserFilter) { users(filter: $filter) { totalCount nodes { id } } }', { filter })).data.users.nodes.map(({ id }: { id: string }) => id);
  expect((await listed(leader)).toSorted()).toEqual([member.id, other.id].toSorted());
  expect(await listed(leader, { search: stranger.username })).toEqual([]);
  expect(await listed(aLeader([]))).toEqual([]);
});

it('shows the leader of a team more than the name of its members alone, with few statements', async () => {
  const [member, stranger] = await Promise.all([colleague(), colleague()]);
  const leader = aLeader([await aTeam(member)]);
  const query = 'query($a: ID!, $b: ID!) { member: user(id: $a) { id username state email } stranger: user(id: $b) { id username state email } }';
  const { data, errors } = await test.ask(leader, query, { a: member.id, b: stranger.id });
  expect(data.member).toMatchObject({ username: member.username, state: 'ACTIVE', email: expect.stringContaining('•••') });
  expect(data.stranger).toEqual({ id: stranger.id, username: stranger.username, state: null, email: null });
  expect(errors?.map(({ path }) => path?.join('.')).toSorted()).toEqual(['stranger.email', 'stranger.state']);
  const reads = await test.ask(aLeader([await aTeam(member)], ['read', 'read-contact']), query, { a: member.id, b: stranger.id });
  expect(reads.data.member.email).toBe(`${member.username}@example.org`);
  // Rows, and the teams of all of them.
  const { statements } = await test.counted(leader, '{ users { nodes { state email lastLoginAt } } }');
  expect(statements).toBe(3);
});
