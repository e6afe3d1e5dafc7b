import type { CallQueued, PayloadOf } from '@vss/events';
import { newId } from '@vss/runtime';

export type CallSnapshot = PayloadOf<typeof CallQueued>['call'];

/** A call as telephony tells of it: just queued, unless more is said. */
export const aCall = (centerId: string, more: Partial<CallSnapshot> = {}): CallSnapshot => ({
  id: newId('call'),
  centerId,
  status: 'QUEUED',
  outcome: null,
  direction: 'OUTBOUND',
  phoneNumber: '+12025550100',
  slotId: newId('slot'),
  operatorId: null,
  leadId: null,
  startedAt: new Date().toISOString(),
  ringingAt: null,
  answeredAt: null,
  endedAt: null,
  talkSeconds: null,
  sipCode: null,
  hangupCause: null,
  hungUpBy: null,
  failureReason: null,
  version: 1,
  ...more,
});
