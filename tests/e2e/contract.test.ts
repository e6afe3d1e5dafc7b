import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CALL, CALL_END, CALL_START, key, LEAD_CREATE, LOGIN, NOTE_CREATE, openOutside, ROLES, TRUNK_CREATE, USER_CREATE, type Outside, type Refusable, type Role } from './support/contract.js';
import { PASSWORD, removePlatform } from './support/platform.js';
import { collectUntil } from './support/scenario.js';
import { until } from './support/until.js';

/** What a client sees who knows the published names and nothing else: every operation as it is written down. */
let outside: Outside;
let startedAt: number;

// As `npm start` runs it: simulated time as fast as ours, and calls that go on by themselves.
const AS_STARTED = { VSS_SIM_SPEED: '1', VSS_DEMO_TRAFFIC: 'on' };

beforeAll(async () => {
  outside = await openOutside(AS_STARTED);
  startedAt = Date.now();
});
afterAll(() => removePlatform(outside.platform));

interface Nodes<T> {
  nodes: T[];
}
interface CallEvent {
  callUpdated: { cursor: string; at: string; type: string; call: { id: string; status: string; slot: { telemetry: object | null; center: { name: string } } | null; notes: Nodes<{ text: string }>; operator: { displayName: string } } };
}

describe('a fresh data folder', () => {
  it('has at least 30 slots, most of them READY within seconds, of every kind and with numbers of their range (R-040…R-042)', async () => {
    const slots = await until(
      async () => {
        const { nodes } = await outside.data<Nodes<{ number: string; kind: string; state: string }>>('operator', '{ slots(first: 200) { nodes { number kind state } } }');
        return nodes.length >= 30 && nodes.filter(({ state }) => state === 'READY').length > nodes.length / 2 ? nodes : undefined;
      },
      'slots that are READY',
      // 10 s on a machine of its own; here other test files take their share of it.
      20_000 - (Date.now() - startedAt),
    );
    const firstDigits = Object.groupBy(slots, ({ kind }) => kind);
    expect(Object.fromEntries(Object.entries(firstDigits).map(([kind, some]) => [kind, [...new Set(some?.map(({ number }) => number.replace(/\d{3}$/, 'xxx')))]]))).toEqual({ AUTO: ['6xxx'], MF: ['7xxx'], LS: ['8xxx'] });
  });

  it('has leads for the seller, and calls that go on by themselves', async () => {
    const leads = await outside.data<Nodes<{ assignedSeller: { username: string } }>>('seller', '{ leads { nodes { id clientName phone status assignedSeller { username } calls { nodes { id } } notes { nodes { id } } } } }');
    expect(leads.nodes.length).toBeGreaterThanOrEqual(3);
    expect(new Set(leads.nodes.map(({ assignedSeller }) => assignedSeller.username))).toEqual(new Set(['seller']));
    await until(async () => {
      const { nodes } = await outside.data<Nodes<{ id: string }>>('supervisor', '{ calls(filter: { live: true }) { nodes { id } } }');
      const { calls } = await outside.data<{ calls: { active: number } }>('supervisor', '{ dashboard { calls { active } } }');
      return nodes.length > 0 && calls.active > 0 ? true : undefined;
    }, 'a call that goes on');
  });

  it('measures every slot: telemetry comes by itself (R-182)', async () => {
    interface Measured {
      kind: string;
      telemetry: Record<string, number | null> | null;
    }
    const slots = await until(async () => {
      const { nodes } = await outside.data<Nodes<Measured>>('supervisor', '{ slots(first: 200) { nodes { kind telemetry { batteryPercent temperatureCelsius cpuPercent ramPercent linkPercent } } } }');
      return nodes.every(({ telemetry }) => telemetry !== null) ? nodes : undefined;
    }, 'telemetry of every slot');
    // a host that runs scripts has no battery.
    for (const { kind, telemetry } of slots) {
      expect(telemetry).toMatchObject({ temperatureCelsius: expect.any(Number), cpuPercent: expect.any(Number), ramPercent: expect.any(Number), linkPercent: expect.any(Number) });
      expect(telemetry?.['batteryPercent'] === null).toBe(kind === 'LS');
    }
  });
});

