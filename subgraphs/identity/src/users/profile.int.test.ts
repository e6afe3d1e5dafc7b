import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymousActor, type Grant } from '@vss/auth';
import { newId } from '@vss/runtime';
import { anActor, waitFor } from '@vss/testing';
import { PASSWORD, startIdentity, type Person, type Reply, type TestIdentity } from '../identity.fixture.js';

const PROFILE = 'id displayName email phone title locale timeZone kind state version mustChangePassword';
const CREATE = `mutation($input: UserCreateInput!) { userCreate(input: $input) { user { ${PROFILE} } userErrors { code field } } }`;
const UPDATE = `mutation($input: UserUpdateInput!) { userUpdate(input: $input) { user { ${PROFILE} } userErrors { code field } } }`;
const ME_UPDATE = `mutation($input: MeUpdateInput!) { meUpdate(input: $input) { user { ${PROFILE} } userErrors { code field } } }`;
const DEACTIVATE = 'mutation($input: UserStateInput!) { done: userDeactivate(input: $input) { user { state version } userErrors { code field } } }';
const REACTIVATE = 'mutation($input: UserStateInput!) { done: userReactivate(input: $input) { user { state version } userErrors { code field } } }';
const USER = `query($id: ID!) { user(id: $id) { ${PROFILE} } }`;
const LIST = 'query($filter: UserFilter, $orderBy: UserOrder, $first: Int! = 50, $after: String) { users(filter: $filter, orderBy: $orderBy, first: $first, after: $after) { nodes { id username displayName } pageInfo { hasNextPage endCursor } } }';
const LOGIN = 'mutation($input: LoginInput!) { login(input: $input) { accessToken userErrors { code } } }';

let test: TestIdentity;
let admin: Person;
beforeAll(async () => {
  test = await startIdentity();
  admin = await test.person('admin');
});
afterAll(() => test.stop());

const colleague = (role: string, of: Person = admin): Promise<Person> => test.person(role, of.actor.centerId);
const update = (actor: Person['actor'], input: Record<string, unknown>): Promise<Reply> => test.ask(actor, UPDATE, { input });
const codeOf = ({ data, errors }: Reply): unknown => errors?.[0]?.extensions?.['code'] ?? Object.values((data ?? {}) as Record<string, { userErrors: { code: string }[] }>)[0]?.userErrors[0]?.code ?? 'DONE';
const auditOf = (target: string, action: string) => test.rows<{ actor_id: string; detail: Record<string, unknown> }>('select actor_id, detail from identity.security_audit_entry where target = $1 and action = $2', [target, action]);
const signIn = async ({ username }: Person): Promise<unknown> => (await test.ask(anonymousActor, LOGIN, { input: { username, password: PASSWORD } })).data.login.userErrors[0]?.code ?? 'DONE';

const PERSONAL = { phone: '+44 20 7946 0067', title: ' Head of sales ', locale: 'PT-br', timeZone: 'Europe/Lisbon' };
const KEPT = { phone: '+442079460067', title: 'Head of sales', locale: 'pt-BR', timeZone: 'Europe/Lisbon' };

