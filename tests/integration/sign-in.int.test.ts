import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readProviders } from '@vss/identity';
import { newId } from '@vss/runtime';
import { REDIRECT_URI, startProvider, type TestProvider } from '../../subgraphs/identity/src/oidc/provider.fixture.js';
import { startInProcessPlatform, type Answer, type InProcessPlatform } from './support/platform.js';

const PASSWORD = 'correct horse battery';
const OWN_CHOICE = 'a choice of my own';
const PAYLOAD = '{ accessToken refreshToken challenge { kind token } user { username role { name } } userErrors { code field } }';
const LOGIN = `mutation ($input: LoginInput!) { login(input: $input) ${PAYLOAD} }`;
const CONTINUE = `mutation ($input: LoginContinueInput!) { loginContinue(input: $input) ${PAYLOAD} }`;
const ME = '{ me { username } }';

let platform: InProcessPlatform;
let provider: TestProvider;
let folder: string;
beforeAll(async () => {
  provider = await startProvider();
  folder = await mkdtemp(join(tmpdir(), 'vss-sign-in-'));
  const path = join(folder, 'providers.json');
  await writeFile(path, JSON.stringify({ providers: [provider.settings('corp', { link: 'VERIFIED_EMAIL' })] }));
  platform = await startInProcessPlatform({ settings: { providers: await readProviders({ VSS_OIDC_FILE: path }) } });
});
afterAll(async () => {
  await platform.stop();
  await provider.stop();
  await rm(folder, { recursive: true });
});

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

describe('other steps through the gateway', () => {
  const SETUP = 'mutation ($input: SecondFactorSetupInput!) { secondFactorSetup(input: $input) { secret } }';
  const CONFIRM = 'mutation ($input: SecondFactorCodeInput!) { secondFactorConfirm(input: $input) { recoveryCodes userErrors { code } } }';

  it('X-32: a second factor that was set up is asked for, and its code opens the account', async () => {
    const { username } = await aPerson();
    const signedIn = (await login(username)).accessToken ?? '';
    const { secondFactorSetup } = (await platform.askWith(signedIn, SETUP, { input: { password: PASSWORD } })).data as { secondFactorSetup: { secret: string } };
    const authenticator = new TOTP({ secret: Secret.fromBase32(secondFactorSetup.secret) });
    expect(await platform.askWith(signedIn, CONFIRM, { input: { code: authenticator.generate({ timestamp: Date.now() }) } })).toMatchObject({ data: { secondFactorConfirm: { userErrors: [] } } });
    const { accessToken, challenge } = await login(username);
    expect([accessToken, challenge?.kind]).toEqual([null, 'SECOND_FACTOR']);
    // That of the next step: the present one was used.
    const code = authenticator.generate({ timestamp: Date.now() + 30_000 });
    const opened = payloadOf(await platform.ask(undefined, CONTINUE, { input: { challenge: challenge?.token, code } }));
    expect(await platform.askWith(opened.accessToken ?? '', ME)).toMatchObject({ data: { me: { username } } });
  });

  it('an identity provider of the settings’ file signs in whose address it has verified', async () => {
    const { username } = await aPerson();
    provider.accounts.set(username, { email: `${username}@example.com`, email_verified: true });
    const START = 'mutation ($input: OidcStartInput!) { oidcStart(input: $input) { authorizationUrl loginToken } }';
    const FINISH = `mutation ($input: OidcFinishInput!) { oidcFinish(input: $input) ${PAYLOAD} }`;
    const { oidcStart } = (await platform.ask(undefined, START, { input: { provider: 'corp', redirectUri: REDIRECT_URI } })).data as { oidcStart: { authorizationUrl: string; loginToken: string } };
    const { searchParams } = await provider.visit(oidcStart.authorizationUrl, username);
    const { accessToken } = payloadOf(await platform.ask(undefined, FINISH, { input: { loginToken: oidcStart.loginToken, ...Object.fromEntries(searchParams) } }));
    expect(await platform.askWith(accessToken ?? '', ME)).toMatchObject({ data: { me: { username } } });
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
