import { describe, expect, it } from 'vitest';
import { callOutcome, callStatus } from '@vss/events';
import { clamp, durationsOf, endedCall, nextCallStatus, type CallEnding, type CallOutcome, type CallProgress, type LegReport } from './call.rules.js';

const at = (seconds: number): Date => new Date(Date.UTC(2026, 0, 1) + seconds * 1000);
const aLeg = (over: Partial<LegReport> = {}): LegReport => ({
  party: 'FAR_END', channelId: 'c', address: '+15550100123', startedAt: at(1).toISOString(), answeredAt: null, endedAt: at(9).toISOString(), sipCode: 200, hangupCause: 16, ...over,
});
const anEnding = (over: Partial<CallEnding> = {}): CallEnding => ({
  outcome: 'ANSWERED', at: at(10), hungUpBy: 'FAR_END', sipCode: 200, hangupCause: 16, failureReason: null, legs: [], ...over,
});
const aCall = (over: Partial<{ startedAt: Date; answeredAt: Date | null; hangupRequestedAt: Date | null }> = {}) => ({ startedAt: at(0), answeredAt: null, hangupRequestedAt: null, ...over });

describe('progress of a call', () => {
  const PROGRESS: CallProgress[] = ['STARTED', 'RANG', 'PICKED_UP', 'BRIDGED', 'HELD', 'RESUMED'];
  const table: Record<string, (string | undefined)[]> = {
    QUEUED: ['DIALING', 'RINGING', 'ANSWERED', 'BRIDGED', undefined, undefined],
    DIALING: [undefined, 'RINGING', 'ANSWERED', 'BRIDGED', undefined, undefined],
    RINGING: [undefined, undefined, 'ANSWERED', 'BRIDGED', undefined, undefined],
    ANSWERED: [undefined, undefined, undefined, 'BRIDGED', 'ON_HOLD', undefined],
    BRIDGED: [undefined, undefined, undefined, undefined, 'ON_HOLD', undefined],
    ON_HOLD: [undefined, undefined, undefined, undefined, undefined, 'BRIDGED'],
    ENDED: [undefined, undefined, undefined, undefined, undefined, undefined],
  };
  for (const status of callStatus.options)
    PROGRESS.forEach((progress, i) => {
      const to = table[status]?.[i];
      it(`${status} + ${progress} → ${to ?? 'nothing'}`, () => expect(nextCallStatus(status, progress)).toBe(to));
    });
});

describe('end of a call', () => {
  it('counts the talk between answer and end', () => {
    expect(endedCall(aCall({ answeredAt: at(4) }), anEnding())).toMatchObject({ outcome: 'ANSWERED', talkSeconds: 6, answeredAt: at(4), endedAt: at(10), failureReason: null });
  });
  it('takes an unreported pick-up from the leg', () => {
    expect(endedCall(aCall(), anEnding({ legs: [aLeg({ answeredAt: at(3).toISOString() })] }))).toMatchObject({ outcome: 'ANSWERED', answeredAt: at(3), talkSeconds: 7 });
  });
  it('does not call ANSWERED what nobody picked up', () => {
    expect(endedCall(aCall(), anEnding())).toMatchObject({ outcome: 'FAILED', failureReason: 'UNKNOWN', talkSeconds: 0 });
  });
  it('names the operator where the platform hung up for him', () => {
    const ending = anEnding({ outcome: 'CANCELLED', hungUpBy: 'PLATFORM' });
    expect(endedCall(aCall({ hangupRequestedAt: at(5) }), ending)).toMatchObject({ outcome: 'CANCELLED', hungUpBy: 'OPERATOR' });
    expect(endedCall(aCall(), ending)).toMatchObject({ hungUpBy: 'PLATFORM' });
  });
  it('is CANCELLED when the operator gave up on a ringing phone', () => {
    expect(endedCall(aCall({ hangupRequestedAt: at(5) }), anEnding({ outcome: 'NO_ANSWER', hungUpBy: 'PLATFORM' })).outcome).toBe('CANCELLED');
  });
  it('never ends before it was answered or started, whatever the clock of the hub says', () => {
    expect(endedCall(aCall({ answeredAt: at(4) }), anEnding({ at: at(2) }))).toMatchObject({ endedAt: at(4), talkSeconds: 0 });
    expect(endedCall(aCall(), anEnding({ outcome: 'BUSY', at: at(-3) })).endedAt).toEqual(at(0));
  });
  for (const outcome of callOutcome.options) {
    const pickedUp: CallOutcome[] = ['ANSWERED', 'MACHINE', 'FAX', 'ABANDONED'];
    it(`${outcome} reported of an answered call`, () => {
      const expected = outcome === 'FAILED' || pickedUp.includes(outcome) ? outcome : 'ANSWERED';
      expect(endedCall(aCall({ answeredAt: at(1) }), anEnding({ outcome })).outcome).toBe(expected);
    });
    it(`${outcome} reported of a call that nobody answered`, () => {
      expect(endedCall(aCall(), anEnding({ outcome })).outcome).toBe(pickedUp.includes(outcome) ? 'FAILED' : outcome);
    });
  }
  it('keeps the reason of a failure', () => {
    expect(endedCall(aCall(), anEnding({ outcome: 'FAILED', failureReason: 'IN_DOUBT' }))).toMatchObject({ outcome: 'FAILED', failureReason: 'IN_DOUBT' });
  });
});

describe('durations', () => {
  it('adds up', () => {
    expect(durationsOf({ startedAt: at(0), ringingAt: at(2), answeredAt: at(5), endedAt: at(65) })).toEqual({ ringSeconds: 3, talkSeconds: 60, totalSeconds: 65 });
    expect(durationsOf({ startedAt: at(0), ringingAt: at(2), answeredAt: null, endedAt: at(32) })).toEqual({ ringSeconds: 30, talkSeconds: 0, totalSeconds: 32 });
    expect(durationsOf({ startedAt: at(0), ringingAt: null, answeredAt: null, endedAt: at(1) })).toEqual({ ringSeconds: 0, talkSeconds: 0, totalSeconds: 1 });
  });
  it('moves a foreign instant to where it makes sense', () => {
    expect(clamp(at(-1), at(0), at(9))).toEqual(at(0));
    expect(clamp(at(5), at(0), at(9))).toEqual(at(5));
    expect(clamp(at(10), at(0), at(9))).toEqual(at(9));
  });
});
