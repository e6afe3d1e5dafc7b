import type { CallAtPbx, CallLeg, CallResult } from '../../ports/index.js';
import type { PbxEvent } from './ari-events.js';
import { outcomeOf } from './outcome.js';

/** A call as the PBX sees it: the slot's leg, then the far end's, joined in a bridge. */
export interface PbxCall {
  readonly callId: string;
  readonly slot: Leg;
  far: Leg | null;
  rangAt: Date | null;
  answeredAt: Date | null;
  /** We have ordered its end. */
  endOrdered: boolean;
  /** Who hung up first, without an order of ours. */
  leftFirst: 'SLOT' | 'FAR_END' | null;
  /** Why it cannot become a call, when something of ours failed. */
  failure: string | null;
}

export interface Leg {
  readonly party: CallLeg['party'];
  readonly address: string;
  readonly startedAt: Date;
  answeredAt: Date | null;
  endedAt: Date | null;
  cause: number | null;
  sipCode: number | null;
}

export type Step = 'CONNECT_FAR' | 'RING_SLOT' | 'BRIDGE_FAR' | 'HANGUP_SLOT' | 'HANGUP_FAR' | 'TELL_RANG' | 'TELL_PICKED_UP' | 'FINISH';

export const slotChannel = (callId: string): string => `${callId}.slot`;
export const farChannel = (callId: string): string => `${callId}.far`;

/** Which call and which of its legs a channel is; undefined for a channel that is not ours. */
export function partyOf(channelId: string): { callId: string; party: CallLeg['party'] } | undefined {
  if (channelId.endsWith('.slot')) return { callId: channelId.slice(0, -'.slot'.length), party: 'SLOT' };
  if (channelId.endsWith('.far')) return { callId: channelId.slice(0, -'.far'.length), party: 'FAR_END' };
  return undefined;
}

export function aLeg(party: CallLeg['party'], address: string, startedAt: Date): Leg {
  return { party, address, startedAt, answeredAt: null, endedAt: null, cause: null, sipCode: null };
}

export function newPbxCall(callId: string, slot: Leg): PbxCall {
  return { callId, slot, far: null, rangAt: null, answeredAt: null, endOrdered: false, leftFirst: null, failure: null };
}

/** Takes an event into account; returns what has to be done now. The same event again does nothing. */
export function takeEvent(call: PbxCall, event: PbxEvent): Step[] {
  const party = partyOf(event.channelId)?.party;
  const leg = party === 'SLOT' ? call.slot : call.far;
  if (!party || !leg || leg.endedAt) return [];
  switch (event.kind) {
    case 'entered':
      if (leg.answeredAt) return [];
      leg.answeredAt = event.at;
      // A call that was given up stays so, also when its phone answers just as its leg is being hung up.
      if (party === 'SLOT') return call.endOrdered || call.failure ? ['HANGUP_SLOT'] : ['CONNECT_FAR'];
      call.answeredAt = event.at;
      return call.endOrdered ? ['HANGUP_FAR'] : ['BRIDGE_FAR', 'TELL_PICKED_UP'];
    case 'ringing':
      if (party === 'SLOT' || call.rangAt) return [];
      call.rangAt = event.at;
      return ['TELL_RANG', 'RING_SLOT'];
    case 'hangup-requested':
      if (!event.ours && !call.endOrdered) call.leftFirst ??= party;
      return [];
    case 'gone':
      break;
  }
  Object.assign(leg, { endedAt: event.at, cause: event.cause, sipCode: event.sipCode });
  if (isLive(call.slot)) return ['HANGUP_SLOT'];
  return isLive(call.far) ? ['HANGUP_FAR'] : ['FINISH'];
}

