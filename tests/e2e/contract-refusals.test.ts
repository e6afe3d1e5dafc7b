import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ACCESS_TOKEN_ISSUER, createTokenSigner, GATEWAY_AUDIENCE, grantsOfRole, signingKeyFrom, type Actor } from '@vss/auth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CALL, CALL_END, CALL_START, key, LEAD_CREATE, LOGIN, NOTE_CREATE, openOutside, SUPPRESSION_ADD, TRUNK_CREATE, USER_CREATE, type Outside, type Refusable, type Who } from './support/contract.js';
import { PASSWORD, removePlatform } from './support/platform.js';
import { until } from './support/until.js';

/** Each bad input gets its own typed answer, and nothing changes by it. */
let outside: Outside;
let slots: { id: string; number: string }[];

beforeAll(async () => {
  outside = await openOutside();
  slots = await freeSlots(20);
});
afterAll(() => removePlatform(outside.platform));

interface Started extends Refusable {
  call: { id: string; slot: { id: string; number: string } } | null;
}

const freeSlots = (atLeast: number): Promise<{ id: string; number: string }[]> =>
  until(async () => {
    const { nodes } = await outside.data<{ nodes: { id: string; number: string }[] }>('operator', '{ slots(first: 200, filter: { state: READY, availability: FREE }) { nodes { id number } } }');
    return nodes.length >= atLeast ? nodes : undefined;
  }, `${atLeast} free slots`, 40_000);

const slotId = (n: number): string => slots[n]?.id ?? '';
const start = (input: object, who: Who = 'operator'): Promise<Started> => outside.data<Started>(who, CALL_START, { input: { idempotencyKey: key(), ...input } });
const end = (callId: string, who: Who = 'operator'): Promise<Refusable> => outside.data<Refusable>(who, CALL_END, { input: { callId, idempotencyKey: key() } });
const versionOf = (id: string): Promise<unknown> => outside.data('operator', 'query ($id: ID!) { slot(id: $id) { state availability version } }', { id });

/** Runs it, and sees to it that there are as many rows after it as before. */
async function changingNothing<T>(work: () => Promise<T>): Promise<T> {
  const before = await outside.counts();
  const result = await work();
  expect(await outside.counts()).toEqual(before);
  return result;
}

describe('numbers that are not dialled', () => {
  it.each([
    ['PHONE_NUMBER_INVALID', ['', ' ', '+', '+1', 'hello', '2125550100', '0012125550100', '+1212555010', '+12125550100000000', '+1212555O1OO', '+12125550100x5', '+1+2125550100', 'sip:far@end.example', 'tel:+12125550100', '+12125550100;rn=1', '+1٢١٢٥٥٥٠١٠٠', '😀', '\0', '+1212\x005550100', '6001', '1001', 'x'.repeat(100_000)]],
    ['PHONE_NUMBER_FORBIDDEN', ['112', '911', '+112', '+1911', '+44999', '9-1-1', '+19005550100', '+1 900 555 0100', '+12129761234', '+448711234567', '+870773111632', '+881612345678', '+8821612345678', '+883510001234567', '+979123456789']],
  ])('L-22: %s', async (code, numbers) => {
    const id = slotId(0);
    const before = await versionOf(id);
    await changingNothing(async () => {
      for (const phoneNumber of numbers) {
        const { call, userErrors } = await start({ slotId: id, phoneNumber });
        expect([phoneNumber, call, userErrors]).toEqual([phoneNumber, null, [{ code, message: expect.any(String), field: ['input', 'phoneNumber'] }]]);
      }
    });
    expect(await versionOf(id)).toEqual(before);
  });

  it('L-04: numbers that the center does not call, however they are written', async () => {
    expect((await outside.data<Refusable>('operator', SUPPRESSION_ADD, { input: { phoneNumber: '+1 212 555 0177', reason: 'Asked not to be called', idempotencyKey: key() } })).userErrors).toEqual([]);
    await changingNothing(async () => {
      for (const phoneNumber of ['+12125550177', '+1 (212) 555-0177'])
        expect((await start({ slotSelector: {}, phoneNumber })).userErrors).toMatchObject([{ code: 'PHONE_NUMBER_SUPPRESSED', field: ['input', 'phoneNumber'] }]);
    });
  });
});

