import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@vss/runtime';
import { startInProcessPlatform, type Answer, type InProcessPlatform } from './support/platform.js';
import { codesOf } from './support/probes.js';

const PASSWORD = 'correct horse battery';
const CENTER = newId('ctr');
const ELSEWHERE = newId('ctr');

interface Account {
  readonly id: string;
  readonly username: string;
  readonly token: string;
}

/** Administers people and programs of his center, and may little else. */
const CLERKS_RIGHTS = ['users:*', 'sessions:*', 'api-keys:*', 'teams:*', 'directory:*'].map((text) => {
  const [resource, action] = text.split(':');
  return { resource, actions: [action], scope: 'CENTER' };
});

let platform: InProcessPlatform;
let root: Account;
let clerk: Account;
let stranger: Account;
beforeAll(async () => {
  platform = await startInProcessPlatform();
  root = await anAccount('admin');
  const name = newId('r').replace('_', '-');
  expect(await run(root, 'roleCreate', 'RoleCreateInput', { name, description: 'Of the test', grants: CLERKS_RIGHTS })).toMatchObject({ data: { roleCreate: { userErrors: [] } } });
  clerk = await anAccount(name);
  stranger = await anAccount('operator', ELSEWHERE);
});
afterAll(() => platform.stop());

async function anAccount(role: string, centerId = CENTER): Promise<Account> {
  const username = newId('name');
  const [user] = await platform.identity.ensureUsers([{ username, password: PASSWORD, role, displayName: username, email: `${username}@example.org`, centerId }]);
  return { id: user?.id ?? '', username, token: await signIn(username, PASSWORD) };
}
async function signIn(username: string, password: string): Promise<string> {
  const { data } = await platform.askWith(undefined, 'mutation ($input: LoginInput!) { login(input: $input) { accessToken } }', { input: { username, password } });
  return (data as { login: { accessToken: string } }).login.accessToken;
}
const run = (who: Account, name: string, type: string, input: object, selection = ''): Promise<Answer> =>
  platform.askWith(who.token, `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} userErrors { code } } }`, { input });
const payloadOf = (answer: Answer): Record<string, { id: string; version: number }> & { userErrors: { code: string }[] } => Object.values(answer.data ?? {})[0] as never;
const outcomeOf = (answer: Answer): string => codesOf(answer)[0] ?? payloadOf(answer).userErrors[0]?.code ?? 'DONE';

/** Everything that gives power over an account, aimed at one. */
const ON_AN_ACCOUNT: Record<string, (target: Account) => Promise<Answer>> = {
  'a link to choose his password with': ({ id }) => run(clerk, 'userPasswordReset', 'UserPasswordResetInput', { id }, 'token'),
  'his second factor taken away': ({ id }) => run(clerk, 'userSecondFactorReset', 'UserSecondFactorResetInput', { id, reason: 'lost' }),
  'another email address': ({ id }) => run(clerk, 'userUpdate', 'UserUpdateInput', { id, expectedVersion: 1, email: 'mine@example.org' }),
  'a weaker role': ({ id }) => run(clerk, 'userUpdate', 'UserUpdateInput', { id, expectedVersion: 1, role: 'seller' }),
  'his deactivation': ({ id }) => run(clerk, 'userDeactivate', 'UserStateInput', { id, expectedVersion: 1, reason: 'left' }),
  'his erasure': ({ id }) => run(clerk, 'personErase', 'PersonEraseInput', { userId: id, reason: 'asked for' }),
  'a key of his': ({ id }) => run(clerk, 'apiKeyCreate', 'ApiKeyCreateInput', { serviceAccountId: id, name: 'k', expiresAt: new Date(Date.now() + 86_400_000).toISOString() }, 'secret'),
};

