import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
import { WebSocket } from 'ws';
import { startDistributed, type Distributed } from './support/distributed.js';
import { PASSWORD } from './support/platform.js';
import { until } from './support/until.js';

const LOGIN = 'mutation ($input: LoginInput!) { login(input: $input) { accessToken refreshToken } }';
const REFRESH = 'mutation ($input: SessionRefreshInput) { sessionRefresh(input: $input) { accessToken } }';
const SESSIONS = '{ mySessions(state: LIVE) { nodes { id current } } }';
const REVOKE = 'mutation ($input: SessionRevokeInput!) { sessionRevoke(input: $input) { session { endReason } userErrors { code } } }';
const ROTATE = 'mutation { signingKeyRotate(input: { immediately: true, reason: "a drill" }) { signingKey { id } userErrors { code } } }';
const ACCOUNT = 'mutation ($input: ServiceAccountCreateInput!) { serviceAccountCreate(input: $input) { serviceAccount { id } userErrors { code } } }';
const KEY = 'mutation ($input: ApiKeyCreateInput!) { apiKeyCreate(input: $input) { secret apiKey { id } userErrors { code } } }';
const KEY_REVOKE = 'mutation ($input: ApiKeyRevokeInput!) { apiKeyRevoke(input: $input) { userErrors { code } } }';
const FOLLOW = 'subscription { callUpdated { cursor } }';

interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** Identity, gateway and telephony are processes of their own; between them there is nothing but RabbitMQ and HTTP. */
describe('what identity takes back', () => {
  let platform: Distributed;
  beforeAll(async () => {
    platform = await startDistributed({ subgraphs: ['identity', 'telephony'] });
  }, 120_000);
  afterAll(() => platform?.stop());
  const tellOutput = (): void => onTestFailed(() => console.log(platform.output()));

  const ask = async <T>(query: string, variables: object = {}, token?: string): Promise<T> => {
    const { data, errors } = await platform.ask(query, { ...variables }, token);
    expect(errors).toBeUndefined();
    return Object.values(data ?? {})[0] as T;
  };
  const signIn = (username: string): Promise<Tokens> => ask(LOGIN, { input: { username, password: PASSWORD } });
  const sessionOf = async (token: string): Promise<string> => (await ask<{ nodes: { id: string; current: boolean }[] }>(SESSIONS, {}, token)).nodes.find(({ current }) => current)?.id ?? '';
  const reasonOf = async (token: string): Promise<unknown> => (await platform.ask('{ me { id } }', {}, token)).errors?.[0]?.extensions?.['reason'];
  const refused = (token: string, reason: string): Promise<true> => until(async () => ((await reasonOf(token)) === reason ? true : undefined), `refusal of the token: ${reason}`);

  /** A socket that follows calls: how it is closed. */
  async function openSocket(token: string): Promise<{ closed: Promise<number> }> {
    const socket = new WebSocket(`${platform.origin.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    const closed = new Promise<number>((resolve) => void socket.once('close', resolve));
    const pong = new Promise<void>((resolve) => socket.on('message', (data) => void ((data as Buffer).toString().includes('"pong"') && resolve())));
    const send = (message: object): void => socket.send(JSON.stringify(message));
    socket.on('open', () => {
      send({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
    });
    socket.once('message', () => {
      send({ id: '1', type: 'subscribe', payload: { query: FOLLOW } });
      send({ type: 'ping' });
    });
    await pong;
    return { closed };
  }

  /** An event stream that follows calls: everything that it said, when it is over. */
  async function openStream(token: string): Promise<{ said: Promise<string> }> {
    const headers = { 'content-type': 'application/json', accept: 'text/event-stream', authorization: `Bearer ${token}` };
    const response = await fetch(`${platform.origin}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query: FOLLOW }) });
    expect(response.status).toBe(200);
    return { said: response.text() };
  }

  it('a session that is revoked ends at the gateway: its tokens, its socket and its streams, and no others', { timeout: 90_000 }, async () => {
    tellOutput();
    const [lost, here] = [await signIn('operator'), await signIn('operator')];
    const [socket, stream] = [await openSocket(lost.accessToken), await openStream(lost.accessToken)];
    const id = await sessionOf(lost.accessToken);
    const admin = await signIn('admin');
    expect(await ask(REVOKE, { input: { id } }, admin.accessToken)).toMatchObject({ session: { endReason: 'REVOKED' } });
    expect(await socket.closed).toBe(4401);
    expect(await stream.said).toContain('SESSION_ENDED');
    await refused(lost.accessToken, 'SESSION_ENDED');
    expect(await reasonOf(here.accessToken)).toBeUndefined();
  });

  it('keys that are revoked end every token, socket and stream of theirs; each session goes on by its refresh token', { timeout: 90_000 }, async () => {
    tellOutput();
    const [admin, operator] = [await signIn('admin'), await signIn('operator')];
    const [socket, stream] = [await openSocket(operator.accessToken), await openStream(operator.accessToken)];
    expect(await ask(ROTATE, {}, admin.accessToken)).toMatchObject({ userErrors: [] });
    expect(await socket.closed).toBe(4401);
    expect(await stream.said).toContain('TOKEN_EXPIRED');
    // A gateway that has asked for the keys since does not know the revoked ones at all.
    for (const token of [admin.accessToken, operator.accessToken]) expect(await reasonOf(token)).toMatch(/^TOKEN_(EXPIRED|INVALID)$/);
    const { accessToken } = await ask<Tokens>(REFRESH, { input: { refreshToken: operator.refreshToken } });
    expect(await reasonOf(accessToken)).toBeUndefined();
  });

  it('an API key that is taken back ends at the gateway: its requests, its socket and its streams', { timeout: 90_000 }, async () => {
    tellOutput();
    const { accessToken } = await signIn('admin');
    const { serviceAccount } = await ask<{ serviceAccount: { id: string } }>(ACCOUNT, { input: { name: `bot-${Date.now()}`, role: 'operator' } }, accessToken);
    const input = { serviceAccountId: serviceAccount.id, name: 'A drill', expiresAt: new Date(Date.now() + 3_600_000).toISOString() };
    const { secret, apiKey } = await ask<{ secret: string; apiKey: { id: string } }>(KEY, { input }, accessToken);
    expect(await ask<{ id: string }>('{ me { id } }', {}, secret)).toEqual({ id: serviceAccount.id });
    const [socket, stream] = [await openSocket(secret), await openStream(secret)];
    expect(await ask(KEY_REVOKE, { input: { id: apiKey.id } }, accessToken)).toEqual({ userErrors: [] });
    expect(await socket.closed).toBe(4401);
    expect(await stream.said).toContain('SESSION_ENDED');
    expect(['SESSION_ENDED', 'API_KEY_REVOKED']).toContain(await reasonOf(secret));
  });

  it('is found out by a gateway that hears nothing, since RabbitMQ is dead', { timeout: 120_000 }, async () => {
    tellOutput();
    const [lost, here] = [await signIn('operator'), await signIn('operator')];
    const [idOfLost, socket] = [await sessionOf(lost.accessToken), await openSocket(lost.accessToken)];
    await platform.rabbit.kill();
    expect(await ask(REVOKE, { input: { id: idOfLost } }, here.accessToken)).toMatchObject({ session: { endReason: 'REVOKED' } });
    expect(await socket.closed).toBe(4401);
    await refused(lost.accessToken, 'SESSION_ENDED');
    expect(await reasonOf(here.accessToken)).toBeUndefined();
    await platform.rabbit.start();
    expect(await reasonOf(lost.accessToken)).toBe('SESSION_ENDED');
  });

  it('stays taken back for a gateway that was not there to hear of it', { timeout: 90_000 }, async () => {
    tellOutput();
    const [lost, here] = [await signIn('operator'), await signIn('operator')];
    const id = await sessionOf(lost.accessToken);
    expect(await ask(REVOKE, { input: { id } }, here.accessToken)).toMatchObject({ session: { endReason: 'REVOKED' } });
    await platform.processes.gateway.kill();
    await platform.restart('gateway');
    expect(await reasonOf(lost.accessToken)).toBe('SESSION_ENDED');
    expect(await reasonOf(here.accessToken)).toBeUndefined();
  });
});