describe('a call that cannot be started', () => {
  it('X-05: a slot and a selector, or neither', async () => {
    await changingNothing(async () => {
      expect((await start({ slotId: slotId(0), slotSelector: {}, phoneNumber: '+12125550100' })).userErrors).toMatchObject([{ code: 'INPUT_INVALID' }]);
      expect((await start({ phoneNumber: '+12125550100' })).userErrors).toMatchObject([{ code: 'INPUT_INVALID' }]);
    });
  });

  it('R-047, X-05: a named slot that is not READY is not swapped for another', async () => {
    const { call } = await start({ slotId: slotId(1), phoneNumber: '+12125550100' });
    await changingNothing(async () => {
      const refused = await start({ slotId: slotId(1), phoneNumber: '+12125550100' });
      expect(refused).toEqual({ call: null, userErrors: [{ code: 'SLOT_NOT_READY', message: expect.stringContaining(slots[1]?.number ?? ''), field: ['input', 'slotId'] }] });
    });
    const { trunk } = await outside.data<{ trunk: { id: string } }>('admin', TRUNK_CREATE, { input: { name: 'No hub', slotKind: 'LS', capacity: 1, idempotencyKey: key() } });
    const { nodes } = await outside.data<{ nodes: { id: string }[] }>('operator', 'query ($id: ID) { slots(filter: { trunkId: $id }) { nodes { id } } }', { id: trunk.id });
    expect((await start({ slotId: nodes[0]?.id, phoneNumber: '+12125550100' })).userErrors).toMatchObject([{ code: 'SLOT_NOT_READY' }]);
    expect((await start({ slotSelector: { trunkId: trunk.id }, phoneNumber: '+12125550100' })).userErrors).toMatchObject([{ code: 'NO_SLOT_FREE' }]);
    await end(call?.id ?? '');
  });

  it('starts one call on a slot that twenty ask for at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => start({ slotId: slotId(2), phoneNumber: '+12125550100' })));
    const started = answers.flatMap(({ call }) => (call ? [call.id] : []));
    expect(started).toHaveLength(1);
    expect(answers.flatMap(({ userErrors }) => userErrors.map(({ code }) => code))).toEqual(Array(19).fill('SLOT_NOT_READY'));
    await end(started[0] ?? '');
  });

  it('picks a slot of its own for each of ten calls that are started at once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => start({ slotSelector: {}, phoneNumber: '+12125550100' })));
    expect(new Set(answers.map(({ call }) => call?.slot.id)).size).toBe(10);
    await Promise.all(answers.map(({ call }) => end(call?.id ?? '')));
  });

  it('starts one call for one idempotency key, however often and however fast it is repeated', async () => {
    const input = { slotSelector: {}, phoneNumber: '+12125550100', idempotencyKey: key() };
    const before = (await outside.counts())['calls'] ?? 0;
    const answers = await Promise.all(Array.from({ length: 10 }, () => start(input)));
    expect(new Set(answers.map(({ call }) => call?.id)).size).toBe(1);
    await end(answers[0]?.call?.id ?? '');
    expect((await start(input)).call?.id).toBe(answers[0]?.call?.id);
    expect((await outside.counts())['calls']).toBe(before + 1);
    // Another body under the key is refused; another user's key is his own.
    await changingNothing(async () => expect((await start({ ...input, phoneNumber: '+12125550101' })).userErrors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED', field: ['input', 'idempotencyKey'] }]));
    const other = await start({ ...input, phoneNumber: '+12125550101' }, 'admin');
    expect(other).toMatchObject({ call: { id: expect.any(String) }, userErrors: [] });
  });
});

