import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymousActor, type Grant } from '@vss/auth';
import { newId } from '@vss/runtime';
import { anActor, waitFor } from '@vss/testing';
import { PASSWORD, startIdentity, type Person, type Reply, type TestIdentity } from '../identity.fixture.js';

const MADE = 'user { id username state role { name } teams { id } } invitation { id purpose state expiresAt user { id } createdBy { id } } token userErrors { code field }';
const INVITE = `mutation($input: UserInviteInput!) { done: userInvite(input: $input) { ${MADE} } }`;
const RESET = `mutation($input: UserPasswordResetInput!) { done: userPasswordReset(input: $input) { ${MADE} } }`;
const REVOKE = `mutation($input: InvitationRevokeInput!) { done: invitationRevoke(input: $input) { ${MADE} } }`;
const ACCEPT = 'mutation($input: InvitationAcceptInput!) { done: invitationAccept(input: $input) { accessToken refreshToken user { id displayName } challenge { kind } userErrors { code field } } }';
const PREVIEW = 'query($token: String!) { invitationPreview(token: $token) { purpose username displayName expiresAt } }';
const LIST = 'query($filter: InvitationFilter) { invitations(filter: $filter) { nodes { id state purpose user { id } } totalCount } }';
const LOGIN = 'mutation($input: LoginInput!) { done: login(input: $input) { accessToken refreshToken userErrors { code } } }';
const REFRESH = 'mutation($input: SessionRefreshInput) { done: sessionRefresh(input: $input) { userErrors { code } } }';
const DEACTIVATE = 'mutation($input: UserStateInput!) { done: userDeactivate(input: $input) { user { version } userErrors { code } } }';
const REACTIVATE = 'mutation($input: UserStateInput!) { done: userReactivate(input: $input) { user { state } userErrors { code } } }';
const CHOSEN = 'a password of my own';

let test: TestIdentity;
let admin: Person;
beforeAll(async () => {
  test = await startIdentity();
  admin = await test.person('admin');
});
afterAll(() => test.stop());

const ask = (query: string, input: Record<string, unknown>, actor = admin.actor): Promise<Reply> => test.ask(actor, query, { input });
const codeOf = ({ data, errors }: Reply): unknown => errors?.[0]?.extensions?.['code'] ?? data?.done?.userErrors[0]?.code ?? 'DONE';
const guest = (more: Record<string, unknown> = {}) => ({ username: newId('name'), email: 'guest@example.org', role: 'operator', ...more });
const invite = async (more: Record<string, unknown> = {}) => (await ask(INVITE, guest(more))).data.done as { user: { id: string; username: string; state: string }; invitation: { id: string }; token: string };
let address = 0;
/** Each from an address of its own, so that the wrong links of one test do not make another wait. */
const accept = (token: string, more: Record<string, unknown> = {}, from = `198.51.100.${(address += 1)}`): Promise<Reply> => test.ask(anonymousActor, ACCEPT, { input: { token, password: CHOSEN, ...more } }, { address: from });
const signIn = async (username: string, password: string): Promise<Reply> => test.ask(anonymousActor, LOGIN, { input: { username, password } }, { address: `203.0.113.${(address += 1)}` });
const auditOf = async (target: string): Promise<string[]> => (await test.rows<{ action: string }>(`select action from identity.security_audit_entry where target = $1 and action <> 'MUTATION' order by at, id`, [target])).map(({ action }) => action);

