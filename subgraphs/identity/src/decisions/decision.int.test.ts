import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { denial, explainIdOf, resolveGrants, type Actor, type Grant } from '@vss/auth';
import { CallQueued, LeadCreated, LeadUpdated, NoteCreated, SlotCreated } from '@vss/events';
import { newId } from '@vss/runtime';
import { aCall, aMessage, anActor, type Answer } from '@vss/testing';
import { startIdentity, type Person, type TestIdentity } from '../identity.fixture.js';

let test: TestIdentity;
beforeAll(async () => {
  test = await startIdentity();
});
afterAll(() => test.stop());

interface Resource {
  readonly type: string;
  readonly id: string;
}

const CHECK = `query ($permission: String!, $resource: ResourceInput, $asUserId: ID) { permissionCheck(permission: $permission, resource: $resource, asUserId: $asUserId) { allowed scope permissionVersion } }`;
const EXPLAIN = `query ($permission: String, $resource: ResourceInput, $asUserId: ID, $explainId: String) {
  permissionExplain(permission: $permission, resource: $resource, asUserId: $asUserId, explainId: $explainId) {
    verdict reason permission role permissionVersion missing condition isOverride wouldBeAllowedNow coordinate at text
    user { id } grant { resource actions scope effect } deniedBy { resource actions } scopeTest { held needed passed why } grantableBy { role { name } users { username } }
  } }`;

const check = (actor: Actor, permission: string, resource?: Resource, asUserId?: string): Promise<Answer> => test.ask(actor, CHECK, { permission, resource, asUserId });
const explain = (actor: Actor, question: { permission?: string; resource?: Resource; asUserId?: string; explainId?: string }): Promise<Answer> => test.ask(actor, EXPLAIN, question);
const explained = async (actor: Actor, question: Parameters<typeof explain>[1]) => {
  const answer = await explain(actor, question);
  expect(answer.errors).toBeUndefined();
  return answer.data.permissionExplain;
};
const codeOf = (answer: Answer): unknown => answer.errors?.[0]?.extensions?.['code'];

const ROLE_CREATE = 'mutation ($input: RoleCreateInput!) { roleCreate(input: $input) { role { id name version } userErrors { message } } }';
const ROLE_UPDATE = 'mutation ($input: RoleUpdateInput!) { roleUpdate(input: $input) { role { version } userErrors { message } } }';
const USER_UPDATE = 'mutation ($input: UserUpdateInput!) { userUpdate(input: $input) { user { id } userErrors { message } } }';
const allow = (resource: string, actions: string, scope: Grant['scope']): Grant => ({ resource, actions: actions.split(','), scope, effect: 'ALLOW' });
const EVERYTHING = allow('*', '*', 'ALL');

/** A role of the test's own, and somebody of the center who has it. */
async function whoHas(admin: Person, ...grants: Grant[]): Promise<Person & { role: { id: string; name: string; version: number } }> {
  const made = await test.ask(admin.actor, ROLE_CREATE, { input: { name: `role-${newId('r').slice(-20)}`, description: 'Of a test', grants } });
  expect(made.data.roleCreate.userErrors).toEqual([]);
  const { role } = made.data.roleCreate;
  const person = await test.person('operator', admin.actor.centerId);
  await test.ask(admin.actor, USER_UPDATE, { input: { id: person.id, expectedVersion: 1, role: role.name } });
  return { ...person, role, actor: { ...person.actor, role: role.name, grants: resolveGrants(grants) } };
}

/** People of one center, and a call, a lead and a note of one of them. */
async function aCenter() {
  const centerId = newId('ctr');
  const [admin, supervisor, operator, colleague, seller] = await Promise.all(['admin', 'supervisor', 'operator', 'operator', 'seller'].map((role) => test.person(role, centerId)));
  const lead = { id: newId('lead'), centerId, phone: '+15550100100', status: 'NEW' as const, assignedSellerId: seller?.id ?? null, assignedOperatorId: operator?.id ?? null, version: 1 };
  await test.hear(aMessage(LeadCreated, { lead }, { centerId }));
  const call = aCall(centerId, { operatorId: operator?.id ?? null, leadId: lead.id });
  await test.hear(aMessage(CallQueued, { call }, { centerId }));
  const noteId = newId('note');
  await test.hear(aMessage(NoteCreated, { noteId, leadId: lead.id, callId: call.id, authorId: operator?.id ?? '' }, { centerId }));
  const people = { admin, supervisor, operator, colleague, seller } as Record<'admin' | 'supervisor' | 'operator' | 'colleague' | 'seller', Person>;
  return { centerId, lead, ...people, CALL: { type: 'CALL', id: call.id }, LEAD: { type: 'LEAD', id: lead.id }, NOTE: { type: 'NOTE', id: noteId } };
}

