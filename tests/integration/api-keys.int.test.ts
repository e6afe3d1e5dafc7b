import { createClient, type Client } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newApiKey, type Actor } from '@vss/auth';
import { newId } from '@vss/runtime';
import { anActor, waitFor } from '@vss/testing';
import { startInProcessPlatform, type Answer, type InProcessPlatform } from './support/platform.js';

const PASSWORD = 'correct horse battery';
const ACCOUNT = 'mutation($input: ServiceAccountCreateInput!) { serviceAccountCreate(input: $input) { serviceAccount { id } userErrors { code } } }';
const CREATE = 'mutation($input: ApiKeyCreateInput!) { apiKeyCreate(input: $input) { secret apiKey { id version } userErrors { code message } } }';
const UPDATE = 'mutation($input: ApiKeyUpdateInput!) { apiKeyUpdate(input: $input) { userErrors { code } } }';
const ROTATE = 'mutation($input: ApiKeyRotateInput!) { apiKeyRotate(input: $input) { secret userErrors { code } } }';
const REVOKE = 'mutation($input: ApiKeyRevokeInput!) { apiKeyRevoke(input: $input) { userErrors { code } } }';
const UPDATE_USER = 'mutation($input: UserUpdateInput!) { userUpdate(input: $input) { userErrors { code } } }';
const ME = '{ me { id role { name } } }';
const SLOTS = '{ slots(first: 1) { nodes { id } } }';
const FOLLOW = 'subscription { slotUpdated { cursor } }';

let platform: InProcessPlatform;
let admin: Actor;
let accountId: string;
beforeAll(async () => {
  platform = await startInProcessPlatform();
});
afterAll(() => platform.stop());

const data = async <T>(actor: Actor, query: string, input: object): Promise<T> => {
  const answer = await platform.ask(actor, query, { input });
  expect(answer.errors).toBeUndefined();
  return Object.values(answer.data as Record<string, T>)[0] as T;
};

/** A service account of a center of its own, and a key of it. */
async function aKey(more: object = {}, role = 'operator'): Promise<{ id: string; secret: string }> {
  const centerId = newId('ctr');
  const username = newId('name');
  const [person] = await platform.identity.ensureUsers([{ username, password: PASSWORD, role: 'admin', displayName: username, email: `${username}@example.org`, centerId }]);
  admin = anActor({ role: 'admin', centerId, userId: person?.id ?? '' });
  const { serviceAccount } = await data<{ serviceAccount: { id: string } }>(admin, ACCOUNT, { name: newId('bot'), role });
  accountId = serviceAccount.id;
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  const { apiKey, secret } = await data<{ apiKey: { id: string }; secret: string }>(admin, CREATE, { serviceAccountId: accountId, name: 'Import', expiresAt, ...more });
  return { id: apiKey.id, secret };
}

const reasonOf = ({ errors }: Answer): unknown => errors?.[0]?.extensions?.reason ?? errors?.[0]?.extensions?.code;

interface Followed {
  readonly client: Client;
  /** How the stream ended. */
  readonly ended: Promise<unknown>;
}

/** Follows a stream over WebSocket by a key; resolves when the connection was accepted. */
async function follow(secret: string): Promise<Followed> {
  const opened = Promise.withResolvers<void>();
  const client = createClient({ url: platform.wsUrl, connectionParams: { authorization: `Bearer ${secret}` }, retryAttempts: 0, on: { connected: () => opened.resolve(), closed: (event) => opened.reject(event as Error) } });
  const ended = new Promise<unknown>((resolve) => void client.subscribe({ query: FOLLOW }, { next: () => undefined, error: resolve, complete: () => resolve('complete') }));
  await opened.promise;
  // Messages are worked through in order: when this is answered, the stream before it stands.
  await new Promise<void>((resolve) => void client.subscribe({ query: '{ __typename }' }, { next: () => resolve(), error: () => resolve(), complete: () => undefined }));
  return { client, ended };
}

