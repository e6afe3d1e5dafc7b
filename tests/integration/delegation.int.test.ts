import { buildSchema, getNamedType, isInputObjectType, type GraphQLFormattedError, type GraphQLInputType } from 'graphql';
import { createClient } from 'graphql-ws';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@vss/runtime';
import { waitFor } from '@vss/testing';
import { startInProcessPlatform, type Answer, type InProcessPlatform } from './support/platform.js';
import { codesOf } from './support/probes.js';

const PASSWORD = 'correct horse battery';
const CENTER = newId('ctr');
const LOGIN = 'mutation ($input: LoginInput!) { login(input: $input) { accessToken } }';
const MY_RIGHTS = '{ myRights { permission scope } }';

let platform: InProcessPlatform;
let admin: Signed;
beforeAll(async () => {
  platform = await startInProcessPlatform();
  admin = await signedIn('admin');
});
afterAll(() => platform.stop());

interface Signed {
  readonly id: string;
  readonly token: string;
}
async function signedIn(role: string): Promise<Signed> {
  const username = newId('name');
  const [user] = await platform.identity.ensureUsers([{ username, password: PASSWORD, role, displayName: username, email: `${username}@example.org`, centerId: CENTER }]);
  const { data } = await platform.askWith(undefined, LOGIN, { input: { username, password: PASSWORD } });
  return { id: user?.id ?? '', token: (data as { login: { accessToken: string } }).login.accessToken };
}

/** A mutation with its input written out, as somebody sends it. */
const run = (who: Signed, name: string, type: string, input: object, selection = ''): Promise<Answer> =>
  platform.askWith(who.token, `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} userErrors { code message } } }`, { input });
const payload = ({ data }: Answer, name: string): Record<string, { id: string; version: number }> & { userErrors: { code: string }[] } => (data as Record<string, never>)[name] as never;
const outcome = (answer: Answer, name: string): string => codesOf(answer)[0] ?? payload(answer, name)?.userErrors[0]?.code ?? 'DONE';

const line = (text: string, scope: string, more: object = {}) => {
  const [resource, actions = ''] = text.split(':');
  return { resource, actions: actions.split(','), scope, ...more };
};
const aName = (): string => newId('r').replace('_', '-');
async function aRole(grants: object[]): Promise<{ id: string; name: string }> {
  const name = aName();
  const answer = await run(admin, 'roleCreate', 'RoleCreateInput', { name, description: 'Of the test', grants }, 'role { id }');
  expect(outcome(answer, 'roleCreate')).toBe('DONE');
  return { id: payload(answer, 'roleCreate')['role']?.id ?? '', name };
}
const rightsOf = async ({ token }: Signed): Promise<unknown> => (await platform.askWith(token, MY_RIGHTS)).data;

describe('a change of rights counts at once, also for tokens from before', () => {
  const LEADS = '{ leads(first: 1) { nodes { id } } }';

  it('of a role, both ways', async () => {
    const role = await aRole([line('leads:read', 'CENTER'), line('notes:read', 'CENTER')]);
    const clerk = await signedIn(role.name);
    expect((await platform.askWith(clerk.token, LEADS)).errors).toBeUndefined();
    expect(outcome(await run(admin, 'roleUpdate', 'RoleUpdateInput', { id: role.id, expectedVersion: 1, grants: [line('notes:read', 'CENTER')] }), 'roleUpdate')).toBe('DONE');
    await waitFor(async () => codesOf(await platform.askWith(clerk.token, LEADS))[0] === 'FORBIDDEN');
    expect(outcome(await run(admin, 'roleUpdate', 'RoleUpdateInput', { id: role.id, expectedVersion: 2, grants: [line('leads:read', 'OWN')] }), 'roleUpdate')).toBe('DONE');
    await waitFor(async () => (await platform.askWith(clerk.token, LEADS)).errors === undefined);
  });

  it('of a role, on a stream that is open', async () => {
    const role = await aRole([line('calls:read', 'CENTER')]);
    const clerk = await signedIn(role.name);
    const client = createClient({ url: platform.wsUrl, connectionParams: { authorization: `Bearer ${clerk.token}` }, retryAttempts: 0 });
    const { promise: refused, resolve } = Promise.withResolvers<readonly GraphQLFormattedError[]>();
    client.subscribe({ query: 'subscription { callUpdated { call { id } } }' }, { next: ({ errors }) => errors && resolve(errors), error: (error) => resolve(error as readonly GraphQLFormattedError[]), complete: () => resolve([]) });
    // Answered behind the subscription on the same connection: the stream stands by then.
    await new Promise<void>((done) => void client.subscribe({ query: '{ __typename }' }, { next: () => done(), error: () => done(), complete: () => undefined }));
    expect(outcome(await run(admin, 'roleUpdate', 'RoleUpdateInput', { id: role.id, expectedVersion: 1, grants: [line('notes:read', 'CENTER')] }), 'roleUpdate')).toBe('DONE');
    expect(await refused).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    await client.dispose();
  });

  it('of somebody who is given a right for a time, until it is taken back (X-27)', async () => {
    const supervisor = await signedIn('supervisor');
    const SUPPRESS = 'mutation { suppressionAdd(input: { phoneNumber: "nobody", reason: "-", idempotencyKey: "x" }) { userErrors { code } } }';
    expect(codesOf(await platform.askWith(supervisor.token, SUPPRESS))).toContain('FORBIDDEN');
    const request = await run(supervisor, 'temporaryGrantRequest', 'TemporaryGrantRequestInput', { permission: 'suppressions:create', scope: 'CENTER', reason: 'Somebody rang the office', minutes: 15 }, 'temporaryGrant { id }');
    const id = payload(request, 'temporaryGrantRequest')['temporaryGrant']?.id;
    expect(outcome(await run(admin, 'temporaryGrantApprove', 'TemporaryGrantDecisionInput', { id }), 'temporaryGrantApprove')).toBe('DONE');
    await waitFor(async () => !codesOf(await platform.askWith(supervisor.token, SUPPRESS)).includes('FORBIDDEN'));
    expect(outcome(await run(supervisor, 'temporaryGrantRevoke', 'TemporaryGrantDecisionInput', { id }), 'temporaryGrantRevoke')).toBe('DONE');
    await waitFor(async () => codesOf(await platform.askWith(supervisor.token, SUPPRESS)).includes('FORBIDDEN'));
  });
});

