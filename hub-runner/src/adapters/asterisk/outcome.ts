import type { CallOutcome } from '../../ports/index.js';

const BY_SIP_CODE: Readonly<Record<number, CallOutcome>> = {
  403: 'REJECTED',
  404: 'INVALID_NUMBER',
  408: 'NO_ANSWER',
  410: 'INVALID_NUMBER',
  480: 'NO_ANSWER',
  484: 'INVALID_NUMBER',
  486: 'BUSY',
  487: 'CANCELLED',
  503: 'CONGESTION',
  600: 'BUSY',
  603: 'REJECTED',
  604: 'INVALID_NUMBER',
};

/** ITU-T Q.850 causes, for far ends that are not SIP and for answers without a code. */
const BY_CAUSE: Readonly<Record<number, CallOutcome>> = {
  1: 'INVALID_NUMBER',
  3: 'INVALID_NUMBER',
  17: 'BUSY',
  18: 'NO_ANSWER',
  19: 'NO_ANSWER',
  20: 'NO_ANSWER',
  21: 'REJECTED',
  22: 'INVALID_NUMBER',
  28: 'INVALID_NUMBER',
  34: 'CONGESTION',
  38: 'CONGESTION',
  41: 'CONGESTION',
  42: 'CONGESTION',
  44: 'CONGESTION',
  47: 'CONGESTION',
};

/** What a far end that was not reached means for the call. */
export function outcomeOf(sipCode: number | null, cause: number | null): CallOutcome {
  return (sipCode === null ? undefined : BY_SIP_CODE[sipCode]) ?? (cause === null ? undefined : BY_CAUSE[cause]) ?? 'FAILED';
}
