import { describe, expect, it } from 'vitest';
import { CallStartDocument, LeadCreateDocument, MeDocument, VssClient, type VssClientOptions } from './index.js';

interface Asked {
  operation: string;
  variables: { input?: Record<string, unknown> };
  token: string | undefined;
  headers: Headers;
}
type Answer = { status?: number; body: unknown };

const user = { id: 'usr_1', username: 'olga', displayName: 'Olga', role: { name: 'operator' } };
const me = { ...user, email: 'olga@example.com', lastLoginAt: null };
const MINUTES = 60_000;

/** The session that the platform would answer with; `n` counts the tokens. */
const session = (n: number, lastsMs = 10 * MINUTES) => ({
  accessToken: `access-${n}`,
  refreshToken: `refresh-${n}`,
  expiresAt: new Date(Date.now() + lastsMs).toISOString(),
  user,
  userErrors: [],
});
const refusedSession = { accessToken: null, refreshToken: null, expiresAt: null, user: null, userErrors: [{ code: 'SESSION_EXPIRED', message: 'Sign in again', field: [], retryable: false }] };
const unauthenticated: Answer = { status: 401, body: { errors: [{ message: 'The token has expired', extensions: { code: 'UNAUTHENTICATED', reason: 'TOKEN_EXPIRED', traceId: 'trace_1' } }] } };

/** A client whose platform is a function; what it was asked is kept. */
function aClient(answer: (asked: Asked) => Answer | Promise<Answer>, options: Partial<VssClientOptions> = {}): { vss: VssClient; asked: Asked[] } {
  const asked: Asked[] = [];
  const fetch: typeof globalThis.fetch = async (_, init) => {
    const { query, variables } = JSON.parse(init?.body as string) as { query: string; variables: Asked['variables'] };
    const headers = new Headers(init?.headers);
    const one = { operation: /(?:query|mutation) (\w+)/.exec(query)?.[1] ?? '', variables, token: headers.get('authorization')?.replace('Bearer ', ''), headers };
    asked.push(one);
    const { status = 200, body } = await answer(one);
    return Response.json(body, { status });
  };
  return { vss: new VssClient({ url: 'http://platform.test/graphql', fetch, ...options }), asked };
}

const signsIn = (rest: (asked: Asked) => Answer | Promise<Answer>, lastsMs?: number) => (asked: Asked) =>
  asked.operation === 'Login' ? { body: { data: { login: session(1, lastsMs) } } } : rest(asked);

