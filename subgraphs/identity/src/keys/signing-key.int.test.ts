import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ACCESS_TOKEN_ISSUER, anonymousActor, createTokenVerifier, GATEWAY_AUDIENCE } from '@vss/auth';
import { anActor, waitFor, type Answer } from '@vss/testing';
import type { Identity } from '../app.js';
import { PASSWORD, SECRET, startIdentity, type TestIdentity } from '../identity.fixture.js';

const LOGIN = 'mutation ($input: LoginInput!) { login(input: $input) { accessToken refreshToken userErrors { code } } }';
const REFRESH = 'mutation ($input: SessionRefreshInput) { sessionRefresh(input: $input) { accessToken userErrors { code } } }';
const ROTATE = 'mutation ($input: SigningKeyRotateInput!) { signingKeyRotate(input: $input) { signingKey { id state activatedAt } userErrors { code field } } }';
const KEYS = '{ signingKeys { nodes { id state createdAt activatedAt endedAt publishedUntil endReason } } }';
const DAY_S = 24 * 3600;

const admin = anActor({ role: 'admin' });
let test: TestIdentity;
beforeEach(async () => {
  test = await startIdentity();
});
afterEach(() => test.stop());

const rotate = (immediately: boolean, reason = 'a leak'): Promise<Answer> => test.ask(admin, ROTATE, { input: { immediately, reason } });
const published = async (identity: Identity = test.identity): Promise<string[]> => (await identity.jwks()).keys.map(({ kid = '' }) => kid);
const keyOf = (token: string): string => (JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as { kid: string }).kid;
const statesOf = async (): Promise<Record<string, string>> => Object.fromEntries((await test.rows<{ id: string; state: string }>('select id, state from identity.signing_key')).map(({ id, state }) => [id, state]));

async function signIn(): Promise<{ accessToken: string; refreshToken: string }> {
  const { username } = await test.person('operator');
  return (await test.ask(anonymousActor, LOGIN, { input: { username, password: PASSWORD } })).data.login as { accessToken: string; refreshToken: string };
}

/** How a token fares with who has just asked for the keys. */
async function verdict(token: string): Promise<unknown> {
  const verifier = createTokenVerifier({ keys: { load: () => test.identity.jwks() }, issuer: ACCESS_TOKEN_ISSUER, audience: GATEWAY_AUDIENCE, now: test.clock.now });
  return verifier.verify(token).then(
    () => 'good',
    ({ details }: { details: { reason: string } }) => details.reason,
  );
}

describe('the keys of access tokens', () => {
  it('are made with the first start, one that signs and one to come, and are the same for every process', async () => {
    const other = await test.another();
    await Promise.all([other.openKeys(), test.identity.openKeys(), other.openKeys()]);
    expect(Object.values(await statesOf()).sort()).toEqual(['CURRENT', 'NEXT']);
    expect((await published()).toSorted()).toEqual(Object.keys(await statesOf()).sort());
    expect(await published(other)).toEqual(await published());
    expect((await statesOf())[keyOf((await signIn()).accessToken)]).toBe('CURRENT');
  });

  it('are of no use to who has the database alone', async () => {
    await test.identity.openKeys();
    const stored = JSON.stringify(await test.rows('select * from identity.signing_key'));
    expect(stored).not.toContain('"d"');
    expect(stored).not.toContain(SECRET);
    for (const key of (await test.identity.jwks()).keys) expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x']);
  });

  it('keep a process with another secret from starting, and from replacing them', async () => {
    await test.identity.openKeys();
    const stranger = await test.another({ secret: 'another secret, as long as the first' });
    await expect(stranger.openKeys()).rejects.toThrow('VSS_IDENTITY_SECRET_FILE');
    test.clock.forward(31 * DAY_S);
    await expect(stranger.keepHouse()).rejects.toThrow('does not open');
    expect(Object.values(await statesOf()).sort()).toEqual(['CURRENT', 'NEXT']);
  });

  it('change by themselves after thirty days, once for all processes', async () => {
    const { accessToken } = await signIn();
    const next = (await published()).find((kid) => kid !== keyOf(accessToken)) ?? '';
    test.clock.forward(30 * DAY_S - 1);
    await test.identity.keepHouse();
    expect((await statesOf())[next]).toBe('NEXT');
    test.clock.forward(1);
    const other = await test.another();
    await Promise.all([test.identity.keepHouse(), other.keepHouse()]);
    expect(await statesOf()).toMatchObject({ [next]: 'CURRENT', [keyOf(accessToken)]: 'RETIRED' });
    expect(Object.values(await statesOf()).sort()).toEqual(['CURRENT', 'NEXT', 'RETIRED']);
    await waitFor(() => test.events.some(({ type, payload }) => type === 'identity.signingkey.rotated' && (payload as { keyId: string }).keyId === next));
  });
});