describe('who may see what (R-120…R-167)', () => {
  const everybody: readonly Role[] = ROLES;
  const withSlots: readonly Role[] = ['admin', 'operator', 'supervisor'];
  it.each<[string, string, readonly Role[]]>([
    ['me', '{ me { id username displayName email role { name } center { name } } }', everybody],
    ['slots', '{ slots(first: 2, after: null, filter: { state: READY, kind: AUTO }) { totalCount pageInfo { hasNextPage endCursor } edges { cursor } nodes { id number kind state availability sipRegistered trunk { id name } center { id name } device { id model } telemetry { batteryPercent temperatureCelsius cpuPercent ramPercent } version } } }', withSlots],
    ['trunks', '{ trunks { nodes { id name slotKind capacity hub { id name simulated } slots(first: 1) { nodes { number } } } } }', withSlots],
    ['calls', '{ calls(first: 5) { nodes { id status outcome operator { username } lead { id } notes { nodes { text } } legs { party } cdr { id } version } } }', everybody],
    ['cdrs', '{ cdrs(first: 5) { nodes { id outcome talkSeconds call { id } operator { username } } } }', everybody],
    ['leads', '{ leads(first: 5) { nodes { id clientName phone status assignedSeller { username } calls { nodes { id } } notes { nodes { id } } } } }', everybody],
    ['dashboard', '{ dashboard { at role scope calls { active answered seizures answerSeizureRatio talkSecondsToday } leads { total won } operators { operator { username } activeCalls } activity { at started } } }', everybody],
    ['events', '{ events(filter: { module: OTTB, severity: ERROR }) { nodes { id type module severity at } } }', ['admin', 'supervisor']],
    ['suppressions', '{ suppressions { nodes { phoneNumber } } }', ['admin', 'supervisor']],
    ['users', '{ users { nodes { id username role { name } } } }', ['admin', 'supervisor']],
    ['securityAudit', '{ securityAudit { nodes { action outcome actor { username } } } }', ['admin']],
  ])('%s', async (_name, query, allowed) => {
    expect(await outside.codes('stranger', query)).toEqual(['UNAUTHENTICATED']);
    for (const role of ROLES) expect([role, await outside.codes(role, query)]).toEqual([role, allowed.includes(role) ? [] : ['FORBIDDEN']]);
  });

  it.each<[string, string, object, readonly Role[]]>([
    ['callStart', CALL_START, { slotSelector: {}, phoneNumber: '+12125550101' }, ['admin', 'operator']],
    ['trunkCreate', TRUNK_CREATE, { name: 'Of whom', slotKind: 'LS', capacity: 1 }, ['admin']],
    ['leadCreate', LEAD_CREATE, { clientName: 'Of whom', phone: '+12125550190' }, ['admin', 'seller']],
    ['userCreate', USER_CREATE, { password: PASSWORD, email: 'of-whom@example.com', role: 'seller' }, ['admin']],
  ])('%s', async (name, mutation, input, allowed) => {
    const own = (): object => (name === 'userCreate' ? { ...input, username: `whom-${key().slice(0, 8)}` } : { ...input, idempotencyKey: key() });
    expect(await outside.codes('stranger', mutation, { input: own() })).toEqual(['UNAUTHENTICATED']);
    for (const role of ROLES) {
      const { data, errors } = await outside.answer(role, mutation, { input: own() });
      const refusals = (data as Record<string, Refusable> | null | undefined)?.[name]?.userErrors ?? errors?.map(({ extensions }) => extensions?.['code']);
      expect([role, refusals]).toEqual([role, allowed.includes(role) ? [] : ['FORBIDDEN']]);
    }
  });
});

