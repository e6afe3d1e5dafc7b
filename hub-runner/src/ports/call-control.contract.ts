import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError, newId } from '@vss/runtime';
import type { CallControl, CallEvent, CallResult } from './call-control.js';

export interface CallControlRig {
  calls: CallControl;
  /** Registered, in no call. */
  slotNumber: string;
  /** Not registered. */
  absentSlotNumber: string;
  /** Numbers whose far end is known to behave so. */
  numbers: { answers: string; hangsUp: string; busy: string; rejects: string; silent: string; unknown: string };
  /** For the far end that is silent. */
  shortRingMs: number;
  close(): Promise<void>;
}

/** What every PBX must do for us, the simulated one and the real ones. */
export function callControlContract(name: string, makeRig: () => Promise<CallControlRig>): void {
  describe(`CallControl: ${name}`, () => {
    let rig: CallControlRig;
    const events: CallEvent[] = [];
    const waiting = new Set<() => void>();
    const never = new AbortController().signal;
    beforeAll(async () => {
      rig = await makeRig();
      rig.calls.watch((event) => {
        events.push(event);
        for (const look of waiting) look();
      });
    });
    afterAll(() => rig.close());

    const of = (callId: string): CallEvent[] => events.filter((event) => event.callId === callId);
    const next = <K extends CallEvent['kind']>(callId: string, kind: K): Promise<Extract<CallEvent, { kind: K }>> =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = of(callId).find((event): event is Extract<CallEvent, { kind: K }> => event.kind === kind);
          if (!found) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      });
    const kinds = (callId: string): string[] => of(callId).map((event) => event.kind);
    async function start(phoneNumber: string, { slotNumber = rig.slotNumber, ringTimeoutMs = 20_000 } = {}): Promise<string> {
      const callId = newId('call');
      await rig.calls.originate({ callId, slotNumber, phoneNumber, ringTimeoutMs }, never);
      return callId;
    }
    async function endOf(callId: string): Promise<CallResult> {
      return (await next(callId, 'finished')).result;
    }

    it('tells of ringing, of the answer and of the end, with both legs', async () => {
      const callId = await start(rig.numbers.answers);
      await next(callId, 'picked-up');
      expect(await rig.calls.find(callId, never)).toMatchObject({ state: 'UP' });
      await rig.calls.hangup(callId, never);
      const result = await endOf(callId);
      expect(result).toMatchObject({ outcome: 'ANSWERED', hungUpBy: 'PLATFORM', hangupCause: 16, failureReason: null });
      expect(result.legs.map(({ party, channelId }) => [party, channelId])).toEqual([
        ['SLOT', `${callId}.slot`],
        ['FAR_END', `${callId}.far`],
      ]);
      expect(result.legs.every((leg) => leg.answeredAt !== null && leg.startedAt <= leg.endedAt)).toBe(true);
      expect(kinds(callId)).toEqual(['rang', 'picked-up', 'finished']);
      expect(await rig.calls.find(callId, never)).toMatchObject({ state: 'FINISHED', result: { outcome: 'ANSWERED' } });
    });

    it('tells when the far end hangs up', async () => {
      const callId = await start(rig.numbers.hangsUp);
      expect(await endOf(callId)).toMatchObject({ outcome: 'ANSWERED', hungUpBy: 'FAR_END', hangupCause: 16 });
    });

    it.each([
      ['busy', 'BUSY', 486, 17],
      ['rejects', 'REJECTED', 603, 21],
      ['unknown', 'INVALID_NUMBER', 404, 1],
    ] as const)('tells that the far end %s', async (kind, outcome, sipCode, hangupCause) => {
      const callId = await start(rig.numbers[kind]);
      expect(await endOf(callId)).toMatchObject({ outcome, sipCode, hangupCause, hungUpBy: 'FAR_END' });
      expect(kinds(callId)).not.toContain('picked-up');
    });

    it('gives up when nobody answers in time', async () => {
      const callId = await start(rig.numbers.silent, { ringTimeoutMs: rig.shortRingMs });
      expect(await endOf(callId)).toMatchObject({ outcome: 'NO_ANSWER', hungUpBy: 'PLATFORM', hangupCause: 19 });
      expect(kinds(callId)).toEqual(['rang', 'finished']);
    });

    it('cancels a call that rings', async () => {
      const callId = await start(rig.numbers.silent);
      await next(callId, 'rang');
      await rig.calls.hangup(callId, never);
      expect(await endOf(callId)).toMatchObject({ outcome: 'CANCELLED', hungUpBy: 'PLATFORM' });
    });

    it('starts nothing when the same call is ordered again, also after its end', async () => {
      const callId = await start(rig.numbers.answers);
      const order = { callId, slotNumber: rig.slotNumber, phoneNumber: rig.numbers.answers, ringTimeoutMs: 20_000 };
      await rig.calls.originate(order, never);
      await next(callId, 'picked-up');
      await rig.calls.hangup(callId, never);
      await endOf(callId);
      await rig.calls.originate(order, never);
      expect(await rig.calls.find(callId, never)).toMatchObject({ state: 'FINISHED' });
      expect(kinds(callId)).toEqual(['rang', 'picked-up', 'finished']);
    });

    it('dials nothing from a slot that is not registered', async () => {
      const callId = newId('call');
      const order = { callId, slotNumber: rig.absentSlotNumber, phoneNumber: rig.numbers.answers, ringTimeoutMs: 20_000 };
      const told = await rig.calls.originate(order, never).then(
        async () => (await endOf(callId)).failureReason,
        (error: unknown) => (error instanceof AppError ? error.code : error),
      );
      // A PBX that knows who is registered refuses; another tries, and tells how that ended.
      expect(['CONFLICT', 'SLOT_UNREACHABLE']).toContain(told);
      expect(kinds(callId)).not.toContain('rang');
    });

    it('knows nothing of a call that it never had, and hangs it up without complaint', async () => {
      const callId = newId('call');
      expect(await rig.calls.find(callId, never)).toBeUndefined();
      await rig.calls.hangup(callId, never);
    });
  });
}
