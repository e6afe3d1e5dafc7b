import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymousActor } from '@vss/auth';
import { newId } from '@vss/runtime';
import { PASSWORD, startIdentity, type Person, type Reply, type TestIdentity } from '../identity.fixture.js';
import { parseOidcProviders } from './oidc.config.js';
import { REDIRECT_URI, startProvider, type ProviderAccount, type TestProvider } from './provider.fixture.js';

const PAYLOAD = `{ accessToken deviceToken user { id username displayName role { name } } challenge { kind token } userErrors { code field } }`;
const PROVIDERS = `{ oidcProviders { id name } }`;
const START = `mutation($input: OidcStartInput!) { outcome: oidcStart(input: $input) { authorizationUrl loginToken userErrors { code field } } }`;
const FINISH = `mutation($input: OidcFinishInput!) { outcome: oidcFinish(input: $input) ${PAYLOAD} }`;
const CONTINUE = `mutation($input: LoginContinueInput!) { outcome: loginContinue(input: $input) ${PAYLOAD} }`;
const TIE_START = `mutation($input: ExternalIdentityStartInput!) { outcome: externalIdentityStart(input: $input) { authorizationUrl loginToken userErrors { code field } } }`;
const TIE_ADD = `mutation($input: OidcFinishInput!) { outcome: externalIdentityAdd(input: $input) { externalIdentities { id provider } userErrors { code } } }`;
const TIE_REMOVE = `mutation($input: ExternalIdentityRemoveInput!) { outcome: externalIdentityRemove(input: $input) { externalIdentities { id } userErrors { code } } }`;
const TIES = `{ externalIdentities { id provider lastUsedAt } }`;
const SETUP = `mutation($input: SecondFactorSetupInput!) { outcome: secondFactorSetup(input: $input) { secret userErrors { code } } }`;
const CONFIRM = `mutation($input: SecondFactorCodeInput!) { outcome: secondFactorConfirm(input: $input) { userErrors { code } } }`;

const centerId = newId('ctr');
let provider: TestProvider;
let test: TestIdentity;
beforeAll(async () => {
  provider = await startProvider();
  const providers = parseOidcProviders(
    JSON.stringify({
      providers: [
        provider.settings('strict'),
        provider.settings('linking', { link: 'VERIFIED_EMAIL', emailDomains: ['example.org'] }),
        provider.settings('making', { link: 'VERIFIED_EMAIL', provision: { role: 'operator', centerId } }),
        provider.settings('trusting', { link: 'VERIFIED_EMAIL', trustsSecondFactor: true }),
        provider.settings('public', { link: 'VERIFIED_EMAIL', clientId: 'vss-public', clientSecret: undefined }),
        provider.settings('unknown-here', { clientSecret: 'not the secret' }),
        provider.settings('no-role', { provision: { role: 'emperor', centerId } }),
        provider.settings('one-center', { link: 'VERIFIED_EMAIL', centerId }),
        provider.settings('away', { issuer: 'http://127.0.0.1:9' }),
      ],
    }),
  );
  test = await startIdentity({ settings: { providers } });
});
afterAll(async () => {
  await test.stop();
  await provider.stop();
});

interface Begun {
  readonly authorizationUrl: string;
  readonly loginToken: string;
}
interface Answer {
  readonly loginToken: string;
  readonly code: string;
  readonly state: string;
  readonly iss: string;
}
const errorOf = ({ data, errors }: Reply): unknown => errors?.[0]?.extensions?.['code'] ?? data?.outcome?.userErrors[0]?.code ?? 'DONE';
const begin = async (id: string): Promise<Begun> => (await test.ask(anonymousActor, START, { input: { provider: id, redirectUri: REDIRECT_URI } })).data.outcome as Begun;
const finish = (input: object): Promise<Reply> => test.ask(anonymousActor, FINISH, { input });

