import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveGrants, type Grant } from '@vss/auth';
import { newId } from '@vss/runtime';
import { anActor, waitFor } from '@vss/testing';
import { PASSWORD, startIdentity, type Person, type Reply, type TestIdentity } from '../identity.fixture.js';

const FIELDS = 'id permission scope reason minutes state requestedAt decidedAt decisionReason endsAt endedAt user { id } requestedBy { id } decidedBy { id } endedBy { id }';
const mutation = (name: string, input: string) => `mutation($input: ${input}!) { ${name}(input: $input) { temporaryGrant { ${FIELDS} } userErrors { code message field } } }`;
const REQUEST = mutation('temporaryGrantRequest', 'TemporaryGrantRequestInput');
const [APPROVE, REFUSE, REVOKE] = ['Approve', 'Refuse', 'Revoke'].map((verb) => mutation(`temporaryGrant${verb}`, 'TemporaryGrantDecisionInput')) as [string, string, string];
const LIST = 'query($filter: TemporaryGrantFilter) { temporaryGrants(filter: $filter) { totalCount nodes { id state } } }';
const LOGIN = `mutation($input: LoginInput!) { login(input: $input) { accessToken expiresAt refreshToken } }`;
const HOUR_S = 3600;

let test: TestIdentity;
beforeAll(async () => void (test = await startIdentity()));
afterAll(() => test.stop());

async function aCenter() {
  const admin = await test.person('admin');
  const [operator, supervisor, seller] = [await test.person('operator', admin.actor.centerId), await test.person('supervisor', admin.actor.centerId), await test.person('seller', admin.actor.centerId)];
  return { admin, operator, supervisor, seller };
}
const ask = (person: Person, query: string, input: object): Promise<Reply> => test.ask(person.actor, query, { input });
const wanted = (more: object = {}) => ({ permission: 'devices:power', scope: 'CENTER', reason: 'A phone hangs', minutes: 60, ...more });
const payloadOf = ({ data }: Reply): { temporaryGrant: Record<string, unknown> | null; userErrors: { code: string; field: string[] }[] } => Object.values(data)[0] as never;
const outcomeOf = (reply: Reply): unknown => reply.errors?.[0]?.extensions?.['code'] ?? payloadOf(reply).userErrors[0]?.code ?? 'DONE';
async function requested(by: Person, more: object = {}): Promise<string> {
  const reply = await ask(by, REQUEST, wanted(more));
  expect(outcomeOf(reply)).toBe('DONE');
  return payloadOf(reply).temporaryGrant?.['id'] as string;
}
/** What his next access token would say, and when it ends. */
async function tokenOf(person: Person) {
  const { data } = await test.ask(person.actor, LOGIN, { input: { username: person.username, password: PASSWORD } });
  return test.verifier.verify(data.login.accessToken);
}
const eventsOf = (id: string) => test.events.filter(({ aggregateId }) => aggregateId === id);
const newsFor = ({ id }: Person) => test.events.filter(({ type, aggregateId }) => type === 'identity.rights.changed' && aggregateId === id);