describe('a key at the gateway', () => {
  it('lets in as its service account, within its scopes', async () => {
    const { secret } = await aKey({ scopes: [{ resource: 'slots', actions: ['read'], scope: 'CENTER' }, { resource: 'directory', actions: ['read'], scope: 'CENTER' }] });
    expect(await platform.askWith(secret, ME)).toMatchObject({ data: { me: { id: accountId, role: { name: 'operator' } } } });
    expect((await platform.askWith(secret, SLOTS)).errors).toBeUndefined();
    const refused = await platform.askWith(secret, '{ calls(first: 1) { nodes { id } } }');
    expect(refused.errors?.[0]).toMatchObject({ message: expect.stringMatching(/^The API key of \S+ does not have the right calls:read$/), extensions: { code: 'FORBIDDEN' } });
  });

  it('opens nothing when it is mistyped, made up or another scheme, and says why', async () => {
    const { secret } = await aKey();
    const mistyped = secret.slice(0, -1) + (secret.endsWith('a') ? 'b' : 'a');
    expect([reasonOf(await platform.askWith(mistyped, ME)), reasonOf(await platform.askWith(newApiKey().key, ME))]).toEqual(['API_KEY_MALFORMED', 'API_KEY_UNKNOWN']);
    const response = await fetch(platform.wsUrl.replace('ws', 'http'), { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${newApiKey().key}` }, body: JSON.stringify({ query: ME }) });
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer error="invalid_token"']);
  });

  it('is asked about by gateways alone', async () => {
    const { secret } = await aKey();
    const asked = await platform.ask(admin, 'query($key: String!) { apiKeyPass(key: $key, address: "") { accessToken } }', { key: secret });
    expect(reasonOf(asked)).toBe('GRAPHQL_VALIDATION_FAILED');
    expect((await platform.ask(admin, '{ __type(name: "ApiKeyPass") { name } }')).data).toEqual({ __type: null });
  });

  it('uses up no more than it was given', async () => {
    const { secret } = await aKey({ costPerMinute: 20 });
    const answers: Answer[] = [];
    for (let i = 0; i < 25; i++) answers.push(await platform.askWith(secret, '{ slots(first: 10) { nodes { id } } }'));
    const limited = answers.find(({ errors }) => errors);
    expect(limited?.errors?.[0]).toMatchObject({ message: expect.stringContaining('20 points of cost'), extensions: { code: 'RATE_LIMITED' } });
    expect(answers[0]?.errors).toBeUndefined();
  });

  it('follows streams over WebSocket and SSE until it is taken back: then all of it is closed', async () => {
    const { id, secret } = await aKey();
    const socket = await follow(secret);
    const events = await fetch(platform.wsUrl.replace('ws', 'http'), { method: 'POST', headers: { 'content-type': 'application/json', accept: 'text/event-stream', authorization: `Bearer ${secret}` }, body: JSON.stringify({ query: FOLLOW }) });
    expect(events.status).toBe(200);
    const body = events.text();
    await data(admin, REVOKE, { id });
    expect(await socket.ended).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED', reason: 'SESSION_ENDED' } }]);
    expect(await body).toContain('SESSION_ENDED');
    expect(['API_KEY_REVOKED', 'SESSION_ENDED']).toContain(reasonOf(await platform.askWith(secret, ME)));
    await expect(follow(secret)).rejects.toMatchObject({ code: 4401 });
  });

  it('goes on by its new secret when the old one is ended at once', async () => {
    const { id, secret } = await aKey();
    const old = await follow(secret);
    const rotated = await data<{ secret: string }>(admin, ROTATE, { id, overlapMinutes: 0 });
    expect(await old.ended).toMatchObject([{ extensions: { reason: 'SESSION_ENDED' } }]);
    expect(await platform.askWith(rotated.secret, ME)).toMatchObject({ data: { me: { id: accountId } } });
    expect(['API_KEY_REVOKED', 'SESSION_ENDED']).toContain(reasonOf(await platform.askWith(secret, ME)));
  });

  it('shrinks when it is narrowed, when its account’s role changes, and when its maker’s does', async () => {
    const shrinks = async (change: (id: string) => Promise<unknown>): Promise<void> => {
      const { id, secret } = await aKey();
      expect((await platform.askWith(secret, SLOTS)).errors).toBeUndefined();
      const { client, ended } = await follow(secret);
      await change(id);
      await waitFor(async () => reasonOf(await platform.askWith(secret, SLOTS)) === 'FORBIDDEN');
      expect(await ended).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
      await client.dispose();
    };
    await shrinks((id) => data(admin, UPDATE, { id, expectedVersion: 1, scopes: [{ resource: 'leads', actions: ['read'], scope: 'ASSIGNED' }] }));
    await shrinks(() => data(admin, UPDATE_USER, { id: accountId, expectedVersion: 1, role: 'seller' }));
    await shrinks(() => data(anActor({ role: 'admin' }), UPDATE_USER, { id: admin.userId, expectedVersion: 1, role: 'seller' }));
  });

  it('opens nothing while who answers for it is deactivated', async () => {
    const { secret } = await aKey();
    expect((await platform.askWith(secret, ME)).errors).toBeUndefined();
    await data(anActor({ role: 'admin' }), UPDATE_USER, { id: admin.userId, expectedVersion: 1, state: 'DEACTIVATED' });
    await waitFor(async () => reasonOf(await platform.askWith(secret, ME)) === 'API_KEY_SUSPENDED');
  });
});
