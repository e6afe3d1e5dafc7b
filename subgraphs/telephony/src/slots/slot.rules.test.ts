import { describe, expect, it } from 'vitest';
import { slotAdminState, slotFaultReason, slotState } from '@vss/events';
import {
  availabilityOf,
  dueStep,
  maySetAdminState,
  nextSlotState,
  onRegistrationFailure,
  onWrappedUp,
  standingFault,
  type SlotState,
  type SlotTrigger,
} from './slot.rules.js';

const STATES = slotState.options;
const TRIGGERS: SlotTrigger[] = [
  'SERVICE_ENTERED', 'SERVICE_LEFT', 'REGISTRATION_SENT', 'REGISTERED', 'REGISTRATION_FAILED', 'REGISTRATION_GIVEN_UP',
  'REGISTRATION_EXPIRING', 'REGISTRATION_LOST', 'DIAL_ACCEPTED', 'CALL_ARRIVED', 'ANSWERED', 'NOT_ANSWERED', 'HUNG_UP',
  'WRAPPED_UP', 'WRAPPED_UP_OUT_OF_SERVICE', 'FAULTED', 'CHECK_PASSED',
];
// Written out a second time, from the requirements' table, so that a slip in the data does not pass for a rule.
const ALLOWED: Record<string, SlotState> = {
  'IDLE SERVICE_ENTERED': 'ASSIGNED',
  'ASSIGNED REGISTRATION_SENT': 'REGISTERING',
  'ASSIGNED SERVICE_LEFT': 'IDLE',
  'REGISTERING REGISTERED': 'READY',
  'REGISTERING REGISTRATION_FAILED': 'ASSIGNED',
  'REGISTERING REGISTRATION_GIVEN_UP': 'FAULT',
  'READY DIAL_ACCEPTED': 'CALLING',
  'READY CALL_ARRIVED': 'CALLING',
  'READY REGISTRATION_EXPIRING': 'REGISTERING',
  'READY REGISTRATION_LOST': 'REGISTERING',
  'READY SERVICE_LEFT': 'IDLE',
  'CALLING ANSWERED': 'ACTIVE_CALL',
  'CALLING NOT_ANSWERED': 'POSTCALL',
  'ACTIVE_CALL HUNG_UP': 'POSTCALL',
  'POSTCALL WRAPPED_UP': 'READY',
  'POSTCALL WRAPPED_UP_OUT_OF_SERVICE': 'IDLE',
  'FAULT CHECK_PASSED': 'IDLE',
};
for (const state of STATES) if (state !== 'FAULT') ALLOWED[`${state} FAULTED`] = 'FAULT';

describe('slot state machine (R-044…R-046, X-02…X-04)', () => {
  for (const state of STATES)
    for (const trigger of TRIGGERS) {
      const to = ALLOWED[`${state} ${trigger}`];
      it(`${state} + ${trigger} → ${to ?? 'nothing'}`, () => expect(nextSlotState(state, trigger)).toBe(to));
    }

  it('leaves FAULT by a passed check alone', () => {
    expect(TRIGGERS.filter((trigger) => nextSlotState('FAULT', trigger))).toEqual(['CHECK_PASSED']);
  });

  it('can reach every state from IDLE and return to it', () => {
    const reach = (from: SlotState): Set<SlotState> => {
      const seen = new Set<SlotState>([from]);
      for (const state of seen) for (const trigger of TRIGGERS) { const to = nextSlotState(state, trigger); if (to) seen.add(to); }
      return seen;
    };
    expect(reach('IDLE').size).toBe(STATES.length);
    for (const state of STATES) expect(reach(state).has('IDLE')).toBe(true);
  });
});

describe('availability (X-01)', () => {
  for (const state of STATES)
    for (const adminState of slotAdminState.options)
      for (const leaseId of [null, 'lease_1'])
        it(`${state}, ${adminState}, ${leaseId ? 'leased' : 'not leased'}`, () => {
          const expected = ['CALLING', 'ACTIVE_CALL', 'POSTCALL'].includes(state)
            ? 'BUSY'
            : state !== 'READY' || adminState !== 'IN_SERVICE' ? 'UNAVAILABLE' : leaseId ? 'RESERVED' : 'FREE';
          expect(availabilityOf({ state, adminState, leaseId })).toBe(expected);
        });
});

