import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CallOriginate, LeadCreated } from '@vss/events';
import { newId } from '@vss/runtime';
import { anActor, subscribeTo, type LiveAnswers } from '@vss/testing';
import type { Actor } from '@vss/auth';
import { aCenter, startPlatform, type TestCenter, type TestPlatform } from '../testing/platform.js';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startPlatform({ wrapUpMs: 0 });
});
afterAll(() => platform.stop());

const CALLS = `subscription($after: Cursor, $centerId: ID) { callUpdated(after: $after, centerId: $centerId) { cursor at type call { id status version outcome talkSeconds operator { id } } } }`;
const SLOTS = `subscription($after: Cursor) { slotUpdated(after: $after) { cursor at type slot { id number state availability version call { id } trunk { id } center { id } } } }`;
const watch = (actor: Actor, query: string, variables = {}): Promise<LiveAnswers> => subscribeTo(platform.telephony, actor, query, variables);
const cursorOf = async (center: TestCenter, actor: Actor, list: 'calls' | 'slots'): Promise<string> => (await center.as(actor, `{ ${list}(first: 1) { liveCursor } }`)).data[list].liveCursor;

interface Update {
  readonly cursor: string;
  readonly type: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- its shape is the query's
  readonly [entity: string]: any;
}

async function take(stream: LiveAnswers, field: 'callUpdated' | 'slotUpdated', until: (update: Update) => boolean): Promise<Update[]> {
  const seen: Update[] = [];
  do {
    const { data, errors } = await stream.next();
    expect(errors).toBeUndefined();
    seen.push(data[field]);
  } while (!until(seen.at(-1) as Update));
  return seen;
}

async function aWholeCall(center: TestCenter, actor = center.operator, input: Record<string, unknown> = {}): Promise<string> {
  const { data } = await center.start({ slotSelector: {}, ...input }, actor);
  const { id } = data.callStart.call;
  const command = await center.hub.next(CallOriginate, (payload) => payload.callId === id);
  await center.hub.started(command);
  await center.hub.rang(command);
  await center.hub.pickedUp(command);
  await center.hub.finished(command);
  return id;
}

describe('callUpdated and slotUpdated (R-090…R-094, R-179)', () => {
  it('show every step in order, each with its own version, and the call as of the event', async () => {
    const center = await aCenter(platform, { slots: 1 });
    const calls = await watch(center.supervisor, CALLS, { after: await cursorOf(center, center.supervisor, 'calls') });
    const slots = await watch(center.supervisor, SLOTS, { after: await cursorOf(center, center.supervisor, 'slots') });
    const id = await aWholeCall(center);
    const seen = await take(calls, 'callUpdated', ({ call }) => call.status === 'ENDED');
    expect(seen.map(({ type, call }) => [type, call.id, call.status, call.version])).toEqual([
      ['telephony.call.queued', id, 'QUEUED', 1],
      ['telephony.call.dialing', id, 'DIALING', 2],
      ['telephony.call.ringing', id, 'RINGING', 3],
      ['telephony.call.answered', id, 'ANSWERED', 4],
      ['telephony.call.ended', id, 'ENDED', 5],
    ]);
    expect(seen.map(({ call }) => call.outcome)).toEqual([null, null, null, null, 'ANSWERED']);
    // The slot's own READY may still come first: it is stored before the cursor is read, and has its place after.
    let called = false;
    const all = await take(slots, 'slotUpdated', ({ slot }) => (called ||= slot.state === 'CALLING') && slot.state === 'READY');
    const states = all.slice(all.findIndex(({ slot }) => slot.state === 'CALLING'));
    expect(states.map(({ slot }) => [slot.state, slot.availability])).toEqual([['CALLING', 'BUSY'], ['ACTIVE_CALL', 'BUSY'], ['POSTCALL', 'BUSY'], ['READY', 'FREE']]);
    expect(states[0]?.['slot']).toMatchObject({ call: { id }, trunk: { id: center.trunkId }, center: { id: center.id } });
    await Promise.all([calls.return(), slots.return()]);
  });

  it('go on after a cursor, without a gap and without a repetition', async () => {
    const center = await aCenter(platform, { slots: 1 });
    const stream = await watch(center.supervisor, CALLS, { after: await cursorOf(center, center.supervisor, 'calls') });
    const id = await aWholeCall(center);
    const seen = await take(stream, 'callUpdated', ({ call }) => call.status === 'ENDED');
    await stream.return();
    for (const [i, { cursor }] of seen.entries()) {
      const rest = seen.slice(i + 1);
      if (rest.length === 0) break;
      const resumed = await watch(center.supervisor, CALLS, { after: cursor });
      expect(await take(resumed, 'callUpdated', ({ call }) => call.status === 'ENDED')).toEqual(rest);
      await resumed.return();
    }
    expect(seen[0]?.['call'].id).toBe(id);
  });

  it('show an operator his own calls, a seller those of his leads, and nobody another center’s', async () => {
    const center = await aCenter(platform, { slots: 2 });
    const colleague = anActor({ role: 'operator', centerId: center.id });
    const leadId = newId('lead');
    await center.hub.say(LeadCreated, { lead: { id: leadId, centerId: center.id, phone: '+15550100123', status: 'NEW', assignedSellerId: center.seller.userId, assignedOperatorId: null, version: 1 } });
    const after = await cursorOf(center, center.supervisor, 'calls');
    const hers = await aWholeCall(center, colleague, { leadId });
    const mine = await aWholeCall(center, center.operator);
    const firstOf = async (actor: Actor): Promise<string> => {
      const stream = await watch(actor, CALLS, { after });
      const [first] = await take(stream, 'callUpdated', () => true);
      await stream.return();
      return first?.['call'].id;
    };
    expect(await firstOf(center.operator)).toBe(mine);
    expect(await firstOf(colleague)).toBe(hers);
    expect(await firstOf(center.seller)).toBe(hers);
    expect(await firstOf(center.supervisor)).toBe(hers);
    const elsewhere = await aCenter(platform, { slots: 1 });
    const foreign = await watch(elsewhere.supervisor, CALLS, { after });
    const own = await aWholeCall(elsewhere);
    expect((await take(foreign, 'callUpdated', () => true))[0]?.['call'].id).toBe(own);
    await foreign.return();
    const ofOne = await watch(center.admin, CALLS, { after, centerId: elsewhere.id });
    expect((await take(ofOne, 'callUpdated', () => true))[0]?.['call'].id).toBe(own);
    await ofOne.return();
  });

  it('are refused to who has no right, and another center by name is NOT_FOUND', async () => {
    const center = await aCenter(platform, { slots: 1 });
    await expect(watch(center.seller, SLOTS)).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
    await expect(watch(center.supervisor, CALLS, { centerId: newId('ctr') })).rejects.toMatchObject({ extensions: { code: 'NOT_FOUND' } });
    const slots = await cursorOf(center, center.supervisor, 'slots');
    await expect(watch(center.supervisor, CALLS, { after: slots })).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  });
});
