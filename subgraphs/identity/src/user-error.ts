import { registerEnumType } from 'type-graphql';
import { userErrorType } from '@vss/graphql';

export enum IdentityErrorCode {
  INVALID_CREDENTIALS = 'INVALID_CREDENTIALS',
  REFRESH_TOKEN_INVALID = 'REFRESH_TOKEN_INVALID',
  SESSION_EXPIRED = 'SESSION_EXPIRED',
  USERNAME_INVALID = 'USERNAME_INVALID',
  USERNAME_TAKEN = 'USERNAME_TAKEN',
  PASSWORD_WEAK = 'PASSWORD_WEAK',
  EMAIL_INVALID = 'EMAIL_INVALID',
  DISPLAY_NAME_INVALID = 'DISPLAY_NAME_INVALID',
  ROLE_UNKNOWN = 'ROLE_UNKNOWN',
  LAST_ADMINISTRATOR = 'LAST_ADMINISTRATOR',
  VERSION_CONFLICT = 'VERSION_CONFLICT',
  INPUT_INVALID = 'INPUT_INVALID',
}
registerEnumType(IdentityErrorCode, {
  name: 'IdentityErrorCode',
  description: 'What can be put right about a request to the identity subgraph.',
  valuesConfig: {
    INVALID_CREDENTIALS: { description: 'The user name or the password is wrong, or the user may not sign in; it is not told which.' },
    REFRESH_TOKEN_INVALID: { description: 'The refresh token is unknown, was used before, or its session has ended: sign in again.' },
    SESSION_EXPIRED: { description: 'The session was idle for too long or has reached its age: sign in again.' },
    USERNAME_INVALID: { description: 'The user name has a wrong length or signs that are not allowed.' },
    USERNAME_TAKEN: { description: 'There is a user of this name already.' },
    PASSWORD_WEAK: { description: 'The password is too short, too long, too common, or the user name.' },
    EMAIL_INVALID: { description: 'This is not an email address.' },
    DISPLAY_NAME_INVALID: { description: 'The display name is empty, too long, or holds signs that cannot be printed.' },
    ROLE_UNKNOWN: { description: 'There is no role of this name.' },
    LAST_ADMINISTRATOR: { description: 'Nobody would be left who may do everything.' },
    VERSION_CONFLICT: { description: 'Somebody else changed it since it was read: read it again.' },
    INPUT_INVALID: { description: 'A field that cannot be empty was given as null.' },
  },
});

export const IdentityUserError = userErrorType('Identity', IdentityErrorCode);
