import type { z } from 'zod';
import type { callLegReport, callOutcome, callParty, callStatus } from '@vss/events';

export type CallStatus = z.output<typeof callStatus>;
export type CallOutcome = z.output<typeof callOutcome>;
export type CallParty = z.output<typeof callParty>;
export type CallDirection = 'OUTBOUND' | 'INBOUND';
export type LegReport = z.output<typeof callLegReport>;

/** What is heard of a call while it goes on. */
export type CallProgress = 'STARTED' | 'RANG' | 'PICKED_UP' | 'BRIDGED' | 'HELD' | 'RESUMED';

const FORWARD: readonly CallStatus[] = ['QUEUED', 'DIALING', 'RINGING', 'ANSWERED', 'BRIDGED'];
const REACHED: Readonly<Record<Exclude<CallProgress, 'HELD' | 'RESUMED'>, CallStatus>> = {
  STARTED: 'DIALING',
  RANG: 'RINGING',
  PICKED_UP: 'ANSWERED',
  BRIDGED: 'BRIDGED',
};

/**
 * The status that follows a report, or undefined where it changes nothing: reports may come late, twice or not at
 * all, so a call only moves forward and may skip a step.
 */
export function nextCallStatus(status: CallStatus, progress: CallProgress): CallStatus | undefined {
  if (progress === 'HELD') return status === 'ANSWERED' || status === 'BRIDGED' ? 'ON_HOLD' : undefined;
  if (progress === 'RESUMED') return status === 'ON_HOLD' ? 'BRIDGED' : undefined;
  if (status === 'ENDED' || status === 'ON_HOLD') return undefined;
  const to = REACHED[progress];
  return FORWARD.indexOf(to) > FORWARD.indexOf(status) ? to : undefined;
}

/** How a call ended, as whoever saw it says. */
export interface CallEnding {
  readonly outcome: CallOutcome;
  readonly at: Date;
  readonly hungUpBy: CallParty;
  readonly sipCode: number | null;
  readonly hangupCause: number | null;
  readonly failureReason: string | null;
  readonly legs: readonly LegReport[];
}

interface EndedFields {
  readonly outcome: CallOutcome;
  readonly answeredAt: Date | null;
  readonly endedAt: Date;
  readonly talkSeconds: number;
  readonly sipCode: number | null;
  readonly hangupCause: number | null;
  readonly hungUpBy: CallParty;
  readonly failureReason: string | null;
}

/** Outcomes that need somebody, or something, to have picked up. */
const PICKED_UP: readonly CallOutcome[] = ['ANSWERED', 'MACHINE', 'FAX', 'ABANDONED'];

/** What is written on a call that ends. */
export function endedCall(
  call: { startedAt: Date; answeredAt: Date | null; hangupRequestedAt: Date | null },
  ending: CallEnding,
): EndedFields {
  const endedAt = notBefore(ending.at, call.answeredAt ?? call.startedAt);
  // A pick-up that was not reported in time is still on the leg.
  const onLeg = PICKED_UP.includes(ending.outcome) ? answerOf(ending.legs) : null;
  const answeredAt = call.answeredAt ?? (onLeg && clamp(onLeg, call.startedAt, endedAt));
  const hungUpBy = ending.hungUpBy === 'PLATFORM' && call.hangupRequestedAt ? 'OPERATOR' : ending.hungUpBy;
  const outcome = outcomeOf(ending.outcome, answeredAt !== null, hungUpBy);
  return {
    outcome,
    answeredAt,
    endedAt,
    talkSeconds: answeredAt ? secondsBetween(answeredAt, endedAt) : 0,
    sipCode: ending.sipCode,
    hangupCause: ending.hangupCause,
    hungUpBy,
    failureReason: outcome === 'FAILED' ? (ending.failureReason ?? 'UNKNOWN') : null,
  };
}

function outcomeOf(reported: CallOutcome, answered: boolean, hungUpBy: CallParty): CallOutcome {
  if (reported === 'FAILED') return 'FAILED';
  if (answered) return PICKED_UP.includes(reported) ? reported : 'ANSWERED';
  if (reported === 'NO_ANSWER' && hungUpBy === 'OPERATOR') return 'CANCELLED';
  return PICKED_UP.includes(reported) ? 'FAILED' : reported;
}

const answerOf = (legs: readonly LegReport[]): Date | null => {
  const at = legs.find((leg) => leg.party === 'FAR_END')?.answeredAt;
  return at ? new Date(at) : null;
};

/** The durations of a CDR, in whole seconds. */
export function durationsOf(call: { startedAt: Date; ringingAt: Date | null; answeredAt: Date | null; endedAt: Date }): {
  ringSeconds: number;
  talkSeconds: number;
  totalSeconds: number;
} {
  const { startedAt, ringingAt, answeredAt, endedAt } = call;
  return {
    ringSeconds: ringingAt ? secondsBetween(ringingAt, answeredAt ?? endedAt) : 0,
    talkSeconds: answeredAt ? secondsBetween(answeredAt, endedAt) : 0,
    totalSeconds: secondsBetween(startedAt, endedAt),
  };
}

const secondsBetween = (from: Date, to: Date): number => Math.max(0, Math.round((to.getTime() - from.getTime()) / 1000));
const notBefore = (at: Date, floor: Date): Date => (at < floor ? floor : at);

/** A runner's clock may differ from ours: an instant of its is moved to where it makes sense. */
export const clamp = (at: Date, floor: Date, ceiling: Date): Date => (at < floor ? floor : at > ceiling ? ceiling : at);
