import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymousActor, commonGrants, grantedScope, grantsOfRole, isApiKey, systemActor } from '@vss/auth';
import { newId } from '@vss/runtime';
import { anActor, waitFor } from '@vss/testing';
import { startIdentity, type TestIdentity } from '../identity.fixture.js';
import { DAY_S, keysOf } from './api-key.fixture.js';

let test: TestIdentity;
let keys: ReturnType<typeof keysOf>;
beforeAll(async () => {
  test = await startIdentity();
  keys = keysOf(test);
});
afterAll(() => test.stop());

const grant = (resource: string, actions: string[], scope: string, more = {}) => ({ resource, actions, scope, effect: 'ALLOW', ...more });
/** What the keys themselves tell; that a mutation ran is told of any. */
const auditOf = (target: string) =>
  test.rows<{ action: string; outcome: string; actor_id: string | null; detail: Record<string, unknown> }>(
    `select action, outcome, actor_id, detail from identity.security_audit_entry where target = $1 and action <> 'MUTATION' order by at, id`,
    [target],
  );
const codes = (payload: { userErrors: { code: string; field: string[] }[] }): unknown[] => payload.userErrors.flatMap(({ code, field }) => [code, field.join('.')]);

describe('a service account', () => {
  it('is made with a role, cannot sign in, and is told of like any user', async () => {
    const admin = await test.person('admin');
    const name = newId('bot');
    const { data } = await keys.createAccount(admin.actor, { name, role: 'seller' });
    const { serviceAccount } = data.serviceAccountCreate;
    expect(serviceAccount).toMatchObject({ username: name, role: { name: 'seller' } });
    const LOGIN = `mutation($input: LoginInput!) { login(input: $input) { accessToken userErrors { code } } }`;
    for (const password of ['', 'correct horse battery', 'null']) expect((await test.ask(anonymousActor, LOGIN, { input: { username: name, password } })).data.login).toMatchObject({ accessToken: null, userErrors: [{ code: 'INVALID_CREDENTIALS' }] });
    expect((await auditOf(serviceAccount.id)).map(({ action }) => action)).toContain('SERVICE_ACCOUNT_CREATED');
    await waitFor(() => test.events.some(({ type, aggregateId }) => type === 'identity.user.created' && aggregateId === serviceAccount.id));
  });

  it('has no role that may do more than the one who makes it, and no name that is taken or none', async () => {
    const maker = anActor({ grants: [{ resource: 'users', actions: ['create'], scope: 'CENTER', effect: 'ALLOW' }] });
    expect((await keys.createAccount(maker, { name: newId('bot'), role: 'operator' })).errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
    const admin = await test.person('admin');
    const refused = async (name: string) => codes((await keys.createAccount(admin.actor, { name, role: 'seller' })).data.serviceAccountCreate);
    expect(await refused(admin.username)).toEqual(['USERNAME_TAKEN', 'input.name']);
    expect(await refused('а-bot')).toEqual(['USERNAME_INVALID', 'input.name']);
  });
});

describe('a key that is made', () => {
  it('is shown once, and only its hash and its beginning are kept', async () => {
    const { id, secret, admin, serviceAccountId, apiKey } = await keys.key({ costPerMinute: 500 });
    expect(isApiKey(secret)).toBe(true);
    expect(apiKey).toMatchObject({ state: 'ACTIVE', prefix: secret.slice(0, 12), costPerMinute: 500, serviceAccount: { id: serviceAccountId }, maker: { id: admin.id }, scopes: null, secrets: [{ number: 1, lastUsedAt: null }] });
    const kept = JSON.stringify([await test.rows('select * from identity.api_key where id = $1', [id]), await test.rows('select * from identity.api_key_secret where key_id = $1', [id]), await test.rows('select * from identity.security_audit_entry'), await test.rows('select * from identity.outbox'), await keys.list(admin.actor)]);
    expect(kept).toContain(secret.slice(0, 12));
    expect(kept).not.toContain(secret.slice(13));
    expect(await auditOf(id)).toMatchObject([{ action: 'API_KEY_CREATED', actor_id: admin.id, detail: { serviceAccountId, prefix: secret.slice(0, 12) } }]);
    await waitFor(() => test.events.some(({ type, aggregateId }) => type === 'identity.apikey.created' && aggregateId === id));
    expect(JSON.stringify(test.events)).not.toContain(secret.slice(13));
  });

  it('lets in as its account, with what account and maker both may, and with its limit', async () => {
    const { secret, serviceAccountId, admin, id } = await keys.key({ costPerMinute: 500 });
    const { actor, endsAt, expiresAt } = await keys.entered(secret);
    expect(actor).toMatchObject({ kind: 'service', userId: serviceAccountId, sessionId: `${id}.1`, role: 'operator', centerId: admin.actor.centerId, limits: { costPerMinute: 500 }, grants: commonGrants(grantsOfRole('operator'), grantsOfRole('admin')) });
    expect(endsAt).toBe(keys.inDays(30));
    expect(expiresAt.getTime() - test.clock.now().getTime()).toBeLessThanOrEqual(120_000);
  });

  it('does no more than its scopes say', async () => {
    const { secret } = await keys.key({ scopes: [grant('leads', ['read'], 'ASSIGNED')] });
    const { grants } = (await keys.entered(secret)).actor;
    expect(['leads:read', 'leads:update', 'calls:start', 'slots:read'].map((permission) => grantedScope(grants, permission))).toEqual(['ASSIGNED', undefined, undefined, undefined]);
  });

  it.each([
    ['more than its maker may do', [grant('calls', ['read'], 'CENTER')], 'SCOPES_TOO_WIDE', 'input.scopes'],
    ['farther than its maker reaches', [grant('leads', ['read'], 'CENTER')], 'SCOPES_TOO_WIDE', 'input.scopes'],
    ['everything', [grant('*', ['*'], 'ALL')], 'SCOPES_TOO_WIDE', 'input.scopes'],
    ['more than its account may do', [grant('api-keys', ['read'], 'CENTER')], 'SCOPES_TOO_WIDE', 'input.scopes'],
    ['what does not exist', [grant('leads', ['read'], 'OWN'), grant('unicorns', ['ride'], 'OWN')], 'SCOPES_INVALID', 'input.scopes.1.resource'],
  ])('is not given %s', async (_what, scopes, code, field) => {
    const { id, admin } = await keys.account('operator');
    const manager = await keys.manager(admin.actor.centerId, { resource: 'leads', actions: ['read'], scope: 'ASSIGNED' });
    expect(codes(await keys.create(manager, { serviceAccountId: id, scopes }))).toEqual([code, field]);
  });

  it.each([
    ['yesterday', { expiresAt: '2020-01-01T00:00:00.000Z' }, 'EXPIRY_INVALID', 'input.expiresAt'],
    ['for ever', { expiresAt: '2999-01-01T00:00:00.000Z' }, 'EXPIRY_INVALID', 'input.expiresAt'],
    ['without a name', { name: ' \t' }, 'KEY_NAME_INVALID', 'input.name'],
    ['with a name that breaks lines', { name: 'a\r\nb' }, 'KEY_NAME_INVALID', 'input.name'],
  ])('is not made %s', async (_what, input, code, field) => {
    const { id: serviceAccountId, admin } = await keys.account();
    expect(codes(await keys.create(admin.actor, { serviceAccountId, ...input }))).toEqual([code, field]);
  });

  it('is not made for a person, for an account of another center, or for a deactivated one', async () => {
    const { id, admin } = await keys.account();
    const person = await test.person('operator', admin.actor.centerId);
    const stranger = await keys.manager(newId('ctr'));
    const input = { name: 'x', expiresAt: keys.inDays(1) };
    const refused = async (actor: typeof stranger, serviceAccountId: string) => (await test.ask(actor, keys.ask.CREATE, { input: { ...input, serviceAccountId } })).errors?.[0]?.extensions?.['code'];
    expect([await refused(admin.actor, person.id), await refused(stranger, id)]).toEqual(['NOT_FOUND', 'NOT_FOUND']);
    await test.rows(`update identity.user_account set state = 'DEACTIVATED' where id = $1`, [id]);
    expect(codes(await keys.create(admin.actor, { serviceAccountId: id }))).toEqual(['SERVICE_ACCOUNT_DEACTIVATED', 'input.serviceAccountId']);
  });

  it('is one of twenty at most, also when many are made at once', async () => {
    const { id: serviceAccountId, admin } = await keys.account();
    const made = await Promise.all(Array.from({ length: 24 }, () => keys.create(admin.actor, { serviceAccountId })));
    expect(made.filter(({ secret }) => secret)).toHaveLength(20);
    expect(made.filter(({ secret }) => !secret).map(codes)).toEqual(Array.from({ length: 4 }, () => ['TOO_MANY_KEYS', 'input.serviceAccountId']));
  });

  it('makes, rotates and widens no key itself', async () => {
    const { id: serviceAccountId, admin } = await keys.account('admin');
    const { secret, apiKey } = await keys.create(admin.actor, { serviceAccountId, scopes: [grant('api-keys', ['*'], 'ALL')] });
    const { actor } = await keys.entered(secret);
    const refused = async (query: string, input: object) => (await test.ask(actor, query, { input })).errors?.[0]?.extensions?.['code'];
    expect(await refused(keys.ask.CREATE, { serviceAccountId, name: 'wider', expiresAt: keys.inDays(1) })).toBe('FORBIDDEN');
    expect(await refused(keys.ask.ROTATE, { id: apiKey.id, overlapMinutes: 0 })).toBe('FORBIDDEN');
    expect(codes(await keys.update(actor, { id: apiKey.id, expectedVersion: 1, scopes: null }))).toEqual(['KEY_WIDENED', 'input.scopes']);
  });
});

describe('a key that is changed', () => {
  it.each([
    ['scopes', { scopes: [grant('leads', ['read', 'update'], 'ASSIGNED')] }],
    ['scopes', { scopes: [grant('leads', ['*'], 'ASSIGNED')] }],
    ['scopes', { scopes: null }],
    ['expiresAt', { expiresAt: 31 }],
    ['costPerMinute', { costPerMinute: 501 }],
    ['costPerMinute', { costPerMinute: null }],
  ])('never becomes wider by its %s', async (field, change: Record<string, unknown>) => {
    const { id, admin } = await keys.key({ scopes: [grant('leads', ['read'], 'ASSIGNED')], costPerMinute: 500 });
    const input = 'expiresAt' in change ? { expiresAt: keys.inDays(31) } : change;
    expect(codes(await keys.update(admin.actor, { id, expectedVersion: 1, ...input }))).toEqual(['KEY_WIDENED', `input.${field}`]);
  });

  it('becomes narrower at once, for whoever is in by it as well', async () => {
    const { id, secret, admin } = await keys.key();
    const { apiKey, userErrors } = await keys.update(admin.actor, { id, expectedVersion: 1, name: 'Only leads', scopes: [grant('leads', ['read'], 'ASSIGNED')], expiresAt: keys.inDays(3), costPerMinute: 10 });
    expect(userErrors).toEqual([]);
    expect(apiKey).toMatchObject({ name: 'Only leads', version: 2, expiresAt: keys.inDays(3), secrets: [{ expiresAt: keys.inDays(3) }] });
    const { actor, endsAt } = await keys.entered(secret);
    expect([actor.limits, actor.grants.allow, endsAt]).toEqual([{ costPerMinute: 10 }, { 'leads:read': 'ASSIGNED' }, keys.inDays(3)]);
    await waitFor(() => test.events.some(({ type, payload }) => type === 'identity.rights.changed' && (payload as { sessionId?: string }).sessionId === `${id}.1`));
    expect(codes(await keys.update(admin.actor, { id, expectedVersion: 1, name: 'Late' }))).toEqual(['VERSION_CONFLICT', 'input.expectedVersion']);
  });

  it('is a stranger’s in another center', async () => {
    const { id } = await keys.key();
    const manager = await keys.manager(newId('ctr'));
    const answers = await Promise.all([
      test.ask(manager, keys.ask.UPDATE, { input: { id, expectedVersion: 1, name: 'x' } }),
      test.ask(manager, keys.ask.ROTATE, { input: { id, overlapMinutes: 0 } }),
      test.ask(manager, keys.ask.REVOKE, { input: { id } }),
      test.ask(manager, 'query($id: ID!) { apiKey(id: $id) { name } }', { id }),
    ]);
    expect(answers.map(({ errors }) => errors?.[0]?.extensions?.['code'])).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND']);
    expect(await keys.list(manager)).toEqual([]);
  });
});

describe('a key whose people change', () => {
  const rightsTold = (sessionId: string) =>
    test.events.filter(({ type, payload }) => type === 'identity.rights.changed' && (payload as { sessionId?: string }).sessionId === sessionId).map(({ payload }) => (payload as { grants: { allow: Record<string, string> } }).grants.allow);
  const UPDATE_USER = 'mutation($input: UserUpdateInput!) { userUpdate(input: $input) { userErrors { code } } }';

  it('shrinks with the role of its account, and with that of who answers for it', async () => {
    const { id, secret, serviceAccountId, admin } = await keys.key();
    const boss = await test.person('admin', admin.actor.centerId);
    const give = (userId: string, role: string) => test.ask(boss.actor, UPDATE_USER, { input: { id: userId, expectedVersion: 1, role } });
    await give(admin.id, 'seller');
    expect((await keys.entered(secret)).actor.grants.allow).toEqual(commonGrants(grantsOfRole('operator'), grantsOfRole('seller')).allow);
    await waitFor(() => rightsTold(`${id}.1`).some((allow) => !('calls:start' in allow)));
    await give(serviceAccountId, 'supervisor');
    expect((await keys.entered(secret)).actor).toMatchObject({ role: 'supervisor', grants: commonGrants(grantsOfRole('supervisor'), grantsOfRole('seller')) });
  });

  it('opens nothing while its account, or who answers for it, is deactivated', async () => {
    const { id, secret, admin } = await keys.key();
    const boss = await test.person('admin', admin.actor.centerId);
    const set = (expectedVersion: number, state: string) => test.ask(boss.actor, UPDATE_USER, { input: { id: admin.id, expectedVersion, state } });
    await set(1, 'DEACTIVATED');
    expect(await keys.refusal(secret)).toBe('SUSPENDED');
    await waitFor(() => rightsTold(`${id}.1`).some((allow) => Object.keys(allow).length === 0));
    await set(2, 'ACTIVE');
    expect(await keys.refusal(secret)).toBeNull();
  });
});

describe('a key that is rotated', () => {
  it('works by both secrets for the overlap, then by the new one alone', async () => {
    const { id, secret, admin } = await keys.key();
    const { secret: next, apiKey, userErrors } = await keys.rotate(admin.actor, id, 60);
    expect(userErrors).toEqual([]);
    expect(apiKey).toMatchObject({ version: 2, prefix: next.slice(0, 12), secrets: [{ number: 2 }, { number: 1 }] });
    expect([(await keys.entered(secret)).actor.sessionId, (await keys.entered(next)).actor.sessionId]).toEqual([`${id}.1`, `${id}.2`]);
    expect((await keys.entered(secret)).endsAt).toBe(keys.inDays(1 / 24));
    test.clock.forward(3600);
    expect([await keys.refusal(secret), await keys.refusal(next)]).toEqual(['EXPIRED', null]);
    await test.identity.keepHouse();
    await waitFor(() => test.events.some(({ type, payload }) => type === 'identity.session.ended' && (payload as { sessionId: string }).sessionId === `${id}.1`));
  });

  it('ends the old secret at once without an overlap, and an older one in any case', async () => {
    const { id, secret, admin } = await keys.key();
    const second = (await keys.rotate(admin.actor, id, 60)).secret;
    const third = (await keys.rotate(admin.actor, id, 0)).secret;
    expect([await keys.refusal(secret), await keys.refusal(second), await keys.refusal(third)]).toEqual(['REVOKED', 'REVOKED', null]);
  });

  it('by several at once works by the last two secrets, whoever came first; taken back meanwhile by none', async () => {
    const { id, secret, admin } = await keys.key();
    const rotated = await Promise.all(Array.from({ length: 4 }, () => keys.rotate(admin.actor, id, 60)));
    const secrets = [secret, ...rotated.map((each) => each.secret as string)];
    const working = async () => (await Promise.all(secrets.map(keys.refusal))).filter((refusal) => refusal === null).length;
    expect(await working()).toBe(2);
    const last = await Promise.all([keys.rotate(admin.actor, id, 60), keys.revoke(admin.actor, id), keys.rotate(admin.actor, id, 60)]);
    secrets.push(...last.flatMap((each) => (each.secret ? [each.secret as string] : [])));
    expect(await working()).toBe(0);
  });

  it('is answered for by whoever rotated it', async () => {
    const { id, admin, serviceAccountId } = await keys.key();
    const manager = await keys.manager(admin.actor.centerId);
    const { secret, apiKey } = await keys.rotate(manager, id, 0);
    expect(apiKey).toMatchObject({ maker: { id: manager.userId }, serviceAccount: { id: serviceAccountId } });
    expect((await keys.entered(secret)).actor.grants.allow).toEqual(commonGrants(grantsOfRole('operator'), grantsOfRole('supervisor')).allow);
  });

  it('is not rotated by who may not do what it does, nor for too long an overlap', async () => {
    const { id, admin } = await keys.key({ scopes: [grant('calls', ['start'], 'OWN')] });
    expect(codes(await keys.rotate(await keys.manager(admin.actor.centerId), id, 0))).toEqual(['SCOPES_TOO_WIDE', 'input.scopes']);
    expect((await test.ask(admin.actor, keys.ask.ROTATE, { input: { id, overlapMinutes: 10_081 } })).errors?.[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
  });
});

describe('a key that is taken back', () => {
  it('opens nothing any more, and gateways are told', async () => {
    const { id, secret, admin } = await keys.key();
    await keys.rotate(admin.actor, id, 60);
    const revoked = await keys.revoke(admin.actor, id);
    expect(revoked).toMatchObject({ apiKey: { state: 'REVOKED', version: 3 }, userErrors: [] });
    expect(await keys.revoke(admin.actor, id)).toMatchObject({ apiKey: { version: 3 } });
    expect(await keys.refusal(secret)).toBe('REVOKED');
    const ended = () => test.events.filter(({ type }) => type === 'identity.session.ended').map(({ payload }) => (payload as { sessionId: string }).sessionId);
    await waitFor(() => [1, 2].every((number) => ended().includes(`${id}.${number}`)));
    expect(codes(await keys.rotate(admin.actor, id, 0))).toEqual(['KEY_ENDED', 'input.id']);
    expect(codes(await keys.update(admin.actor, { id, expectedVersion: 3, name: 'x' }))).toEqual(['KEY_ENDED', 'input.id']);
    expect((await auditOf(id)).map(({ action }) => action)).toEqual(['API_KEY_CREATED', 'API_KEY_ROTATED', 'API_KEY_REVOKED', 'API_KEY_REFUSED']);
  });

  it('is found by its state, its account and its prefix', async () => {
    const { id, secret, admin, serviceAccountId } = await keys.key();
    const [other, over] = [await keys.create(admin.actor, { serviceAccountId }), await keys.create(admin.actor, { serviceAccountId, expiresAt: keys.inDays(0.5) })];
    await keys.revoke(admin.actor, other.apiKey.id);
    test.clock.forward(DAY_S);
    const idsOf = async (filter: object) => ((await keys.list(admin.actor, { serviceAccountId, ...filter })) as { id: string }[]).map((key) => key.id);
    expect([await idsOf({ state: 'ACTIVE' }), await idsOf({ state: 'REVOKED' }), await idsOf({ state: 'EXPIRED' }), await idsOf({ search: secret.slice(0, 12) })]).toEqual([[id], [other.apiKey.id], [over.apiKey.id], [id]]);
  });
});

describe('a key that is presented', () => {
  it('notes its use and address at most once a minute', async () => {
    const { secret, admin } = await keys.key();
    const lastUse = async () => ((await keys.list(admin.actor, { search: secret.slice(0, 12) })) as { secrets: { lastUsedAt: string; lastUsedAddress: string }[] }[])[0]?.secrets[0];
    const at = test.clock.now().toISOString();
    await keys.passed(secret, '192.0.2.1');
    test.clock.forward(59);
    await keys.passed(secret, '192.0.2.2');
    expect(await lastUse()).toMatchObject({ lastUsedAt: at, lastUsedAddress: '192.0.2.1' });
    test.clock.forward(1);
    await keys.passed(secret, '192.0.2.3');
    expect(await lastUse()).toMatchObject({ lastUsedAt: test.clock.now().toISOString(), lastUsedAddress: '192.0.2.3' });
  });

  it('and is none, or is over, is refused and noted without the secret', async () => {
    const { id, secret } = await keys.key({ expiresAt: keys.inDays(1) });
    const unknown = `vss_${'x'.repeat(8)}_${'y'.repeat(49)}`;
    expect([await keys.refusal(unknown), await keys.refusal('')]).toEqual(['UNKNOWN', 'UNKNOWN']);
    test.clock.forward(DAY_S);
    expect(await keys.refusal(secret)).toBe('EXPIRED');
    expect((await auditOf(id)).at(-1)).toMatchObject({ action: 'API_KEY_REFUSED', outcome: 'REFUSED', detail: { reason: 'EXPIRED' } });
    const kept = JSON.stringify(await test.rows(`select * from identity.security_audit_entry where action = 'API_KEY_REFUSED'`));
    expect([kept.includes(secret.slice(13)), kept.includes('yyyyy')]).toEqual([false, false]);
  });

  it('counts as a session to gateways that ask, for as long as it holds', async () => {
    const { id, admin } = await keys.key({ scopes: [grant('leads', ['read'], 'ASSIGNED')] });
    const STATES = 'query($ids: [ID!]!) { sessionStates(ids: $ids) { id role rights } }';
    const states = async () => (await test.ask(systemActor(''), STATES, { ids: [`${id}.1`, `${id}.2`] })).data.sessionStates;
    expect(await states()).toEqual([{ id: `${id}.1`, role: 'operator', rights: { allow: { 'leads:read': 'ASSIGNED' }, deny: [] } }]);
    await keys.revoke(admin.actor, id);
    expect(await states()).toEqual([]);
  });
});
