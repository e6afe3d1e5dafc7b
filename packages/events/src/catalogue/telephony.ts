import { z } from 'zod';
import { defineEvent, instant } from './definition.js';

export const slotKind = z.enum(['AUTO', 'MF', 'LS']);
export const slotState = z.enum(['IDLE', 'ASSIGNED', 'REGISTERING', 'READY', 'CALLING', 'ACTIVE_CALL', 'POSTCALL', 'FAULT']);
export const slotFaultReason = z.enum(['SIP_LOST', 'DEVICE_OFFLINE', 'OVERHEAT', 'BATTERY', 'SCRIPT_HUNG', 'PBX_DOWN', 'HEARTBEAT_LOST', 'ADMIN']);
export const slotAdminState = z.enum(['IN_SERVICE', 'DRAINING', 'MAINTENANCE', 'QUARANTINED', 'RETIRED']);
export const slotAvailability = z.enum(['FREE', 'RESERVED', 'BUSY', 'UNAVAILABLE']);
export const callStatus = z.enum(['QUEUED', 'DIALING', 'RINGING', 'ANSWERED', 'BRIDGED', 'ON_HOLD', 'ENDED']);
export const callOutcome = z.enum(['ANSWERED', 'NO_ANSWER', 'BUSY', 'REJECTED', 'CANCELLED', 'INVALID_NUMBER', 'CONGESTION', 'MACHINE', 'FAX', 'ABANDONED', 'FAILED']);
export const callParty = z.enum(['SLOT', 'FAR_END', 'OPERATOR', 'PLATFORM']);

export const trunkSnapshot = z.object({
  id: z.string(),
  centerId: z.string(),
  name: z.string(),
  kind: z.enum(['HUB', 'PROVIDER']),
  slotKind: slotKind.nullable(),
  capacity: z.number().int(),
  hubId: z.string().nullable(),
  version: z.number().int(),
});

export const slotSnapshot = z.object({
  id: z.string(),
  centerId: z.string(),
  trunkId: z.string(),
  hubId: z.string().nullable(),
  /** Internal SIP number: 6xxx AUTO, 7xxx MF, 8xxx LS. */
  number: z.string(),
  kind: slotKind,
  state: slotState,
  stateSince: instant,
  faultReason: slotFaultReason.nullable(),
  adminState: slotAdminState,
  availability: slotAvailability,
  sipRegistered: z.boolean(),
  registrationExpiresAt: instant.nullable(),
  /** The call that it is in, if any. */
  callId: z.string().nullable(),
  version: z.number().int(),
});

export const callSnapshot = z.object({
  id: z.string(),
  centerId: z.string(),
  status: callStatus,
  outcome: callOutcome.nullable(),
  direction: z.enum(['OUTBOUND', 'INBOUND']),
  /** E.164. */
  phoneNumber: z.string(),
  slotId: z.string(),
  operatorId: z.string().nullable(),
  leadId: z.string().nullable(),
  startedAt: instant,
  ringingAt: instant.nullable(),
  answeredAt: instant.nullable(),
  endedAt: instant.nullable(),
  /** Seconds between answer and end. */
  talkSeconds: z.number().int().nullable(),
  sipCode: z.number().int().nullable(),
  /** ITU-T Q.850 cause. */
  hangupCause: z.number().int().nullable(),
  hungUpBy: callParty.nullable(),
  /** Why a FAILED call failed: a slot fault reason, or a runner's word such as IN_DOUBT. */
  failureReason: z.string().nullable(),
  version: z.number().int(),
});

const aboutTrunk = z.object({ trunk: trunkSnapshot });
const aboutSlot = z.object({ slot: slotSnapshot });
const aboutCall = z.object({ call: callSnapshot });

export const TrunkCreated = defineEvent('telephony.trunk.created', aboutTrunk, (p) => p.trunk.id);
export const SlotCreated = defineEvent('telephony.slot.created', aboutSlot, (p) => p.slot.id);
/** The state machine took an edge. */
export const SlotTransitioned = defineEvent(
  'telephony.slot.transitioned',
  z.object({ slot: slotSnapshot, from: slotState, to: slotState, cause: z.string(), commandId: z.string().nullable() }),
  (p) => p.slot.id,
);
/** Something other than the state changed: lease, registration expiry, administrative state. */
export const SlotUpdated = defineEvent('telephony.slot.updated', aboutSlot, (p) => p.slot.id);
/** All that carry the slot as it then was: for who follows slots, in a projection or in a live stream. */
export const SLOT_EVENTS = [SlotCreated, SlotTransitioned, SlotUpdated] as const;

export const CallQueued = defineEvent('telephony.call.queued', aboutCall, (p) => p.call.id);
export const CallDialing = defineEvent('telephony.call.dialing', aboutCall, (p) => p.call.id);
export const CallRinging = defineEvent('telephony.call.ringing', aboutCall, (p) => p.call.id);
export const CallAnswered = defineEvent('telephony.call.answered', aboutCall, (p) => p.call.id);
export const CallBridged = defineEvent('telephony.call.bridged', aboutCall, (p) => p.call.id);
/** The call was linked to a lead after its start. */
export const CallLinked = defineEvent('telephony.call.linked', aboutCall, (p) => p.call.id);
export const CallEnded = defineEvent('telephony.call.ended', aboutCall, (p) => p.call.id);
/** All that carry the call as it then was. */
export const CALL_EVENTS = [CallQueued, CallDialing, CallRinging, CallAnswered, CallBridged, CallLinked, CallEnded] as const;

export const CdrRecorded = defineEvent(
  'telephony.cdr.recorded',
  z.object({ cdrId: z.string(), call: callSnapshot, slotNumber: z.string(), ringSeconds: z.number().int(), talkSeconds: z.number().int() }),
  (p) => p.call.id,
);
export const SuppressionAdded = defineEvent('telephony.suppression.added', z.object({ suppressionId: z.string(), phoneNumber: z.string(), reason: z.string() }), (p) => p.suppressionId);
export const SuppressionRemoved = defineEvent('telephony.suppression.removed', z.object({ suppressionId: z.string(), phoneNumber: z.string() }), (p) => p.suppressionId);
/** A call was refused by a legal rule before anything was dialled. */
export const CallRefused = defineEvent(
  'telephony.call.refused',
  z.object({ userId: z.string(), phoneNumber: z.string(), rule: z.string(), code: z.string() }),
  (p) => p.userId,
);
