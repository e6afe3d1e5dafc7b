import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymousActor, type Grant } from '@vss/auth';
import { newId } from '@vss/runtime';
import { anActor, waitFor } from '@vss/testing';
import { PASSWORD, startIdentity, type Person, type Reply, type TestIdentity } from '../identity.fixture.js';

const TEAM = 'id name description version memberCount center { id } members { nodes { id } totalCount }';
const CREATE = `mutation($input: TeamCreateInput!) { done: teamCreate(input: $input) { team { ${TEAM} } userErrors { code field } } }`;
const UPDATE = `mutation($input: TeamUpdateInput!) { done: teamUpdate(input: $input) { team { ${TEAM} } userErrors { code field } } }`;
const MEMBERS = `mutation($input: TeamMembersSetInput!) { done: teamMembersSet(input: $input) { team { ${TEAM} } userErrors { code field } } }`;
const DELETE = 'mutation($input: TeamDeleteInput!) { done: teamDelete(input: $input) { teamId userErrors { code } } }';
const USER_UPDATE = 'mutation($input: UserUpdateInput!) { done: userUpdate(input: $input) { user { version teams { id } } userErrors { code field } } }';
const USER_CREATE = 'mutation($input: UserCreateInput!) { done: userCreate(input: $input) { user { id teams { id name } } userErrors { code field } } }';
const LOGIN = 'mutation($input: LoginInput!) { login(input: $input) { accessToken } }';

let test: TestIdentity;
let admin: Person;
beforeAll(async () => {
  test = await startIdentity();
  admin = await test.person('admin');
});
afterAll(() => test.stop());

const ask = (query: string, input: Record<string, unknown>, actor = admin.actor): Promise<Reply> => test.ask(actor, query, { input });
const codeOf = ({ data, errors }: Reply): unknown => errors?.[0]?.extensions?.['code'] ?? data?.done?.userErrors[0]?.code ?? 'DONE';
const colleague = (role = 'operator'): Promise<Person> => test.person(role, admin.actor.centerId);
const aTeam = async (more: Record<string, unknown> = {}): Promise<{ id: string; version: number; name: string }> => (await ask(CREATE, { name: newId('team'), ...more })).data.done.team;
const idsOf = (nodes: { id: string }[]): string[] => nodes.map(({ id }) => id);
const eventsOf = (type: string, aggregateId: string) => test.events.filter((event) => event.type === type && event.aggregateId === aggregateId).map(({ payload }) => payload as Record<string, unknown>);

