import { hash as bcrypt } from '@node-rs/bcrypt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymousActor } from '@vss/auth';
import { newId } from '@vss/runtime';
import { waitFor } from '@vss/testing';
import { PASSWORD, startIdentity, type Person, type Reply, type TestIdentity } from '../identity.fixture.js';
import { createHashQueue, createPasswordHasher, type PasswordHasher } from '../passwords/index.js';

const PAYLOAD = `{ accessToken refreshToken deviceToken user { username } challenge { kind token expiresAt } userErrors { code field message } }`;
const LOGIN = `mutation($input: LoginInput!) { login(input: $input) ${PAYLOAD} }`;
const CONTINUE = `mutation($input: LoginContinueInput!) { loginContinue(input: $input) ${PAYLOAD} }`;
const REFRESH = `mutation($input: SessionRefreshInput) { sessionRefresh(input: $input) { userErrors { code } } }`;
const OWN_CHOICE = 'a choice of my own';

let test: TestIdentity;
/** The kinds of hashes that passwords were checked against, newest last. */
const checked: string[] = [];
beforeAll(async () => {
  const cheap = createPasswordHasher({ memoryCost: 64, timeCost: 1, parallelism: 1 });
  const watched: PasswordHasher = {
    ...cheap,
    fits(password, passwordHash, source) {
      checked.push(/^\$2b\$|^\$argon2id\$/.exec(passwordHash ?? '')?.[0] ?? 'none');
      return cheap.fits(password, passwordHash, source);
    },
  };
  test = await startIdentity({ passwords: watched });
});
afterAll(() => test.stop());

interface Attempt {
  password?: string;
  deviceToken?: string;
  address?: string;
}
const login = (username: string, { password = PASSWORD, deviceToken, address }: Attempt = {}): Promise<Reply> =>
  test.ask(anonymousActor, LOGIN, { input: { username, password, ...(deviceToken ? { deviceToken } : {}) } }, address ? { address } : {});
const goOn = (input: Record<string, unknown>): Promise<Reply> => test.ask(anonymousActor, CONTINUE, { input });
const codeOf = ({ data, errors }: Reply): unknown => errors?.[0]?.extensions?.['code'] ?? (data?.login ?? data?.loginContinue)?.userErrors[0]?.code ?? 'IN';
const hashOf = async ({ id }: Person): Promise<string> => (await test.rows<{ password_hash: string }>('select password_hash from identity.user_account where id = $1', [id]))[0]?.password_hash ?? '';
const setHash = ({ id }: Person, passwordHash: string | null) => test.rows('update identity.user_account set password_hash = $2 where id = $1', [id, passwordHash]);
/** An address that no other test uses. */
let addresses = 0;
const anAddress = (): string => `203.0.113.${(addresses += 1)}`;

describe('hashes from elsewhere and from before', () => {
  const hashers = {
    bcrypt: () => bcrypt(PASSWORD, 4),
    'weaker argon2id': () => createPasswordHasher({ memoryCost: 32, timeCost: 1, parallelism: 1 }).hash(PASSWORD),
  };
  it.each(Object.entries(hashers))('takes %s and replaces it at the first sign-in (X-34)', async (_kind, hash) => {
    const operator = await test.person('operator');
    await setHash(operator, await hash());
    expect(codeOf(await login(operator.username, { password: 'not the password' }))).toBe('INVALID_CREDENTIALS');
    const before = await hashOf(operator);
    expect(codeOf(await login(operator.username))).toBe('IN');
    const renewed = await hashOf(operator);
    expect(renewed).toMatch(/^\$argon2id\$v=19\$m=64,/);
    expect(renewed).not.toBe(before);
    expect(codeOf(await login(operator.username))).toBe('IN');
    expect(await hashOf(operator)).toBe(renewed);
  });

  it('lets many who sign in at once with an old hash all in', async () => {
    const operator = await test.person('operator');
    await setHash(operator, await bcrypt(PASSWORD, 4));
    const codes = (await Promise.all(Array.from({ length: 8 }, () => login(operator.username)))).map(codeOf);
    expect(codes).toEqual(Array(8).fill('IN'));
  });
});