describe('whoever administers users and roles does not make himself one who may more', () => {
  /** Mutations that hand out rights: their input names a role, lines of one, or a right. Each must have been tried. */
  const HANDS_OUT = /^(role|roleId|grants|scopes|permission|json)$/;
  const api = buildSchema(readFileSync(join(import.meta.dirname, '../../schema/schema.graphql'), 'utf8'));
  const namesRights = (type: GraphQLInputType): boolean => {
    const named = getNamedType(type);
    return isInputObjectType(named) && Object.values(named.getFields()).some((field) => HANDS_OUT.test(field.name));
  };
  const handingOut = Object.values(api.getMutationType()?.getFields() ?? {}).filter(({ args }) => args.some(({ type }) => namesRights(type))).map(({ name }) => name);

  const ADMINISTERING = [...['users:*', 'roles:*', 'temporary-grants:*', 'api-keys:*', 'teams:*', 'directory:*'].map((text) => line(text, 'ALL')), line('leads:read', 'OWN')];
  const COVETED = line('leads:read', 'ALL');
  let role: { id: string; name: string };
  let clerk: Signed;
  let accomplice: Signed;
  beforeAll(async () => {
    role = await aRole(ADMINISTERING);
    [clerk, accomplice] = [await signedIn(role.name), await signedIn(role.name)];
  });

  const aUser = (more: object) => ({ username: newId('name'), email: 'a@example.org', ...more });
  const inAMonth = (): string => new Date(Date.now() + 30 * 24 * 3600 * 1000).toISOString();
  async function aKeyHolder(): Promise<string> {
    return payload(await run(clerk, 'serviceAccountCreate', 'ServiceAccountCreateInput', { name: newId('name'), role: role.name }, 'serviceAccount { id }'), 'serviceAccountCreate')['serviceAccount']?.id ?? '';
  }

  /** What he sends, and what he is told. */
  const ATTEMPTS: Record<string, readonly [what: string, attempt: () => Promise<Answer>, told: string][]> = {
    roleCreate: [
      ['a role with the right', () => run(clerk, 'roleCreate', 'RoleCreateInput', { name: aName(), description: '-', grants: [COVETED] }), 'FORBIDDEN'],
      ['a role with everything', () => run(clerk, 'roleCreate', 'RoleCreateInput', { name: aName(), description: '-', grants: [line('*:*', 'ALL')] }), 'FORBIDDEN'],
      ['a role with every action of it', () => run(clerk, 'roleCreate', 'RoleCreateInput', { name: aName(), description: '-', grants: [line('leads:*', 'OWN')] }), 'FORBIDDEN'],
      ['a role with it for every resource', () => run(clerk, 'roleCreate', 'RoleCreateInput', { name: aName(), description: '-', grants: [line('*:read', 'ALL')] }), 'FORBIDDEN'],
      ['a role with it, denied in the next line of another right', () => run(clerk, 'roleCreate', 'RoleCreateInput', { name: aName(), description: '-', grants: [COVETED, line('leads:update', 'ALL', { effect: 'DENY' })] }), 'FORBIDDEN'],
    ],
    roleUpdate: [
      ['his own role', () => run(clerk, 'roleUpdate', 'RoleUpdateInput', { id: role.id, expectedVersion: 1, grants: [...ADMINISTERING, COVETED] }), 'FORBIDDEN'],
    ],
    rolesImport: [['a role of the source document', () => run(clerk, 'rolesImport', 'RolesImportInput', { json: JSON.stringify({ [aName()]: { all: true } }) }), 'FORBIDDEN']],
    userCreate: [['another user with a stronger role', () => run(clerk, 'userCreate', 'UserCreateInput', aUser({ password: PASSWORD, role: 'admin' })), 'FORBIDDEN']],
    userInvite: [['a guest with a stronger role', () => run(clerk, 'userInvite', 'UserInviteInput', aUser({ role: 'admin' })), 'FORBIDDEN']],
    userUpdate: [
      ['himself', () => run(clerk, 'userUpdate', 'UserUpdateInput', { id: clerk.id, expectedVersion: 1, role: 'admin' }), 'FORBIDDEN'],
      ['his accomplice', () => run(clerk, 'userUpdate', 'UserUpdateInput', { id: accomplice.id, expectedVersion: 1, role: 'supervisor' }), 'FORBIDDEN'],
    ],
    serviceAccountCreate: [['a program with a stronger role', () => run(clerk, 'serviceAccountCreate', 'ServiceAccountCreateInput', { name: newId('name'), role: 'admin' }), 'FORBIDDEN']],
    apiKeyCreate: [
      ['a key with the right', async () => run(clerk, 'apiKeyCreate', 'ApiKeyCreateInput', { serviceAccountId: await aKeyHolder(), name: 'k', expiresAt: inAMonth(), scopes: [COVETED] }), 'SCOPES_TOO_WIDE'],
    ],
    apiKeyUpdate: [
      [
        'a key that is widened',
        async () => {
          const made = await run(clerk, 'apiKeyCreate', 'ApiKeyCreateInput', { serviceAccountId: await aKeyHolder(), name: 'k', expiresAt: inAMonth(), scopes: [line('leads:read', 'OWN')] }, 'apiKey { id version }');
          const { id, version } = payload(made, 'apiKeyCreate')['apiKey'] ?? {};
          return run(clerk, 'apiKeyUpdate', 'ApiKeyUpdateInput', { id, expectedVersion: version, scopes: [COVETED] });
        },
        'KEY_WIDENED',
      ],
    ],
    temporaryGrantRequest: [
      [
        'a right for a time, given by himself',
        async () => run(clerk, 'temporaryGrantApprove', 'TemporaryGrantDecisionInput', { id: await aRequest() }),
        'OWN_REQUEST',
      ],
      [
        'a right for a time, given by his accomplice',
        async () => run(accomplice, 'temporaryGrantApprove', 'TemporaryGrantDecisionInput', { id: await aRequest() }),
        'FORBIDDEN',
      ],
      [
        'a right that he has for a time, to stay',
        async () => {
          const id = await aRequest();
          await run(admin, 'temporaryGrantApprove', 'TemporaryGrantDecisionInput', { id });
          await waitFor(async () => JSON.stringify(await rightsOf(clerk)).includes('"leads:read","scope":"ALL"'));
          const answer = await run(clerk, 'roleUpdate', 'RoleUpdateInput', { id: role.id, expectedVersion: 1, grants: [...ADMINISTERING, COVETED] });
          await run(admin, 'temporaryGrantRevoke', 'TemporaryGrantDecisionInput', { id });
          await waitFor(async () => !JSON.stringify(await rightsOf(clerk)).includes('"leads:read","scope":"ALL"'));
          return answer;
        },
        'FORBIDDEN',
      ],
    ],
  };
  async function aRequest(): Promise<string> {
    const wanted = { permission: 'leads:read', scope: 'ALL', reason: 'I would like to', minutes: 5 };
    return payload(await run(clerk, 'temporaryGrantRequest', 'TemporaryGrantRequestInput', wanted, 'temporaryGrant { id }'), 'temporaryGrantRequest')['temporaryGrant']?.id ?? '';
  }

  it('has been tried with every mutation that hands out rights', () => expect(handingOut.filter((name) => !(name in ATTEMPTS))).toEqual([]));

  const there = Object.entries(ATTEMPTS).flatMap(([name, attempts]) => (handingOut.includes(name) ? attempts : []));
  it.each(there)('not by %s', async (_what, attempt, told) => {
    const before = await rightsOf(clerk);
    const answer = await attempt();
    const [name = ''] = Object.keys((answer.data as object | null) ?? {});
    expect([codesOf(answer)[0] ?? payload(answer, name).userErrors[0]?.code]).toEqual([told]);
    expect(await rightsOf(clerk)).toEqual(before);
  });
});