describe('myRights', () => {
  const held = async (actor: Actor): Promise<{ permission: string; scope: string }[]> => (await test.ask(actor, '{ myRights { permission scope } }')).data.myRights;

  it('lists every right that one has, with wildcards written out, and none that is denied', async () => {
    const { actor } = await whoHas((await aCenter()).admin, allow('leads', 'read,update', 'TEAM'), allow('leads', 'delete', 'CENTER'), { ...allow('leads', 'delete', 'ALL'), effect: 'DENY' }, allow('calls', '*', 'CENTER'));
    const rights = await held(actor);
    expect(rights).toEqual(expect.arrayContaining([{ permission: 'calls:read', scope: 'CENTER' }, { permission: 'leads:read', scope: 'TEAM' }]));
    expect(rights.map(({ permission }) => permission).filter((permission) => !/^(leads|calls):/.test(permission))).toEqual([]);
    expect(rights.map(({ permission }) => permission)).not.toContain('leads:delete');
  });
});

describe('X-33: permissionCheck', () => {
  it('tells anybody what he may do, and how far that reaches', async () => {
    const { operator } = await aCenter();
    expect((await check(operator.actor, 'calls:read')).data.permissionCheck).toEqual({ allowed: true, scope: 'OWN', permissionVersion: 1 });
    expect((await check(operator.actor, 'audit:read')).data.permissionCheck).toEqual({ allowed: false, scope: null, permissionVersion: 1 });
  });

  it('tells what he may do with one row', async () => {
    const { operator, colleague, seller, supervisor, CALL, LEAD, NOTE } = await aCenter();
    const allowed = async ({ actor }: Person, permission: string, resource: Resource): Promise<boolean> => (await check(actor, permission, resource)).data.permissionCheck.allowed;
    const table: [string, Resource][] = [['calls:read', CALL], ['cdrs:read', CALL], ['leads:read', LEAD], ['leads:update', LEAD], ['notes:read', NOTE], ['notes:update', NOTE]];
    const of = (person: Person): Promise<boolean[]> => Promise.all(table.map(([permission, resource]) => allowed(person, permission, resource)));
    expect(await of(operator)).toEqual([true, true, true, true, true, false]);
    expect(await of(colleague)).toEqual([false, false, false, false, false, false]);
    expect(await of(seller)).toEqual([true, true, true, true, true, false]);
    expect(await of(supervisor)).toEqual([true, true, true, false, true, false]);
  });

  it('follows the lead when it is given to somebody else', async () => {
    const { centerId, lead, seller, CALL } = await aCenter();
    await test.hear(aMessage(LeadUpdated, { lead: { ...lead, assignedSellerId: newId('usr'), version: 2 } }, { centerId }));
    // One that was under way meanwhile and says what was.
    await test.hear(aMessage(LeadUpdated, { lead: { ...lead, version: 1 } }, { centerId }));
    expect((await check(seller.actor, 'calls:read', CALL)).data.permissionCheck.allowed).toBe(false);
  });

  it('gives the same answer for a row that is not there and one that is somebody else’s', async () => {
    const { operator, colleague, CALL } = await aCenter();
    const stranger = await test.person('supervisor');
    const none = (await check(colleague.actor, 'calls:read', { type: 'CALL', id: newId('call') })).data;
    expect((await check(colleague.actor, 'calls:read', CALL)).data).toEqual(none);
    expect((await check(stranger.actor, 'calls:read', CALL)).data.permissionCheck).toMatchObject({ allowed: false });
    expect((await check(operator.actor, 'calls:read', CALL)).data).not.toEqual(none);
    const why = async (resource: Resource): Promise<unknown> => {
      const { at: _, ...rest } = await explained(colleague.actor, { permission: 'calls:read', resource });
      return rest;
    };
    expect(await why(CALL)).toEqual(await why({ type: 'CALL', id: newId('call') }));
  });

  it('asks for others take the right to, and reach no other center', async () => {
    const { supervisor, operator, colleague } = await aCenter();
    expect((await check(supervisor.actor, 'calls:start', undefined, operator.id)).data.permissionCheck).toMatchObject({ allowed: true, scope: 'OWN' });
    const refused = await check(operator.actor, 'calls:start', undefined, colleague.id);
    expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', permission: 'permissions:explain', explainId: expect.any(String) });
    const stranger = await test.person('supervisor');
    expect(codeOf(await check(stranger.actor, 'calls:start', undefined, operator.id))).toBe('NOT_FOUND');
    expect(codeOf(await check(supervisor.actor, 'calls:start', undefined, newId('usr')))).toBe('NOT_FOUND');
  });

  it.each([
    ['a right that is none', 'calls', undefined, 'permission'],
    ['a right that is a wildcard', 'calls:*', undefined, 'permission'],
    ['a right about something else', 'leads:read', { type: 'CALL', id: 'call_1' }, 'resource'],
    ['a right about nothing that is there', 'calls:start', { type: 'CALL', id: 'call_1' }, 'resource'],
  ])('refuses %s', async (_what, permission, resource, field) => {
    const { errors } = await check(anActor(), permission, resource);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ field }] });
  });
});