describe('sessions', () => {
  it('R-170: login, sessionRefresh and logout, as they are written down', async () => {
    interface Session extends Refusable {
      accessToken: string;
      refreshToken: string;
      expiresAt: string;
      user: object;
    }
    const { username } = await outside.newcomer('seller');
    const login = await outside.data<Session>('stranger', LOGIN, { input: { username, password: PASSWORD } });
    expect(login).toEqual({ accessToken: expect.any(String), refreshToken: expect.any(String), expiresAt: expect.any(String), user: { id: expect.stringMatching(/^usr_/), username, role: { name: 'seller' } }, userErrors: [] });
    expect(Date.parse(login.expiresAt)).toBeGreaterThan(Date.now());
    const refresh = `mutation ($input: SessionRefreshInput) { sessionRefresh(input: $input) { accessToken refreshToken expiresAt userErrors { code message field } } }`;
    const next = await outside.data<Session>('stranger', refresh, { input: { refreshToken: login.refreshToken } });
    expect(next.refreshToken).not.toBe(login.refreshToken);
    expect(await outside.data({ token: next.accessToken }, '{ me { username } }')).toEqual({ username });
    expect(await outside.data({ token: next.accessToken }, 'mutation { logout { ended userErrors { code } } }')).toEqual({ ended: true, userErrors: [] });
    // The gateway hears of it as an event.
    await until(async () => ((await outside.codes({ token: next.accessToken }, '{ me { username } }'))[0] === 'UNAUTHENTICATED' ? true : undefined), 'the end of the access token');
    expect((await outside.data<Session>('stranger', refresh, { input: { refreshToken: next.refreshToken } })).userErrors).toMatchObject([{ code: 'REFRESH_TOKEN_INVALID' }]);
  });
});

describe('an administrator', () => {
  it('R-185, X-43: makes a trunk and finds its slots, each with a number of its range', async () => {
    interface Made extends Refusable {
      trunk: { id: string; capacity: number; slots: Nodes<{ number: string; state: string }> };
    }
    const { trunk, userErrors } = await outside.data<Made>('admin', TRUNK_CREATE, { input: { name: 'Ten more', slotKind: 'AUTO', capacity: 10, idempotencyKey: key() } });
    expect(userErrors).toEqual([]);
    expect(trunk.capacity).toBe(10);
    expect(trunk.slots.nodes.map(({ state }) => state)).toEqual(Array(10).fill('IDLE'));
    expect(new Set(trunk.slots.nodes.map(({ number }) => number)).size).toBe(10);
    expect(trunk.slots.nodes.every(({ number }) => /^6\d{3}$/.test(number))).toBe(true);
    const { totalCount } = await outside.data<{ totalCount: number }>('operator', 'query ($id: ID) { slots(filter: { trunkId: $id }) { totalCount } }', { id: trunk.id });
    expect(totalCount).toBe(10);
  });
});