describe('a right for a time (X-27)', () => {
  it('is held from the approval until its time is over, and told at once both times', async () => {
    const { admin, operator } = await aCenter();
    const id = await requested(operator);
    expect((await tokenOf(operator)).actor.grants.allow).not.toHaveProperty('devices:power');
    const reply = await ask(admin, APPROVE, { id, reason: 'Go on' });
    expect(payloadOf(reply)).toMatchObject({ temporaryGrant: { state: 'APPROVED', decidedBy: { id: admin.id }, decisionReason: 'Go on', user: { id: operator.id }, requestedBy: { id: operator.id }, endedAt: null, endedBy: null }, userErrors: [] });
    await waitFor(() => newsFor(operator).some(({ payload }) => JSON.stringify(payload).includes('"devices:power":"CENTER"')));
    const { actor } = await tokenOf(operator);
    expect(actor).toMatchObject({ rightsVersion: 1, grants: { allow: { 'devices:power': 'CENTER', 'calls:start': 'OWN' } } });

    test.clock.forward(HOUR_S);
    await waitFor(async () => (await test.rows('select state from identity.temporary_grant where id = $1', [id]))[0]?.['state'] === 'EXPIRED');
    await waitFor(() => newsFor(operator).length === 2 && !JSON.stringify(newsFor(operator)[1]?.payload).includes('devices:power'));
    expect((await tokenOf(operator)).actor.grants.allow).not.toHaveProperty('devices:power');
    await waitFor(() => eventsOf(id).length === 3);
    expect(eventsOf(id).map(({ type, actor: by }) => [type, by])).toEqual([
      ['identity.temporarygrant.requested', operator.id],
      ['identity.temporarygrant.approved', admin.id],
      ['identity.temporarygrant.ended', 'system'],
    ]);
    const audit = await test.rows('select action, outcome, actor_id, detail from identity.security_audit_entry where target = $1 order by at, id', [id]);
    expect(audit).toMatchObject([
      { action: 'TEMPORARY_GRANT_REQUESTED', outcome: 'ALLOWED', actor_id: operator.id, detail: { userId: operator.id, permission: 'devices:power', scope: 'CENTER', minutes: 60 } },
      { action: 'TEMPORARY_GRANT_APPROVED', outcome: 'ALLOWED', actor_id: admin.id },
      { action: 'TEMPORARY_GRANT_ENDED', outcome: 'ALLOWED', actor_id: null, detail: { state: 'EXPIRED' } },
    ]);
  });

  it('is not outlived by a token', async () => {
    const { admin, operator } = await aCenter();
    await ask(admin, APPROVE, { id: await requested(operator, { minutes: 3 }) });
    const { expiresAt } = await tokenOf(operator);
    expect(expiresAt.getTime() - test.clock.now().getTime()).toBeLessThanOrEqual(180_000);
  });

  it('is over by the clock before anybody has written it down', async () => {
    const { admin, operator } = await aCenter();
    const id = await requested(operator, { minutes: 1 });
    await ask(admin, APPROVE, { id });
    await test.rows(`update identity.temporary_grant set ends_at = $2 where id = $1`, [id, test.clock.now()]);
    const filter = { userId: operator.id, state: 'EXPIRED' };
    expect((await test.ask(operator.actor, LIST, { filter })).data.temporaryGrants).toEqual({ totalCount: 1, nodes: [{ id, state: 'EXPIRED' }] });
    expect((await test.ask(operator.actor, LIST, { filter: { ...filter, state: 'APPROVED' } })).data.temporaryGrants.totalCount).toBe(0);
    expect((await tokenOf(operator)).actor.grants.allow).not.toHaveProperty('devices:power');
  });

  it('stays when the role changes meanwhile, and is told again', async () => {
    const { admin, operator } = await aCenter();
    const grants = (scope: string) => [{ resource: 'calls', actions: ['read'], scope }, { resource: 'temporary-grants', actions: ['request', 'read'], scope: 'OWN' }];
    const name = newId('r').replace('_', '-');
    const { data } = await ask(admin, 'mutation($input: RoleCreateInput!) { roleCreate(input: $input) { role { id } } }', { name, description: 'Of the test', grants: grants('OWN') });
    await test.rows('update identity.user_account set role_id = $1 where id = $2', [data.roleCreate.role.id, operator.id]);
    await ask(admin, APPROVE, { id: await requested(operator) });
    await ask(admin, 'mutation($input: RoleUpdateInput!) { roleUpdate(input: $input) { userErrors { code } } }', { id: data.roleCreate.role.id, expectedVersion: 1, grants: grants('CENTER') });
    const news = await waitFor(() => newsFor(operator)[1]);
    expect(news.payload).toMatchObject({ role: name, permissionVersion: 2, rightsVersion: 1, grants: { allow: { 'calls:read': 'CENTER', 'devices:power': 'CENTER' } } });
  });
});