describe('registration failures', () => {
  it.each([
    [1, true, { trigger: 'REGISTRATION_FAILED', retryAfterMs: 2_000 }],
    [2, true, { trigger: 'REGISTRATION_FAILED', retryAfterMs: 4_000 }],
    [3, true, { trigger: 'REGISTRATION_GIVEN_UP' }],
    [4, true, { trigger: 'REGISTRATION_GIVEN_UP' }],
    [1, false, { trigger: 'REGISTRATION_GIVEN_UP' }],
  ] as const)('failure %i, retryable %s', (failures, retryable, expected) => {
    expect(onRegistrationFailure(failures, retryable, 2_000)).toEqual(expected);
  });
});

describe('end of the wrap-up', () => {
  const now = new Date('2026-01-01T00:00:00Z');
  const later = new Date('2026-01-01T00:01:00Z');
  it.each([
    ['IN_SERVICE', later, 'WRAPPED_UP'],
    ['IN_SERVICE', now, 'WRAPPED_UP_OUT_OF_SERVICE'],
    ['IN_SERVICE', null, 'WRAPPED_UP_OUT_OF_SERVICE'],
    ['DRAINING', later, 'WRAPPED_UP_OUT_OF_SERVICE'],
    ['MAINTENANCE', later, 'WRAPPED_UP_OUT_OF_SERVICE'],
  ] as const)('%s with registration until %s → %s', (adminState, registrationExpiresAt, expected) => {
    expect(onWrappedUp({ adminState, registrationExpiresAt }, now)).toBe(expected);
  });
});

describe('the fault that stands', () => {
  it('keeps what is harder to leave', () => {
    expect(standingFault('SIP_LOST', 'OVERHEAT')).toBe('OVERHEAT');
    expect(standingFault('OVERHEAT', 'HEARTBEAT_LOST')).toBe('OVERHEAT');
    expect(standingFault('BATTERY', 'ADMIN')).toBe('ADMIN');
    expect(standingFault('ADMIN', 'BATTERY')).toBe('ADMIN');
    for (const reason of slotFaultReason.options) expect(standingFault(reason, reason)).toBe(reason);
  });
});

describe('what a passed deadline leads to', () => {
  const online: Record<SlotState, [string, string]> = {
    IDLE: ['ENTER_SERVICE', 'NOTHING'],
    ASSIGNED: ['REGISTER', 'LEAVE_SERVICE'],
    REGISTERING: ['REGISTRATION_TIMED_OUT', 'REGISTRATION_TIMED_OUT'],
    READY: ['REFRESH_REGISTRATION', 'LEAVE_SERVICE'],
    CALLING: ['END_CALL', 'END_CALL'],
    ACTIVE_CALL: ['END_CALL', 'END_CALL'],
    POSTCALL: ['WRAP_UP', 'WRAP_UP'],
    FAULT: ['CHECK', 'CHECK'],
  };
  for (const state of STATES) {
    it(`${state} with its hub online`, () => {
      const faultReason = state === 'FAULT' ? 'SIP_LOST' : null;
      expect(dueStep({ state, adminState: 'IN_SERVICE', faultReason }, true).do).toBe(online[state][0]);
      expect(dueStep({ state, adminState: 'MAINTENANCE', faultReason }, true).do).toBe(online[state][1]);
    });
    for (const hubOnline of [false, undefined])
      it(`${state} with its hub ${hubOnline === false ? 'offline' : 'unknown'}`, () => {
        const step = dueStep({ state, adminState: 'IN_SERVICE', faultReason: state === 'FAULT' ? 'SIP_LOST' : null }, hubOnline);
        expect(step).toEqual(state === 'IDLE' || state === 'FAULT' ? { do: 'NOTHING' } : { do: 'FAULT', reason: 'HEARTBEAT_LOST' });
      });
  }
  it('leaves device faults to the device and ADMIN to an administrator', () => {
    for (const faultReason of slotFaultReason.options) {
      const checked = ['SIP_LOST', 'PBX_DOWN', 'HEARTBEAT_LOST'].includes(faultReason);
      expect(dueStep({ state: 'FAULT', adminState: 'IN_SERVICE', faultReason }, true).do).toBe(checked ? 'CHECK' : 'NOTHING');
    }
  });
});

describe('administrative state', () => {
  it('never brings back what was retired', () => {
    for (const to of slotAdminState.options) expect(maySetAdminState('RETIRED', to)).toBe(to === 'RETIRED');
    for (const from of slotAdminState.options) expect(maySetAdminState(from, 'RETIRED')).toBe(true);
    expect(maySetAdminState('QUARANTINED', 'IN_SERVICE')).toBe(true);
  });
});
