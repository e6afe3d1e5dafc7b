import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymousActor, type Actor } from '@vss/auth';
import { PASSWORD, startIdentity, type Person, type Reply, type TestIdentity } from '../identity.fixture.js';

const CHANGE = 'mutation($input: PasswordChangeInput!) { done: passwordChange(input: $input) { user { id } userErrors { code field } } }';
const LOGIN = 'mutation($input: LoginInput!) { done: login(input: $input) { accessToken refreshToken userErrors { code } } }';
const REFRESH = 'mutation($input: SessionRefreshInput) { done: sessionRefresh(input: $input) { userErrors { code } } }';
const NEXT = 'another one of my own';

let test: TestIdentity;
beforeAll(async () => {
  test = await startIdentity();
});
afterAll(() => test.stop());

const codeOf = ({ data, errors }: Reply): unknown => errors?.[0]?.extensions?.['code'] ?? data?.done?.userErrors[0]?.code ?? 'DONE';
let address = 0;
const signIn = (username: string, password: string): Promise<Reply> => test.ask(anonymousActor, LOGIN, { input: { username, password } }, { address: `203.0.113.${(address += 1)}` });
async function aSession(person: Person): Promise<{ actor: Actor; refreshToken: string }> {
  const { accessToken, refreshToken } = (await signIn(person.username, PASSWORD)).data.done;
  return { actor: (await test.verifier.verify(accessToken)).actor, refreshToken };
}
const change = (actor: Actor, currentPassword: string, newPassword: string): Promise<Reply> => test.ask(actor, CHANGE, { input: { currentPassword, newPassword } });
const refresh = async (refreshToken: string): Promise<unknown> => codeOf(await test.ask(anonymousActor, REFRESH, { input: { refreshToken } }));

describe('changing one\'s own password', () => {
  it('ends every session but the one that asks', async () => {
    const person = await test.person('operator');
    const [here, elsewhere] = [await aSession(person), await aSession(person)];
    expect((await change(here.actor, PASSWORD, NEXT)).data.done).toEqual({ user: { id: person.id }, userErrors: [] });
    expect([await refresh(here.refreshToken), await refresh(elsewhere.refreshToken)]).toEqual(['DONE', 'REFRESH_TOKEN_INVALID']);
    expect([codeOf(await signIn(person.username, PASSWORD)), codeOf(await signIn(person.username, NEXT))]).toEqual(['INVALID_CREDENTIALS', 'DONE']);
    const lines = await test.rows(`select actor_id, detail from identity.security_audit_entry where target = $1 and action = 'PASSWORD_CHANGED'`, [person.id]);
    expect(lines).toEqual([{ actor_id: person.id, detail: {} }]);
  });

  it('asks for the old one, a good one and another one', async () => {
    const person = await test.person('operator');
    const { actor } = await aSession(person);
    expect((await change(actor, 'not mine', NEXT)).data.done).toEqual({ user: null, userErrors: [{ code: 'PASSWORD_WRONG', field: ['input', 'currentPassword'] }] });
    expect((await change(actor, PASSWORD, 'secure123')).data.done.userErrors).toEqual([{ code: 'PASSWORD_WEAK', field: ['input', 'newPassword'] }]);
    expect(codeOf(await change(actor, PASSWORD, PASSWORD))).toBe('PASSWORD_UNCHANGED');
    expect(codeOf(await change(anonymousActor, PASSWORD, NEXT))).toBe('UNAUTHENTICATED');
    expect(codeOf(await signIn(person.username, PASSWORD))).toBe('DONE');
  });

  it('makes who guesses at it wait, and not its user elsewhere', async () => {
    const person = await test.person('operator');
    const [stolen, own] = [await aSession(person), await aSession(person)];
    const codes = [];
    for (let i = 0; i < 8; i++) codes.push(codeOf(await change(stolen.actor, `guess ${i}`, NEXT)));
    expect(codes).toContain('RATE_LIMITED');
    expect(codeOf(await change(stolen.actor, PASSWORD, NEXT))).toBe('RATE_LIMITED');
    expect(codeOf(await change(own.actor, PASSWORD, NEXT))).toBe('DONE');
  });

  it('counts once where two are sent at once', async () => {
    const person = await test.person('operator');
    const sessions = [await aSession(person), await aSession(person)];
    const replies = await Promise.all(sessions.map(({ actor }, at) => change(actor, PASSWORD, `${NEXT} ${at}`)));
    expect(replies.map(codeOf).toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual(['DONE', 'PASSWORD_WRONG']);
  });
});