describe('inviting somebody', () => {
  it('makes a user who cannot sign in before he has chosen a password by the link', async () => {
    const { user, invitation, token } = await invite({ displayName: 'A guest' });
    expect(user).toMatchObject({ state: 'INVITED', role: { name: 'operator' } });
    expect(invitation).toMatchObject({ purpose: 'JOIN', state: 'PENDING', user: { id: user.id }, createdBy: { id: admin.id }, expiresAt: new Date(test.clock.now().getTime() + 72 * 3_600_000).toISOString() });
    expect(codeOf(await signIn(user.username, ''))).toBe('INVALID_CREDENTIALS');
    expect((await test.ask(anonymousActor, PREVIEW, { token })).data.invitationPreview).toMatchObject({ purpose: 'JOIN', username: user.username, displayName: 'A guest' });

    const { data } = await accept(token, { displayName: 'Guest, Esq.' });
    expect(data.done).toMatchObject({ user: { id: user.id, displayName: 'Guest, Esq.' }, challenge: null, userErrors: [] });
    expect((await test.verifier.verify(data.done.accessToken)).actor).toMatchObject({ userId: user.id, role: 'operator' });
    expect(codeOf(await signIn(user.username, CHOSEN))).toBe('DONE');
    expect(await auditOf(user.id)).toEqual(['USER_CREATED', 'INVITATION_CREATED', 'SIGN_IN_REFUSED', 'INVITATION_ACCEPTED']);
    await waitFor(() => test.events.some(({ type, aggregateId, payload }) => type === 'identity.user.updated' && aggregateId === user.id && (payload as { user: { active: boolean } }).user.active));
  });

  it('keeps the token nowhere', async () => {
    const { token, user } = await invite();
    const kept = await test.rows('select i.*, (select json_agg(o) from identity.outbox o) as outbox, (select json_agg(a) from identity.security_audit_entry a) as audit from identity.invitation i where user_id = $1', [user.id]);
    expect(kept).toHaveLength(1);
    expect(JSON.stringify(kept)).not.toContain(token);
  });

  it('takes role, teams and center as the making of a user does', async () => {
    const { team } = (await ask('mutation($input: TeamCreateInput!) { done: teamCreate(input: $input) { team { id } } }', { name: newId('team') })).data.done;
    expect(await invite({ teamIds: [team.id] })).toMatchObject({ user: { teams: [{ id: team.id }] } });
    expect(codeOf(await ask(INVITE, guest({ role: 'emperor' })))).toBe('ROLE_UNKNOWN');
    expect(codeOf(await ask(INVITE, guest({ email: 'nobody' })))).toBe('EMAIL_INVALID');
    const grants: Grant[] = [{ resource: 'users', actions: ['create', 'read', 'update'], scope: 'CENTER', effect: 'ALLOW' }];
    const clerk = anActor({ role: 'clerk', grants, centerId: admin.actor.centerId });
    expect(codeOf(await ask(INVITE, guest({ role: 'admin' }), clerk))).toBe('FORBIDDEN');
    expect(codeOf(await ask(INVITE, guest({ centerId: newId('ctr') }), clerk))).toBe('NOT_FOUND');
  });

  it.each(['supervisor', 'operator', 'seller'])('is not for a %s', async (role) => {
    const { actor } = await test.person(role, admin.actor.centerId);
    const { user, invitation } = await invite();
    for (const reply of [await ask(INVITE, guest(), actor), await ask(RESET, { id: user.id }, actor), await ask(REVOKE, { id: invitation.id }, actor)]) expect(codeOf(reply)).toBe('FORBIDDEN');
  });

  it('does not make the last administrator replaceable before the new one has come', async () => {
    const own = await startIdentity();
    try {
      const last = await own.person('admin');
      await own.ask(last.actor, INVITE, { input: guest({ role: 'admin' }) });
      expect(codeOf(await own.ask(last.actor, DEACTIVATE, { input: { id: last.id, expectedVersion: 1, reason: 'Leaving' } }))).toBe('LAST_ADMINISTRATOR');
    } finally {
      await own.stop();
    }
  });
});