describe('whoever administers people gets no power over one who may more', () => {
  it.each(Object.entries(ON_AN_ACCOUNT))('not by %s', async (_what, attempt) => {
    const answer = await attempt(root);
    expect(['FORBIDDEN', 'NOT_FOUND']).toContain(outcomeOf(answer));
    expect(JSON.stringify(answer)).not.toMatch(/"(token|secret)":"/);
    expect(await platform.askWith(root.token, '{ me { id state email role { name } } }')).toMatchObject({ data: { me: { id: root.id, state: 'ACTIVE', email: `${root.username}@example.org`, role: { name: 'admin' } } } });
    expect(await signIn(root.username, PASSWORD)).toBeTruthy();
  });

  const inADay = (): string => new Date(Date.now() + 86_400_000).toISOString();
  /** A key of an administrator for a program that may everything. */
  async function aStrongKey(scopes?: object[]): Promise<{ id: string; serviceAccountId: string }> {
    const account = await run(root, 'serviceAccountCreate', 'ServiceAccountCreateInput', { name: newId('name'), role: 'admin' }, 'serviceAccount { id }');
    const serviceAccountId = payloadOf(account)['serviceAccount']?.id ?? '';
    const made = await run(root, 'apiKeyCreate', 'ApiKeyCreateInput', { serviceAccountId, name: 'k', expiresAt: inADay(), scopes }, 'apiKey { id version } secret');
    return { id: payloadOf(made)['apiKey']?.id ?? '', serviceAccountId };
  }
  const rotate = (id: string): Promise<Answer> => run(clerk, 'apiKeyRotate', 'ApiKeyRotateInput', { id, overlapMinutes: 5 }, 'secret');
  const leadsBy = (secret: string): Promise<Answer> => platform.askWith(secret, '{ leads { totalCount } }');

  it('not by another secret for a key whose scopes he does not have', async () => {
    const { id } = await aStrongKey([{ resource: 'leads', actions: ['read'], scope: 'ALL' }]);
    const answer = await rotate(id);
    expect(outcomeOf(answer)).toBe('SCOPES_TOO_WIDE');
    expect(JSON.stringify(answer)).not.toMatch(/"secret":"/);
  });

  it('not by a secret of his for an account that may more: it opens what both may', async () => {
    const { id, serviceAccountId } = await aStrongKey();
    const rotated = payloadOf(await rotate(id)) as unknown as { secret: string };
    const made = payloadOf(await run(clerk, 'apiKeyCreate', 'ApiKeyCreateInput', { serviceAccountId, name: 'mine', expiresAt: inADay() }, 'secret')) as unknown as { secret: string };
    for (const { secret } of [rotated, made]) {
      expect(codesOf(await leadsBy(secret))).toEqual(['FORBIDDEN']);
      expect((await platform.askWith(secret, '{ users { totalCount } }')).errors).toBeUndefined();
    }
  });
});

describe('another center does not exist', () => {
  it.each(Object.entries(ON_AN_ACCOUNT))('not for %s', async (_what, attempt) => {
    expect(outcomeOf(await attempt(stranger))).toBe('NOT_FOUND');
    expect(await platform.askWith(stranger.token, '{ me { id state } }')).toMatchObject({ data: { me: { id: stranger.id, state: 'ACTIVE' } } });
  });

  it('nor for his sessions, his teams and what he may do', async () => {
    const asked = (text: string): Promise<Answer> => platform.askWith(clerk.token, text, {});
    expect(outcomeOf(await run(clerk, 'sessionsRevokeAll', 'SessionsRevokeAllInput', { userId: stranger.id }))).toBe('NOT_FOUND');
    expect(codesOf(await asked(`{ user(id: "${stranger.id}") { id } }`))).toEqual(['NOT_FOUND']);
    expect(await asked(`{ sessions(filter: {userId: "${stranger.id}"}) { nodes { id } } users(filter: {search: "${stranger.username}"}) { nodes { id } } }`)).toMatchObject({ data: { sessions: { nodes: [] }, users: { nodes: [] } } });
    const team = await run(root, 'teamCreate', 'TeamCreateInput', { name: newId('team') }, 'team { id version }');
    const { id, version } = payloadOf(team)['team'] ?? {};
    expect(outcomeOf(await run(clerk, 'teamMembersSet', 'TeamMembersSetInput', { id, expectedVersion: version, userIds: [stranger.id] }))).not.toBe('DONE');
    expect((await platform.askWith(stranger.token, '{ mySessions { nodes { id } } }')).errors).toBeUndefined();
  });
});
