import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymousActor, type Actor, type Grant } from '@vss/auth';
import { newId } from '@vss/runtime';
import { anActor } from '@vss/testing';
import { PASSWORD, startIdentity, type Person, type Reply, type TestIdentity } from '../identity.fixture.js';

const PAYLOAD = `{ accessToken deviceToken user { username } challenge { kind token } userErrors { code field retryable } }`;
const LOGIN = `mutation($input: LoginInput!) { outcome: login(input: $input) ${PAYLOAD} }`;
const CONTINUE = `mutation($input: LoginContinueInput!) { outcome: loginContinue(input: $input) ${PAYLOAD} }`;
const SETUP = `mutation($input: SecondFactorSetupInput!) { outcome: secondFactorSetup(input: $input) { secret uri userErrors { code field } } }`;
const CONFIRM = `mutation($input: SecondFactorCodeInput!) { outcome: secondFactorConfirm(input: $input) { recoveryCodes userErrors { code field } } }`;
const RENEW = `mutation($input: SecondFactorCodeInput!) { outcome: recoveryCodesRenew(input: $input) { recoveryCodes userErrors { code } } }`;
const DISABLE = `mutation($input: SecondFactorDisableInput!) { outcome: secondFactorDisable(input: $input) { secondFactor { enabled since recoveryCodesLeft } userErrors { code field } } }`;
const RESET = `mutation($input: UserSecondFactorResetInput!) { outcome: userSecondFactorReset(input: $input) { user { id hasSecondFactor } userErrors { code field } } }`;
const OWN = `{ secondFactor { enabled since recoveryCodesLeft } }`;

let test: TestIdentity;
beforeAll(async () => {
  test = await startIdentity();
});
afterAll(() => test.stop());

/** A user's authenticator app; it shows what a real one would at the test's time. */
const codeOf = (secret: string, steps = 0): string => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: test.clock.now().getTime() + steps * 30_000 });
const aMinuteLater = (): void => test.clock.forward(60);

const errorOf = ({ data, errors }: Reply): unknown => errors?.[0]?.extensions?.['code'] ?? data?.outcome?.userErrors[0]?.code ?? 'DONE';
const login = (username: string, request = {}): Promise<Reply> => test.ask(anonymousActor, LOGIN, { input: { username, password: PASSWORD } }, request);
const goOn = (input: Record<string, unknown>, request = {}): Promise<Reply> => test.ask(anonymousActor, CONTINUE, { input }, request);
const challengeAt = async (username: string, request = {}): Promise<string> => (await login(username, request)).data.outcome.challenge.token as string;

interface Careful extends Person {
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
}

/** Signs in, sets up an authenticator and confirms it. */
async function withSecondFactor(role = 'operator', centerId?: string): Promise<Careful> {
  const person = await test.person(role, centerId);
  const { secret } = (await test.ask(person.actor, SETUP, { input: { password: PASSWORD } })).data.outcome as { secret: string };
  const { recoveryCodes } = (await test.ask(person.actor, CONFIRM, { input: { code: codeOf(secret) } })).data.outcome as { recoveryCodes: string[] };
  aMinuteLater();
  return { ...person, secret, recoveryCodes };
}