describe('a link', () => {
  it('is good once, whoever is faster', async () => {
    const { user, token } = await invite();
    const replies = await Promise.all([CHOSEN, `${CHOSEN} 2`, `${CHOSEN} 3`].map((password) => accept(token, { password })));
    expect(replies.map(codeOf).toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual(['DONE', 'INVITATION_INVALID', 'INVITATION_INVALID']);
    expect(await test.rows('select id from identity.session where user_id = $1', [user.id])).toHaveLength(1);
    expect(codeOf(await accept(token))).toBe('INVITATION_INVALID');
    expect((await test.ask(anonymousActor, PREVIEW, { token })).data.invitationPreview).toBeNull();
  });

  it('is over after its time', async () => {
    const { token, invitation } = await invite();
    test.clock.forward(72 * 3_600);
    expect(codeOf(await accept(token))).toBe('INVITATION_INVALID');
    expect((await test.ask(admin.actor, LIST, { filter: { state: 'EXPIRED' } })).data.invitations.nodes).toContainEqual(expect.objectContaining({ id: invitation.id, state: 'EXPIRED' }));
  });

  it('is void once it is taken back, or another one is made', async () => {
    const { token, invitation, user } = await invite();
    expect((await ask(REVOKE, { id: invitation.id })).data.done).toMatchObject({ invitation: { state: 'REVOKED' }, token: null, userErrors: [] });
    expect(codeOf(await accept(token))).toBe('INVITATION_INVALID');
    const second = (await ask(RESET, { id: user.id })).data.done;
    expect(second.invitation).toMatchObject({ purpose: 'JOIN', state: 'PENDING' });
    const third = (await ask(RESET, { id: user.id })).data.done;
    expect(codeOf(await accept(second.token))).toBe('INVITATION_INVALID');
    expect(codeOf(await accept(third.token))).toBe('DONE');
    const listed = (await test.ask(admin.actor, LIST, { filter: { userId: user.id } })).data.invitations;
    expect(listed.nodes.map(({ state }: { state: string }) => state)).toEqual(['ACCEPTED', 'REVOKED', 'REVOKED']);
    expect(await auditOf(user.id)).toEqual(['USER_CREATED', 'INVITATION_CREATED', 'INVITATION_REVOKED', 'INVITATION_CREATED', 'INVITATION_CREATED', 'INVITATION_ACCEPTED']);
  });

  it('opens nothing to who was taken out, and he comes by another one', async () => {
    const { token, user } = await invite();
    const { version } = (await ask(DEACTIVATE, { id: user.id, expectedVersion: 1, reason: 'Does not start' })).data.done.user;
    expect(codeOf(await accept(token))).toBe('INVITATION_INVALID');
    expect(codeOf(await ask(RESET, { id: user.id }))).toBe('USER_DEACTIVATED');
    expect((await ask(REACTIVATE, { id: user.id, expectedVersion: version, reason: 'Starts after all' })).data.done.user.state).toBe('INVITED');
    expect(codeOf(await signIn(user.username, ''))).toBe('INVALID_CREDENTIALS');
    expect(codeOf(await accept((await ask(RESET, { id: user.id })).data.done.token))).toBe('DONE');
  });

  it('is not used up by a password that is too weak', async () => {
    const { token } = await invite();
    expect((await accept(token, { password: 'secure123' })).data.done.userErrors).toEqual([{ code: 'PASSWORD_WEAK', field: ['input', 'password'] }]);
    expect(codeOf(await accept(token, { displayName: ' ' }))).toBe('DISPLAY_NAME_INVALID');
    expect(codeOf(await accept(token))).toBe('DONE');
  });

  it('cannot be guessed at: wrong ones make their source wait, and not who has a good one, there or elsewhere', async () => {
    const { token } = await invite();
    const codes = [];
    for (let i = 0; i < 12; i++) codes.push(codeOf(await accept(`wrong-${i}`, {}, '192.0.2.200')));
    expect(codes[0]).toBe('INVITATION_INVALID');
    expect(codes.at(-1)).toBe('RATE_LIMITED');
    expect(codeOf(await accept(token, {}, '192.0.2.200'))).toBe('DONE');
    expect(codeOf(await accept((await invite()).token))).toBe('DONE');
    expect(codeOf(await accept('x'.repeat(10_000)))).toBe('BAD_USER_INPUT');
  });

  it('of a stranger center does not exist', async () => {
    const { invitation, user } = await invite();
    const grants: Grant[] = [{ resource: '*', actions: ['*'], scope: 'CENTER', effect: 'ALLOW' }];
    const head = anActor({ role: 'head', grants });
    expect(codeOf(await ask(REVOKE, { id: invitation.id }, head))).toBe('NOT_FOUND');
    expect(codeOf(await ask(RESET, { id: user.id }, head))).toBe('NOT_FOUND');
    expect((await test.ask(head, LIST)).data.invitations).toEqual({ nodes: [], totalCount: 0 });
  });
});

describe('a lost password', () => {
  it('is replaced by its user alone, and everything that it opened ends', async () => {
    const user = await test.person('seller', admin.actor.centerId);
    const { refreshToken } = (await signIn(user.username, PASSWORD)).data.done;
    const { token, invitation } = (await ask(RESET, { id: user.id })).data.done;
    expect(invitation).toMatchObject({ purpose: 'PASSWORD_RESET', expiresAt: new Date(test.clock.now().getTime() + 24 * 3_600_000).toISOString() });
    expect(codeOf(await signIn(user.username, PASSWORD))).toBe('DONE');
    const { data } = await accept(token, { displayName: 'Not mine to change' });
    expect(data.done).toMatchObject({ user: { id: user.id, displayName: 'The seller' }, userErrors: [] });
    expect((await ask(REFRESH, { refreshToken }, anonymousActor)).data.done.userErrors[0].code).toBe('REFRESH_TOKEN_INVALID');
    expect((await ask(REFRESH, { refreshToken: data.done.refreshToken }, anonymousActor)).data.done.userErrors).toEqual([]);
    expect([codeOf(await signIn(user.username, PASSWORD)), codeOf(await signIn(user.username, CHOSEN))]).toEqual(['INVALID_CREDENTIALS', 'DONE']);
    expect(await auditOf(user.id)).toEqual(expect.arrayContaining(['PASSWORD_RESET', 'PASSWORD_CHANGED']));
  });

  it('is no way round a second factor', async () => {
    const user = await test.person('seller', admin.actor.centerId);
    const { secret } = (await test.ask(user.actor, 'mutation($input: SecondFactorSetupInput!) { secondFactorSetup(input: $input) { secret } }', { input: { password: PASSWORD } })).data.secondFactorSetup as { secret: string };
    const code = (): string => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: test.clock.now().getTime() });
    await test.ask(user.actor, 'mutation($input: SecondFactorCodeInput!) { secondFactorConfirm(input: $input) { userErrors { code } } }', { input: { code: code() } });
    const { token } = (await ask(RESET, { id: user.id })).data.done;
    expect((await accept(token)).data.done).toMatchObject({ accessToken: null, user: null, challenge: { kind: 'SECOND_FACTOR' }, userErrors: [] });
    expect(await test.rows('select id from identity.session where user_id = $1', [user.id])).toEqual([]);
    expect(codeOf(await accept(token))).toBe('INVITATION_INVALID');
  });

  it('of who may do more is not replaced by who may do less', async () => {
    const grants: Grant[] = [{ resource: 'users', actions: ['create', 'read', 'update'], scope: 'CENTER', effect: 'ALLOW' }];
    const clerk = anActor({ role: 'clerk', grants, centerId: admin.actor.centerId });
    expect(codeOf(await ask(RESET, { id: admin.id }, clerk))).toBe('FORBIDDEN');
    expect(await test.rows('select id from identity.invitation where user_id = $1', [admin.id])).toEqual([]);
  });
});
