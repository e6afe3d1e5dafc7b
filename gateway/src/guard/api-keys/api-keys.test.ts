import { describe, expect, it } from 'vitest';
import { newApiKey, type Actor, type VerifiedToken } from '@vss/auth';
import { AppError } from '@vss/runtime';
import { aUser, grants } from '../../../testing/serve.js';
import { createApiKeys, keyIn } from './api-keys.js';
import type { KeyAnswer } from './ask-pass.js';

const MINUTE_MS = 60_000;
const aKeyActor = (given: Partial<Actor> = {}): Actor => aUser({ kind: 'service', sessionId: 'key_1.1', userId: 'bot', ...given });

/** Keys at an identity that is a function, with a clock of the test's own. */
function keys(answer: (key: string) => KeyAnswer | Promise<KeyAnswer>) {
  const clock = { ms: 1_000_000 };
  const asked: { key: string; address: string }[] = [];
  const world = { actor: aKeyActor(), tokenMs: 2 * MINUTE_MS };
  const apiKeys = createApiKeys({
    ask: async (key, address) => {
      asked.push({ key, address });
      return answer(key);
    },
    verifier: {
      verify: async (): Promise<VerifiedToken> => ({ actor: structuredClone(world.actor), keyId: 'k', issuedAt: new Date(clock.ms), expiresAt: new Date(clock.ms + world.tokenMs) }),
    },
    now: () => clock.ms,
  });
  const reasonOf = (key: string, address = '192.0.2.1'): Promise<unknown> =>
    apiKeys.enter(key, address).then(
      () => 'entered',
      (error: unknown) => (error instanceof AppError ? (error.details['reason'] ?? error.code) : error),
    );
  return { apiKeys, asked, clock, world, reasonOf };
}

const good = async (): Promise<KeyAnswer> => ({ accessToken: 'token', endsAt: new Date(9e12) });
const ADDRESS = '192.0.2.1';

describe('an Authorization header', () => {
  it('holds a key where its token begins like one', () => {
    const { key } = newApiKey();
    expect([`Bearer ${key}`, `bearer  ${key} `, 'Bearer eyJhbGciOiJFZERTQSJ9.e30.x', `Basic ${key}`, key, ''].map(keyIn)).toEqual([key, key, undefined, undefined, undefined, undefined]);
  });
});