describe('telling nothing of who exists', () => {
  it('checks a password for a name that nobody has as for one that somebody has, whatever hashes are about', async () => {
    const people = await Promise.all(Array.from({ length: 6 }, () => test.person('operator')));
    for (const person of people) await setHash(person, await bcrypt(PASSWORD, 4));
    test.clock.forward(11 * 60);
    const address = anAddress();
    checked.length = 0;
    for (let i = 0; i < 60; i++) await login(newId('nobody'), { address });
    expect(new Set(checked)).toEqual(new Set(['$2b$', '$argon2id$']));
    const [name, first] = [newId('nobody'), checked.length];
    for (let i = 0; i < 3; i++) await login(name, { address });
    expect(new Set(checked.slice(first)).size).toBe(1);
  });

  it('does not let in who has no password, with whatever password', async () => {
    const invited = await test.person('operator');
    await setHash(invited, null);
    const first = checked.length;
    for (const password of [PASSWORD, '', 'null']) expect(codeOf(await login(invited.username, { password }))).toBe('INVALID_CREDENTIALS');
    expect(checked.slice(first)).not.toContain('none');
  });

  it('does not let in a service account', async () => {
    const program = await test.person('operator');
    await test.rows(`update identity.user_account set kind = 'SERVICE', password_hash = null where id = $1`, [program.id]);
    expect(codeOf(await login(program.username))).toBe('INVALID_CREDENTIALS');
  });
});

describe('guessing', () => {
  const guess = (username: string, address: string, deviceToken?: string): Promise<Reply> => login(username, { password: 'a guess', address, ...(deviceToken ? { deviceToken } : {}) });

  it('counts every address of one IPv6 network as one source', async () => {
    const operator = await test.person('operator');
    for (let i = 1; i <= 5; i++) expect(codeOf(await guess(operator.username, `2001:db8:7:7::${i}`))).toBe('INVALID_CREDENTIALS');
    expect(codeOf(await guess(operator.username, '2001:db8:7:7:ffff::1'))).toBe('RATE_LIMITED');
    expect(codeOf(await login(operator.username, { address: '2001:db8:7:8::1' }))).toBe('IN');
  });

  it('is limited for one address over many names, and not for those at other addresses', async () => {
    const [attacker, operator] = [anAddress(), await test.person('operator')];
    for (let i = 0; i < 100; i++) expect(codeOf(await guess(newId('nobody'), attacker))).toBe('INVALID_CREDENTIALS');
    const refused = await guess(newId('nobody'), attacker);
    expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 36 });
    expect(codeOf(await login(operator.username, { address: anAddress() }))).toBe('IN');
    test.clock.forward(36);
    expect([codeOf(await guess(newId('nobody'), attacker)), codeOf(await guess(newId('nobody'), attacker))]).toEqual(['INVALID_CREDENTIALS', 'RATE_LIMITED']);
  });

  it('from the many networks of one IPv6 site ends too', async () => {
    const { username } = await test.person('operator');
    const from = (network: number): Promise<Reply> => guess(username, `2001:db8:77:${network}::1`);
    expect(codeOf(await from(1))).toBe('INVALID_CREDENTIALS');
    // As if 498 more had come.
    await test.rows(`update identity.guess_allowance set used_until = used_until + interval '12 s' * 498 where subject = 'site 2001:db8:77::/48'`);
    expect([codeOf(await from(2)), codeOf(await from(3))]).toEqual(['INVALID_CREDENTIALS', 'RATE_LIMITED']);
    expect(codeOf(await login(username, { address: '2001:db8:78::1' }))).toBe('IN');
  });

  it('by a neighbour at the same address does not keep out who signed in on his device before', async () => {
    const [office, victim] = [anAddress(), await test.person('operator')];
    const { deviceToken } = (await login(victim.username, { address: office })).data.login as { deviceToken: string };
    for (let i = 0; i < 6; i++) await guess(victim.username, office);
    expect(codeOf(await login(victim.username, { address: office }))).toBe('RATE_LIMITED');
    const again = await login(victim.username, { address: office, deviceToken });
    expect(codeOf(again)).toBe('IN');
    expect(again.data.login.deviceToken).toBe(deviceToken);
  });

  it('on a known device is slow all the same, and does not make others wait', async () => {
    const [home, victim] = [anAddress(), await test.person('operator')];
    const { deviceToken } = (await login(victim.username, { address: home })).data.login as { deviceToken: string };
    for (let i = 0; i < 5; i++) expect(codeOf(await guess(victim.username, home, deviceToken))).toBe('INVALID_CREDENTIALS');
    expect(codeOf(await guess(victim.username, anAddress(), deviceToken))).toBe('RATE_LIMITED');
    expect(codeOf(await login(victim.username, { address: home }))).toBe('IN');
  });

  it('with the device of another user counts for the address', async () => {
    const [office, victim, colleague] = [anAddress(), await test.person('operator'), await test.person('operator')];
    const { deviceToken } = (await login(colleague.username, { address: office })).data.login as { deviceToken: string };
    for (let i = 0; i < 5; i++) await guess(victim.username, office, deviceToken);
    expect(codeOf(await guess(victim.username, office))).toBe('RATE_LIMITED');
  });
});

