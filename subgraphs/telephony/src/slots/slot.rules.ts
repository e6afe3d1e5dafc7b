import type { z } from 'zod';
import type { slotAdminState, slotAvailability, slotFaultReason, slotState } from '@vss/events';

export type SlotState = z.output<typeof slotState>;
export type SlotFaultReason = z.output<typeof slotFaultReason>;
export type SlotAdminState = z.output<typeof slotAdminState>;
export type SlotAvailability = z.output<typeof slotAvailability>;

/** What may happen to a slot. */
export type SlotTrigger =
  | 'SERVICE_ENTERED'
  | 'SERVICE_LEFT'
  | 'REGISTRATION_SENT'
  | 'REGISTERED'
  | 'REGISTRATION_FAILED'
  | 'REGISTRATION_GIVEN_UP'
  | 'REGISTRATION_EXPIRING'
  | 'REGISTRATION_LOST'
  | 'DIAL_ACCEPTED'
  | 'CALL_ARRIVED'
  | 'ANSWERED'
  | 'NOT_ANSWERED'
  | 'HUNG_UP'
  | 'WRAPPED_UP'
  | 'WRAPPED_UP_OUT_OF_SERVICE'
  | 'FAULTED'
  | 'CHECK_PASSED';

/**
 * The whole state machine (requirements 12): what is not here does not happen. "Lease" in the requirements' table
 * means in service for a center; a user's lease is apart and moves no state.
 */
export const SLOT_EDGES: Readonly<Record<SlotState, Readonly<Partial<Record<SlotTrigger, SlotState>>>>> = {
  IDLE: { SERVICE_ENTERED: 'ASSIGNED', FAULTED: 'FAULT' },
  ASSIGNED: { REGISTRATION_SENT: 'REGISTERING', SERVICE_LEFT: 'IDLE', FAULTED: 'FAULT' },
  REGISTERING: { REGISTERED: 'READY', REGISTRATION_FAILED: 'ASSIGNED', REGISTRATION_GIVEN_UP: 'FAULT', FAULTED: 'FAULT' },
  READY: {
    DIAL_ACCEPTED: 'CALLING',
    CALL_ARRIVED: 'CALLING',
    REGISTRATION_EXPIRING: 'REGISTERING',
    REGISTRATION_LOST: 'REGISTERING',
    SERVICE_LEFT: 'IDLE',
    FAULTED: 'FAULT',
  },
  CALLING: { ANSWERED: 'ACTIVE_CALL', NOT_ANSWERED: 'POSTCALL', FAULTED: 'FAULT' },
  ACTIVE_CALL: { HUNG_UP: 'POSTCALL', FAULTED: 'FAULT' },
  POSTCALL: { WRAPPED_UP: 'READY', WRAPPED_UP_OUT_OF_SERVICE: 'IDLE', FAULTED: 'FAULT' },
  FAULT: { CHECK_PASSED: 'IDLE' },
};

/** The state that follows, or undefined where the trigger means nothing in this state. */
export const nextSlotState = (state: SlotState, trigger: SlotTrigger): SlotState | undefined => SLOT_EDGES[state][trigger];

/** In a call, or winding one up. */
export const isBusy = (state: SlotState): boolean => state === 'CALLING' || state === 'ACTIVE_CALL' || state === 'POSTCALL';
export const isInCall = (state: SlotState): boolean => state === 'CALLING' || state === 'ACTIVE_CALL';

export function availabilityOf(slot: { state: SlotState; adminState: SlotAdminState; leaseId: string | null }): SlotAvailability {
  if (isBusy(slot.state)) return 'BUSY';
  if (slot.state !== 'READY' || slot.adminState !== 'IN_SERVICE') return 'UNAVAILABLE';
  return slot.leaseId === null ? 'FREE' : 'RESERVED';
}

/** Faults that the device itself reports, and that end when it reports that it is fit again. */
const DEVICE_REASONS: readonly SlotFaultReason[] = ['DEVICE_OFFLINE', 'OVERHEAT', 'BATTERY', 'SCRIPT_HUNG'];
export const isDeviceReason = (reason: SlotFaultReason): boolean => DEVICE_REASONS.includes(reason);