describe('a key that is good', () => {
  it('is asked about once for all who present it at the same time, and not again for a while', async () => {
    const { apiKeys, asked } = keys(good);
    const { key } = newApiKey();
    const sessions = await Promise.all(Array.from({ length: 1_000 }, () => apiKeys.enter(key, ADDRESS)));
    expect(asked).toEqual([{ key, address: ADDRESS }]);
    expect(new Set(sessions.map(({ actor }) => actor)).size).toBe(1);
    expect(apiKeys.peek(key, ADDRESS)).toBe(sessions[0]);
    expect(sessions[0]?.expiresAt).toEqual(new Date(9e12));
  });

  it('is asked about behind the requests while it is in use, and by the next request after a minute without', async () => {
    const { apiKeys, asked, clock } = keys(good);
    const { key } = newApiKey();
    await apiKeys.enter(key, ADDRESS);
    clock.ms += 39_000;
    expect([apiKeys.peek(key, ADDRESS) !== undefined, asked.length]).toEqual([true, 1]);
    clock.ms += 1_000;
    expect([apiKeys.peek(key, ADDRESS) !== undefined, asked.length]).toEqual([true, 2]);
    await apiKeys.enter(key, ADDRESS);
    clock.ms += MINUTE_MS;
    expect(apiKeys.peek(key, ADDRESS)).toBeUndefined();
  });

  it('stays one Actor object as long as it may do the same', async () => {
    const { apiKeys, clock, world } = keys(good);
    const { key } = newApiKey();
    const first = await apiKeys.enter(key, ADDRESS);
    clock.ms += MINUTE_MS;
    expect((await apiKeys.enter(key, ADDRESS)).actor).toBe(first.actor);
    world.actor = aKeyActor({ grants: grants({}) });
    clock.ms += MINUTE_MS;
    expect((await apiKeys.enter(key, ADDRESS)).actor).toEqual(world.actor);
  });

  it('counts no longer than the token by which identity told of it', async () => {
    const { apiKeys, clock, world } = keys(good);
    const { key } = newApiKey();
    world.tokenMs = 10_000;
    await apiKeys.enter(key, ADDRESS);
    clock.ms += 10_000;
    expect(apiKeys.peek(key, ADDRESS)).toBeUndefined();
  });

  it('is asked about anew after news of it, also of news that come while it is asked about', async () => {
    let tell: () => void = () => undefined;
    const { apiKeys, asked, world } = keys(async () => {
      tell();
      return good();
    });
    const { key } = newApiKey();
    await apiKeys.enter(key, ADDRESS);
    apiKeys.forget('key_2.1');
    expect(apiKeys.peek(key, ADDRESS)).toBeDefined();
    apiKeys.forget('key_1.1');
    expect(apiKeys.peek(key, ADDRESS)).toBeUndefined();
    tell = () => {
      tell = () => undefined;
      world.actor = aKeyActor({ grants: grants({}) });
      apiKeys.forget('key_1.1');
    };
    const session = await apiKeys.enter(key, ADDRESS);
    expect([session.actor.grants, asked.length]).toEqual([grants({}), 3]);
    expect(apiKeys.peek(key, ADDRESS)).toBe(session);
  });

  it('is taken at once when it was taken back: what was known of it counts no more', async () => {
    let isRevoked = false;
    const { apiKeys, reasonOf, clock } = keys(async () => (isRevoked ? { refusal: 'REVOKED' } : good()));
    const { key } = newApiKey();
    await apiKeys.enter(key, ADDRESS);
    isRevoked = true;
    apiKeys.forget('key_1.1');
    expect(await reasonOf(key)).toBe('API_KEY_REVOKED');
    expect(apiKeys.peek(key, ADDRESS)).toBeUndefined();
    clock.ms += MINUTE_MS;
    expect(await reasonOf(key)).toBe('API_KEY_REVOKED');
  });

  it('is not refused because identity cannot be asked: that is told, and tried again', async () => {
    let isThere = false;
    const { reasonOf } = keys(() => (isThere ? good() : Promise.reject(new AppError('UNAVAILABLE', 'away'))));
    const { key } = newApiKey();
    expect(await reasonOf(key)).toBe('UNAVAILABLE');
    isThere = true;
    expect(await reasonOf(key)).toBe('entered');
  });
});

describe('a key that is wrong', () => {
  it('is found out without asking anybody where it is mistyped or cut off', async () => {
    const { asked, reasonOf } = keys(good);
    const { key } = newApiKey();
    for (const wrong of [key.slice(0, -1), `${key}0`, `vss_${'x'.repeat(8)}_${'y'.repeat(49)}`, 'vss_', `vss_${'x'.repeat(1_000_000)}`]) expect(await reasonOf(wrong)).toBe('API_KEY_MALFORMED');
    expect(asked).toEqual([]);
  });

  it('is not asked about again for some seconds', async () => {
    const { asked, clock, reasonOf } = keys(async () => ({ refusal: 'UNKNOWN' }));
    const { key } = newApiKey();
    for (let i = 0; i < 10; i++) expect(await reasonOf(key)).toBe('API_KEY_UNKNOWN');
    expect(asked).toHaveLength(1);
    clock.ms += 5_000;
    await reasonOf(key);
    expect(asked).toHaveLength(2);
  });

  it('is asked about thirty times a minute for one network; others and good keys are served', async () => {
    const known = newApiKey().key;
    const isKnown = new Set([known]);
    const { asked, clock, reasonOf, apiKeys } = keys(async (key) => (isKnown.has(key) ? good() : { refusal: 'UNKNOWN' }));
    await apiKeys.enter(known, '2001:db8::1');
    const guess = (address: string) => reasonOf(newApiKey().key, address);
    // Whoever has one IPv6 address has the 64 bits behind its network.
    for (let i = 0; i < 30; i++) expect(await guess(`2001:db8::${i.toString(16)}`)).toBe('API_KEY_UNKNOWN');
    expect(await guess('2001:db8::ffff')).toBe('RATE_LIMITED');
    expect(asked).toHaveLength(31);
    expect(await guess('2001:db8:1::1')).toBe('API_KEY_UNKNOWN');
    apiKeys.forget('key_1.1');
    expect(await reasonOf(known, '2001:db8::1')).toBe('entered');
    clock.ms += MINUTE_MS;
    expect(await guess('2001:db8::1')).toBe('API_KEY_UNKNOWN');
  });
});
