import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAriEvent } from './ari-events.js';
import { refusalIn } from './ari-link.js';
import { outcomeOf } from './outcome.js';
import { aLeg, farChannel, newPbxCall, partyOf, resultOf, slotChannel, takeEvent, takeSnapshot, type PbxCall, type Step } from './pbx-call.js';

// Asterisk 22.10, one call each, to the far ends of tests/services/README.md.
const recorded = JSON.parse(readFileSync(join(import.meta.dirname, 'recorded/events.json'), 'utf8')) as Record<string, unknown[]>;
const at = new Date('2026-11-23T00:27:17Z');

/** Goes through a recorded call as if it happened now. */
function replay(name: string, meanwhile: (call: PbxCall, step: Step) => void = () => undefined): { call: PbxCall; steps: Step[] } {
  const call = newPbxCall(`call_${name}`, aLeg('SLOT', 'PJSIP/6001@kamailio', at));
  const all: Step[] = [];
  for (const raw of recorded[name] ?? []) {
    const event = parseAriEvent(raw);
    if (!event) continue;
    const steps = takeEvent(call, event);
    expect(takeEvent(call, event), 'the same event again').toEqual([]);
    for (const step of steps) {
      if (step === 'CONNECT_FAR') call.far = aLeg('FAR_END', '+15550100200', event.at);
      meanwhile(call, step);
    }
    all.push(...steps);
  }
  return { call, steps: all };
}

describe('a call through Asterisk, as recorded', () => {
  it('connects the far end when the slot has answered, and joins them when the far end has', () => {
    const { call, steps } = replay('farhangs');
    expect(steps).toEqual(['CONNECT_FAR', 'TELL_RANG', 'RING_SLOT', 'BRIDGE_FAR', 'TELL_PICKED_UP', 'HANGUP_SLOT', 'FINISH']);
    const result = resultOf(call, at);
    expect(result).toMatchObject({ outcome: 'ANSWERED', hungUpBy: 'FAR_END', sipCode: 200, hangupCause: 16, failureReason: null });
    expect(result.legs).toMatchObject([
      { party: 'SLOT', channelId: 'call_farhangs.slot', sipCode: 200 },
      { party: 'FAR_END', channelId: 'call_farhangs.far', address: '+15550100200', endedAt: '2026-11-23T00:27:18.320Z' },
    ]);
  });

  it.each([
    ['busy', { outcome: 'BUSY', sipCode: 486, hangupCause: 17, hungUpBy: 'FAR_END' }],
    ['reject', { outcome: 'REJECTED', sipCode: 603, hangupCause: 21, hungUpBy: 'FAR_END' }],
    ['unknown', { outcome: 'INVALID_NUMBER', sipCode: 404, hangupCause: 1, hungUpBy: 'FAR_END' }],
    ['silent', { outcome: 'NO_ANSWER', sipCode: 480, hangupCause: 19, hungUpBy: 'PLATFORM' }],
    ['slothangs', { outcome: 'ANSWERED', hangupCause: 16, hungUpBy: 'SLOT' }],
    ['slotcancels', { outcome: 'CANCELLED', hungUpBy: 'SLOT' }],
    ['noreg', { outcome: 'FAILED', failureReason: 'SLOT_UNREACHABLE', sipCode: 404, hungUpBy: 'SLOT' }],
  ])('reads the end of %s', (name, end) => {
    const { call, steps } = replay(name);
    expect(resultOf(call, at)).toMatchObject(end);
    expect(steps.at(-1)).toBe('FINISH');
  });

  it.each([
    ['wehang', 'TELL_PICKED_UP', { outcome: 'ANSWERED', hungUpBy: 'PLATFORM' }],
    ['cancel', 'TELL_RANG', { outcome: 'CANCELLED', hungUpBy: 'PLATFORM' }],
  ] as const)('knows its own hang-up in %s', (name, after, end) => {
    const { call } = replay(name, (one, step) => {
      if (step === after) one.endOrdered = true;
    });
    expect(resultOf(call, at)).toMatchObject(end);
  });

  it('does not call the far end when the end was ordered before the slot answered', () => {
    const call = newPbxCall('call_x', aLeg('SLOT', 'PJSIP/6001@kamailio', at));
    call.endOrdered = true;
    expect(takeEvent(call, { kind: 'entered', channelId: slotChannel('call_x'), at })).toEqual(['HANGUP_SLOT']);
  });

  it('does not call the far end of a call that was given up, though its slot answers now', () => {
    const call = newPbxCall('call_x', aLeg('SLOT', 'PJSIP/6001@kamailio', at));
    call.failure = 'LOST';
    expect(takeEvent(call, { kind: 'entered', channelId: slotChannel('call_x'), at })).toEqual(['HANGUP_SLOT']);
    expect(resultOf(call, at)).toMatchObject({ outcome: 'FAILED', failureReason: 'LOST' });
  });
});

