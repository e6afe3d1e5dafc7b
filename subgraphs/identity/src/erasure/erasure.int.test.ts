import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymousActor, type Grant } from '@vss/auth';
import { PERSON_ERASED_BY } from '@vss/events';
import { newId } from '@vss/runtime';
import { aMessage, anActor, waitFor } from '@vss/testing';
import { PASSWORD, startIdentity, type Person, type Reply, type TestIdentity } from '../identity.fixture.js';

const REPORT = 'id reason complete createdBy { id } user { id } answers { subgraph answeredAt holdings { what erased kept reason } }';
const ERASE = `mutation($input: PersonEraseInput!) { done: personErase(input: $input) { erasure { ${REPORT} } user { username displayName email phone title locale timeZone state lastLoginAt teams { id } } userErrors { code field } } }`;
const ERASURE = `query($id: ID!) { erasureReport(userId: $id) { ${REPORT} } }`;
const DEACTIVATE = 'mutation($input: UserStateInput!) { done: userDeactivate(input: $input) { user { version } userErrors { code } } }';
const REACTIVATE = 'mutation($input: UserStateInput!) { done: userReactivate(input: $input) { userErrors { code } } }';
const UPDATE = 'mutation($input: UserUpdateInput!) { done: userUpdate(input: $input) { user { version } userErrors { code } } }';
const LOGIN = 'mutation($input: LoginInput!) { login(input: $input) { accessToken userErrors { code } } }';

let test: TestIdentity;
let admin: Person;
beforeAll(async () => {
  test = await startIdentity();
  admin = await test.person('admin');
});
afterAll(() => test.stop());

const ask = (query: string, input: Record<string, unknown>, actor = admin.actor): Promise<Reply> => test.ask(actor, query, { input });
const codeOf = ({ data, errors }: Reply): unknown => errors?.[0]?.extensions?.['code'] ?? data?.done?.userErrors[0]?.code ?? 'DONE';
const signIn = (username: string, password = PASSWORD) => test.ask(anonymousActor, LOGIN, { input: { username, password } }, { address: '203.0.113.77', userAgent: 'A phone of her own' });

async function gone(): Promise<Person> {
  const person = await test.person('operator', admin.actor.centerId);
  await signIn(person.username);
  await ask(UPDATE, { id: person.id, expectedVersion: 1, phone: '+442079460067', title: 'Caller', locale: 'pt-BR', timeZone: 'Europe/Lisbon' });
  await ask(DEACTIVATE, { id: person.id, expectedVersion: 2, reason: 'Left' });
  return person;
}

