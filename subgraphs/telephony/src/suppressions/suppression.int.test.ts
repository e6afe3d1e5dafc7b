import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@vss/runtime';
import { aCenter, startPlatform, type TestCenter, type TestPlatform } from '../testing/platform.js';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.stop());

const NUMBER = '+15550100199';
const add = (center: TestCenter, over: Record<string, unknown> = {}, actor = center.admin) =>
  center.as(actor, `mutation($input: SuppressionAddInput!) { suppressionAdd(input: $input) { suppression { id phoneNumber reason source expiresAt createdBy { id } } userErrors { code field } } }`, {
    input: { phoneNumber: NUMBER, reason: 'asked us', idempotencyKey: newId('key'), ...over },
  });
const remove = (center: TestCenter, id: string, actor = center.admin) =>
  center.as(actor, `mutation($input: SuppressionRemoveInput!) { suppressionRemove(input: $input) { suppression { id } userErrors { code } } }`, { input: { id } });

describe('suppressed numbers (L-04)', () => {
  it('are not called, in this center, until they are allowed again', async () => {
    const center = await aCenter(platform);
    const other = await aCenter(platform);
    const { data } = await add(center, { phoneNumber: ' +1 555 010-0199' });
    expect(data.suppressionAdd).toMatchObject({ suppression: { phoneNumber: NUMBER, source: 'MANUAL', expiresAt: null, createdBy: { id: center.admin.userId } }, userErrors: [] });
    const start = { slotId: center.slots[0], phoneNumber: NUMBER };
    expect((await center.start(start)).data.callStart).toMatchObject({ call: null, userErrors: [{ code: 'PHONE_NUMBER_SUPPRESSED', field: ['input', 'phoneNumber'], retryable: false }] });
    expect([await center.count('call'), await center.count('command') - 2, await center.slot(center.slots[0] ?? '')]).toMatchObject([0, 0, { state: 'READY' }]);
    const { rows } = await platform.pool.query(`select payload from telephony.outbox where type = 'telephony.call.refused' and center_id = $1`, [center.id]);
    expect(rows).toEqual([{ payload: { userId: center.operator.userId, phoneNumber: NUMBER, rule: 'L-04', code: 'PHONE_NUMBER_SUPPRESSED' } }]);
    expect((await other.start({ ...start, slotId: other.slots[0] })).data.callStart.call).not.toBeNull();
    await remove(center, data.suppressionAdd.suppression.id);
    expect((await center.start(start)).data.callStart.call).not.toBeNull();
  });

  it('are called again when the suppression has ended', async () => {
    const center = await aCenter(platform);
    await add(center, { expiresAt: new Date(platform.clock.now().getTime() + 60_000).toISOString() });
    const start = { slotId: center.slots[0], phoneNumber: NUMBER };
    expect((await center.start(start)).data.callStart.call).toBeNull();
    platform.clock.pass(61_000);
    expect((await center.start(start)).data.callStart.call).not.toBeNull();
  });

  it('entered while calls are being started: no call is accepted after the entry was', async () => {
    const center = await aCenter(platform, { slots: 6 });
    const numbers = Array.from({ length: 6 }, (_, i) => `+1555010020${i}`);
    await Promise.all(numbers.flatMap((phoneNumber, i) => [center.start({ slotId: center.slots[i], phoneNumber }), add(center, { phoneNumber })]));
    // Each pair went one way or the other, whole: the message of a call stands before that of the entry, or there is no call.
    for (const phoneNumber of numbers) {
      const { rows } = await platform.pool.query(
        `select type from telephony.outbox where type in ('telephony.call.queued', 'telephony.suppression.added') and coalesce(payload -> 'call' ->> 'phoneNumber', payload ->> 'phoneNumber') = $1 and center_id = $2 order by n`,
        [phoneNumber, center.id],
      );
      expect(rows.map(({ type }) => type).at(-1)).toBe('telephony.suppression.added');
    }
  });

  it.each([
    ['a malformed number', { phoneNumber: '12 34' }, 'PHONE_NUMBER_INVALID', 'phoneNumber'],
    ['an end that has passed', { expiresAt: '2020-01-01T00:00:00Z' }, 'INPUT_INVALID', 'expiresAt'],
  ])('%s is refused and nothing stays', async (_, input, code, field) => {
    const center = await aCenter(platform, { slots: 1 });
    expect((await add(center, input)).data.suppressionAdd).toEqual({ suppression: null, userErrors: [{ code, field: ['input', field] }] });
    expect(await center.count('suppression')).toBe(0);
  });

  it('are entered once for one key', async () => {
    const center = await aCenter(platform, { slots: 1 });
    const [first, second] = [await add(center, { idempotencyKey: 'k' }), await add(center, { idempotencyKey: 'k' })];
    expect(second.data.suppressionAdd.suppression.id).toBe(first.data.suppressionAdd.suppression.id);
    expect((await add(center, { idempotencyKey: 'k', reason: 'other' })).data.suppressionAdd.userErrors[0].code).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(await center.count('suppression')).toBe(1);
  });

  it('may be entered by an operator, read by a supervisor, removed by an administrator', async () => {
    const center = await aCenter(platform, { slots: 1 });
    expect((await add(center, {}, center.operator)).data.suppressionAdd).toMatchObject({ suppression: { createdBy: { id: center.operator.userId } }, userErrors: [] });
    const { data } = await center.as(center.supervisor, `{ suppressions { totalCount nodes { id phoneNumber } } }`);
    expect(data.suppressions).toMatchObject({ totalCount: 1, nodes: [{ phoneNumber: NUMBER }] });
    const forbidden = { code: 'FORBIDDEN' };
    expect((await center.as(center.operator, `{ suppressions { totalCount } }`)).errors?.[0]?.extensions).toMatchObject(forbidden);
    for (const actor of [center.operator, center.supervisor, center.seller]) expect((await remove(center, data.suppressions.nodes[0].id, actor)).errors?.[0]?.extensions).toMatchObject(forbidden);
    for (const actor of [center.supervisor, center.seller]) expect((await add(center, {}, actor)).errors?.[0]?.extensions).toMatchObject(forbidden);
    expect((await remove(center, newId('sup'))).errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
  });
});