describe('permissionExplain', () => {
  it('names the line that allows', async () => {
    const { operator, CALL } = await aCenter();
    const found = await explained(operator.actor, { permission: 'calls:read', resource: CALL });
    expect(found).toMatchObject({ verdict: 'ALLOWED', reason: 'GRANTED', user: { id: operator.id }, role: 'operator', missing: null, deniedBy: null, grantableBy: [], wouldBeAllowedNow: true });
    expect(found.grant).toMatchObject({ resource: 'calls', scope: 'OWN', effect: 'ALLOW' });
    expect(found.grant.actions).toContain('read');
    expect(found.scopeTest).toMatchObject({ held: 'OWN', needed: 'OWN', passed: true });
  });

  it('answers in one query why an operator cannot see a call', async () => {
    const { supervisor, colleague, CALL } = await aCenter();
    const found = await explained(supervisor.actor, { permission: 'calls:read', resource: CALL, asUserId: colleague.id });
    expect(found).toMatchObject({ verdict: 'DENIED', reason: 'SCOPE', missing: null, scopeTest: { held: 'OWN', needed: 'CENTER', passed: false } });
    expect(found.text).toBe(`${colleague.username} (role operator, version 1) has calls:read, but not this far. The right reaches what is his own; this row takes one that reaches his whole center.`);
  });

  it('names a right that is missing, and who could give it', async () => {
    const { supervisor, admin, operator } = await aCenter();
    const other = await whoHas(admin, allow('slots', 'admin', 'CENTER'), allow('users', 'update', 'CENTER'));
    const found = await explained(supervisor.actor, { permission: 'slots:admin', asUserId: operator.id });
    expect(found).toMatchObject({ verdict: 'DENIED', reason: 'MISSING', missing: 'slots:admin', grant: null, scopeTest: { held: null, passed: false } });
    const grantors = new Map(found.grantableBy.map(({ role, users }: { role: { name: string }; users: { username: string }[] }) => [role.name, users.map(({ username }) => username)]));
    expect(grantors.get('admin')).toEqual([admin.username]);
    expect(grantors.get(other.actor.role)).toEqual([other.username]);
    expect(grantors.has('supervisor')).toBe(false);
  });

  it('names the line that takes a right away', async () => {
    const { supervisor, admin } = await aCenter();
    const person = await whoHas(admin, allow('calls', '*', 'CENTER'), { ...allow('*', 'read', 'ALL'), effect: 'DENY' });
    const found = await explained(supervisor.actor, { permission: 'calls:read', asUserId: person.id });
    expect(found).toMatchObject({ verdict: 'DENIED', reason: 'DENIED', deniedBy: { resource: '*', actions: ['read'] }, grant: { resource: 'calls', actions: ['*'] }, grantableBy: [] });
    expect((await check(person.actor, 'calls:read')).data.permissionCheck).toMatchObject({ allowed: false, scope: null });
  });

  it('X-25: tells an override', async () => {
    const { admin } = await aCenter();
    const everything = { ...admin.actor, grants: resolveGrants([EVERYTHING]) };
    expect(await explained(everything, { permission: 'calls:start' })).toMatchObject({ verdict: 'ALLOWED', isOverride: true, text: expect.stringContaining('marked in the audit') });
  });

  it('says of a note what takes to be read first', async () => {
    const { supervisor, centerId, NOTE } = await aCenter();
    const other = await test.person('seller', centerId);
    expect(await explained(supervisor.actor, { permission: 'notes:update', resource: NOTE, asUserId: other.id })).toMatchObject({ verdict: 'DENIED', reason: 'SCOPE', text: expect.stringContaining('notes:update, which takes notes:read') });
  });

  it('says of who may not sign in that he may do nothing', async () => {
    const { supervisor, operator, CALL } = await aCenter();
    await test.rows(`update identity.user_account set state = 'DEACTIVATED' where id = $1`, [operator.id]);
    expect(await explained(supervisor.actor, { permission: 'calls:read', resource: CALL, asUserId: operator.id })).toMatchObject({ verdict: 'DENIED', reason: 'USER_INACTIVE', wouldBeAllowedNow: false });
  });

  it('needs no right for one’s own account', async () => {
    const { seller, operator } = await aCenter();
    expect(await explained(seller.actor, { permission: 'users:read', resource: { type: 'USER', id: seller.id } })).toMatchObject({ verdict: 'ALLOWED', reason: 'SELF', grant: null });
    expect(await explained(seller.actor, { permission: 'users:read', resource: { type: 'USER', id: operator.id } })).toMatchObject({ verdict: 'DENIED', reason: 'MISSING' });
  });

  it('of what a center shares asks for nothing but the right and the center', async () => {
    const { centerId, operator, seller } = await aCenter();
    const slot = { id: newId('slot'), centerId, trunkId: 't', hubId: null, number: newId('n'), kind: 'AUTO', state: 'IDLE', stateSince: new Date().toISOString(), faultReason: null, adminState: 'IN_SERVICE', availability: 'FREE', sipRegistered: false, registrationExpiresAt: null, callId: null, version: 1 } as const;
    await test.hear(aMessage(SlotCreated, { slot }, { centerId }));
    const allowed = async (actor: Actor, id: string): Promise<boolean> => (await check(actor, 'slots:read', { type: 'SLOT', id })).data.permissionCheck.allowed;
    const stranger = await test.person('operator');
    expect(await Promise.all([allowed(operator.actor, slot.id), allowed(seller.actor, slot.id), allowed(stranger.actor, slot.id), allowed(operator.actor, newId('slot'))])).toEqual([true, false, false, false]);
  });
});

