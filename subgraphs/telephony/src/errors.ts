import { registerEnumType } from 'type-graphql';
import { userErrorType } from '@vss/graphql';
import { AppError } from '@vss/runtime';

export const TelephonyErrorCode = {
  SLOT_NOT_READY: 'SLOT_NOT_READY',
  NO_SLOT_FREE: 'NO_SLOT_FREE',
  SLOT_NOT_FAULTED: 'SLOT_NOT_FAULTED',
  SLOT_RETIRED: 'SLOT_RETIRED',
  HUB_OFFLINE: 'HUB_OFFLINE',
  LEASE_IN_USE: 'LEASE_IN_USE',
  PHONE_NUMBER_INVALID: 'PHONE_NUMBER_INVALID',
  PHONE_NUMBER_FORBIDDEN: 'PHONE_NUMBER_FORBIDDEN',
  PHONE_NUMBER_SUPPRESSED: 'PHONE_NUMBER_SUPPRESSED',
  CALL_ALREADY_ENDED: 'CALL_ALREADY_ENDED',
  IDEMPOTENCY_KEY_REUSED: 'IDEMPOTENCY_KEY_REUSED',
  RANGE_EXHAUSTED: 'RANGE_EXHAUSTED',
  CAPACITY_INVALID: 'CAPACITY_INVALID',
  VERSION_CONFLICT: 'VERSION_CONFLICT',
  RIGHT_LIMITED: 'RIGHT_LIMITED',
  INPUT_INVALID: 'INPUT_INVALID',
} as const;

registerEnumType(TelephonyErrorCode, {
  name: 'TelephonyErrorCode',
  description: 'Why telephony refused a request.',
  valuesConfig: {
    SLOT_NOT_READY: { description: 'The named slot cannot start a call now: not READY, out of service, or reserved by somebody else.' },
    NO_SLOT_FREE: { description: 'No slot that fits is free now.' },
    SLOT_NOT_FAULTED: { description: 'Only a slot at fault can be recovered.' },
    SLOT_RETIRED: { description: 'A retired slot does not come back.' },
    HUB_OFFLINE: { description: 'The hub of the slot is not there.' },
    LEASE_IN_USE: { description: 'A call goes on under this lease; it ends with the call.' },
    PHONE_NUMBER_INVALID: { description: 'Not a number that can exist, or not in E.164 form.' },
    PHONE_NUMBER_FORBIDDEN: { description: 'An emergency, premium, shared-cost, satellite or blocked number: never dialled.' },
    PHONE_NUMBER_SUPPRESSED: { description: 'The center does not call this number.' },
    CALL_ALREADY_ENDED: { description: 'The call has ended before.' },
    IDEMPOTENCY_KEY_REUSED: { description: 'The idempotency key was used for another input.' },
    RANGE_EXHAUSTED: { description: 'Not enough numbers are left for slots of this kind.' },
    CAPACITY_INVALID: { description: 'The capacity is not between 1 and 999.' },
    VERSION_CONFLICT: { description: 'It was changed in the meantime: read it again.' },
    RIGHT_LIMITED: { description: 'The right is there, but not for so long or so many at a time; `explainId` tells more.' },
    INPUT_INVALID: { description: 'The input contradicts itself; the message says how.' },
  },
});

export const TelephonyUserError = userErrorType('Telephony', TelephonyErrorCode);

/** A stranger's row and no row are the same answer. */
export const notFound = (what: string): AppError => new AppError('NOT_FOUND', `There is no such ${what}`);
