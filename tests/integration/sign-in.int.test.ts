import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@vss/runtime';
import { startInProcessPlatform, type Answer, type InProcessPlatform } from './support/platform.js';

const PASSWORD = 'correct horse battery';
const OWN_CHOICE = 'a choice of my own';
const PAYLOAD = '{ accessToken refreshToken challenge { kind token } user { username role { name } } userErrors { code field } }';
const LOGIN = `mutation ($input: LoginInput!) { login(input: $input) ${PAYLOAD} }`;
const CONTINUE = `mutation ($input: LoginContinueInput!) { loginContinue(input: $input) ${PAYLOAD} }`;
const ME = '{ me { username } }';

let platform: InProcessPlatform;
beforeAll(async () => {
  platform = await startInProcessPlatform();
});
afterAll(() => platform.stop());

async function aPerson(role = 'operator'): Promise<{ id: string; username: string }> {
  const username = newId('name');
  const [user] = await platform.identity.ensureUsers([{ username, password: PASSWORD, role, displayName: username, email: `${username}@example.com`, centerId: newId('ctr') }]);
  return { id: user?.id ?? '', username };
}

interface Payload {
  accessToken: string | null;
  refreshToken: string | null;
  challenge: { kind: string; token: string } | null;
  user: { username: string } | null;
  userErrors: { code: string }[];
}
const payloadOf = ({ data }: Answer): Payload => Object.values(data as Record<string, Payload>)[0] as Payload;
const login = async (username: string, password = PASSWORD): Promise<Payload> => payloadOf(await platform.ask(undefined, LOGIN, { input: { username, password } }));

describe('signing in through the gateway', () => {
  it('R-170: name and password give tokens that open what the role opens', async () => {
    const { username } = await aPerson();
    const { accessToken, refreshToken, challenge } = await login(username);
    expect(challenge).toBeNull();
    expect(refreshToken).toMatch(/^[\w-]{43}$/);
    expect(await platform.askWith(accessToken ?? '', ME)).toMatchObject({ data: { me: { username } } });
  });

  it('X-35: a password that somebody else chose opens the choice of another, and no field besides', async () => {
    const { id, username } = await aPerson('admin');
    await platform.database.pool().query('update identity.user_account set must_change_password = true where id = $1', [id]);
    const { accessToken, challenge } = await login(username);
    expect([accessToken, challenge?.kind]).toEqual([null, 'PASSWORD_CHANGE']);
    const token = challenge?.token ?? '';
    expect((await platform.askWith(token, ME)).errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
    const chosen = payloadOf(await platform.ask(undefined, CONTINUE, { input: { challenge: token, newPassword: OWN_CHOICE } }));
    expect(await platform.askWith(chosen.accessToken ?? '', ME)).toMatchObject({ data: { me: { username } } });
    expect((await login(username)).userErrors).toMatchObject([{ code: 'INVALID_CREDENTIALS' }]);
  });
});

describe('guessing through the gateway', () => {
  it('is not made faster by aliases: each counts, and none after the fifth is even looked at', async () => {
    const { username } = await aPerson();
    const aliases = Array.from({ length: 10 }, (_, i) => `g${i}: login(input: { username: "${username}", password: "guess ${i}" }) { userErrors { code } }`);
    const { data, errors } = await platform.ask(undefined, `mutation { ${aliases.join(' ')} }`);
    const counted = Object.values((data ?? {}) as Record<string, { userErrors: { code: string }[] } | null>).filter((each) => each?.userErrors[0]?.code === 'INVALID_CREDENTIALS');
    expect(counted.length).toBeLessThanOrEqual(5);
    expect(errors?.some(({ extensions }) => extensions?.code === 'RATE_LIMITED')).toBe(true);
    expect((await platform.ask(undefined, LOGIN, { input: { username, password: PASSWORD } })).errors?.[0]?.extensions?.code).toBe('RATE_LIMITED');
  });

  it('with a password of a megabyte is refused before it is hashed', async () => {
    const { username } = await aPerson();
    const { errors } = await platform.ask(undefined, LOGIN, { input: { username, password: 'x'.repeat(1_000_000) } });
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    expect((await login(username)).user).toMatchObject({ username });
  });

  it.each([
    ['a name that nobody has', newId('nobody'), 'a guess'],
    ['SQL in the name', "' or 1=1 --", 'a guess'],
    ['a name that looks like another', 'аdmin', 'a guess'],
    ['a line for the log', 'olga\r\n{"level":"info","msg":"signed in"}', 'a guess'],
    ['a NUL', 'olga\u0000', 'a guess\u0000'],
  ])('answers %s as a wrong password', async (_what, username, password) => {
    expect(await login(username, password)).toEqual({ accessToken: null, refreshToken: null, challenge: null, user: null, userErrors: [{ code: 'INVALID_CREDENTIALS', field: [] }] });
  });
});