describe('a profile', () => {
  it('is given when the user is made, and changed later', async () => {
    const input = { username: newId('name'), password: PASSWORD, email: 'olga@example.org', role: 'seller', mustChangePassword: true, ...PERSONAL };
    const { user } = (await test.ask(admin.actor, CREATE, { input })).data.userCreate;
    expect(user).toMatchObject({ ...KEPT, email: 'olga@example.org', kind: 'PERSON', state: 'ACTIVE', mustChangePassword: true });
    const { data } = await update(admin.actor, { id: user.id, expectedVersion: 1, phone: null, title: 'Seller' });
    expect(data.userUpdate.user).toMatchObject({ ...KEPT, phone: null, title: 'Seller', version: 2 });
    const [entry] = await auditOf(user.id, 'USER_UPDATED');
    expect(entry?.detail).toEqual({ changes: { phone: { before: '[personal]', after: '[personal]' }, title: { before: '[personal]', after: '[personal]' } } });
  });

  it('X-35: opens nothing with a password that somebody else chose, where that is asked for', async () => {
    const input = { username: newId('name'), password: PASSWORD, email: 'olga@example.org', role: 'seller', mustChangePassword: true };
    await test.ask(admin.actor, CREATE, { input });
    const { data } = await test.ask(anonymousActor, 'mutation($input: LoginInput!) { login(input: $input) { accessToken challenge { kind } } }', { input: { username: input.username, password: PASSWORD } });
    expect(data.login).toEqual({ accessToken: null, challenge: { kind: 'PASSWORD_CHANGE' } });
  });

  it.each([
    [{ phone: '020 7946' }, 'PHONE_INVALID', 'phone'],
    [{ title: ' ' }, 'TITLE_INVALID', 'title'],
    [{ locale: 'en_US' }, 'LOCALE_INVALID', 'locale'],
    [{ timeZone: 'Mars/Olympus' }, 'TIME_ZONE_INVALID', 'timeZone'],
  ])('refuses %o with %s', async (wrong, code, field) => {
    const reply = await update(admin.actor, { id: admin.id, expectedVersion: 1, ...wrong });
    expect(reply.data.userUpdate).toEqual({ user: null, userErrors: [{ code, field: ['input', field] }] });
  });

  it('is his own to change, but for role, teams and address', async () => {
    const seller = await colleague('seller');
    const { data } = await test.ask(seller.actor, ME_UPDATE, { input: { expectedVersion: 1, displayName: 'Olga', ...PERSONAL } });
    expect(data.meUpdate).toMatchObject({ user: { id: seller.id, displayName: 'Olga', ...KEPT, version: 2 }, userErrors: [] });
    await waitFor(() => test.events.some(({ type, aggregateId, payload }) => type === 'identity.user.updated' && aggregateId === seller.id && (payload as { user: { displayName: string } }).user.displayName === 'Olga'));
    const fields = (await test.ask(seller.actor, '{ __type(name: "MeUpdateInput") { inputFields { name } } }')).data.__type.inputFields as { name: string }[];
    expect(fields.map(({ name }) => name).toSorted()).toEqual(['displayName', 'expectedVersion', 'locale', 'phone', 'timeZone', 'title']);
    expect(codeOf(await test.ask(seller.actor, ME_UPDATE, { input: { expectedVersion: 1, title: 'Stale' } }))).toBe('VERSION_CONFLICT');
    expect(codeOf(await test.ask(anonymousActor, ME_UPDATE, { input: { expectedVersion: 1 } }))).toBe('UNAUTHENTICATED');
  });
});

describe('contact data (X-58)', () => {
  it('is in full for himself and for who may write to people, and masked for who may see the account', async () => {
    const seller = await colleague('seller');
    await update(admin.actor, { id: seller.id, expectedVersion: 1, email: 'olga@example.org', phone: '+442079460067' });
    const seenBy = async (actor: Person['actor']) => {
      const { data, errors } = await test.ask(actor, USER, { id: seller.id });
      return { email: data.user.email as unknown, phone: data.user.phone as unknown, title: data.user.title as unknown, denied: errors?.map(({ path }) => path?.at(-1)) ?? [] };
    };
    const inFull = { email: 'olga@example.org', phone: '+442079460067', title: null, denied: [] };
    expect(await seenBy(seller.actor)).toEqual(inFull);
    expect(await seenBy(admin.actor)).toEqual(inFull);
    expect(await seenBy((await colleague('supervisor')).actor)).toEqual({ ...inFull, email: 'o•••@e•••.org', phone: '+•••67' });
    const grants: Grant[] = [{ resource: 'users', actions: ['read', 'read-contact'], scope: 'CENTER', effect: 'ALLOW' }, { resource: 'directory', actions: ['read'], scope: 'CENTER', effect: 'ALLOW' }];
    expect(await seenBy(anActor({ role: 'clerk', grants, centerId: admin.actor.centerId }))).toEqual(inFull);
    const operator = await seenBy((await colleague('operator')).actor);
    expect(operator).toMatchObject({ email: null, phone: null });
    expect(operator.denied).toEqual(expect.arrayContaining(['email', 'phone', 'locale', 'timeZone', 'mustChangePassword']));
  });

  it('cannot be found out letter by letter behind the mask', async () => {
    const supervisor = await test.person('supervisor');
    const seller = await colleague('seller', supervisor);
    const found = async (actor: Person['actor'], search: string) => ((await test.ask(actor, LIST, { filter: { search, centerId: supervisor.actor.centerId, role: 'seller' } })).data.users.nodes as { id: string }[]).map(({ id }) => id);
    expect(await found(supervisor.actor, '@example.org')).toEqual([]);
    expect(await found(supervisor.actor, seller.username)).toEqual([seller.id]);
    expect(await found(admin.actor, '@example.org')).toEqual([seller.id]);
  });
});