describe('setting up a second factor (X-32)', () => {
  it('needs the password, shows the secret once, and asks nothing until a code was seen', async () => {
    const person = await test.person('operator');
    expect((await test.ask(person.actor, SETUP, { input: { password: 'not the password' } })).data.outcome).toMatchObject({ secret: null, userErrors: [{ code: 'PASSWORD_WRONG', field: ['input', 'password'] }] });
    const { secret, uri } = (await test.ask(person.actor, SETUP, { input: { password: PASSWORD } })).data.outcome as { secret: string; uri: string };
    expect(uri).toContain(`otpauth://totp/VSS:${person.username}?`);
    expect((await login(person.username)).data.outcome).toMatchObject({ challenge: null, user: { username: person.username } });
    expect((await test.ask(person.actor, OWN)).data.secondFactor).toEqual({ enabled: false, since: null, recoveryCodesLeft: 0 });

    expect(errorOf(await test.ask(person.actor, CONFIRM, { input: { code: '000000' } }))).toBe('CODE_WRONG');
    const { recoveryCodes } = (await test.ask(person.actor, CONFIRM, { input: { code: codeOf(secret) } })).data.outcome as { recoveryCodes: string[] };
    expect(new Set(recoveryCodes).size).toBe(10);
    expect((await test.ask(person.actor, OWN)).data.secondFactor).toEqual({ enabled: true, since: test.clock.now().toISOString(), recoveryCodesLeft: 10 });
    expect((await login(person.username)).data.outcome).toMatchObject({ accessToken: null, deviceToken: null, user: null, challenge: { kind: 'SECOND_FACTOR' } });
  });

  it('keeps neither secret nor recovery codes where the database could tell them', async () => {
    const { id, secret, recoveryCodes } = await withSecondFactor();
    const kept = JSON.stringify(await test.rows('select * from identity.second_factor f join identity.recovery_code c on c.user_id = f.user_id where f.user_id = $1', [id]));
    expect(kept).not.toContain(secret);
    expect(recoveryCodes.some((code) => kept.includes(code) || kept.includes(code.replaceAll('-', '')))).toBe(false);
  });

  it('begins anew as often as one likes before it is confirmed, and not after', async () => {
    const person = await test.person('operator');
    const setUp = (): Promise<Reply> => test.ask(person.actor, SETUP, { input: { password: PASSWORD } });
    const [first, second] = [(await setUp()).data.outcome.secret, (await setUp()).data.outcome.secret] as [string, string];
    expect(errorOf(await test.ask(person.actor, CONFIRM, { input: { code: codeOf(first) } }))).toBe('CODE_WRONG');
    expect(errorOf(await test.ask(person.actor, CONFIRM, { input: { code: codeOf(second) } }))).toBe('DONE');
    expect([errorOf(await setUp()), errorOf(await test.ask(person.actor, CONFIRM, { input: { code: codeOf(second, 1) } }))]).toEqual(['SECOND_FACTOR_ON', 'SECOND_FACTOR_ON']);
  });

  it('is to be confirmed within a quarter of an hour, and only after it was begun', async () => {
    const person = await test.person('operator');
    expect(errorOf(await test.ask(person.actor, CONFIRM, { input: { code: '123456' } }))).toBe('SECOND_FACTOR_NOT_BEGUN');
    const { secret } = (await test.ask(person.actor, SETUP, { input: { password: PASSWORD } })).data.outcome as { secret: string };
    test.clock.forward(15 * 60 + 1);
    expect(errorOf(await test.ask(person.actor, CONFIRM, { input: { code: codeOf(secret) } }))).toBe('SECOND_FACTOR_NOT_BEGUN');
  });

  it('is not for who has not signed in', async () => expect(errorOf(await test.ask(anonymousActor, SETUP, { input: { password: PASSWORD } }))).toBe('UNAUTHENTICATED'));
});