describe('a password that somebody else has chosen (X-35)', () => {
  const mustChange = async (): Promise<Person> => {
    const person = await test.person('operator');
    await test.rows('update identity.user_account set must_change_password = true where id = $1', [person.id]);
    return person;
  };
  const challengeOf = (reply: Reply) => (reply.data.login ?? reply.data.loginContinue).challenge as { kind: string; token: string; expiresAt: string };

  it('opens nothing but the choice of another', async () => {
    const person = await mustChange();
    const { data, cookies } = await login(person.username);
    expect(data.login).toMatchObject({ accessToken: null, refreshToken: null, deviceToken: null, user: null, challenge: { kind: 'PASSWORD_CHANGE' }, userErrors: [] });
    expect(cookies).toEqual([]);
    expect(await test.rows('select id from identity.session where user_id = $1', [person.id])).toEqual([]);
    const { token } = challengeOf({ data, cookies });
    expect(JSON.stringify(await test.rows('select * from identity.sign_in_challenge where user_id = $1', [person.id]))).not.toContain(token);

    const chosen = await goOn({ challenge: token, newPassword: OWN_CHOICE });
    expect(chosen.data.loginContinue).toMatchObject({ user: { username: person.username }, challenge: null, userErrors: [] });
    expect((await test.verifier.verify(chosen.data.loginContinue.accessToken)).actor.userId).toBe(person.id);
    expect([codeOf(await login(person.username)), codeOf(await login(person.username, { password: OWN_CHOICE }))]).toEqual(['INVALID_CREDENTIALS', 'IN']);
    const lines = await test.rows(`select action, detail from identity.security_audit_entry where actor_id = $1 and action in ('PASSWORD_CHANGED', 'SIGN_IN') order by at, id`, [person.id]);
    expect(lines.slice(0, 2)).toEqual([
      { action: 'PASSWORD_CHANGED', detail: { forced: true } },
      { action: 'SIGN_IN', detail: { way: 'PASSWORD', secondFactor: false } },
    ]);
  });

  it.each([
    [{ newPassword: 'secure123' }, 'PASSWORD_WEAK', ['input', 'newPassword']],
    [{ newPassword: PASSWORD }, 'PASSWORD_UNCHANGED', ['input', 'newPassword']],
    [{}, 'PASSWORD_WEAK', ['input', 'newPassword']],
    [{ code: '123456' }, 'PASSWORD_WEAK', ['input', 'newPassword']],
  ])('is not replaced by %o', async (answer, code, field) => {
    const { token } = challengeOf(await login((await mustChange()).username));
    expect((await goOn({ challenge: token, ...answer })).data.loginContinue).toMatchObject({ accessToken: null, userErrors: [{ code, field }] });
    expect(codeOf(await goOn({ challenge: token, newPassword: OWN_CHOICE }))).toBe('IN');
  });

  it('is changed once by a challenge, however many come with it', async () => {
    const { token } = challengeOf(await login((await mustChange()).username));
    const codes = (await Promise.all(Array.from({ length: 5 }, (_, i) => goOn({ challenge: token, newPassword: `${OWN_CHOICE} ${i}` })))).map(codeOf);
    expect(codes.filter((code) => code === 'IN')).toHaveLength(1);
    expect(codes.filter((code) => code === 'CHALLENGE_INVALID')).toHaveLength(4);
  });

  it('leaves a challenge void after ten minutes, after another password, and for who was deactivated', async () => {
    const people = [await mustChange(), await mustChange(), await mustChange()] as const;
    const tokens: string[] = [];
    for (const { username } of people) tokens.push(challengeOf(await login(username)).token);
    await setHash(people[1], await test.passwords.hash('reset by an administrator'));
    await test.rows(`update identity.user_account set state = 'DEACTIVATED' where id = $1`, [people[2].id]);
    for (const challenge of tokens.slice(1)) expect(codeOf(await goOn({ challenge, newPassword: OWN_CHOICE }))).toBe('CHALLENGE_INVALID');
    test.clock.forward(600);
    expect(codeOf(await goOn({ challenge: tokens[0], newPassword: OWN_CHOICE }))).toBe('CHALLENGE_INVALID');
    await test.identity.keepHouse();
    expect(await test.rows('select user_id from identity.sign_in_challenge where user_id = any($1)', [people.map(({ id }) => id)])).toEqual([]);
  });

  it.each(['', 'x', "' or 1=1 --", 'a\u0000b'])('is not changed with the challenge %j', async (challenge) => expect(codeOf(await goOn({ challenge, newPassword: OWN_CHOICE }))).toBe('CHALLENGE_INVALID'));

  it('gives a challenge that is no access token and no refresh token', async () => {
    const { token } = challengeOf(await login((await mustChange()).username));
    await expect(test.verifier.verify(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect((await test.ask(anonymousActor, REFRESH, { input: { refreshToken: token } })).data.sessionRefresh.userErrors).toMatchObject([{ code: 'REFRESH_TOKEN_INVALID' }]);
  });
});

describe('a flood of sign-ins', () => {
  it('is refused when it would wait too long, with a time to come again, and does not keep others waiting behind it', async () => {
    const queue = createHashQueue({ lanes: 1, mostWaiting: 2, mostOfOneSource: 1 });
    const busy = await startIdentity({ passwords: createPasswordHasher({ memoryCost: 64, timeCost: 1, parallelism: 1 }, queue) });
    const [one, two, elsewhere] = [await busy.person('operator'), await busy.person('operator'), await busy.person('operator')];
    let free = (): void => undefined;
    const running = queue('', () => new Promise<void>((resolve) => (free = resolve)));
    const from = (address: string, { username }: Person): Promise<unknown> => busy.ask(anonymousActor, LOGIN, { input: { username, password: PASSWORD } }, { address }).then(codeOf);
    const [flood, honest] = [[from('192.0.2.50', one), from('192.0.2.50', two)], from('192.0.2.60', elsewhere)];
    // One of the two waits for its turn, so the answer that comes is the other one's.
    expect(await Promise.race(flood)).toBe('RATE_LIMITED');
    free();
    expect([await honest, (await Promise.all(flood)).filter((code) => code === 'IN').length]).toEqual(['IN', 1]);
    await running;
    await busy.stop();
  });
});

it('tells the other subgraphs of a sign-in that was refused', async () => {
  const username = newId('nobody');
  await login(username, { address: anAddress() });
  await waitFor(() => test.events.some(({ type, payload }) => type === 'identity.signin.refused' && (payload as { username: string }).username === username));
});