describe('erasing a person (L-26)', () => {
  it('leaves a pseudonym where a name was, and nothing else', async () => {
    const person = await gone();
    const { erasure, user, userErrors } = (await ask(ERASE, { userId: person.id, reason: 'Request 17' })).data.done;
    expect(userErrors).toEqual([]);
    expect(user).toEqual({ username: `erased-${person.id.slice(4)}`, displayName: 'Erased user', email: null, phone: null, title: null, locale: null, timeZone: null, state: 'DEACTIVATED', lastLoginAt: null, teams: [] });
    expect(erasure).toMatchObject({ reason: 'Request 17', complete: false, createdBy: { id: admin.id }, user: { id: person.id } });
    expect(await test.rows('select password_hash from identity.user_account where id = $1', [person.id])).toEqual([{ password_hash: null }]);
    expect(await test.rows('select device, address from identity.session where user_id = $1', [person.id])).toEqual([{ device: '', address: '' }]);
    expect((await signIn(person.username)).data.login.userErrors[0].code).toBe('INVALID_CREDENTIALS');
  });

  it('keeps the audit as it is, and says why', async () => {
    const person = await gone();
    // What a line says; its place in the chain is given to it a moment later.
    const lines = () => test.rows('select id, at, action, outcome, actor_id, target, detail, trace_id, source_address from identity.security_audit_entry where actor_id = $1 or target = $1', [person.id]);
    const before = await lines();
    const { answers } = (await ask(ERASE, { userId: person.id, reason: 'Request 18' })).data.done.erasure;
    const after = await lines();
    expect(before.length).toBeGreaterThan(3);
    expect(after).toEqual(expect.arrayContaining(before));
    expect(after).toContainEqual(expect.objectContaining({ action: 'PERSON_ERASED', actor_id: admin.id, detail: expect.objectContaining({ reason: 'Request 18' }) }));
    const [{ subgraph, holdings }] = answers;
    expect(subgraph).toBe('identity');
    expect(holdings).toContainEqual({ what: 'security audit', erased: 0, kept: expect.any(Number), reason: expect.stringContaining('never changed') });
    expect(holdings).toContainEqual({ what: 'sessions', erased: 1, kept: 0, reason: null });
  });

  it('overwrites the name in messages that could be read again', async () => {
    const person = await gone();
    await ask(ERASE, { userId: person.id, reason: 'Request 19' });
    const rows = await test.rows<{ payload: unknown }>('select payload from identity.outbox where aggregate_id = $1', [person.id]);
    expect(rows.length).toBeGreaterThan(3);
    expect(JSON.stringify(rows)).not.toContain(person.username);
    expect(JSON.stringify(rows)).not.toContain('The operator');
    await test.identity.snapshotUsers();
    const told = await waitFor(() => test.events.find(({ type, aggregateId }) => type === 'identity.user.snapshotted' && aggregateId === person.id));
    expect(told.payload).toMatchObject({ user: { username: `erased-${person.id.slice(4)}`, displayName: 'Erased user', active: false } });
  });

  it('is reported by every subgraph, each once, however often it says so', async () => {
    const person = await gone();
    const { id } = (await ask(ERASE, { userId: person.id, reason: 'Request 20' })).data.done.erasure;
    const holdings = [{ what: 'event log', erased: 7, kept: 0, reason: null }];
    for (const answered of Object.values(PERSON_ERASED_BY)) await test.hear(aMessage(answered, { erasureId: id, userId: person.id, holdings }, { centerId: person.actor.centerId }));
    await test.hear(aMessage(PERSON_ERASED_BY.crm, { erasureId: id, userId: person.id, holdings: [] }, { centerId: person.actor.centerId }));
    const report = await waitFor(async () => {
      const { erasureReport } = (await test.ask(admin.actor, ERASURE, { id: person.id })).data;
      return erasureReport.complete && erasureReport;
    });
    expect(report.answers.map(({ subgraph }: { subgraph: string }) => subgraph)).toEqual(['identity', 'crm', 'devices', 'operations', 'telephony']);
    expect(report.answers[1]).toMatchObject({ subgraph: 'crm', answeredAt: test.clock.now().toISOString(), holdings });
    expect((await test.ask(admin.actor, '{ personErasures(first: 1) { nodes { id } } }')).data.personErasures.nodes).toEqual([{ id }]);
  });

  it('is done once, by hand, and cannot be undone', async () => {
    const active = await test.person('operator', admin.actor.centerId);
    expect(codeOf(await ask(ERASE, { userId: active.id, reason: 'Too early' }))).toBe('USER_ACTIVE');
    const person = await gone();
    expect(codeOf(await ask(ERASE, { userId: person.id, reason: ' ' }))).toBe('REASON_INVALID');
    expect(codeOf(await ask(ERASE, { userId: person.id, reason: 'Request 21' }))).toBe('DONE');
    expect(codeOf(await ask(ERASE, { userId: person.id, reason: 'Again' }))).toBe('USER_ERASED');
    const { version } = (await test.ask(admin.actor, 'query($id: ID!) { user(id: $id) { version } }', { id: person.id })).data.user;
    expect(codeOf(await ask(REACTIVATE, { id: person.id, expectedVersion: version, reason: 'Undo' }))).toBe('USER_ERASED');
    expect(codeOf(await ask(UPDATE, { id: person.id, expectedVersion: version, displayName: 'Back' }))).toBe('USER_ERASED');
  });

  it('is for administrators, within their reach', async () => {
    const person = await gone();
    for (const role of ['supervisor', 'operator', 'seller']) expect(codeOf(await ask(ERASE, { userId: person.id, reason: 'Mine' }, anActor({ role, centerId: admin.actor.centerId })))).toBe('FORBIDDEN');
    const grants: Grant[] = [{ resource: '*', actions: ['*'], scope: 'CENTER', effect: 'ALLOW' }];
    const head = anActor({ role: 'head', grants });
    expect(codeOf(await ask(ERASE, { userId: person.id, reason: 'Theirs' }, head))).toBe('NOT_FOUND');
    expect((await test.ask(head, ERASURE, { id: person.id })).data.erasureReport).toBeNull();
    const clerk = anActor({ role: 'clerk', centerId: admin.actor.centerId, grants: [{ resource: 'users', actions: ['read', 'delete'], scope: 'CENTER', effect: 'ALLOW' }] });
    const chief = await test.person('admin', admin.actor.centerId);
    await ask(DEACTIVATE, { id: chief.id, expectedVersion: 1, reason: 'Left' });
    expect(codeOf(await ask(ERASE, { userId: chief.id, reason: 'Above me' }, clerk))).toBe('FORBIDDEN');
  });

  it('frees the name', async () => {
    const person = await gone();
    await ask(ERASE, { userId: person.id, reason: 'Request 22' });
    const [again] = await test.identity.ensureUsers([{ username: person.username, password: PASSWORD, role: 'operator', displayName: 'Somebody else', email: 'a@example.org', centerId: newId('ctr') }]);
    expect(again?.id).not.toBe(person.id);
  });
});