describe('signing in with a second factor', () => {
  it('takes a code of the authenticator, and notes it', async () => {
    const person = await withSecondFactor();
    const signedIn = await goOn({ challenge: await challengeAt(person.username), code: codeOf(person.secret) });
    expect(signedIn.data.outcome).toMatchObject({ user: { username: person.username }, challenge: null, userErrors: [] });
    expect((await test.verifier.verify(signedIn.data.outcome.accessToken)).actor.userId).toBe(person.id);
    expect(await test.rows(`select detail from identity.security_audit_entry where actor_id = $1 and action = 'SIGN_IN'`, [person.id])).toEqual([{ detail: { way: 'PASSWORD', secondFactor: true } }]);
  });

  it('hands the refresh token over as a cookie in a browser, and none before', async () => {
    const { username, secret } = await withSecondFactor();
    const browser = { wantsCookie: true };
    const asked = await login(username, browser);
    const signedIn = await goOn({ challenge: asked.data.outcome.challenge.token, code: codeOf(secret) }, browser);
    expect([asked.cookies, signedIn.cookies]).toEqual([[], [expect.stringMatching(/^vss_refresh=[\w-]{43}; HttpOnly; SameSite=Strict/)]]);
  });

  it('takes a code once, whoever comes with it, and none from before it', async () => {
    const { username, secret } = await withSecondFactor();
    const code = codeOf(secret);
    const challenges = await Promise.all(Array.from({ length: 4 }, () => challengeAt(username)));
    const outcomes = (await Promise.all(challenges.map((challenge) => goOn({ challenge, code })))).map(errorOf);
    expect(outcomes.filter((outcome) => outcome === 'DONE')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'CODE_WRONG')).toHaveLength(3);
    expect(errorOf(await goOn({ challenge: await challengeAt(username), code: codeOf(secret, -1) }))).toBe('CODE_WRONG');
    aMinuteLater();
    expect(errorOf(await goOn({ challenge: await challengeAt(username), code: codeOf(secret) }))).toBe('DONE');
  });

  it('takes a clock that is half a minute off, and no more', async () => {
    const { username, secret } = await withSecondFactor();
    expect(errorOf(await goOn({ challenge: await challengeAt(username), code: codeOf(secret, 2) }))).toBe('CODE_WRONG');
    expect(errorOf(await goOn({ challenge: await challengeAt(username), code: codeOf(secret, -1) }))).toBe('DONE');
    expect(errorOf(await goOn({ challenge: await challengeAt(username), code: codeOf(secret, 1) }))).toBe('DONE');
  });

  it('lets a wrong code be put right with the same challenge, and a challenge count once', async () => {
    const { username, secret } = await withSecondFactor();
    const challenge = await challengeAt(username);
    const wrong = await goOn({ challenge, code: '000000' });
    expect(wrong.data.outcome).toMatchObject({ accessToken: null, userErrors: [{ code: 'CODE_WRONG', field: ['input', 'code'], retryable: true }] });
    expect(errorOf(await goOn({ challenge, code: codeOf(secret) }))).toBe('DONE');
    aMinuteLater();
    expect(errorOf(await goOn({ challenge, code: codeOf(secret) }))).toBe('CHALLENGE_INVALID');
  });

  it.each([[{}], [{ code: '123456', recoveryCode: 'b7kx-29mv-qqqq-tttt' }], [{ newPassword: 'a choice of my own' }]])('asks for one of the two codes, not %o', async (answer) => {
    const { username } = await withSecondFactor();
    expect(errorOf(await goOn({ challenge: await challengeAt(username), ...answer }))).toBe('INPUT_INVALID');
  });

  it('takes each recovery code once, however it is typed, and tells the audit', async () => {
    const { id, username, recoveryCodes } = await withSecondFactor();
    const [first = '', second = ''] = recoveryCodes;
    const challenges = await Promise.all(Array.from({ length: 3 }, () => challengeAt(username)));
    const outcomes = (await Promise.all(challenges.map((challenge) => goOn({ challenge, recoveryCode: first })))).map(errorOf);
    expect(['DONE', 'CODE_WRONG'].map((each) => outcomes.filter((outcome) => outcome === each).length)).toEqual([1, 2]);
    expect(errorOf(await goOn({ challenge: await challengeAt(username), recoveryCode: second.toUpperCase().replaceAll('-', ' ') }))).toBe('DONE');
    expect(await test.rows(`select detail from identity.security_audit_entry where actor_id = $1 and action = 'RECOVERY_CODE_USED' order by at, id`, [id])).toEqual([{ detail: { left: 9 } }, { detail: { left: 8 } }]);
  });

  it('comes before the change of a password that somebody else has chosen', async () => {
    const { id, username, secret } = await withSecondFactor();
    await test.rows('update identity.user_account set must_change_password = true where id = $1', [id]);
    const challenge = await challengeAt(username);
    expect(errorOf(await goOn({ challenge, newPassword: 'a choice of my own' }))).toBe('INPUT_INVALID');
    const next = (await goOn({ challenge, code: codeOf(secret) })).data.outcome as { accessToken: null; challenge: { kind: string; token: string } };
    expect(next).toMatchObject({ accessToken: null, challenge: { kind: 'PASSWORD_CHANGE' } });
    expect(errorOf(await goOn({ challenge: next.challenge.token, newPassword: 'a choice of my own' }))).toBe('DONE');
    expect(await test.rows(`select detail from identity.security_audit_entry where actor_id = $1 and action = 'SIGN_IN'`, [id])).toEqual([{ detail: { way: 'PASSWORD', secondFactor: true } }]);
  });
});