describe('asking for a right', () => {
  it.each([
    ['an unknown right', { permission: 'devices:fly' }, 'GRANT_INVALID', 'permission'],
    ['a wildcard', { permission: '*:*' }, 'GRANT_INVALID', 'permission'],
    ['a scope that means nothing', { permission: 'users:create', scope: 'OWN' }, 'GRANT_INVALID', 'scope'],
    ['no reason', { reason: ' ' }, 'REASON_INVALID', 'reason'],
    ['no time', { minutes: 0 }, 'DURATION_INVALID', 'minutes'],
    ['more than eight hours', { minutes: 481 }, 'DURATION_INVALID', 'minutes'],
    ['what is held already', { permission: 'calls:read', scope: 'OWN' }, 'ALREADY_HELD', 'permission'],
  ])('is refused for %s', async (_what, more, code, field) => {
    const { operator } = await aCenter();
    expect(payloadOf(await ask(operator, REQUEST, wanted(more)))).toMatchObject({ temporaryGrant: null, userErrors: [{ code, field: ['input', field] }] });
  });

  it('means the narrowest scope where none is named', async () => {
    const { operator } = await aCenter();
    expect(payloadOf(await ask(operator, REQUEST, wanted({ scope: null }))).temporaryGrant).toMatchObject({ scope: 'ASSIGNED', state: 'REQUESTED', decidedAt: null });
  });

  it('for somebody else is for who may do so in the whole center, and for his own center', async () => {
    const { operator, supervisor, seller } = await aCenter();
    const stranger = await test.person('operator');
    expect(outcomeOf(await ask(operator, REQUEST, wanted({ userId: seller.id })))).toBe('FORBIDDEN');
    expect(outcomeOf(await ask(seller, REQUEST, wanted()))).toBe('FORBIDDEN');
    expect(outcomeOf(await ask(supervisor, REQUEST, wanted({ userId: stranger.id })))).toBe('NOT_FOUND');
    expect(payloadOf(await ask(supervisor, REQUEST, wanted({ userId: seller.id }))).temporaryGrant).toMatchObject({ user: { id: seller.id }, requestedBy: { id: supervisor.id } });
  });

  it('is of no use where the role denies the right', async () => {
    const { supervisor, seller } = await aCenter();
    expect(outcomeOf(await ask(supervisor, REQUEST, wanted({ userId: seller.id, permission: 'remote-sessions:open' })))).toBe('RIGHT_DENIED');
  });

  it('is for persons who may sign in', async () => {
    const { supervisor, operator } = await aCenter();
    await test.rows(`update identity.user_account set kind = 'SERVICE', password_hash = null where id = $1`, [operator.id]);
    expect(outcomeOf(await ask(supervisor, REQUEST, wanted({ userId: operator.id })))).toBe('INPUT_INVALID');
  });

  it('stops at ten requests without an answer, also when all come at once', async () => {
    const { operator } = await aCenter();
    const replies = await Promise.all(Array.from({ length: 12 }, () => ask(operator, REQUEST, wanted())));
    expect(replies.map(outcomeOf).filter((outcome) => outcome === 'LIMIT_REACHED')).toHaveLength(2);
  });
});