/** After events may have been missed: what is there now tells what has happened. */
export function takeSnapshot(call: PbxCall, there: { slot: boolean; far: 'Ringing' | 'Up' | 'Other' | null }, at: Date): Step[] {
  const steps: Step[] = [];
  if (there.far === 'Ringing') steps.push(...takeEvent(call, { kind: 'ringing', channelId: farChannel(call.callId), at }));
  if (there.far === 'Up') steps.push(...takeEvent(call, { kind: 'entered', channelId: farChannel(call.callId), at }));
  if (isLive(call.slot) && !there.slot) endUnseen(call.slot, at);
  if (isLive(call.far) && there.far === null) endUnseen(call.far, at);
  // A leg without the other: whether that one was ever dialled is not known, so it is not dialled now.
  if (isLive(call.slot) && !isLive(call.far) && call.slot.answeredAt) return [...steps, 'HANGUP_SLOT'];
  if (isLive(call.far) && !isLive(call.slot)) return [...steps, 'HANGUP_FAR'];
  return isLive(call.slot) || isLive(call.far) ? steps : [...steps, 'FINISH'];
}

function endUnseen(leg: Leg, at: Date): void {
  leg.endedAt = at;
}

export const isLive = (leg: Leg | null): leg is Leg => leg !== null && leg.endedAt === null;

export function stateOf(call: PbxCall): CallAtPbx {
  if (call.answeredAt) return { state: 'UP', answeredAt: call.answeredAt };
  return call.rangAt ? { state: 'RINGING', rangAt: call.rangAt } : { state: 'DIALING' };
}

export function resultOf(call: PbxCall, at: Date): CallResult {
  return { ...endOf(call), legs: [call.slot, ...(call.far ? [call.far] : [])].map((leg) => legReport(call.callId, leg, at)) };
}

function endOf(call: PbxCall): Omit<CallResult, 'legs'> {
  const { slot, far, leftFirst } = call;
  const failed = (failureReason: string, leg: Leg | null) =>
    ({ outcome: 'FAILED', sipCode: leg?.sipCode ?? null, hangupCause: leg?.cause ?? null, hungUpBy: 'PLATFORM', failureReason }) as const;
  if (call.answeredAt) {
    // After an answer the cause of a BYE is 0 at times: that is normal clearing. Null: nobody saw how it ended.
    const cause = (leftFirst === 'SLOT' ? slot.cause : far?.cause) ?? null;
    return { outcome: 'ANSWERED', sipCode: 200, hangupCause: cause === 0 ? 16 : cause, hungUpBy: call.endOrdered ? 'PLATFORM' : (leftFirst ?? 'PLATFORM'), failureReason: null };
  }
  if (call.endOrdered) return { outcome: 'CANCELLED', sipCode: far?.sipCode ?? null, hangupCause: far?.cause ?? slot.cause, hungUpBy: 'PLATFORM', failureReason: null };
  if (call.failure) return failed(call.failure, far ?? slot);
  if (!far) return { ...failed(slot.answeredAt ? 'LOST' : 'SLOT_UNREACHABLE', slot), hungUpBy: 'SLOT' };
  if (leftFirst === 'SLOT') return { outcome: 'CANCELLED', sipCode: far.sipCode, hangupCause: far.cause, hungUpBy: 'SLOT', failureReason: null };
  if (far.cause === null) return failed('LOST', far);
  const outcome = outcomeOf(far.sipCode, far.cause);
  // A far end that says nothing until our ring timeout is hung up without having asked for it.
  const hungUpBy = leftFirst ?? 'PLATFORM';
  return { outcome, sipCode: far.sipCode, hangupCause: far.cause, hungUpBy, failureReason: outcome === 'FAILED' ? `Q850_${far.cause}` : null };
}

function legReport(callId: string, leg: Leg, at: Date): CallLeg {
  return {
    party: leg.party,
    channelId: leg.party === 'SLOT' ? slotChannel(callId) : farChannel(callId),
    address: leg.address,
    startedAt: leg.startedAt.toISOString(),
    answeredAt: leg.answeredAt?.toISOString() ?? null,
    endedAt: (leg.endedAt ?? at).toISOString(),
    sipCode: leg.answeredAt ? 200 : leg.sipCode,
    hangupCause: leg.answeredAt && leg.cause === 0 ? 16 : leg.cause,
  };
}
