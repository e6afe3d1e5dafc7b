import { registerEnumType } from 'type-graphql';
import { callOutcome, callParty, callStatus } from '@vss/events';

export const CallStatus = { ...callStatus.enum };
registerEnumType(CallStatus, {
  name: 'CallStatus',
  description: 'How far a call has come.',
  valuesConfig: {
    QUEUED: { description: 'Accepted and stored; its hub has not begun to dial.' },
    DIALING: { description: 'Being dialled.' },
    RINGING: { description: 'The far end rings.' },
    ANSWERED: { description: 'The far end picked up.' },
    BRIDGED: { description: 'Both sides hear each other.' },
    ON_HOLD: { description: 'The far end is kept on hold.' },
    ENDED: { description: 'Over, see outcome; nothing follows.' },
  },
});

export const CallOutcome = { ...callOutcome.enum };
registerEnumType(CallOutcome, {
  name: 'CallOutcome',
  description: 'What became of a call.',
  valuesConfig: {
    ANSWERED: { description: 'The far end picked up.' },
    NO_ANSWER: { description: 'It rang and nobody picked up.' },
    BUSY: { description: 'The far end was busy.' },
    REJECTED: { description: 'The far end or its network refused.' },
    CANCELLED: { description: 'Ended from our side before anybody picked up.' },
    INVALID_NUMBER: { description: 'The network does not know the number.' },
    CONGESTION: { description: 'The network had no way through.' },
    MACHINE: { description: 'An answering machine picked up.' },
    FAX: { description: 'A fax machine picked up.' },
    ABANDONED: { description: 'Picked up, but nobody was there to talk.' },
    FAILED: { description: 'It broke, see failureReason.' },
  },
});

export const CallDirection = { OUTBOUND: 'OUTBOUND', INBOUND: 'INBOUND' } as const;
registerEnumType(CallDirection, {
  name: 'CallDirection',
  description: 'Who called whom.',
  valuesConfig: { OUTBOUND: { description: 'The slot called.' }, INBOUND: { description: 'The slot was called.' } },
});

export const CallParty = { ...callParty.enum };
registerEnumType(CallParty, {
  name: 'CallParty',
  description: 'A side of a call.',
  valuesConfig: {
    SLOT: { description: "The slot's phone." },
    FAR_END: { description: 'The number that was called, or that called.' },
    OPERATOR: { description: 'The operator, through the platform.' },
    PLATFORM: { description: 'The platform by itself, for example at a deadline.' },
  },
});
