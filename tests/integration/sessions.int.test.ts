import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '@vss/runtime';
import { anActor, waitFor } from '@vss/testing';
import { startInProcessPlatform, type InProcessPlatform } from './support/platform.js';

const PASSWORD = 'correct horse battery';
const LOGIN = 'mutation ($input: LoginInput!) { login(input: $input) { accessToken userErrors { code } } }';
const ME = '{ me { id } }';
const LOGOUT = 'mutation { logout { userErrors { code } } }';
const UPDATE = 'mutation ($input: UserUpdateInput!) { userUpdate(input: $input) { userErrors { code } } }';

let platform: InProcessPlatform;
let username: string;
let userId: string;
beforeAll(async () => {
  platform = await startInProcessPlatform();
  username = newId('name');
  const [user] = await platform.identity.ensureUsers([{ username, password: PASSWORD, role: 'operator', displayName: username, email: `${username}@example.com`, centerId: newId('ctr') }]);
  userId = user?.id ?? '';
});
afterAll(() => platform.stop());

const signIn = async (): Promise<string> => {
  const { data } = await platform.ask(undefined, LOGIN, { input: { username, password: PASSWORD } });
  const token = (data as { login: { accessToken: string } }).login.accessToken;
  expect(await platform.askWith(token, ME)).toMatchObject({ data: { me: { id: userId } } });
  return token;
};

const refused = (token: string): Promise<unknown> =>
  waitFor(async () => {
    const { errors } = await platform.askWith(token, ME);
    return errors?.[0]?.extensions?.reason === 'SESSION_ENDED';
  });

it('a logout takes the access token its force, and that of no other session', async () => {
  const [leaving, staying] = [await signIn(), await signIn()];
  expect(await platform.askWith(leaving, LOGOUT)).toMatchObject({ data: { logout: { userErrors: [] } } });
  await refused(leaving);
  expect(await platform.askWith(staying, ME)).toMatchObject({ data: { me: { id: userId } } });
});

it('another role counts at once, also for tokens from before; whoever asks is told of both', async () => {
  const token = await signIn();
  const SLOTS = '{ slots(first: 1) { nodes { id } } }';
  expect((await platform.askWith(token, SLOTS)).errors).toBeUndefined();
  const sessionId = (JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { sid: string }).sid;
  const STATES = 'query ($ids: [ID!]!) { sessionStates(ids: $ids) { id role permissionVersion rights } }';
  const states = (): Promise<unknown> => platform.ask(anActor({ role: 'admin' }), STATES, { ids: [sessionId, 'ses_unknown'] });
  expect(await states()).toMatchObject({ data: { sessionStates: [{ id: sessionId, role: 'operator' }] } });
  expect((await platform.askWith(token, STATES, { ids: [sessionId] })).errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  const updated = await platform.ask(anActor({ role: 'admin' }), UPDATE, { input: { id: userId, expectedVersion: 1, role: 'seller' } });
  expect(updated).toMatchObject({ data: { userUpdate: { userErrors: [] } } });
  await waitFor(async () => (await platform.askWith(token, SLOTS)).errors?.[0]?.extensions?.code === 'FORBIDDEN');
  expect(await platform.askWith(token, ME)).toMatchObject({ data: { me: { id: userId } } });
  expect(await states()).toMatchObject({ data: { sessionStates: [{ id: sessionId, role: 'seller', rights: { allow: { 'leads:create': 'OWN' } } }] } });
});

it('a deactivation takes every token of the user its force', async () => {
  const tokens = [await signIn(), await signIn()];
  const deactivated = await platform.ask(anActor({ role: 'admin' }), UPDATE, { input: { id: userId, expectedVersion: 2, state: 'DEACTIVATED' } });
  expect(deactivated).toMatchObject({ data: { userUpdate: { userErrors: [] } } });
  await Promise.all(tokens.map(refused));
});