async function answered({ authorizationUrl, loginToken }: Begun, account: string): Promise<Answer> {
  const { searchParams } = await provider.visit(authorizationUrl, account);
  return { loginToken, code: searchParams.get('code') ?? '', state: searchParams.get('state') ?? '', iss: searchParams.get('iss') ?? '' };
}

/** An account at the provider; by default with the verified address of a user here. */
function anAccount(account: ProviderAccount): string {
  const subject = newId('sub');
  provider.accounts.set(subject, account);
  return subject;
}
const emailOf = ({ username }: Person): string => `${username}@example.org`;
const accountOf = (person: Person, more: ProviderAccount = {}): string => anAccount({ email: emailOf(person), email_verified: true, ...more });
const signIn = async (id: string, account: string): Promise<Reply> => finish(await answered(await begin(id), account));
const whyRefused = async (): Promise<unknown> =>
  (await test.rows<{ detail: { why: string } }>(`select detail from identity.security_audit_entry where action = 'SIGN_IN_REFUSED' order by at desc, id desc limit 1`))[0]?.detail.why;

describe('signing in with an identity provider', () => {
  it('offers those that the installation names', async () => {
    const { data } = await test.ask(anonymousActor, PROVIDERS);
    expect(data.oidcProviders[0]).toEqual({ id: 'strict', name: 'Provider strict' });
    expect(JSON.stringify(data)).not.toContain('secret');
  });

  it('sends the browser there with PKCE, nonce and state of its own', async () => {
    const [first, second] = [await begin('strict'), await begin('strict')].map(({ authorizationUrl }) => new URL(authorizationUrl).searchParams);
    expect(Object.fromEntries(first ?? [])).toMatchObject({ response_type: 'code', client_id: 'vss', redirect_uri: REDIRECT_URI, scope: 'openid email profile', code_challenge_method: 'S256' });
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(first?.get(name)).toMatch(/^[\w-]{43}$/);
      expect(first?.get(name)).not.toBe(second?.get(name));
    }
  });

  it.each(['linking', 'public'])('ties the account with a verified address to its user, and knows it by its subject from then on (%s)', async (id) => {
    const person = await test.person('operator');
    const account = accountOf(person);
    const { data } = await signIn(id, account);
    expect(data.outcome).toMatchObject({ user: { id: person.id, role: { name: 'operator' } }, challenge: null, userErrors: [] });
    expect((await test.verifier.verify(data.outcome.accessToken)).actor).toMatchObject({ userId: person.id, centerId: person.actor.centerId });
    provider.accounts.set(account, { email: 'another@example.org', email_verified: false });
    expect((await signIn(id, account)).data.outcome.user.id).toBe(person.id);
    const lines = await test.rows(`select action, detail from identity.security_audit_entry where actor_id = $1 order by at, id`, [person.id]);
    expect(lines).toEqual([
      { action: 'EXTERNAL_IDENTITY_LINKED', detail: { provider: id, by: 'VERIFIED_EMAIL' } },
      { action: 'SIGN_IN', detail: { way: 'PROVIDER', secondFactor: false } },
      { action: 'SIGN_IN', detail: { way: 'PROVIDER', secondFactor: false } },
    ]);
  });

  it('makes a user where the settings say so, once, under a name that is free', async () => {
    const name = newId('anna').replace('_', '-');
    const [first, second] = [1, 2].map((n) => anAccount({ email: `${n}.${name}@elsewhere.test`, email_verified: true, name: `Anna ${n}`, preferred_username: `${name}@elsewhere.test` })) as [string, string];
    const made = await signIn('making', first);
    expect(made.data.outcome).toMatchObject({ user: { username: name, displayName: 'Anna 1', role: { name: 'operator' } }, userErrors: [] });
    expect((await signIn('making', first)).data.outcome.user.id).toBe(made.data.outcome.user.id);
    expect((await signIn('making', second)).data.outcome.user.username).toBe(`${name}-2`);
    const [user] = await test.rows('select center_id, email, password_hash, kind from identity.user_account where username = $1', [name]);
    expect(user).toEqual({ center_id: centerId, email: `1.${name}@elsewhere.test`, password_hash: null, kind: 'PERSON' });
  });
});