describe('guessing codes', () => {
  it('waits after five, for that user from that address alone', async () => {
    const { username, secret } = await withSecondFactor();
    const here = { address: '198.51.100.1' };
    const challenge = await challengeAt(username, here);
    for (let i = 0; i < 5; i++) expect(errorOf(await goOn({ challenge, code: '000000' }, here))).toBe('CODE_WRONG');
    expect(errorOf(await goOn({ challenge, code: codeOf(secret) }, here))).toBe('RATE_LIMITED');
    expect(errorOf(await goOn({ challenge: await challengeAt(username, here), code: codeOf(secret) }, here))).toBe('RATE_LIMITED');
    expect(errorOf(await goOn({ challenge: await challengeAt(username), code: codeOf(secret) }, { address: '198.51.100.2' }))).toBe('DONE');
  });

  it('from many addresses ends at fifty; its user comes in with a recovery code, and on his own device', async () => {
    const { username, secret, recoveryCodes } = await withSecondFactor();
    const known = await goOn({ challenge: await challengeAt(username), code: codeOf(secret) });
    const { deviceToken } = known.data.outcome as { deviceToken: string };
    const challenge = await challengeAt(username);
    for (let i = 0; i < 50; i++) expect(errorOf(await goOn({ challenge, code: '000000' }, { address: `10.1.0.${i}` }))).toBe('CODE_WRONG');
    expect(errorOf(await goOn({ challenge, code: '000000' }, { address: '10.2.0.1' }))).toBe('RATE_LIMITED');
    aMinuteLater();
    expect(errorOf(await goOn({ challenge, code: codeOf(secret), deviceToken }, { address: '10.2.0.2' }))).toBe('DONE');
    expect(errorOf(await goOn({ challenge: await challengeAt(username), recoveryCode: recoveryCodes[0] }, { address: '10.2.0.3' }))).toBe('DONE');
  });

  it('in a signed-in session waits for that session alone', async () => {
    const person = await withSecondFactor();
    const stolen: Actor = { ...person.actor, sessionId: 'ses_stolen' };
    for (let i = 0; i < 5; i++) expect(errorOf(await test.ask(stolen, DISABLE, { input: { code: '000000' } }))).toBe('CODE_WRONG');
    expect(errorOf(await test.ask(stolen, DISABLE, { input: { code: codeOf(person.secret) } }))).toBe('RATE_LIMITED');
    expect(errorOf(await test.ask(person.actor, DISABLE, { input: { code: codeOf(person.secret) } }))).toBe('DONE');
  });
});

