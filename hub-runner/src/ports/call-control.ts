import type { z } from 'zod';
import type { callLegReport, callOutcome } from '@vss/events';

export type CallOutcome = z.output<typeof callOutcome>;

/** What is asked of a PBX: call a number from a slot, end that call, and say truthfully what became of it. */
export interface CallControl {
  /**
   * Begins a call: first the slot's own leg, then the far end. Resolves once the PBX has taken the order; all that
   * follows is told to the watchers. The call's id is its id at the PBX too, so a second order for it starts nothing.
   * Rejects with CONFLICT when the PBX has refused and surely dials nothing; after any other rejection it may have begun.
   */
  originate(order: CallOrder, signal: AbortSignal): Promise<void>;
  /** Ends the call, whatever state it is in. A call that is not there is no error. */
  hangup(callId: string, signal: AbortSignal): Promise<void>;
  /**
   * What the PBX knows of the call; undefined when it knows nothing of it. From then on the call is watched, also one
   * that an earlier process began. Rejects with UNAVAILABLE when the PBX cannot be asked: that says nothing of the call.
   */
  find(callId: string, signal: AbortSignal): Promise<CallAtPbx | undefined>;
  /** Tells of calls as they go on. One call's events come in order and end with `finished`. Returns how to stop. */
  watch(listener: (event: CallEvent) => void): () => void;
}

export interface CallOrder {
  readonly callId: string;
  readonly slotNumber: string;
  /** E.164. */
  readonly phoneNumber: string;
  /** How long the far end may ring before the call ends as NO_ANSWER. */
  readonly ringTimeoutMs: number;
}

export type CallAtPbx =
  | { readonly state: 'DIALING' }
  | { readonly state: 'RINGING'; readonly rangAt: Date }
  | { readonly state: 'UP'; readonly answeredAt: Date }
  | { readonly state: 'FINISHED'; readonly at: Date; readonly result: CallResult };

export type CallEvent =
  | { readonly kind: 'rang'; readonly callId: string; readonly at: Date }
  | { readonly kind: 'picked-up'; readonly callId: string; readonly at: Date }
  | { readonly kind: 'finished'; readonly callId: string; readonly at: Date; readonly result: CallResult };

export interface CallResult {
  readonly outcome: CallOutcome;
  readonly sipCode: number | null;
  /** ITU-T Q.850 cause. */
  readonly hangupCause: number | null;
  /** PLATFORM: by our order or our ring timeout. */
  readonly hungUpBy: 'SLOT' | 'FAR_END' | 'PLATFORM';
  /** Only with outcome FAILED. */
  readonly failureReason: string | null;
  readonly legs: readonly CallLeg[];
}

export type CallLeg = z.output<typeof callLegReport>;