describe('whose account opens none here', () => {
  it.each<[string, (person: Person) => ProviderAccount, string, string]>([
    ['a provider that ties nothing by itself', (person) => ({ email: emailOf(person), email_verified: true }), 'strict', 'NOT_LINKED'],
    ['an address that is not verified', (person) => ({ email: emailOf(person), email_verified: false }), 'linking', 'EMAIL_NOT_VERIFIED'],
    ['an address without a word on that', (person) => ({ email: emailOf(person) }), 'linking', 'EMAIL_NOT_VERIFIED'],
    ['no address', () => ({}), 'linking', 'EMAIL_NOT_VERIFIED'],
    ['an address that nobody has here', () => ({ email: 'nobody@example.org', email_verified: true }), 'linking', 'NOT_LINKED'],
    ['an address of a domain that the provider does not speak for', () => ({ email: 'anna@elsewhere.test', email_verified: true }), 'linking', 'EMAIL_NOT_VERIFIED'],
    ['a user of another center', (person) => ({ email: emailOf(person), email_verified: true }), 'one-center', 'NOT_LINKED'],
    ['a role that is not there', () => ({ email: 'new@elsewhere.test', email_verified: true }), 'no-role', 'NO_ROLE'],
  ])('with %s', async (_what, account, id, why) => {
    const reply = await signIn(id, anAccount(account(await test.person('operator'))));
    expect(reply.data.outcome).toMatchObject({ accessToken: null, user: null, challenge: null, userErrors: [{ code: 'NO_ACCOUNT' }] });
    expect(await whyRefused()).toBe(why);
  });

  it('with an address that two users have', async () => {
    const [one, two] = [await test.person('operator'), await test.person('operator')];
    await test.rows('update identity.user_account set email = upper($2) where id = $1', [two.id, emailOf(one)]);
    expect([errorOf(await signIn('linking', accountOf(one))), await whyRefused()]).toEqual(['NO_ACCOUNT', 'EMAIL_AMBIGUOUS']);
  });

  it('with an address that has changed hands at the provider', async () => {
    const person = await test.person('operator');
    expect(errorOf(await signIn('linking', accountOf(person)))).toBe('DONE');
    expect([errorOf(await signIn('linking', accountOf(person))), await whyRefused()]).toEqual(['NO_ACCOUNT', 'EMAIL_REASSIGNED']);
  });

  it('when its user was deactivated, before the first time and after it', async () => {
    const [before, after] = [await test.person('operator'), await test.person('operator')];
    const account = accountOf(after);
    expect(errorOf(await signIn('linking', account))).toBe('DONE');
    await test.rows(`update identity.user_account set state = 'DEACTIVATED' where id = any($1)`, [[before.id, after.id]]);
    expect([errorOf(await signIn('linking', accountOf(before))), await whyRefused()]).toEqual(['NO_ACCOUNT', 'NOT_LINKED']);
    expect([errorOf(await signIn('linking', account)), await whyRefused()]).toEqual(['NO_ACCOUNT', 'DEACTIVATED']);
  });
});

describe('the second factor', () => {
  it('is asked for after a provider too, unless the provider is trusted with it and says that it asked', async () => {
    const person = await test.person('operator');
    const { secret } = (await test.ask(person.actor, SETUP, { input: { password: PASSWORD } })).data.outcome as { secret: string };
    const code = (): string => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: test.clock.now().getTime() });
    expect(errorOf(await test.ask(person.actor, CONFIRM, { input: { code: code() } }))).toBe('DONE');
    test.clock.forward(60);
    const account = accountOf(person);
    const asked = await signIn('trusting', account);
    expect(asked.data.outcome).toMatchObject({ accessToken: null, challenge: { kind: 'SECOND_FACTOR' } });
    const goOn = await test.ask(anonymousActor, CONTINUE, { input: { challenge: asked.data.outcome.challenge.token, code: code() } });
    expect(goOn.data.outcome.user.id).toBe(person.id);
    provider.accounts.set(account, { ...provider.accounts.get(account), amr: ['pwd', 'mfa'] });
    expect((await signIn('trusting', account)).data.outcome).toMatchObject({ challenge: null, user: { id: person.id } });
    expect((await signIn('linking', account)).data.outcome).toMatchObject({ challenge: { kind: 'SECOND_FACTOR' }, user: null });
  });
});