describe('taking it away', () => {
  it('needs one of its codes, and asks for none at the next sign-in', async () => {
    const person = await withSecondFactor();
    expect(errorOf(await test.ask(person.actor, DISABLE, { input: {} }))).toBe('INPUT_INVALID');
    expect((await test.ask(person.actor, DISABLE, { input: { recoveryCode: 'b7kx-29mv-qqqq-tttt' } })).data.outcome).toMatchObject({ userErrors: [{ code: 'CODE_WRONG', field: ['input', 'recoveryCode'] }] });
    const gone = await test.ask(person.actor, DISABLE, { input: { recoveryCode: person.recoveryCodes[0] } });
    expect(gone.data.outcome).toEqual({ secondFactor: { enabled: false, since: null, recoveryCodesLeft: 0 }, userErrors: [] });
    expect((await login(person.username)).data.outcome.challenge).toBeNull();
    expect(await test.rows('select code_hash from identity.recovery_code where user_id = $1', [person.id])).toEqual([]);
  });

  it('makes old recovery codes void when new ones are made', async () => {
    const person = await withSecondFactor();
    const renewed = (await test.ask(person.actor, RENEW, { input: { code: codeOf(person.secret) } })).data.outcome.recoveryCodes as string[];
    expect(renewed.filter((code) => person.recoveryCodes.includes(code))).toEqual([]);
    expect(errorOf(await goOn({ challenge: await challengeAt(person.username), recoveryCode: person.recoveryCodes[0] }))).toBe('CODE_WRONG');
    expect(errorOf(await goOn({ challenge: await challengeAt(person.username), recoveryCode: renewed[0] }))).toBe('DONE');
  });

  it('is done for a lost phone by an administrator, with a reason that the audit keeps', async () => {
    const admin = await test.person('admin');
    const person = await withSecondFactor('operator', admin.actor.centerId);
    const reset = await test.ask(admin.actor, RESET, { input: { id: person.id, reason: 'The phone was lost; he was called back' } });
    expect(reset.data.outcome).toEqual({ user: { id: person.id, hasSecondFactor: false }, userErrors: [] });
    expect(await test.rows(`select actor_id, detail from identity.security_audit_entry where target = $1 and action = 'SECOND_FACTOR_DISABLED'`, [person.id])).toEqual([
      { actor_id: admin.id, detail: { by: 'ADMINISTRATOR', reason: 'The phone was lost; he was called back' } },
    ]);
    expect(errorOf(await test.ask(admin.actor, RESET, { input: { id: person.id, reason: 'Once more' } }))).toBe('SECOND_FACTOR_OFF');
  });

  it('is not for other roles, of nobody in another center, of nobody with more rights, and not of oneself', async () => {
    const person = await withSecondFactor('admin');
    const reset = async (actor: Actor, id = person.id): Promise<unknown> => errorOf(await test.ask(actor, RESET, { input: { id, reason: 'A reason' } }));
    for (const role of ['operator', 'seller', 'supervisor']) expect(await reset(anActor({ role, centerId: person.actor.centerId }))).toBe('FORBIDDEN');
    const grants: Grant[] = [{ resource: 'users', actions: ['read', 'update'], scope: 'CENTER', effect: 'ALLOW' }];
    expect(await reset(anActor({ role: 'clerk', grants }))).toBe('NOT_FOUND');
    expect(await reset(anActor({ role: 'clerk', grants, centerId: person.actor.centerId }))).toBe('FORBIDDEN');
    expect(await reset(person.actor)).toBe('INPUT_INVALID');
    expect(await reset(anonymousActor)).toBe('UNAUTHENTICATED');
    expect((await login(person.username)).data.outcome.challenge).toMatchObject({ kind: 'SECOND_FACTOR' });
  });
});

describe('who sees that somebody has one', () => {
  const HAS = `query($id: ID!) { user(id: $id) { hasSecondFactor } }`;
  it('is he himself and who administers users', async () => {
    const centerId = newId('ctr');
    const person = await withSecondFactor('operator', centerId);
    const seen = async (actor: Actor): Promise<unknown> => {
      const { data, errors } = await test.ask(actor, HAS, { id: person.id });
      return errors?.[0]?.extensions?.['code'] ?? data.user.hasSecondFactor;
    };
    expect([await seen(person.actor), await seen(anActor({ role: 'supervisor', centerId })), await seen(anActor({ role: 'seller', centerId }))]).toEqual([true, true, 'FORBIDDEN']);
  });
});