describe('one call', () => {
  it('R-173…R-179: is started, watched from five subgraphs by operator and supervisor, noted on, ended and recorded', { timeout: 60_000 }, async () => {
    const watch = parse(`subscription ($after: Cursor, $centerId: ID) { callUpdated(after: $after, centerId: $centerId) { cursor at type call { id status
      slot { telemetry { batteryPercent } center { name } } notes { nodes { text } } operator { displayName } } } }`) as TypedDocumentNode<CallEvent, { after?: string | null; centerId?: string | null }>;
    const { liveCursor: after } = await outside.data<{ liveCursor: string }>('supervisor', '{ calls(first: 1) { liveCursor } }');
    const { center } = await outside.data<{ center: { id: string } }>('supervisor', '{ me { center { id } } }');
    const [operator, supervisor] = await Promise.all([outside.platform.as('operator'), outside.platform.as('supervisor')]);
    const streams = [operator.subscribe(watch, { after }), supervisor.subscribe(watch, { after, centerId: center.id })];

    const { call, userErrors } = await outside.data<Refusable & { call: { id: string; slot: { id: string } } }>('operator', CALL_START, { input: { slotSelector: { kind: 'AUTO' }, phoneNumber: '+12125550100', idempotencyKey: key() } });
    expect(userErrors).toEqual([]);
    const isOf = ({ callUpdated }: CallEvent): boolean => callUpdated.call.id === call.id;
    for (const stream of streams) {
      const seen = (await collectUntil(stream, (event) => isOf(event) && event.callUpdated.call.status === 'ANSWERED', 'the answer')).filter(isOf);
      for (const { callUpdated } of seen) {
        expect(callUpdated).toMatchObject({ cursor: expect.any(String), at: expect.any(String), type: expect.stringMatching(/^telephony\.call\./) });
        expect(callUpdated.call).toMatchObject({ slot: { telemetry: { batteryPercent: expect.any(Number) }, center: { name: expect.any(String) } }, operator: { displayName: expect.any(String) } });
      }
    }
    expect(await outside.data('operator', CALL, { id: call.id })).toMatchObject({ status: 'ANSWERED', outcome: null, endedAt: null, cdr: null, slot: { state: 'ACTIVE_CALL', availability: 'BUSY' } });

    const { note } = await outside.data<{ note: object }>('operator', NOTE_CREATE, { input: { callId: call.id, text: 'Wants the offer by post' } });
    expect(note).toMatchObject({ text: 'Wants the offer by post', call: { id: call.id } });
    expect((await outside.data<Refusable>('operator', CALL_END, { input: { callId: call.id, idempotencyKey: key() } })).userErrors).toEqual([]);
    const [, fromSupervisor] = await Promise.all(streams.map((stream) => collectUntil(stream, (event) => isOf(event) && event.callUpdated.call.status === 'ENDED', 'the end')));
    expect(fromSupervisor?.findLast(isOf)?.callUpdated.call.notes.nodes).toEqual([{ text: 'Wants the offer by post' }]);

    for (const who of ['operator', 'supervisor', 'admin'] as const) {
      expect(await outside.data(who, CALL, { id: call.id })).toMatchObject({
        id: call.id, status: 'ENDED', outcome: 'ANSWERED', direction: 'OUTBOUND', phoneNumber: '+12125550100',
        slot: { id: call.slot.id, kind: 'AUTO', sipRegistered: true, device: { simulated: true, model: expect.stringContaining('SIMULATED') } },
        operator: { username: 'operator' }, notes: { nodes: [{ text: 'Wants the offer by post' }] },
        startedAt: expect.any(String), answeredAt: expect.any(String), endedAt: expect.any(String), talkSeconds: expect.any(Number), hangupCause: 16,
        legs: [{ party: 'SLOT' }, { party: 'FAR_END' }], cdr: { outcome: 'ANSWERED' }, version: expect.any(Number),
      });
    }
    // Nobody's lead has the number, so the call is not a seller's to see.
    expect(await outside.codes('seller', CALL, { id: call.id })).toEqual(['NOT_FOUND']);

    // From the cursor on, everything is told again: nothing is missed by who comes late.
    const late = operator.subscribe(watch, { after });
    const replayed = (await collectUntil(late, (event) => isOf(event) && event.callUpdated.call.status === 'ENDED', 'the end, again')).filter(isOf);
    expect(new Set(replayed.map(({ callUpdated }) => callUpdated.call.status))).toEqual(new Set(['QUEUED', 'DIALING', 'RINGING', 'ANSWERED', 'ENDED']));
    for (const client of [operator, supervisor]) client.close();
  });

  it('R-143, R-176, X-38: links itself to the lead with its number; notes hang on call, lead or both', async () => {
    interface Noted extends Refusable {
      note: { call: { id: string } | null; lead: { id: string } | null };
    }
    const phone = '+12125550191';
    const { lead } = await outside.data<{ lead: { id: string } }>('seller', LEAD_CREATE, { input: { clientName: 'Ada', phone } });
    const { call } = await outside.data<{ call: { id: string } }>('operator', CALL_START, { input: { slotSelector: {}, phoneNumber: phone, idempotencyKey: key() } });
    const noted = async (who: Role, input: object): Promise<object> => (await outside.data<Noted>(who, NOTE_CREATE, { input: { text: 'Noted', ...input } })).note;
    await until(async () => {
      const { calls } = await outside.data<{ calls: Nodes<{ id: string }> }>('seller', 'query ($id: ID!) { lead(id: $id) { calls { nodes { id } } } }', { id: lead.id });
      return calls.nodes.some(({ id }) => id === call.id) ? true : undefined;
    }, 'the link');
    for (const who of ['operator', 'seller'] as const) {
      expect(await noted(who, { callId: call.id })).toMatchObject({ call: { id: call.id }, lead: { id: lead.id } });
      expect(await noted(who, { leadId: lead.id })).toMatchObject({ call: null, lead: { id: lead.id } });
      expect(await noted(who, { callId: call.id, leadId: lead.id })).toMatchObject({ call: { id: call.id }, lead: { id: lead.id } });
    }
    const { totalCount } = (await outside.data<{ notes: { totalCount: number } }>('supervisor', 'query ($id: ID!) { lead(id: $id) { notes { totalCount } } }', { id: lead.id })).notes;
    expect(totalCount).toBe(6);
  });

  it('R-091: slotUpdated tells of its slot, with `after`', async () => {
    const { liveCursor: after } = await outside.data<{ liveCursor: string }>('operator', '{ slots(first: 1) { liveCursor } }');
    const client = await outside.platform.as('operator');
    const watch = parse('subscription ($after: Cursor) { slotUpdated(after: $after) { cursor at type slot { id number state availability } } }') as TypedDocumentNode<{ slotUpdated: { slot: { id: string; state: string } } }, { after: string }>;
    const stream = client.subscribe(watch, { after });
    const { call } = await outside.data<{ call: { slot: { id: string } } }>('operator', CALL_START, { input: { slotSelector: { kind: 'LS' }, phoneNumber: '+12125550101', idempotencyKey: key() } });
    const seen = await collectUntil(stream, ({ slotUpdated: { slot } }) => slot.id === call.slot.id && slot.state === 'POSTCALL', 'the slot after the call');
    const states = seen.filter(({ slotUpdated: { slot } }) => slot.id === call.slot.id).map(({ slotUpdated: { slot } }) => slot.state);
    // Its registration may have been renewed just before. The far end was busy at once, so it never talked.
    expect([...new Set(states.slice(states.indexOf('CALLING')))]).toEqual(['CALLING', 'POSTCALL']);
    client.close();
  });
});

describe('the second start', () => {
  it('finds users, trunks, leads, calls and notes of the first', { timeout: 60_000 }, async () => {
    const query = '{ trunks { nodes { id name capacity } } leads { nodes { id clientName } } users { nodes { id username } } }';
    const before = (await outside.answer('admin', query)).data;
    const { nodes: calls } = await outside.data<Nodes<{ id: string; notes: Nodes<{ text: string }> }>>('operator', '{ calls(filter: { live: false }) { nodes { id notes { nodes { text } } } } }');
    expect(calls.length).toBeGreaterThan(0);
    await outside.platform.stop();
    outside = await openOutside({ ...AS_STARTED, VSS_DATA_DIR: outside.platform.dataDir });
    expect((await outside.answer('admin', query)).data).toEqual(before);
    for (const { id, notes } of calls) expect(await outside.data('operator', CALL, { id })).toMatchObject({ id, status: 'ENDED', notes: { nodes: notes.nodes } });
    await until(async () => {
      const { totalCount } = await outside.data<{ totalCount: number }>('operator', '{ slots(filter: { state: READY }) { totalCount } }');
      return totalCount >= 18 ? true : undefined;
    }, 'slots that are READY again', 10_000);
  });
});
