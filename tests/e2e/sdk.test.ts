import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { ApiKeyCreateDocument, ApiKeyRevokeDocument, CallEndDocument, CallsDocument, CallStartDocument, CallUpdatedDocument, LeadDocument, MeDocument, ServiceAccountCreateDocument, VssClient, type CallUpdatedSubscription } from '@vss/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, removePlatform, startPlatform, type Platform } from './support/platform.js';
import { ROOT } from './support/process.js';

const ANSWERING = '+12125550100';
type Update = CallUpdatedSubscription['callUpdated'];

describe('the SDK, on the built platform', () => {
  let platform: Platform;
  beforeAll(async () => {
    platform = await startPlatform();
  });
  afterAll(() => removePlatform(platform));

  it('tells refusals by rule as data, and others by code and trace id', async () => {
    const operator = await platform.as('operator');
    expect((await operator.request(MeDocument)).me.username).toBe('operator');
    const { callStart } = await operator.request(CallStartDocument, { input: { slotSelector: {}, phoneNumber: '12' } });
    expect(callStart).toMatchObject({ call: null, userErrors: [{ code: 'PHONE_NUMBER_INVALID', retryable: false }] });
    await expect(operator.request(LeadDocument, { id: 'lead_00000000000000000000000000' })).rejects.toMatchObject({ name: 'VssError', code: 'NOT_FOUND', traceId: expect.stringMatching(/\w{8,}/) });
    await expect(platform.as('operator', 'not the password')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await operator.logout();
    await expect(operator.request(MeDocument)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('goes on with a renewed session, in requests and in streams', async () => {
    const operator = await platform.as('operator');
    const stream = operator.subscribe(CallUpdatedDocument, { after: (await operator.request(CallsDocument, { first: 1 })).calls.liveCursor });
    const before = await operator.accessToken();
    await Promise.all([operator.renew(), operator.renew(), operator.request(MeDocument)]);
    expect(await operator.accessToken()).not.toBe(before);
    await callOnce(operator);
    expect((await stream.next()).done).toBe(false);
    await operator.logout();
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });

  it('acts as a service account by an API key, in requests and in streams, until the key is taken back', async () => {
    const admin = await platform.as('admin');
    const { serviceAccount } = (await admin.request(ServiceAccountCreateDocument, { input: { name: `bot-${randomUUID()}`, role: 'operator' } })).serviceAccountCreate;
    const input = { serviceAccountId: serviceAccount?.id ?? '', name: 'Dialler', expiresAt: new Date(Date.now() + 3_600_000).toISOString() };
    const { apiKey, secret, userErrors } = (await admin.request(ApiKeyCreateDocument, { input })).apiKeyCreate;
    expect(userErrors).toEqual([]);
    const program = new VssClient({ url: `${platform.origin}/graphql`, apiKey: secret ?? '' });
    expect((await program.request(MeDocument)).me).toMatchObject({ id: serviceAccount?.id, role: { name: 'operator' } });
    const stream = program.subscribe(CallUpdatedDocument, { after: (await program.request(CallsDocument, { first: 1 })).calls.liveCursor });
    const callId = await callOnce(program);
    expect((await stream.next()).value.callUpdated.call?.id).toBe(callId);
    await admin.request(ApiKeyRevokeDocument, { input: { id: apiKey?.id ?? '' } });
    await expect(readUntil(stream, [], () => false)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(program.request(MeDocument)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await admin.logout();
  });

  it('starts one call for one key, and another for another', async () => {
    const operator = await platform.as('operator');
    const input = { slotSelector: {}, phoneNumber: ANSWERING };
    const start = async (idempotencyKey?: string): Promise<string | undefined> =>
      (await operator.request(CallStartDocument, { input: idempotencyKey ? { ...input, idempotencyKey } : input })).callStart.call?.id;
    const key = randomUUID();
    const [first, again, fresh] = [await start(key), await start(key), await start()];
    expect(again).toBe(first);
    expect(fresh).not.toBe(first);
    for (const callId of [first, fresh]) if (callId) await operator.request(CallEndDocument, { input: { callId } });
    await operator.logout();
  });

  it('misses no event and hears none twice when the platform is killed and started again', { timeout: 90_000 }, async () => {
    const operator = await platform.as('operator');
    const { liveCursor } = (await operator.request(CallsDocument, { first: 1 })).calls;
    const stream = operator.subscribe(CallUpdatedDocument, { after: liveCursor });
    const seen: Update[] = [];

    const before = await callOnce(operator);
    await readUntil(stream, seen, ({ call }) => call?.id === before && call.status === 'RINGING');
    await platform.kill();
    platform = await startPlatform({ VSS_DATA_DIR: platform.dataDir, VSS_PORT: new URL(platform.origin).port });
    const after = await callOnce(operator);
    await readUntil(stream, seen, ({ call }) => call?.id === after && call.status === 'ANSWERED');
    await stream.return?.();

    // All that was told since, read again in one piece.
    const replay: Update[] = [];
    const whole = operator.subscribe(CallUpdatedDocument, { after: liveCursor });
    await readUntil(whole, replay, ({ cursor }) => cursor === seen.at(-1)?.cursor);
    expect(seen.map(({ cursor, type }) => [cursor, type])).toEqual(replay.map(({ cursor, type }) => [cursor, type]));
    expect(new Set(seen.map(({ cursor }) => cursor)).size).toBe(seen.length);
    await operator.logout();
  });

  it('runs from its build in plain Node, as its README shows', { timeout: 60_000 }, async () => {
    const readme = await readFile(join(ROOT, 'clients/sdk/README.md'), 'utf8');
    const [, example = ''] = /```js\n([\s\S]*?)```/.exec(readme) ?? [];
    const env = { ...process.env, VSS_URL: `${platform.origin}/graphql`, VSS_PASSWORD: PASSWORD };
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', example], { cwd: join(ROOT, 'clients/sdk'), env, timeout: 45_000 });
    expect(stdout.split('\n')).toEqual(expect.arrayContaining(['Signed in as Olga Operator', 'ANSWERED', 'ENDED']));
  });
});

async function callOnce(operator: VssClient): Promise<string> {
  const { callStart } = await operator.request(CallStartDocument, { input: { slotSelector: {}, phoneNumber: ANSWERING } });
  expect(callStart.userErrors).toEqual([]);
  return callStart.call?.id ?? '';
}

async function readUntil(stream: AsyncIterator<CallUpdatedSubscription>, into: Update[], fits: (update: Update) => boolean): Promise<void> {
  for (;;) {
    const { value, done } = await stream.next();
    if (done) throw new Error('The stream ended');
    into.push(value.callUpdated);
    if (fits(value.callUpdated)) return;
  }
}