describe('a list of users', () => {
  it('goes by name, either way, page by page', async () => {
    const supervisor = await test.person('supervisor');
    for (const displayName of ['Bea', 'Ada', 'Cy']) {
      const person = await colleague('seller', supervisor);
      await update(admin.actor, { id: person.id, expectedVersion: 1, displayName });
    }
    const pages = async (orderBy: object): Promise<string[]> => {
      const names: string[] = [];
      for (let after: string | null = null; ; ) {
        const { nodes, pageInfo } = (await test.ask(supervisor.actor, LIST, { filter: { role: 'seller' }, orderBy, first: 2, after })).data.users as { nodes: { displayName: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
        names.push(...nodes.map(({ displayName }) => displayName));
        if (!pageInfo.hasNextPage) return names;
        after = pageInfo.endCursor;
      }
    };
    expect(await pages({ field: 'DISPLAY_NAME' })).toEqual(['Ada', 'Bea', 'Cy']);
    expect(await pages({ field: 'DISPLAY_NAME', direction: 'DESC' })).toEqual(['Cy', 'Bea', 'Ada']);
    expect(await pages({ field: 'CREATED_AT' })).toEqual(['Bea', 'Ada', 'Cy']);
  });

  it('is of one center for who sees several, and never of a stranger\'s', async () => {
    const [mine, other] = [await test.person('supervisor'), await test.person('operator')];
    const ids = async (actor: Person['actor'], centerId: string) => ((await test.ask(actor, LIST, { filter: { centerId } })).data.users.nodes as { id: string }[]).map(({ id }) => id);
    expect(await ids(admin.actor, other.actor.centerId)).toEqual([other.id]);
    expect(await ids(mine.actor, other.actor.centerId)).toEqual([]);
    expect(await ids(mine.actor, mine.actor.centerId)).toEqual([mine.id]);
  });
});

describe('taking a user out (R-121)', () => {
  it('says why in the audit, ends what he holds, and lets him in again', async () => {
    const user = await colleague('operator');
    expect(await signIn(user)).toBe('DONE');
    const out = await test.ask(admin.actor, DEACTIVATE, { input: { id: user.id, expectedVersion: 1, reason: ' Left the\ncompany ' } });
    expect(out.data.done).toEqual({ user: { state: 'DEACTIVATED', version: 2 }, userErrors: [] });
    expect(await auditOf(user.id, 'USER_DEACTIVATED')).toEqual([{ actor_id: admin.id, detail: { reason: 'Left the company' } }]);
    expect(await test.rows('select id from identity.session where user_id = $1 and ended_at is null', [user.id])).toEqual([]);
    expect(await signIn(user)).toBe('INVALID_CREDENTIALS');
    const back = await test.ask(admin.actor, REACTIVATE, { input: { id: user.id, expectedVersion: 2, reason: 'Came back' } });
    expect(back.data.done).toEqual({ user: { state: 'ACTIVE', version: 3 }, userErrors: [] });
    expect(await auditOf(user.id, 'USER_REACTIVATED')).toEqual([{ actor_id: admin.id, detail: { reason: 'Came back' } }]);
    expect(await signIn(user)).toBe('DONE');
  });

  it('needs a reason and the version that stands', async () => {
    const user = await colleague('operator');
    const attempt = (input: Record<string, unknown>) => test.ask(admin.actor, DEACTIVATE, { input: { id: user.id, expectedVersion: 1, reason: 'Left', ...input } });
    expect(codeOf(await attempt({ reason: ' \n ' }))).toBe('REASON_INVALID');
    expect(codeOf(await attempt({ expectedVersion: 7 }))).toBe('VERSION_CONFLICT');
    expect((await test.ask(admin.actor, USER, { id: user.id })).data.user).toMatchObject({ state: 'ACTIVE', version: 1 });
  });

  it('is not for those below him, and never leaves the platform without an administrator', async () => {
    const grants: Grant[] = [{ resource: 'users', actions: ['read', 'update'], scope: 'CENTER', effect: 'ALLOW' }];
    const clerk = anActor({ role: 'clerk', grants, centerId: admin.actor.centerId });
    expect(codeOf(await test.ask(clerk, DEACTIVATE, { input: { id: admin.id, expectedVersion: 1, reason: 'Mine now' } }))).toBe('FORBIDDEN');
    const supervisor = await colleague('supervisor');
    expect(codeOf(await test.ask(supervisor.actor, DEACTIVATE, { input: { id: supervisor.id, expectedVersion: 1, reason: 'No' } }))).toBe('FORBIDDEN');
    expect(codeOf(await test.ask(admin.actor, DEACTIVATE, { input: { id: admin.id, expectedVersion: 1, reason: 'Had enough' } }))).toBe('LAST_ADMINISTRATOR');
  });

  it('cannot make anybody invited', async () => {
    const user = await colleague('operator');
    expect(codeOf(await update(admin.actor, { id: user.id, expectedVersion: 1, state: 'INVITED' }))).toBe('INPUT_INVALID');
  });
});