describe('a team', () => {
  it('is made, changed and deleted, and the audit and the other subgraphs are told', async () => {
    const name = `  North\t ${newId('x')} `;
    const { team } = (await ask(CREATE, { name, description: 'The northern states' })).data.done;
    expect(team).toMatchObject({ name: name.trim().replaceAll(/\s+/g, ' '), description: 'The northern states', version: 1, memberCount: 0, center: { id: admin.actor.centerId } });
    const changed = (await ask(UPDATE, { id: team.id, expectedVersion: 1, description: null })).data.done.team;
    expect(changed).toMatchObject({ name: team.name, description: '', version: 2 });
    expect(codeOf(await ask(UPDATE, { id: team.id, expectedVersion: 1, name: 'Stale' }))).toBe('VERSION_CONFLICT');
    expect((await ask(DELETE, { id: team.id, expectedVersion: 2 })).data.done).toEqual({ teamId: team.id, userErrors: [] });
    expect((await test.ask(admin.actor, 'query($id: ID!) { team(id: $id) { id } }', { id: team.id })).errors?.[0]?.extensions?.['code']).toBe('NOT_FOUND');
    await waitFor(() => eventsOf('identity.team.deleted', team.id).length === 1);
    expect(test.events.filter(({ aggregateId }) => aggregateId === team.id).map(({ type }) => type)).toEqual(['identity.team.created', 'identity.team.updated', 'identity.team.deleted']);
    expect(await test.rows(`select action from identity.security_audit_entry where target = $1 and action like 'TEAM\\_%' order by at, id`, [team.id])).toEqual(['TEAM_CREATED', 'TEAM_UPDATED', 'TEAM_DELETED'].map((action) => ({ action })));
  });

  it('has a name of its own within its center', async () => {
    const { name } = await aTeam();
    expect(codeOf(await ask(CREATE, { name: name.toUpperCase() }))).toBe('TEAM_NAME_TAKEN');
    expect(codeOf(await ask(CREATE, { name, centerId: newId('ctr') }))).toBe('DONE');
    expect(codeOf(await ask(UPDATE, { id: (await aTeam()).id, expectedVersion: 1, name }))).toBe('TEAM_NAME_TAKEN');
    expect(codeOf(await ask(CREATE, { name: ' ' }))).toBe('TEAM_NAME_INVALID');
    expect(codeOf(await ask(UPDATE, { id: (await aTeam()).id, expectedVersion: 1, name: null }))).toBe('INPUT_INVALID');
  });

  it('is for administrators to make, and for supervisors to see', async () => {
    const team = await aTeam();
    const supervisor = await colleague('supervisor');
    const listed = (await test.ask(supervisor.actor, 'query($s: String) { teams(filter: { search: $s }) { nodes { id memberCount } totalCount } }', { s: team.name })).data.teams;
    expect(listed).toEqual({ nodes: [{ id: team.id, memberCount: 0 }], totalCount: 1 });
    for (const role of ['supervisor', 'operator', 'seller']) {
      const { actor } = await colleague(role);
      for (const reply of [await ask(CREATE, { name: 'Mine' }, actor), await ask(MEMBERS, { id: team.id, expectedVersion: 1, userIds: [actor.userId] }, actor), await ask(DELETE, { id: team.id, expectedVersion: 1 }, actor)]) expect(codeOf(reply)).toBe('FORBIDDEN');
    }
    const operator = await colleague();
    expect((await test.ask(operator.actor, '{ teams { totalCount } }')).errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
    const partly = await test.ask(operator.actor, 'query($id: ID!) { team(id: $id) { name members { totalCount } } }', { id: team.id });
    expect(partly).toMatchObject({ data: { team: { name: team.name, members: null } }, errors: [{ extensions: { code: 'FORBIDDEN' } }] });
  });

  it('of a stranger center does not exist', async () => {
    const team = await aTeam();
    const grants: Grant[] = [{ resource: '*', actions: ['*'], scope: 'CENTER', effect: 'ALLOW' }];
    const head = anActor({ role: 'head', grants });
    expect(codeOf(await ask(DELETE, { id: team.id, expectedVersion: 1 }, head))).toBe('NOT_FOUND');
    expect(codeOf(await ask(MEMBERS, { id: team.id, expectedVersion: 1, userIds: [] }, head))).toBe('NOT_FOUND');
    expect(codeOf(await ask(CREATE, { name: 'Theirs', centerId: admin.actor.centerId }, head))).toBe('NOT_FOUND');
    expect((await test.ask(head, '{ teams { nodes { id } } }')).data.teams.nodes).toEqual([]);
  });
});

describe('a right that reaches as far as one\'s teams', () => {
  const seeing = (teamIds: string[]) => anActor({ role: 'lead', centerId: admin.actor.centerId, teamIds, grants: [{ resource: 'teams', actions: ['read'], scope: 'TEAM', effect: 'ALLOW' }, { resource: 'directory', actions: ['read'], scope: 'CENTER', effect: 'ALLOW' }] });

  it('lists one\'s own teams and who is in them, and no other', async () => {
    const [own, other] = [await aTeam(), await aTeam()];
    const actor = seeing([own.id]);
    expect((await test.ask(actor, '{ teams { nodes { id memberCount members { totalCount } } } }')).data.teams.nodes).toEqual([{ id: own.id, memberCount: 0, members: { totalCount: 0 } }]);
    const { data, errors } = await test.ask(actor, 'query($id: ID!) { team(id: $id) { name memberCount members { totalCount } } }', { id: other.id });
    expect(data.team).toEqual({ name: other.name, memberCount: null, members: null });
    expect(errors?.map(({ extensions }) => extensions?.['code'])).toEqual(['FORBIDDEN', 'FORBIDDEN']);
  });

  it('is not given by a seat, to oneself or to others, by who does not have it there', async () => {
    const name = newId('r').replace('_', '-');
    const made = await test.ask(admin.actor, 'mutation($input: RoleCreateInput!) { done: roleCreate(input: $input) { role { id } userErrors { code } } }', { input: { name, description: 'Of the test', grants: [{ resource: 'leads', actions: ['read'], scope: 'TEAM', effect: 'ALLOW' }] } });
    expect(codeOf(made)).toBe('DONE');
    const [holder, team] = [await colleague(name), await aTeam()];
    const clerk = (more: Grant[]) => anActor({ role: 'clerk', userId: holder.id, centerId: admin.actor.centerId, grants: [...['teams', 'users', 'directory'].map((resource): Grant => ({ resource, actions: ['*'], scope: 'CENTER', effect: 'ALLOW' })), ...more] });
    const weak = clerk([{ resource: 'leads', actions: ['read'], scope: 'TEAM', effect: 'ALLOW' }]);
    expect(codeOf(await ask(MEMBERS, { id: team.id, expectedVersion: 1, userIds: [holder.id] }, weak))).toBe('FORBIDDEN');
    expect(codeOf(await ask(USER_UPDATE, { id: holder.id, expectedVersion: 1, teamIds: [team.id] }, weak))).toBe('FORBIDDEN');
    expect(codeOf(await ask(USER_CREATE, { username: newId('name'), password: PASSWORD, email: 'new@example.org', role: name, teamIds: [team.id] }, weak))).toBe('FORBIDDEN');
    expect(await test.rows('select user_id from identity.team_member where team_id = $1', [team.id])).toEqual([]);
    const strong = clerk([{ resource: 'leads', actions: ['read'], scope: 'CENTER', effect: 'ALLOW' }]);
    expect(codeOf(await ask(MEMBERS, { id: team.id, expectedVersion: 1, userIds: [holder.id] }, strong))).toBe('DONE');
  });
});

describe('who is in a team', () => {
  it('is told to who comes, goes and stays: users, tokens, other subgraphs', async () => {
    const [stays, goes, comes] = [await colleague(), await colleague(), await colleague('seller')];
    const team = await aTeam();
    await ask(MEMBERS, { id: team.id, expectedVersion: 1, userIds: [stays.id, goes.id, stays.id] });
    const { team: now } = (await ask(MEMBERS, { id: team.id, expectedVersion: 2, userIds: [stays.id, comes.id] })).data.done;
    expect(now).toMatchObject({ version: 3, memberCount: 2, members: { totalCount: 2 } });
    expect(idsOf(now.members.nodes).toSorted()).toEqual([stays.id, comes.id].toSorted());
    await waitFor(() => eventsOf('identity.rights.changed', goes.id).length === 2);
    expect(eventsOf('identity.rights.changed', goes.id)).toMatchObject([{ teamIds: [team.id], rightsVersion: 1, role: 'operator' }, { teamIds: [], rightsVersion: 2 }]);
    expect(eventsOf('identity.user.updated', comes.id)).toMatchObject([{ user: { teamIds: [team.id], version: 2, role: 'seller' } }]);
    expect(eventsOf('identity.rights.changed', stays.id)).toHaveLength(1);
    const { data } = await test.ask(anonymousActor, LOGIN, { input: { username: comes.username, password: PASSWORD } });
    expect((await test.verifier.verify(data.login.accessToken)).actor).toMatchObject({ teamIds: [team.id], rightsVersion: 1 });
    expect(await test.rows(`select detail from identity.security_audit_entry where target = $1 and action = 'TEAM_UPDATED' order by at, id`, [team.id])).toMatchObject([{}, { detail: { added: [comes.id], removed: [goes.id] } }]);
  });

  it('loses the right with the team', async () => {
    const member = await colleague();
    const team = await aTeam();
    await ask(MEMBERS, { id: team.id, expectedVersion: 1, userIds: [member.id] });
    expect(codeOf(await ask(DELETE, { id: team.id, expectedVersion: 2 }))).toBe('DONE');
    await waitFor(() => eventsOf('identity.rights.changed', member.id).length === 2);
    expect(eventsOf('identity.rights.changed', member.id)).toMatchObject([{ teamIds: [team.id] }, { teamIds: [] }]);
    expect((await test.ask(member.actor, '{ me { teams { id } } }')).data.me.teams).toEqual([]);
  });

  it('is nobody of another center', async () => {
    const stranger = await test.person('operator');
    const team = await aTeam();
    const reply = await ask(MEMBERS, { id: team.id, expectedVersion: 1, userIds: [stranger.id] });
    expect(reply.data.done).toEqual({ team: null, userErrors: [{ code: 'USER_UNKNOWN', field: ['input', 'userIds'] }] });
    expect(codeOf(await ask(MEMBERS, { id: team.id, expectedVersion: 1, userIds: Array.from({ length: 501 }, () => admin.id) }))).toBe('BAD_USER_INPUT');
  });

  it('is said with the user as well, when he is made and later', async () => {
    const [a, b] = [await aTeam({ name: newId('a') }), await aTeam({ name: newId('b') })];
    const made = (await ask(USER_CREATE, { username: newId('name'), password: PASSWORD, email: 'new@example.org', role: 'operator', teamIds: [a.id] })).data.done.user;
    expect(made.teams).toEqual([{ id: a.id, name: a.name }]);
    expect((await ask(USER_UPDATE, { id: made.id, expectedVersion: 1, teamIds: [b.id] })).data.done.user).toEqual({ version: 2, teams: [{ id: b.id }] });
    await waitFor(() => eventsOf('identity.rights.changed', made.id).length === 1);
    expect(eventsOf('identity.user.created', made.id)).toMatchObject([{ user: { teamIds: [a.id] } }]);
    expect(eventsOf('identity.rights.changed', made.id)).toMatchObject([{ teamIds: [b.id], rightsVersion: 1 }]);
    expect(codeOf(await ask(USER_UPDATE, { id: made.id, expectedVersion: 2, teamIds: null }))).toBe('INPUT_INVALID');
    const foreign = (await ask(CREATE, { name: 'Elsewhere', centerId: newId('ctr') })).data.done.team;
    expect(codeOf(await ask(USER_UPDATE, { id: made.id, expectedVersion: 2, teamIds: [foreign.id] }))).toBe('TEAM_UNKNOWN');
  });

  it('is one truth, however many say it at once', async () => {
    const people = await Promise.all(Array.from({ length: 4 }, () => colleague()));
    const teams = [await aTeam(), await aTeam()];
    const [first, second] = teams.map(({ id }) => id);
    const replies = await Promise.all([
      ...teams.map((team) => ask(MEMBERS, { id: team.id, expectedVersion: 1, userIds: idsOf(people) })),
      ...people.map((person, at) => ask(USER_UPDATE, { id: person.id, expectedVersion: 1, teamIds: [at % 2 === 0 ? first : second] })),
    ]);
    expect(new Set(replies.map(codeOf))).toEqual(new Set(['DONE', 'VERSION_CONFLICT']));
    for (const person of people) {
      const [row] = await test.rows<{ version: number; rights_version: number }>('select version, rights_version from identity.user_account where id = $1', [person.id]);
      await waitFor(() => eventsOf('identity.rights.changed', person.id).length === row?.rights_version);
      const told = eventsOf('identity.rights.changed', person.id).at(-1)?.['teamIds'];
      expect((await test.ask(person.actor, '{ me { teams { id } } }')).data.me.teams.map(({ id }: { id: string }) => id)).toEqual(told);
    }
  });

  it('narrows a list of users', async () => {
    const member = await colleague();
    const team = await aTeam();
    await ask(MEMBERS, { id: team.id, expectedVersion: 1, userIds: [member.id] });
    const listed = await test.ask(admin.actor, 'query($id: ID!) { users(filter: { teamId: $id }) { nodes { id teams { name } } totalCount } }', { id: team.id });
    expect(listed.data.users).toEqual({ nodes: [{ id: member.id, teams: [{ name: team.name }] }], totalCount: 1 });
  });

  it('is loaded for a page of users with two statements', async () => {
    const people = await Promise.all(Array.from({ length: 5 }, () => colleague()));
    const team = await aTeam();
    await ask(MEMBERS, { id: team.id, expectedVersion: 1, userIds: idsOf(people) });
    const page = await test.counted(admin.actor, 'query($id: ID!) { users(filter: { teamId: $id }) { nodes { teams { name } } } }', { id: team.id });
    expect(page.answer.data.users.nodes).toHaveLength(5);
    // The members of the team, the users, their teams' ids, the teams.
    expect(page.statements).toBe(4);
  });

  it('is said again for a projection', async () => {
    const team = await aTeam();
    await test.identity.snapshotUsers();
    await waitFor(() => eventsOf('identity.team.snapshotted', team.id).length === 1);
    expect(eventsOf('identity.team.snapshotted', team.id)).toEqual([{ team: { id: team.id, centerId: admin.actor.centerId, name: team.name, version: 1 } }]);
  });
});
