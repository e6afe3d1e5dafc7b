import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CenterCreated } from '@vss/events';
import { newId } from '@vss/runtime';
import { aMessage, anActor, waitFor } from '@vss/testing';
import { aCenter, startPlatform, type TestCenter, type TestPlatform } from '../testing/platform.js';

let platform: TestPlatform;
let center: TestCenter;
beforeAll(async () => {
  platform = await startPlatform();
  center = await aCenter(platform);
});
afterAll(() => platform.stop());

const CREATE = `mutation($input: TrunkCreateInput!) { trunkCreate(input: $input) {
  trunk { id name kind slotKind capacity version hub { id } center { id } slots(first: 200) { totalCount nodes { number kind state availability sipRegistered } } } userErrors { code field retryable } } }`;
const create = (input: Record<string, unknown>, actor = center.admin) => center.as(actor, CREATE, { input: { name: 'T', slotKind: 'MF', capacity: 3, idempotencyKey: newId('key'), ...input } });
const counts = async () => [await center.count('trunk'), await center.count('slot'), await center.count('outbox'), await center.count('idempotency_key')];

describe('trunkCreate (R-066, R-185, X-43)', () => {
  it('makes the trunk and its slots with the lowest free numbers of their kind', async () => {
    const { data } = await create({ capacity: 3 });
    expect(data.trunkCreate).toMatchObject({ trunk: { kind: 'HUB', slotKind: 'MF', capacity: 3, hub: null, center: { id: center.id }, slots: { totalCount: 3 } }, userErrors: [] });
    const { nodes } = data.trunkCreate.trunk.slots;
    expect(nodes.map((slot: { number: string }) => Number(slot.number))).toEqual([7001, 7002, 7003]);
    expect(nodes[0]).toMatchObject({ kind: 'MF', state: 'IDLE', availability: 'UNAVAILABLE', sipRegistered: false });
  });

  it('takes the slots of a bound hub into service by itself', async () => {
    const { data } = await create({ slotKind: 'LS', hubId: center.hub.id });
    const { id } = data.trunkCreate.trunk;
    const states = async (): Promise<string[]> => (await platform.pool.query(`select distinct state from telephony.slot where trunk_id = $1`, [id])).rows.map(({ state }) => state);
    await waitFor(async () => !(await states()).includes('REGISTERING') && !(await states()).includes('IDLE'));
    expect(await states()).toEqual(['READY']);
  });

  it('makes no slots for a trunk to a provider', async () => {
    const { data } = await create({ kind: 'PROVIDER', slotKind: null, capacity: 30 });
    expect(data.trunkCreate.trunk).toMatchObject({ kind: 'PROVIDER', slotKind: null, capacity: 30, slots: { totalCount: 0 } });
  });

  it.each([
    ['no capacity', { capacity: 0 }, 'CAPACITY_INVALID', 'capacity'],
    ['a capacity beyond the range', { capacity: 1000 }, 'CAPACITY_INVALID', 'capacity'],
    ['a negative capacity', { capacity: -1 }, 'CAPACITY_INVALID', 'capacity'],
    ['more than the numbers that are left', { capacity: 999 }, 'RANGE_EXHAUSTED', 'capacity'],
    ['a hub trunk without a kind of slots', { slotKind: null }, 'INPUT_INVALID', 'slotKind'],
    ['a provider trunk with slots', { kind: 'PROVIDER' }, 'INPUT_INVALID', 'slotKind'],
  ])('refuses %s and leaves nothing behind', async (_, input, code, field) => {
    const before = await counts();
    const { data } = await create(input);
    expect(data.trunkCreate).toEqual({ trunk: null, userErrors: [{ code, field: ['input', field], retryable: false }] });
    expect(await counts()).toEqual(before);
  });

  it('answers NOT_FOUND to an unknown hub, a hub of another center and an unknown center', async () => {
    const other = await aCenter(platform, { slots: 1 });
    const before = await counts();
    for (const input of [{ hubId: newId('hub') }, { hubId: other.hub.id }, { centerId: newId('ctr') }])
      expect((await create(input)).errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
    expect(await counts()).toEqual(before);
  });

  it('makes a trunk in another center that exists, for who may do so everywhere', async () => {
    const other = newId('ctr');
    await platform.broker.publish(aMessage(CenterCreated, { centerId: other, name: 'Other', timeZone: 'UTC' }));
    expect((await create({ centerId: other, capacity: 1 })).data.trunkCreate.trunk).toMatchObject({ center: { id: other } });
  });

  it('makes one trunk for one key, and refuses the key for another input', async () => {
    const input = { capacity: 2, idempotencyKey: 'twice' };
    const first = await create(input);
    const trunks = await center.count('trunk');
    expect((await create(input)).data.trunkCreate.trunk.id).toBe(first.data.trunkCreate.trunk.id);
    expect((await create({ ...input, capacity: 4 })).data.trunkCreate).toMatchObject({ trunk: null, userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED' }] });
    expect(await center.count('trunk')).toBe(trunks);
  });

  it('gives every slot of 40 trunks made at once a number of its own', async () => {
    const made = await Promise.all(Array.from({ length: 40 }, () => create({ slotKind: 'AUTO', capacity: 5 })));
    const numbers = made.flatMap(({ data }) => data.trunkCreate.trunk.slots.nodes.map((slot: { number: string }) => slot.number));
    expect(new Set(numbers).size).toBe(200);
  });

  it.each(['operator', 'seller', 'supervisor'])('is not for the %s', async (role) => {
    const before = await counts();
    const { data, errors } = await create({}, anActor({ role, centerId: center.id }));
    expect(data).toBeNull();
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    expect((await counts()).slice(0, 2)).toEqual(before.slice(0, 2));
  });

  it('names every field that is malformed', async () => {
    const { errors } = await create({ name: '', idempotencyKey: '' });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ field: 'input.name' }, { field: 'input.idempotencyKey' }] });
  });
});

describe('trunks', () => {
  it('of the center are listed; a stranger’s is NOT_FOUND', async () => {
    const { data } = await center.as(center.operator, `{ trunks(first: 2) { totalCount nodes { id hub { id } } pageInfo { hasNextPage } } }`);
    expect(data.trunks).toMatchObject({ pageInfo: { hasNextPage: true } });
    const stranger = anActor({ role: 'operator' });
    expect((await center.as(stranger, `query($id: ID!) { trunk(id: $id) { id } }`, { id: center.trunkId })).errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
    expect((await center.as(stranger, `{ trunks { totalCount } }`)).data).toEqual({ trunks: { totalCount: 0 } });
  });
});
