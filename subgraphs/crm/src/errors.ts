import { registerEnumType } from 'type-graphql';
import { userErrorType } from '@vss/graphql';

export const CrmErrorCode = {
  CLIENT_NAME_INVALID: 'CLIENT_NAME_INVALID',
  PHONE_NUMBER_INVALID: 'PHONE_NUMBER_INVALID',
  SOURCE_INVALID: 'SOURCE_INVALID',
  NOTE_TEXT_INVALID: 'NOTE_TEXT_INVALID',
  NOTE_TARGET_MISSING: 'NOTE_TARGET_MISSING',
  NOTE_TARGET_MISMATCH: 'NOTE_TARGET_MISMATCH',
  VERSION_CONFLICT: 'VERSION_CONFLICT',
  IDEMPOTENCY_KEY_REUSED: 'IDEMPOTENCY_KEY_REUSED',
} as const;
registerEnumType(CrmErrorCode, {
  name: 'CrmErrorCode',
  description: 'What has to be put right.',
  valuesConfig: {
    CLIENT_NAME_INVALID: { description: 'A client name has 1 to 200 characters.' },
    PHONE_NUMBER_INVALID: { description: 'The number is not an international phone number, such as +12025550143.' },
    SOURCE_INVALID: { description: 'A source has at most 200 characters.' },
    NOTE_TEXT_INVALID: { description: 'A note has 1 to 10,000 characters.' },
    NOTE_TARGET_MISSING: { description: 'A note belongs to a call, a lead, or both.' },
    NOTE_TARGET_MISMATCH: { description: 'The call belongs to another lead than the one named.' },
    VERSION_CONFLICT: { description: 'Somebody has changed it since it was read: read it again and decide anew.' },
    IDEMPOTENCY_KEY_REUSED: { description: 'The key was used before, with another input.' },
  },
});

export const CrmUserError = userErrorType('Crm', CrmErrorCode);
