import { registerEnumType } from 'type-graphql';
import { userErrorType } from '@vss/graphql';

export const OperationsErrorCode = { REDRIVE_UNDER_WAY: 'REDRIVE_UNDER_WAY' } as const;
registerEnumType(OperationsErrorCode, {
  name: 'OperationsErrorCode',
  description: 'What has to be put right.',
  valuesConfig: { REDRIVE_UNDER_WAY: { description: 'Somebody has just asked for the same: wait a few seconds and look again.' } },
});

export const OperationsUserError = userErrorType('Operations', OperationsErrorCode);