describe('what does not get in', () => {
  it.each([
    [{ provider: 'nobody' }, 'PROVIDER_UNKNOWN', ['input', 'provider']],
    [{ redirectUri: 'https://evil.test/callback' }, 'REDIRECT_NOT_ALLOWED', ['input', 'redirectUri']],
    [{ redirectUri: `${REDIRECT_URI}/../evil` }, 'REDIRECT_NOT_ALLOWED', ['input', 'redirectUri']],
  ])('beginning with %o', async (more, code, field) => {
    const reply = await test.ask(anonymousActor, START, { input: { provider: 'strict', redirectUri: REDIRECT_URI, ...more } });
    expect(reply.data.outcome).toEqual({ authorizationUrl: null, loginToken: null, userErrors: [{ code, field }] });
  });

  it('the answer to another browser’s login', async () => {
    const person = await test.person('operator');
    const [mine, theirs] = [await begin('linking'), await begin('linking')];
    const answer = await answered(theirs, accountOf(person));
    expect(errorOf(await finish({ ...answer, loginToken: mine.loginToken }))).toBe('PROVIDER_LOGIN_INVALID');
    expect(errorOf(await finish({ ...answer, loginToken: `${answer.loginToken.slice(0, -2)}AA` }))).toBe('PROVIDER_LOGIN_INVALID');
    expect(errorOf(await finish({ ...answer, loginToken: 'made up' }))).toBe('PROVIDER_LOGIN_INVALID');
    expect(errorOf(await finish({ ...answer, state: 'another' }))).toBe('PROVIDER_LOGIN_INVALID');
    expect(errorOf(await finish(answer))).toBe('DONE');
  });

  it('a code that was stolen from another login: PKCE', async () => {
    const person = await test.person('operator');
    const [victim, attacker] = [await answered(await begin('linking'), accountOf(person)), await answered(await begin('linking'), anAccount({}))];
    expect(errorOf(await finish({ ...attacker, code: victim.code }))).toBe('PROVIDER_REFUSED');
  });

  it('an answer that says it is of another provider, or leaves out of whom it is', async () => {
    const answer = await answered(await begin('linking'), accountOf(await test.person('operator')));
    expect(errorOf(await finish({ ...answer, iss: 'https://evil.test' }))).toBe('PROVIDER_REFUSED');
    expect(errorOf(await finish({ ...answer, iss: null }))).toBe('PROVIDER_REFUSED');
  });

  it('the same answer twice, also at once', async () => {
    const answer = await answered(await begin('linking'), accountOf(await test.person('operator')));
    const outcomes = (await Promise.all(Array.from({ length: 4 }, () => finish(answer)))).map(errorOf);
    expect(outcomes.filter((outcome) => outcome === 'DONE').length).toBeLessThanOrEqual(1);
    expect(['PROVIDER_REFUSED', 'PROVIDER_LOGIN_INVALID']).toContain(errorOf(await finish(answer)));
  });

  it('an answer after ten minutes', async () => {
    const answer = await answered(await begin('linking'), accountOf(await test.person('operator')));
    test.clock.forward(600);
    expect(errorOf(await finish(answer))).toBe('PROVIDER_LOGIN_INVALID');
  });

  it('a code that the provider does not know, again and again from one address', async () => {
    const from = { address: '203.0.113.200' };
    const outcomes: unknown[] = [];
    for (let i = 0; i < 101; i++) {
      const { authorizationUrl, loginToken } = await begin('linking');
      const input = { loginToken, code: 'made-up', state: new URL(authorizationUrl).searchParams.get('state') ?? '', iss: provider.issuer };
      outcomes.push(errorOf(await test.ask(anonymousActor, FINISH, { input }, from)));
    }
    expect([new Set(outcomes.slice(0, 100)), outcomes[100]]).toEqual([new Set(['PROVIDER_REFUSED']), 'RATE_LIMITED']);
  });

  it('anybody while the provider is away, or does not know this installation', async () => {
    const away = await test.ask(anonymousActor, START, { input: { provider: 'away', redirectUri: REDIRECT_URI } });
    expect(away.errors?.[0]?.extensions).toMatchObject({ code: 'UNAVAILABLE', provider: 'away' });
    expect(errorOf(await signIn('unknown-here', anAccount({})))).toBe('UNAVAILABLE');
  });
});