/** Faults for which the platform itself asks for a health check; the others wait for the device or an administrator. */
const RECHECKED: readonly SlotFaultReason[] = ['SIP_LOST', 'PBX_DOWN', 'HEARTBEAT_LOST'];
export const isRechecked = (reason: SlotFaultReason): boolean => RECHECKED.includes(reason);

/**
 * The reason that stands when a slot in FAULT hears of another one. The one that is harder to leave stays: otherwise
 * a lost heartbeat would hide an overheated phone and the next check would put it back to work.
 */
export function standingFault(current: SlotFaultReason, next: SlotFaultReason): SlotFaultReason {
  const weight = (reason: SlotFaultReason): number => (reason === 'ADMIN' ? 2 : isDeviceReason(reason) ? 1 : 0);
  return weight(next) > weight(current) ? next : current;
}

/** After this many failures in a row a registration is given up. */
export const MAX_REGISTRATION_FAILURES = 3;

export type RegistrationFailure = { trigger: 'REGISTRATION_GIVEN_UP' } | { trigger: 'REGISTRATION_FAILED'; retryAfterMs: number };

/** What follows the `failures`-th failure in a row. The wait doubles each time. */
export function onRegistrationFailure(failures: number, retryable: boolean, backoffMs: number): RegistrationFailure {
  if (!retryable || failures >= MAX_REGISTRATION_FAILURES) return { trigger: 'REGISTRATION_GIVEN_UP' };
  return { trigger: 'REGISTRATION_FAILED', retryAfterMs: backoffMs * 2 ** (failures - 1) };
}

/** What the end of the wrap-up leads to. */
export function onWrappedUp(slot: { adminState: SlotAdminState; registrationExpiresAt: Date | null }, now: Date): SlotTrigger {
  const holds = slot.adminState === 'IN_SERVICE' && slot.registrationExpiresAt !== null && slot.registrationExpiresAt > now;
  return holds ? 'WRAPPED_UP' : 'WRAPPED_UP_OUT_OF_SERVICE';
}

/** An administrator may set any state but bring nothing back that was retired. */
export const maySetAdminState = (from: SlotAdminState, to: SlotAdminState): boolean => from !== 'RETIRED' || to === 'RETIRED';

/** What is to be done with a slot whose deadline has passed. */
export type DueStep =
  | { do: 'NOTHING' }
  | { do: 'FAULT'; reason: SlotFaultReason }
  | { do: 'ENTER_SERVICE' }
  | { do: 'REGISTER' }
  | { do: 'LEAVE_SERVICE' }
  | { do: 'REGISTRATION_TIMED_OUT' }
  | { do: 'REFRESH_REGISTRATION' }
  | { do: 'END_CALL' }
  | { do: 'WRAP_UP' }
  | { do: 'CHECK' };

/** One answer for every state, so that nothing can stand still for ever. `hubOnline` is undefined for an unbound slot. */
export function dueStep(
  slot: { state: SlotState; adminState: SlotAdminState; faultReason: SlotFaultReason | null },
  hubOnline: boolean | undefined,
): DueStep {
  const inService = slot.adminState === 'IN_SERVICE';
  if (hubOnline !== true) return whileHubIsAway(slot.state);
  switch (slot.state) {
    case 'IDLE':
      return inService ? { do: 'ENTER_SERVICE' } : { do: 'NOTHING' };
    case 'ASSIGNED':
      return inService ? { do: 'REGISTER' } : { do: 'LEAVE_SERVICE' };
    case 'REGISTERING':
      return { do: 'REGISTRATION_TIMED_OUT' };
    case 'READY':
      return inService ? { do: 'REFRESH_REGISTRATION' } : { do: 'LEAVE_SERVICE' };
    case 'CALLING':
    case 'ACTIVE_CALL':
      return { do: 'END_CALL' };
    case 'POSTCALL':
      return { do: 'WRAP_UP' };
    case 'FAULT':
    default:
      return slot.faultReason && isRechecked(slot.faultReason) ? { do: 'CHECK' } : { do: 'NOTHING' };
  }
}

function whileHubIsAway(state: SlotState): DueStep {
  return state === 'IDLE' || state === 'FAULT' ? { do: 'NOTHING' } : { do: 'FAULT', reason: 'HEARTBEAT_LOST' };
}
