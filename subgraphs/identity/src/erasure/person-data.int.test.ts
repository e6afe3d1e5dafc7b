import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymousActor, type Grant } from '@vss/auth';
import { anActor } from '@vss/testing';
import { PASSWORD, startIdentity, type Person, type TestIdentity } from '../identity.fixture.js';

const EXPORT = 'query($id: ID) { personDataExport(userId: $id) { user { id } takenAt identity } }';
const LOGIN = 'mutation($input: LoginInput!) { login(input: $input) { accessToken } }';

let test: TestIdentity;
let admin: Person;
beforeAll(async () => {
  test = await startIdentity();
  admin = await test.person('admin');
});
afterAll(() => test.stop());

const codeOf = async (actor: Person['actor'], id: string | null): Promise<unknown> => (await test.ask(actor, EXPORT, { id })).errors?.[0]?.extensions?.['code'] ?? 'DONE';

describe('handing out personal data (L-26)', () => {
  it('gives everybody his own, and the audit tells of it', async () => {
    const seller = await test.person('seller');
    await test.ask(anonymousActor, LOGIN, { input: { username: seller.username, password: PASSWORD } }, { address: '203.0.113.9', userAgent: 'A phone' });
    const { data, errors } = await test.ask(seller.actor, EXPORT);
    expect(errors).toBeUndefined();
    expect(data.personDataExport).toMatchObject({
      user: { id: seller.id },
      takenAt: test.clock.now().toISOString(),
      identity: {
        account: { username: seller.username, displayName: 'The seller', email: `${seller.username}@example.org`, role: 'seller', state: 'ACTIVE' },
        teams: [],
        sessions: { total: 1, newest: [{ device: 'A phone', address: '203.0.113.9' }] },
        invitations: { total: 0, newest: [] },
        audit: { total: expect.any(Number), newest: expect.arrayContaining([expect.objectContaining({ action: 'SIGN_IN', sourceAddress: '203.0.113.9' })]) },
      },
    });
    expect(JSON.stringify(data)).not.toContain('$argon2id$');
    expect(await test.rows(`select actor_id from identity.security_audit_entry where target = $1 and action = 'PERSON_EXPORTED'`, [seller.id])).toEqual([{ actor_id: seller.id }]);
  });

  it('gives that of others to who holds the right, within his reach', async () => {
    const seller = await test.person('seller', admin.actor.centerId);
    expect(await codeOf(admin.actor, seller.id)).toBe('DONE');
    for (const role of ['supervisor', 'operator', 'seller']) expect(await codeOf(anActor({ role, centerId: admin.actor.centerId }), seller.id)).toBe('FORBIDDEN');
    const grants: Grant[] = [{ resource: '*', actions: ['*'], scope: 'CENTER', effect: 'ALLOW' }];
    expect(await codeOf(anActor({ role: 'head', grants }), seller.id)).toBe('NOT_FOUND');
    expect(await codeOf(anonymousActor, null)).toBe('UNAUTHENTICATED');
    expect(await test.rows(`select actor_id from identity.security_audit_entry where target = $1 and action = 'PERSON_EXPORTED'`, [seller.id])).toEqual([{ actor_id: admin.id }]);
  });
});