describe('tying an account to one’s own', () => {
  const startTie = (person: Person, input: object = {}): Promise<Reply> => test.ask(person.actor, TIE_START, { input: { provider: 'strict', redirectUri: REDIRECT_URI, password: PASSWORD, ...input } });

  it('needs the password, and opens the account from then on', async () => {
    const [person, account] = [await test.person('operator'), anAccount({})];
    expect(errorOf(await startTie(person, { password: 'not the password' }))).toBe('PASSWORD_WRONG');
    const answer = await answered((await startTie(person)).data.outcome as Begun, account);
    expect((await test.ask(person.actor, TIE_ADD, { input: answer })).data.outcome).toMatchObject({ externalIdentities: [{ provider: 'strict' }], userErrors: [] });
    expect((await signIn('strict', account)).data.outcome.user.id).toBe(person.id);
    expect((await test.ask(person.actor, TIES)).data.externalIdentities).toMatchObject([{ provider: 'strict', lastUsedAt: test.clock.now().toISOString() }]);
  });

  it('is done by who began it, with what was begun for it', async () => {
    const [person, other, account] = [await test.person('operator'), await test.person('operator'), anAccount({})];
    const answer = await answered((await startTie(person)).data.outcome as Begun, account);
    expect(errorOf(await test.ask(other.actor, TIE_ADD, { input: answer }))).toBe('PROVIDER_LOGIN_INVALID');
    expect(errorOf(await finish(answer))).toBe('PROVIDER_LOGIN_INVALID');
    const forSignIn = await answered(await begin('strict'), account);
    expect(errorOf(await test.ask(person.actor, TIE_ADD, { input: forSignIn }))).toBe('PROVIDER_LOGIN_INVALID');
  });

  it('does not take an account that opens somebody else’s', async () => {
    const [person, other, account] = [await test.person('operator'), await test.person('operator'), anAccount({})];
    const tie = async (who: Person): Promise<unknown> => errorOf(await test.ask(who.actor, TIE_ADD, { input: await answered((await startTie(who)).data.outcome as Begun, account) }));
    expect([await tie(person), await tie(person), await tie(other)]).toEqual(['DONE', 'DONE', 'IDENTITY_TAKEN']);
  });

  it('is undone by its user, where another way in is left', async () => {
    const [person, other, account] = [await test.person('operator'), await test.person('operator'), anAccount({})];
    const added = await test.ask(person.actor, TIE_ADD, { input: await answered((await startTie(person)).data.outcome as Begun, account) });
    const { id } = added.data.outcome.externalIdentities[0] as { id: string };
    const remove = async (who: Person): Promise<unknown> => errorOf(await test.ask(who.actor, TIE_REMOVE, { input: { id } }));
    expect(await remove(other)).toBe('NOT_FOUND');
    await test.rows('update identity.user_account set password_hash = null where id = $1', [person.id]);
    expect(await remove(person)).toBe('INPUT_INVALID');
    await test.rows('update identity.user_account set password_hash = $2 where id = $1', [person.id, await test.passwords.hash(PASSWORD)]);
    expect(await remove(person)).toBe('DONE');
    expect(errorOf(await signIn('strict', account))).toBe('NO_ACCOUNT');
  });
});