describe('the explainId of a denial', () => {
  const idOf = (actor: Actor, permission: string, where: Parameters<typeof denial>[2] = {}): string => String(denial(actor, permission, where).details['explainId']);

  it('is explained to who was denied, and to who explains rights in his center', async () => {
    const { operator, supervisor, colleague } = await aCenter();
    const refused = await test.ask(operator.actor, '{ users { nodes { id } } }');
    const explainId = String(refused.errors?.[0]?.extensions?.['explainId']);
    for (const { actor } of [operator, supervisor]) {
      const found = await explained(actor, { explainId });
      expect(found).toMatchObject({ verdict: 'DENIED', reason: 'MISSING', permission: 'users:read', missing: 'users:read', user: { id: operator.id }, coordinate: 'Query.users', wouldBeAllowedNow: false });
    }
    expect(codeOf(await explain(colleague.actor, { explainId }))).toBe('FORBIDDEN');
    expect(codeOf(await explain((await test.person('supervisor')).actor, { explainId }))).toBe('NOT_FOUND');
  });

  it('tells what was denied then and what holds now', async () => {
    const { operator, supervisor } = await aCenter();
    const explainId = idOf(operator.actor, 'reports:read', { coordinate: 'Query.report' });
    await test.rows(`update identity.user_account set role_id = (select id from identity.role where name = 'supervisor') where id = $1`, [operator.id]);
    expect(await explained(supervisor.actor, { explainId })).toMatchObject({ verdict: 'DENIED', role: 'operator', wouldBeAllowedNow: true });
  });

  it('is explained by the role as it was then, and says what the role would give now', async () => {
    const { supervisor, admin } = await aCenter();
    const person = await whoHas(admin, allow('calls', 'read', 'OWN'));
    const explainId = idOf(person.actor, 'calls:read', { needed: 'CENTER', coordinate: 'Query.calls' });
    await test.ask(admin.actor, ROLE_UPDATE, { input: { id: person.role.id, expectedVersion: 1, grants: [allow('calls', 'read', 'CENTER')] } });
    const found = await explained(supervisor.actor, { explainId });
    expect(found).toMatchObject({ verdict: 'DENIED', reason: 'SCOPE', permissionVersion: 1, grant: { scope: 'OWN' }, scopeTest: { held: 'OWN', needed: 'CENTER' }, wouldBeAllowedNow: true });
    expect(found.text).not.toContain('by what it is now');
  });

  it('X-27: tells a right for a time, while it is held and when it is over', async () => {
    const { supervisor, admin, operator } = await aCenter();
    const before = idOf(operator.actor, 'devices:power');
    const TEMPORARY = (name: string, input: string): string => `mutation ($input: ${input}!) { done: ${name}(input: $input) { temporaryGrant { id } userErrors { message } } }`;
    const asked = await test.ask(operator.actor, TEMPORARY('temporaryGrantRequest', 'TemporaryGrantRequestInput'), { input: { permission: 'devices:power', scope: 'CENTER', reason: 'It hangs', minutes: 30 } });
    const { id } = asked.data.done.temporaryGrant;
    test.clock.forward(60);
    await test.ask(admin.actor, TEMPORARY('temporaryGrantApprove', 'TemporaryGrantDecisionInput'), { input: { id } });
    test.clock.forward(60);
    const WHICH = 'query ($id: ID!) { permissionExplain(permission: "devices:power", asUserId: $id) { verdict grant { resource scope } temporaryGrant { id } } }';
    expect((await test.ask(supervisor.actor, WHICH, { id: operator.id })).data.permissionExplain).toEqual({ verdict: 'ALLOWED', grant: { resource: 'devices', scope: 'CENTER' }, temporaryGrant: { id } });
    // What was denied before it was given is not explained by it.
    expect(await explained(supervisor.actor, { explainId: before })).toMatchObject({ verdict: 'DENIED', reason: 'MISSING', wouldBeAllowedNow: true });
    test.clock.forward(3_600);
    expect((await test.ask(supervisor.actor, WHICH, { id: operator.id })).data.permissionExplain).toEqual({ verdict: 'DENIED', grant: null, temporaryGrant: null });
  });

  it('of a role that nobody knows any more is explained by what holds now, and says so', async () => {
    const { supervisor, operator } = await aCenter();
    const explainId = idOf({ ...operator.actor, role: 'gone', permissionVersion: 9 }, 'audit:read');
    expect(await explained(supervisor.actor, { explainId })).toMatchObject({ verdict: 'DENIED', reason: 'MISSING', role: 'gone', text: expect.stringContaining('not known any more') });
  });

  it('tells the scope that was needed, and the row', async () => {
    const { colleague, supervisor, CALL } = await aCenter();
    const explainId = explainIdOf(colleague.actor, { permission: 'calls:end', needed: 'OWN', coordinate: 'Mutation.callEnd', row: CALL, at: new Date() });
    expect(await explained(supervisor.actor, { explainId })).toMatchObject({ reason: 'SCOPE', scopeTest: { held: 'OWN', needed: 'CENTER', passed: false } });
  });

  it('tells what a service found in the way', async () => {
    const { operator, supervisor } = await aCenter();
    const explainId = idOf(operator.actor, 'leads:update', { why: 'The lead is locked' });
    expect(await explained(supervisor.actor, { explainId })).toMatchObject({ verdict: 'DENIED', reason: 'OTHER', text: expect.stringContaining('The lead is locked') });
  });

  it.each([
    ['that is none', { explainId: 'nonsense' }],
    ['beside a right', { explainId: 'nonsense', permission: 'calls:read' }],
    ['beside a row', { explainId: 'nonsense', resource: { type: 'CALL', id: 'call_1' } }],
    ['nor a right', {}],
  ])('%s is refused', async (_what, question) => {
    expect(codeOf(await explain(anActor(), question))).toBe('BAD_USER_INPUT');
  });
});