describe('idempotency keys of the other mutations', () => {
  it.each<[string, Who, string, object, object]>([
    ['trunkCreate', 'admin', TRUNK_CREATE, { name: 'Once', slotKind: 'LS', capacity: 2 }, { capacity: 3 }],
    ['leadCreate', 'seller', LEAD_CREATE, { clientName: 'Once', phone: '+12125550155' }, { phone: '+12125550156' }],
    ['suppressionAdd', 'operator', SUPPRESSION_ADD, { phoneNumber: '+12125550157', reason: 'Once' }, { reason: 'Twice' }],
  ])('%s: the same answer for the same input, refused for another', async (_name, who, mutation, input, other) => {
    const same = { ...input, idempotencyKey: key() };
    const answers = await Promise.all(Array.from({ length: 5 }, () => outside.data<Refusable & Record<string, unknown>>(who, mutation, { input: same })));
    expect(answers[0]?.userErrors).toEqual([]);
    await changingNothing(async () => {
      expect([...answers, await outside.data(who, mutation, { input: same })]).toEqual(Array(6).fill(answers[0]));
      expect((await outside.data<Refusable>(who, mutation, { input: { ...same, ...other } })).userErrors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED', field: ['input', 'idempotencyKey'] }]);
    });
  });
});

describe('what belongs to somebody else does not exist: NOT_FOUND (X-15, X-16, R-158)', () => {
  it('as an id in a query and in every input', async () => {
    const [seller, operator] = await Promise.all([outside.newcomer('seller'), outside.newcomer('operator')]);
    const { lead } = await outside.data<{ lead: { id: string; version: number } }>('admin', LEAD_CREATE, { input: { clientName: 'Somebody’s', phone: '+12125550166', assignedSellerId: seller.id } });
    const assign = `mutation ($input: LeadUpdateInput!) { leadUpdate(input: $input) { lead { version } userErrors { code message field } } }`;
    await outside.data('admin', assign, { input: { id: lead.id, expectedVersion: lead.version, assignedOperatorId: operator.id } });
    const { call } = await start({ slotSelector: {}, phoneNumber: '+12125550100', leadId: lead.id }, { token: operator.token });
    const callId = call?.id ?? '';
    const { note } = await outside.data<{ note: { id: string } }>({ token: operator.token }, NOTE_CREATE, { input: { callId, text: 'Mine' } });
    // His seller sees the call, the lead and the note; its slot is nothing for a seller's eyes.
    expect(await outside.data({ token: seller.token }, 'query ($id: ID!) { call(id: $id) { lead { id } notes { nodes { id } } } }', { id: callId })).toEqual({ lead: { id: lead.id }, notes: { nodes: [{ id: note.id }] } });
    expect(await outside.codes({ token: seller.token }, CALL, { id: callId })).toEqual(['FORBIDDEN']);

    await changingNothing(async () => {
      const seen: [Who, string, object][] = [
        ['seller', 'query ($id: ID!) { lead(id: $id) { id } }', { id: lead.id }],
        ['operator', 'query ($id: ID!) { lead(id: $id) { id } }', { id: lead.id }],
        ['seller', 'query ($id: ID!) { call(id: $id) { id } }', { id: callId }],
        ['operator', 'query ($id: ID!) { call(id: $id) { id } }', { id: callId }],
        ['seller', 'query ($id: ID!) { note(id: $id) { id } }', { id: note.id }],
        ['operator', CALL_START, { input: { slotSelector: {}, phoneNumber: '+12125550100', leadId: lead.id, idempotencyKey: key() } }],
        ['operator', CALL_END, { input: { callId, idempotencyKey: key() } }],
        ['seller', NOTE_CREATE, { input: { leadId: lead.id, text: 'Not mine' } }],
        ['operator', NOTE_CREATE, { input: { callId, text: 'Not mine' } }],
        ['operator', NOTE_CREATE, { input: { callId, leadId: lead.id, text: 'Not mine' } }],
        ['seller', assign, { input: { id: lead.id, expectedVersion: 2, status: 'WON' } }],
      ];
      for (const [who, query, variables] of seen) expect([who, query, await outside.codes(who, query, { ...variables })]).toEqual([who, query, ['NOT_FOUND']]);
      for (const who of ['seller', 'operator'] as const)
        expect(await outside.data(who, 'query ($filter: LeadFilter) { leads(filter: $filter) { totalCount nodes { id } } }', { filter: { assignedSellerId: seller.id } })).toEqual({ totalCount: 0, nodes: [] });
    });
    expect((await outside.data<{ status: string }>('admin', CALL, { id: callId })).status).not.toBe('ENDED');
    await end(callId, { token: operator.token });
  });

  it.each(['call', 'slot', 'lead', 'note', 'trunk', 'cdr', 'user', 'center', 'device', 'hub'])('an id of no %s, whatever it looks like', async (field) => {
    for (const id of ['', 'x', `${field}_01jd0000000000000000000000`, '1', '-1', "' or 1=1 --", '😀', 'x'.repeat(10_000)])
      expect([id, await outside.codes('admin', `query ($id: ID!) { ${field}(id: $id) { id } }`, { id })]).toEqual([id, ['NOT_FOUND']]);
    // What PostgreSQL cannot even be asked for.
    expect(await outside.codes('admin', `query ($id: ID!) { ${field}(id: $id) { id } }`, { id: '\0' })).toEqual(['BAD_USER_INPUT']);
  });
});

describe('inputs out of range', () => {
  it('X-41: a capacity that a trunk cannot have, or that the range has no numbers for', async () => {
    const make = (capacity: number): Promise<Refusable> => outside.data<Refusable>('admin', TRUNK_CREATE, { input: { name: 'Too large', slotKind: 'MF', capacity, idempotencyKey: key() } });
    await changingNothing(async () => {
      for (const capacity of [0, -1, 1000, 2 ** 31 - 1]) expect([capacity, await make(capacity)]).toEqual([capacity, { trunk: null, userErrors: [{ code: 'CAPACITY_INVALID', message: expect.any(String), field: ['input', 'capacity'] }] }]);
      expect((await make(999)).userErrors).toMatchObject([{ code: 'RANGE_EXHAUSTED', field: ['input', 'capacity'] }]);
    });
  });

  it('values of a wrong type, blank names and texts that cannot be stored', async () => {
    const trunk = { name: 'T', slotKind: 'LS', capacity: 1 };
    const call = { slotSelector: {}, phoneNumber: '+12125550100' };
    await changingNothing(async () => {
      const wrong: [string, object][] = [
        ...[{ capacity: 2 ** 31 }, { capacity: 1.5 }, { capacity: '10' }, { capacity: null }, { slotKind: 'GSM' }, { name: '' }, { name: ' ' }, { name: 'x'.repeat(201) }, { name: 'a\0b' }, { hubId: '\0' }].map((part): [string, object] => [TRUNK_CREATE, { ...trunk, ...part }]),
        ...[{ idempotencyKey: '' }, { idempotencyKey: 'x'.repeat(201) }, { idempotencyKey: '\0' }, { idempotencyKey: null }, { slotId: '\0', slotSelector: null }, { leadId: '\0' }, { slotSelector: { kind: 'GSM' } }, { nothing: 1 }].map((part): [string, object] => [CALL_START, { ...call, ...part }]),
        ...[{ reason: ' ' }, { reason: 'x'.repeat(501) }, { expiresAt: 'tomorrow' }, { expiresAt: 5 }, { expiresAt: '2026-99-99T00:00:00Z' }].map((part): [string, object] => [SUPPRESSION_ADD, { phoneNumber: '+12125550188', reason: 'Asked', ...part }]),
      ];
      for (const [mutation, input] of wrong) expect([input, await outside.codes('admin', mutation, { input: { idempotencyKey: key(), ...input } })]).toEqual([input, ['BAD_USER_INPUT']]);
    });
  });

  it('leads, notes and users that are not well formed', async () => {
    const user = { username: `bad-${key().slice(0, 8)}`, password: PASSWORD, email: 'bad@example.com', role: 'seller' };
    const cases: [Who, string, object, string][] = [
      ...['', ' ', '\0', 'x'.repeat(201)].map((clientName): [Who, string, object, string] => ['seller', LEAD_CREATE, { clientName, phone: '+12125550188' }, 'CLIENT_NAME_INVALID']),
      ...['', '911', '(212) 555-0188', 'x'.repeat(100_000), '\0'].map((phone): [Who, string, object, string] => ['seller', LEAD_CREATE, { clientName: 'A', phone }, 'PHONE_NUMBER_INVALID']),
      ['operator', NOTE_CREATE, { text: 'On nothing' }, 'NOTE_TARGET_MISSING'],
      ...['ab', 'a b', 'OPERATOR\0', '😀😀😀'].map((username): [Who, string, object, string] => ['admin', USER_CREATE, { ...user, username }, 'USERNAME_INVALID']),
      ['admin', USER_CREATE, { ...user, username: 'OPERATOR' }, 'USERNAME_TAKEN'],
      // the example of the source document.
      ['admin', USER_CREATE, { ...user, password: 'secure123' }, 'PASSWORD_WEAK'],
      ['admin', USER_CREATE, { ...user, role: 'king' }, 'ROLE_UNKNOWN'],
      ['admin', USER_CREATE, { ...user, email: 'nowhere' }, 'EMAIL_INVALID'],
    ];
    await changingNothing(async () => {
      for (const [who, mutation, input, code] of cases) expect([input, await outside.data<Refusable>(who, mutation, { input })]).toMatchObject([input, { userErrors: [{ code }] }]);
    });
  });

  it.each(['calls', 'cdrs', 'leads', 'slots', 'trunks', 'events', 'suppressions', 'users', 'securityAudit', 'deadLetters', 'devices', 'hubs'])('pages of %s: 1 to 200 rows, from a cursor of that list', async (list) => {
    const page = `query ($first: Int!, $after: String) { ${list}(first: $first, after: $after) { nodes { id } } }`;
    const wrong = [{ first: 0 }, { first: -1 }, { first: 201 }, { first: 2 ** 31 }, { first: 1.5 }, { first: 1, after: '' }, { first: 1, after: 'nonsense' }, { first: 1, after: Buffer.from('["number+id+",5,{}]').toString('base64url') }, { first: 1, after: 'x'.repeat(10_000) }, { first: 1, after: '\0' }];
    for (const variables of wrong) expect([variables, await outside.codes('admin', page, variables)]).toEqual([variables, ['BAD_USER_INPUT']]);
    expect(await outside.codes('admin', page, { first: 200 })).toEqual([]);
  });
});

describe('a session that is not one', () => {
  it('R-171: a foreign, altered or unsigned token opens nothing', async () => {
    // What signs access tokens is in no file; of the other keys, none may stand in for it.
    const { gatewayKey } = JSON.parse(await readFile(join(outside.platform.dataDir, 'secrets.json'), 'utf8')) as { gatewayKey: object };
    const { id, center } = await outside.data<{ id: string; center: { id: string } }>('operator', '{ me { id center { id } } }');
    const actor: Actor = { kind: 'user', userId: id, username: 'operator', sessionId: 'ses_x', role: 'admin', centerId: center.id, teamIds: [], permissionVersion: 1, rightsVersion: 0, grants: grantsOfRole('admin') };
    const sign = async (issuer: string): Promise<string> => (await createTokenSigner({ key: signingKeyFrom(gatewayKey), audience: GATEWAY_AUDIENCE, issuer, lifetimeSeconds: 600 }).sign(actor)).token;
    const { accessToken } = await outside.data<{ accessToken: string }>('stranger', LOGIN, { input: { username: 'operator', password: PASSWORD } });
    const [header = '', claims = '', signature = ''] = accessToken.split('.');
    const payload = Buffer.from(JSON.stringify({ ...(JSON.parse(Buffer.from(claims, 'base64url').toString()) as object), role: 'admin', grants: actor.grants })).toString('base64url');
    const unsigned = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
    const tokens = [await sign(ACCESS_TOKEN_ISSUER), await sign('vss-gateway'), `${header}.${payload}.${signature}`, `${unsigned}.${payload}.`, `${unsigned}.${payload}.${signature}`, `${header}.${payload}.${'A'.repeat(86)}`, 'nonsense', '..'];
    await changingNothing(async () => {
      for (const token of tokens) {
        const { status, data, errors } = await outside.answer({ token }, TRUNK_CREATE, { input: { name: 'No', slotKind: 'LS', capacity: 1, idempotencyKey: key() } });
        expect([token, status, data, errors?.map(({ extensions }) => extensions?.['code'])]).toEqual([token, 401, undefined, ['UNAUTHENTICATED']]);
      }
    });
  });

  it('a wrong name and a wrong password are told apart by nobody', async () => {
    const answers = await Promise.all(
      [{ username: 'seller', password: 'wrong' }, { username: 'nobody', password: 'wrong' }, { username: '', password: '' }, { username: 'seller\0', password: PASSWORD }].map((input) => outside.data('stranger', LOGIN, { input })),
    );
    for (const answer of answers) expect(answer).toEqual({ accessToken: null, refreshToken: null, expiresAt: null, user: null, userErrors: [{ code: 'INVALID_CREDENTIALS', message: expect.any(String), field: [] }] });
  });
});
