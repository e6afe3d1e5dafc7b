import type { z } from 'zod';
import type { callSnapshot } from '@vss/events';
import type { Call } from './call.entity.js';

export type CallSnapshot = z.output<typeof callSnapshot>;

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** The call as events tell it. */
export const snapshotOfCall = (call: Call): CallSnapshot => ({
  id: call.id,
  centerId: call.centerId,
  status: call.status,
  outcome: call.outcome,
  direction: call.direction,
  phoneNumber: call.phoneNumber,
  slotId: call.slotId,
  operatorId: call.operatorId,
  leadId: call.leadId,
  startedAt: call.startedAt.toISOString(),
  ringingAt: iso(call.ringingAt),
  answeredAt: iso(call.answeredAt),
  endedAt: iso(call.endedAt),
  talkSeconds: call.talkSeconds,
  sipCode: call.sipCode,
  hangupCause: call.hangupCause,
  hungUpBy: call.hungUpBy,
  failureReason: call.failureReason,
  version: call.version,
});
