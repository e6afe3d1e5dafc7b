import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { JSONWebKeySet } from 'jose';
import { systemNow } from '@vss/runtime';
import { anonymousActor } from './actor.js';
import { createRemoteKeys } from './remote-keys.js';
import { createTokenSigner, createTokenVerifier, generateSigningKey, type SigningKey } from './tokens.js';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const [issuer, audience] = ['vss', 'vss'];
const keySetOf = (...keys: SigningKey[]): JSONWebKeySet => ({ keys: keys.map(({ publicJwk }) => publicJwk) });

/** An address with keys that may change or go away, and a verifier that asks it, by a clock of the test's own. */
async function open() {
  const state = { keys: [] as SigningKey[], status: 200, asked: 0 };
  const server = createServer((_request, response) => {
    state.asked++;
    response.writeHead(state.status, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: state.keys.map(({ publicJwk }) => publicJwk) }));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close().closeAllConnections());
  const clock = { at: new Date() };
  const now = () => clock.at;
  const verifier = createTokenVerifier({ keys: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json` }, issuer, audience, now });
  return {
    state,
    pass: (ms: number) => void (clock.at = new Date(clock.at.getTime() + ms)),
    hasKeys: () => verifier.hasKeys(),
    reload: () => verifier.reload(),
    /** How a fresh token of this key fares: its user, or why it is refused. */
    async ask(key: SigningKey): Promise<unknown> {
      const { token } = await createTokenSigner({ key, issuer, audience, lifetimeSeconds: 600, now }).sign({ ...anonymousActor, userId: 'u1' });
      return verifier.verify(token).then(
        ({ actor }) => actor.userId,
        ({ code, details }) => details.reason ?? code,
      );
    },
  };
}

describe('keys behind an address', () => {
  it('are fetched once for many tokens', async () => {
    const { state, ask } = await open();
    const key = await generateSigningKey();
    state.keys = [key];
    expect(await Promise.all(Array.from({ length: 20 }, () => ask(key)))).toEqual(Array.from({ length: 20 }, () => 'u1'));
    expect(state.asked).toBe(1);
  });

  it('are fetched again for a token of a new key, while the old one goes on', async () => {
    const { state, ask, pass } = await open();
    const [old, next] = [await generateSigningKey(), await generateSigningKey()];
    state.keys = [old];
    expect(await ask(old)).toBe('u1');
    state.keys = [old, next];
    pass(5_000);
    expect([await ask(next), await ask(old), state.asked]).toEqual(['u1', 'u1', 2]);
    state.keys = [next];
    pass(5_000);
    await ask(await generateSigningKey());
    expect([await ask(old), await ask(next)]).toEqual(['TOKEN_INVALID', 'u1']);
  });

  it('are asked for once in five seconds at most, however many unknown keys come', async () => {
    const { state, ask, pass } = await open();
    const [key, foreign] = [await generateSigningKey(), await generateSigningKey()];
    state.keys = [key];
    await ask(key);
    for (let second = 0; second < 20; second++) {
      expect(await Promise.all([ask(foreign), ask(foreign), ask(key)])).toEqual(['TOKEN_INVALID', 'TOKEN_INVALID', 'u1']);
      pass(1_000);
    }
    expect(state.asked).toBe(1 + 3);
  });

  it('that were never had are no fault of the token, and are asked for no more often, but by who watches', async () => {
    const { state, ask, hasKeys, pass } = await open();
    const key = await generateSigningKey();
    state.keys = [key];
    state.status = 500;
    expect([await ask(key), await ask(key), state.asked]).toEqual(['UNAVAILABLE', 'UNAVAILABLE', 1]);
    pass(5_000);
    expect([await ask(key), await ask(key), state.asked]).toEqual(['UNAVAILABLE', 'UNAVAILABLE', 2]);
    expect(await hasKeys()).toBe(false);
    state.status = 200;
    expect([await ask(key), await hasKeys(), await ask(key)]).toEqual(['UNAVAILABLE', true, 'u1']);
  });

  it('serve on while the address is away, and a key that was taken back is forgotten in time', async () => {
    const { state, ask, pass } = await open();
    const [key, other] = [await generateSigningKey(), await generateSigningKey()];
    state.keys = [key];
    await ask(key);
    state.status = 503;
    pass(3_600_000);
    expect([await ask(key), await ask(key)]).toEqual(['u1', 'u1']);
    state.status = 200;
    state.keys = [other];
    pass(5_000);
    await ask(key);
    await expect.poll(() => ask(key)).toBe('TOKEN_INVALID');
  });
});

describe('keys that were changed', () => {
  it('are asked for at once by who was told of it, and count from then on', async () => {
    const { state, ask, reload } = await open();
    const [old, next] = [await generateSigningKey(), await generateSigningKey()];
    state.keys = [old];
    expect(await ask(old)).toBe('u1');
    state.keys = [next];
    expect(await reload()).toEqual(new Set([next.kid]));
    expect([await ask(old), await ask(next), state.asked]).toEqual(['TOKEN_INVALID', 'u1', 2]);
  });

  it('are asked for after what is being asked already, which may be what was before', async () => {
    const [old, next] = [await generateSigningKey(), await generateSigningKey()];
    const asked: PromiseWithResolvers<JSONWebKeySet>[] = [];
    const remote = createRemoteKeys(() => {
      const answer = Promise.withResolvers<JSONWebKeySet>();
      asked.push(answer);
      return answer.promise;
    }, systemNow);
    const first = remote.hasKeys();
    const reloaded = remote.reload();
    asked[0]?.resolve(keySetOf(old));
    expect(await first).toBe(true);
    await expect.poll(() => asked.length).toBe(2);
    asked[1]?.resolve(keySetOf(next));
    expect(await reloaded).toEqual(new Set([next.kid]));
  });

  it('serve on where they cannot be asked for, and whoever asked is told', async () => {
    const { state, ask, reload } = await open();
    const key = await generateSigningKey();
    state.keys = [key];
    await ask(key);
    state.status = 503;
    await expect(reload()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(await ask(key)).toBe('u1');
  });
});

it('takes keys from whoever has them in the same process', async () => {
  const keys = [await generateSigningKey()];
  const verifier = createTokenVerifier({ keys: { load: () => Promise.resolve(keySetOf(...keys)) }, issuer, audience });
  const next = await generateSigningKey();
  const sign = async (key: SigningKey): Promise<string> => (await createTokenSigner({ key, issuer, audience, lifetimeSeconds: 600 }).sign(anonymousActor)).token;
  await expect(verifier.verify(await sign(next))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  keys.push(next);
  await verifier.reload();
  expect(await verifier.verify(await sign(next))).toMatchObject({ keyId: next.kid });
});