describe('a rotation', () => {
  it('is noticed by nobody: the key to come was published, and the one before stays for as long as its tokens live', async () => {
    const { accessToken: before } = await signIn();
    const known = await published();
    expect((await rotate(false, 'a drill')).data.signingKeyRotate).toMatchObject({ signingKey: { state: 'CURRENT', activatedAt: test.clock.now().toISOString() }, userErrors: [] });
    const { accessToken: after } = await signIn();
    expect(keyOf(after)).not.toBe(keyOf(before));
    expect(known).toContain(keyOf(after));
    expect([await verdict(before), await verdict(after)]).toEqual(['good', 'good']);
    expect(await test.rows('select sealed, end_reason from identity.signing_key where id = $1', [keyOf(before)])).toEqual([{ sealed: null, end_reason: 'a drill' }]);
    test.clock.forward(660);
    expect(await verdict(before)).toBe('TOKEN_EXPIRED');
    test.clock.forward(60);
    expect(await published()).not.toContain(keyOf(before));
  });

  it('at once makes every token so far worthless, and the sessions go on', async () => {
    const first = await signIn();
    await rotate(false);
    const second = await signIn();
    const before = await published();
    expect((await rotate(true)).data.signingKeyRotate.userErrors).toEqual([]);
    expect([await verdict(first.accessToken), await verdict(second.accessToken)]).toEqual(['TOKEN_INVALID', 'TOKEN_INVALID']);
    const now = await published();
    expect(now).toHaveLength(2);
    expect(before.filter((kid) => now.includes(kid))).toEqual([]);
    const { accessToken } = (await test.ask(anonymousActor, REFRESH, { input: { refreshToken: first.refreshToken } })).data.sessionRefresh as { accessToken: string };
    expect([keyOf(accessToken), await verdict(accessToken)]).toEqual([Object.entries(await statesOf()).find(([, state]) => state === 'CURRENT')?.[0], 'good']);
    await waitFor(() => test.events.some(({ type, payload }) => type === 'identity.signingkey.rotated' && (payload as { revoked: string[] }).revoked.toSorted().join() === before.toSorted().join()));
  });

  it('is signed with by every process at once', async () => {
    const other = await test.another();
    const { refreshToken } = await signIn();
    const { data } = await rotate(true);
    const scope = other.scopeFor({ actor: anonymousActor, traceId: 't' });
    const refreshed = (await other.execute({ query: REFRESH, variables: { input: { refreshToken } }, scope })) as unknown as { data: { sessionRefresh: { accessToken: string } } };
    expect(keyOf(refreshed.data.sessionRefresh.accessToken)).toBe(data.signingKeyRotate.signingKey.id);
  });

  it('ten at once come one after the other, and one key signs', async () => {
    await test.identity.openKeys();
    const ids = await Promise.all(Array.from({ length: 10 }, async (_, i) => (await rotate(i % 2 === 0)).data.signingKeyRotate.signingKey.id as string));
    expect(new Set(ids).size).toBe(10);
    const states = Object.values(await statesOf());
    expect(['CURRENT', 'NEXT'].map((state) => states.filter((each) => each === state).length)).toEqual([1, 1]);
  });

  it('is for administrators, wants a reason, and is in the audit with it', async () => {
    for (const role of ['operator', 'seller', 'supervisor']) {
      const actor = anActor({ role });
      for (const query of [KEYS, ROTATE]) expect((await test.ask(actor, query, { input: { reason: 'x' } })).errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    }
    expect((await rotate(false, '  ')).data.signingKeyRotate).toEqual({ signingKey: null, userErrors: [{ code: 'REASON_INVALID', field: ['input', 'reason'] }] });
    await rotate(true, 'the disk was stolen');
    const audited = await test.rows(`select action, actor_id, detail from identity.security_audit_entry where action like 'SIGNING_KEY%' order by action`);
    expect(audited).toEqual(['SIGNING_KEY_REVOKED', 'SIGNING_KEY_REVOKED', 'SIGNING_KEY_ROTATED'].flatMap((action) => expect.objectContaining({ action, actor_id: admin.userId, detail: { reason: 'the disk was stolen' } })));
    const { nodes } = (await test.ask(admin, KEYS)).data.signingKeys as { nodes: { state: string; endReason: string | null; endedAt: string | null }[] };
    expect(nodes.map(({ state, endReason }) => [state, endReason])).toEqual(expect.arrayContaining([['CURRENT', null], ['NEXT', null], ['REVOKED', 'the disk was stolen'], ['REVOKED', 'the disk was stolen']]));
    expect(nodes).toHaveLength(4);
  });
});