describe('answering', () => {
  const approver = (center: Person, grants: Grant[]) =>
    anActor({ role: 'approver', centerId: center.actor.centerId, grants: [{ resource: 'temporary-grants', actions: ['*'], scope: 'CENTER', effect: 'ALLOW' }, { resource: 'directory', actions: ['read'], scope: 'CENTER', effect: 'ALLOW' }, ...grants] });

  it('is for another than who asks and whom it is for', async () => {
    const { admin, operator } = await aCenter();
    const own = await requested(admin, { permission: 'calls:whisper', userId: operator.id });
    expect(outcomeOf(await ask(admin, APPROVE, { id: own }))).toBe('OWN_REQUEST');
    expect(outcomeOf(await ask(admin, REFUSE, { id: own }))).toBe('OWN_REQUEST');
    const id = await requested(operator);
    const himself = approver(operator, [{ resource: '*', actions: ['*'], scope: 'CENTER', effect: 'ALLOW' }]);
    expect(outcomeOf(await test.ask({ ...himself, userId: operator.id }, APPROVE, { input: { id } }))).toBe('OWN_REQUEST');
    expect(await test.rows('select state from identity.temporary_grant where id = any($1)', [[own, id]])).toEqual([{ state: 'REQUESTED' }, { state: 'REQUESTED' }]);
  });

  it.each(['operator', 'seller', 'supervisor'] as const)('is not for the role %s', async (role) => {
    const center = await aCenter();
    const id = await requested(center.operator);
    for (const verb of [APPROVE, REFUSE]) expect(outcomeOf(await ask(center[role], verb, { id }))).toBe('FORBIDDEN');
  });

  it('gives nothing that one does not hold oneself, nor what one holds for a time alone', async () => {
    const { admin, operator, supervisor } = await aCenter();
    const id = await requested(operator);
    const without = await test.ask(approver(operator, [{ resource: 'devices', actions: ['power'], scope: 'TEAM', effect: 'ALLOW' }]), APPROVE, { input: { id } });
    expect(without.errors?.[0]).toMatchObject({ message: 'Who holds devices:power in CENTER may do more than the role approver: devices:power', extensions: { code: 'FORBIDDEN', permission: 'temporary-grants:approve', explainId: expect.any(String) } });
    for (const permission of ['devices:power', 'temporary-grants:approve']) await ask(admin, APPROVE, { id: await requested(supervisor, { permission }) });
    const { actor } = await tokenOf(supervisor);
    expect(actor.grants.allow).toMatchObject({ 'devices:power': 'CENTER', 'temporary-grants:approve': 'CENTER' });
    expect(outcomeOf(await test.ask(actor, APPROVE, { input: { id } }))).toBe('FORBIDDEN');
  });

  it('is for persons, not for programs', async () => {
    const { operator } = await aCenter();
    const program = { ...approver(operator, []), kind: 'service' as const, grants: resolveGrants([{ resource: '*', actions: ['*'], scope: 'CENTER', effect: 'ALLOW' }]) };
    expect(outcomeOf(await test.ask(program, APPROVE, { input: { id: await requested(operator) } }))).toBe('FORBIDDEN');
  });

  it('happens once, however many answer', async () => {
    const { admin, operator } = await aCenter();
    const id = await requested(operator);
    const outcomes = (await Promise.all([ask(admin, APPROVE, { id }), ask(admin, REFUSE, { id, reason: 'No' }), ask(admin, APPROVE, { id })])).map(outcomeOf);
    expect(outcomes.toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual(['DONE', 'STATE_CONFLICT', 'STATE_CONFLICT']);
  });

  it('leaves a refused request refused', async () => {
    const { admin, operator } = await aCenter();
    const id = await requested(operator);
    expect(payloadOf(await ask(admin, REFUSE, { id, reason: 'Not now' })).temporaryGrant).toMatchObject({ state: 'REFUSED', decisionReason: 'Not now', endedAt: null });
    expect((await tokenOf(operator)).actor.grants.allow).not.toHaveProperty('devices:power');
    expect(outcomeOf(await ask(admin, APPROVE, { id }))).toBe('STATE_CONFLICT');
  });

  it('comes too late after a day', async () => {
    const { admin, operator } = await aCenter();
    const id = await requested(operator);
    test.clock.forward(24 * HOUR_S);
    expect(outcomeOf(await ask(admin, APPROVE, { id }))).toBe('STATE_CONFLICT');
    await waitFor(async () => (await test.rows('select state from identity.temporary_grant where id = $1', [id]))[0]?.['state'] === 'LAPSED');
    expect(newsFor(operator)).toEqual([]);
  });

  it('of a stranger\u2019s request is NOT_FOUND', async () => {
    const id = await requested((await aCenter()).operator);
    const elsewhere = approver(await test.person('operator'), [{ resource: '*', actions: ['*'], scope: 'CENTER', effect: 'ALLOW' }]);
    for (const verb of [APPROVE, REFUSE, REVOKE]) expect(outcomeOf(await test.ask(elsewhere, verb, { input: { id } }))).toBe('NOT_FOUND');
  });
});

describe('ending before the time', () => {
  it('is for the holder, who asked for it, and who gives such rights; at once', async () => {
    const { admin, operator, supervisor, seller } = await aCenter();
    const ids = [await requested(supervisor, { userId: operator.id }), await requested(supervisor, { userId: operator.id, permission: 'calls:whisper' }), await requested(operator, { permission: 'leads:import' })];
    for (const id of ids) expect(outcomeOf(await ask(admin, APPROVE, { id }))).toBe('DONE');
    expect(outcomeOf(await ask(seller, REVOKE, { id: ids[0] }))).toBe('NOT_FOUND');
    expect(outcomeOf(await ask(supervisor, REVOKE, { id: ids[2] }))).toBe('FORBIDDEN');
    expect(payloadOf(await ask(operator, REVOKE, { id: ids[0] })).temporaryGrant).toMatchObject({ state: 'REVOKED', endedBy: { id: operator.id } });
    expect(outcomeOf(await ask(supervisor, REVOKE, { id: ids[1] }))).toBe('DONE');
    expect(outcomeOf(await ask(admin, REVOKE, { id: ids[2], reason: 'Done' }))).toBe('DONE');
    expect(outcomeOf(await ask(admin, REVOKE, { id: ids[2] }))).toBe('STATE_CONFLICT');
    const { actor } = await tokenOf(operator);
    expect(actor).toMatchObject({ rightsVersion: 6 });
    expect(Object.keys(actor.grants.allow)).not.toEqual(expect.arrayContaining(['devices:power']));
    await waitFor(() => newsFor(operator).length === 6);
  });

  it('takes back a request that nobody has answered', async () => {
    const { operator } = await aCenter();
    const id = await requested(operator);
    expect(payloadOf(await ask(operator, REVOKE, { id })).temporaryGrant).toMatchObject({ state: 'REVOKED', decidedBy: null });
    expect(newsFor(operator)).toEqual([]);
  });
});

it('lists one\u2019s own to everybody, and the center\u2019s to who may see them', async () => {
  const { admin, operator, supervisor, seller } = await aCenter();
  const [own, forSeller] = [await requested(operator), await requested(supervisor, { userId: seller.id })];
  await requested(await test.person('operator'));
  const seenBy = async (person: Person): Promise<string[]> => (await test.ask(person.actor, LIST, {})).data.temporaryGrants.nodes.map(({ id }: { id: string }) => id).toSorted();
  expect(await seenBy(operator)).toEqual([own]);
  expect(await seenBy(seller)).toEqual([forSeller]);
  expect(await seenBy(supervisor)).toEqual([own, forSeller].toSorted());
  expect(await seenBy(admin)).toEqual(expect.arrayContaining([own, forSeller]));
});