describe('a request', () => {
  it('carries the token and answers typed data', async () => {
    const { vss, asked } = aClient(signsIn(() => ({ body: { data: { me } } })));
    expect((await vss.login('olga', 'secret')).displayName).toBe('Olga');
    expect((await vss.request(MeDocument)).me.username).toBe('olga');
    expect(asked.map(({ operation, token }) => [operation, token])).toEqual([
      ['Login', undefined],
      ['Me', 'access-1'],
    ]);
  });

  it('rejects with code, reason, trace id and explainId of the first error', async () => {
    const errors = [{ message: 'Not yours', extensions: { code: 'FORBIDDEN', reason: 'GONE', traceId: 'trace_42', explainId: 'WzEs' } }];
    const { vss } = aClient(() => ({ body: { data: null, errors } }));
    await expect(vss.request(MeDocument)).rejects.toMatchObject({ name: 'VssError', message: 'Not yours', code: 'FORBIDDEN', reason: 'GONE', traceId: 'trace_42', explainId: 'WzEs', errors });
  });

  it('answers what the platform refuses by its rules as data', async () => {
    const userErrors = [{ code: 'PHONE_NUMBER_INVALID', message: 'Not a number', field: ['input', 'phone'], retryable: false }];
    const { vss } = aClient(() => ({ body: { data: { leadCreate: { lead: null, userErrors } } } }));
    expect(await vss.request(LeadCreateDocument, { input: { clientName: 'Ada', phone: '12' } })).toEqual({ leadCreate: { lead: null, userErrors } });
  });

  it('says UNAVAILABLE where nobody answers, and where the answer is no GraphQL', async () => {
    const cause = new TypeError('fetch failed');
    const { vss } = aClient(() => Promise.reject(cause));
    await expect(vss.request(MeDocument)).rejects.toMatchObject({ code: 'UNAVAILABLE', cause });
    const proxy = aClient(() => ({ status: 502, body: 'Bad gateway' }));
    await expect(proxy.vss.request(MeDocument)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});

describe('the session', () => {
  it('is taken up from another way in, and its tokens are used and renewed', async () => {
    const { vss, asked } = aClient(({ operation }) => ({ body: { data: operation === 'SessionRefresh' ? { sessionRefresh: session(2) } : { me } } }));
    expect(vss.enter({ ...session(1, 1_000), userErrors: [] }).displayName).toBe('Olga');
    await vss.request(MeDocument);
    expect(asked.map(({ operation, token }) => [operation, token])).toEqual([
      ['SessionRefresh', undefined],
      ['Me', 'access-2'],
    ]);
  });

  it('is not there yet while a step is missing: the error names it', async () => {
    const challenge = { kind: 'SECOND_FACTOR', token: 'chl_1', expiresAt: new Date(Date.now() + MINUTES).toISOString() };
    const { vss } = aClient(() => ({ body: { data: { login: { ...refusedSession, userErrors: [], challenge } } } }));
    await expect(vss.login('olga', 'secret')).rejects.toMatchObject({ code: 'UNAUTHENTICATED', message: expect.stringContaining('SECOND_FACTOR') as string });
    expect(await vss.accessToken()).toBeUndefined();
  });

  it('is renewed once for all requests that need it', async () => {
    const { vss, asked } = aClient(signsIn(({ operation }) => ({ body: { data: operation === 'SessionRefresh' ? { sessionRefresh: session(2) } : { me } } }), 1_000));
    await vss.login('olga', 'secret');
    await Promise.all([vss.request(MeDocument), vss.request(MeDocument), vss.request(MeDocument)]);
    expect(asked.filter(({ operation }) => operation === 'SessionRefresh')).toMatchObject([{ variables: { input: { refreshToken: 'refresh-1' } } }]);
    expect(asked.filter(({ operation }) => operation === 'Me').map(({ token }) => token)).toEqual(['access-2', 'access-2', 'access-2']);
  });

  it('is renewed when the platform refuses a token that seemed good, and the request repeated as it was', async () => {
    const started = { callStart: { call: null, userErrors: [] } };
    const { vss, asked } = aClient(
      signsIn(({ operation, token }) => {
        if (operation === 'SessionRefresh') return { body: { data: { sessionRefresh: session(2) } } };
        return token === 'access-1' ? unauthenticated : { body: { data: started } };
      }),
    );
    await vss.login('olga', 'secret');
    expect(await vss.request(CallStartDocument, { input: { phoneNumber: '+12125550100', slotSelector: {} } })).toEqual(started);
    const keys = asked.filter(({ operation }) => operation === 'CallStart').map(({ variables }) => variables.input?.['idempotencyKey']);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });

  it('tells once that it has ended, and asks no more', async () => {
    let ended = 0;
    const { vss, asked } = aClient(
      signsIn(({ operation }) => (operation === 'SessionRefresh' ? { body: { data: { sessionRefresh: refusedSession } } } : unauthenticated), 1_000),
      { onSessionEnd: () => (ended += 1) },
    );
    await vss.login('olga', 'secret');
    await expect(Promise.all([vss.request(MeDocument), vss.request(MeDocument)])).rejects.toMatchObject({ code: 'UNAUTHENTICATED', message: 'Sign in again' });
    expect([ended, await vss.accessToken()]).toEqual([1, undefined]);
    expect(asked.map(({ operation }) => operation)).toEqual(['Login', 'SessionRefresh']);
  });

  it('outlives a platform that cannot be reached while it is renewed', async () => {
    let isUp = false;
    const { vss } = aClient(
      signsIn(({ operation }) => {
        if (!isUp) throw new TypeError('fetch failed');
        return { body: { data: operation === 'SessionRefresh' ? { sessionRefresh: session(2) } : { me } } };
      }, 1_000),
    );
    await vss.login('olga', 'secret');
    await expect(vss.request(MeDocument)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    isUp = true;
    expect((await vss.request(MeDocument)).me.id).toBe('usr_1');
  });

  it('ends by its refresh token, so that an access token of yesterday does not keep it alive', async () => {
    const { vss, asked } = aClient(signsIn(() => ({ body: { data: { logout: { userErrors: [] } } } }), -MINUTES));
    await vss.login('olga', 'secret');
    await vss.logout();
    expect(asked.at(-1)).toMatchObject({ operation: 'Logout', token: undefined, variables: { input: { refreshToken: 'refresh-1' } } });
    expect(await vss.accessToken()).toBeUndefined();
  });

  it('leaves the refresh token to the browser where it is told to', async () => {
    const { vss, asked } = aClient(() => ({ body: { data: { sessionRefresh: { ...session(1), refreshToken: null } } } }), { session: 'cookie' });
    expect((await vss.resume())?.username).toBe('olga');
    expect(asked[0]?.headers.get('vss-session')).toBe('cookie');
    expect(asked[0]?.variables).toEqual({ input: {} });
  });
});

describe('an API key', () => {
  const apiKey = 'vss_Ab3dEf9h_secret';
  it('goes with every request, without a sign-in and without a refresh', async () => {
    const { vss, asked } = aClient(() => ({ body: { data: { me } } }), { apiKey });
    await Promise.all([vss.request(MeDocument), vss.request(MeDocument)]);
    expect(asked.map(({ operation, token }) => [operation, token])).toEqual([
      ['Me', apiKey],
      ['Me', apiKey],
    ]);
    expect(await vss.accessToken()).toBe(apiKey);
  });

  it('that is refused is not tried again: the error says why', async () => {
    const errors = [{ message: 'The API key was taken back', extensions: { code: 'UNAUTHENTICATED', reason: 'API_KEY_REVOKED' } }];
    const { vss, asked } = aClient(() => ({ status: 401, body: { errors } }), { apiKey });
    await expect(vss.request(MeDocument)).rejects.toMatchObject({ code: 'UNAUTHENTICATED', reason: 'API_KEY_REVOKED' });
    await expect(vss.renew()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(asked).toHaveLength(1);
  });

  it('has no session to begin, take up or end', async () => {
    const { vss, asked } = aClient(() => ({ body: {} }), { apiKey });
    for (const call of [vss.login('olga', 'secret'), vss.resume(), vss.logout()]) await expect(call).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(asked).toEqual([]);
  });
});

describe('idempotency keys', () => {
  const started = { body: { data: { callStart: { call: null, userErrors: [] } } } };
  const input = { phoneNumber: '+12125550100', slotSelector: {} };
  const keyOf = ({ variables }: Asked): unknown => variables.input?.['idempotencyKey'];

  it('are made fresh for each call', async () => {
    const { vss, asked } = aClient(() => started);
    await vss.request(CallStartDocument, { input });
    await vss.request(CallStartDocument, { input });
    expect(asked.map(keyOf)).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), expect.stringMatching(/^[0-9a-f]{32}$/)]);
    expect(new Set(asked.map(keyOf)).size).toBe(2);
  });

  it('are the caller’s own where he gives one', async () => {
    const { vss, asked } = aClient(() => started);
    await vss.request(CallStartDocument, { input: { ...input, idempotencyKey: 'order-7' } });
    await vss.request(CallStartDocument, { input: { ...input, idempotencyKey: 'order-7' } });
    expect(asked.map(keyOf)).toEqual(['order-7', 'order-7']);
  });

  it('are left out of operations that take none', async () => {
    const { vss, asked } = aClient(() => ({ body: { data: { me } } }));
    await vss.request(MeDocument);
    expect(asked[0]?.variables).toEqual({});
  });
});