describe('after a lost connection', () => {
  function aTalk(): PbxCall {
    const call = newPbxCall('call_x', aLeg('SLOT', 'PJSIP/6001@kamailio', at));
    call.slot.answeredAt = at;
    call.far = aLeg('FAR_END', '+15550100200', at);
    return call;
  }
  it('learns of an answer that it did not see', () => {
    expect(takeSnapshot(aTalk(), { slot: true, far: 'Up' }, at)).toEqual(['BRIDGE_FAR', 'TELL_PICKED_UP']);
  });
  it('ends what is half gone', () => {
    expect(takeSnapshot(aTalk(), { slot: true, far: null }, at)).toEqual(['HANGUP_SLOT']);
    expect(takeSnapshot(aTalk(), { slot: false, far: 'Other' }, at)).toEqual(['HANGUP_FAR']);
  });
  it('calls a talk that nobody saw end answered, and anything else lost', () => {
    const talked = aTalk();
    takeEvent(talked, { kind: 'entered', channelId: farChannel('call_x'), at });
    expect(takeSnapshot(talked, { slot: false, far: null }, at)).toEqual(['FINISH']);
    expect(resultOf(talked, at)).toMatchObject({ outcome: 'ANSWERED', hangupCause: null });
    const unanswered = aTalk();
    expect(takeSnapshot(unanswered, { slot: false, far: null }, at)).toEqual(['FINISH']);
    expect(resultOf(unanswered, at)).toMatchObject({ outcome: 'FAILED', failureReason: 'LOST' });
  });
});

describe('reading Asterisk', () => {
  it('prefers the SIP code over the cause, and fails what it does not know', () => {
    expect(outcomeOf(486, 17)).toBe('BUSY');
    expect(outcomeOf(503, 41)).toBe('CONGESTION');
    expect(outcomeOf(null, 34)).toBe('CONGESTION');
    expect(outcomeOf(480, null)).toBe('NO_ANSWER');
    expect(outcomeOf(484, 28)).toBe('INVALID_NUMBER');
    expect(outcomeOf(null, 127)).toBe('FAILED');
    expect(outcomeOf(null, null)).toBe('FAILED');
  });
  it('passes over what is of no concern, and complains of an event that it should know', () => {
    expect(parseAriEvent({ type: 'ChannelVarset' })).toBeUndefined();
    expect(parseAriEvent({})).toBeUndefined();
    expect(() => parseAriEvent({ type: 'ChannelDestroyed', timestamp: 'yesterday' })).toThrow('not an instant');
  });
  it('tells our channels from others', () => {
    expect(partyOf('call_x.far')).toEqual({ callId: 'call_x', party: 'FAR_END' });
    expect(partyOf('1795393657.3')).toBeUndefined();
  });
  it("tells Asterisk's refusal from a failure on the way", () => {
    expect(refusalIn('{"error":"Allocation failed"}')).toBe('Allocation failed');
    expect(refusalIn('{"message":"Channel not found"}')).toBe('Channel not found');
    expect(refusalIn('connect ECONNREFUSED 127.0.0.1:8088')).toBeUndefined();
  });
});
