import { registerEnumType } from 'type-graphql';
import { slotAdminState, slotAvailability, slotFaultReason, slotKind, slotState } from '@vss/events';

// Copies: type-graphql knows an enum by its object, and other subgraphs of the same process may register theirs.
export const SlotKind = { ...slotKind.enum };
export type SlotKind = keyof typeof SlotKind;
registerEnumType(SlotKind, {
  name: 'SlotKind',
  description: 'What kind of station a slot is; it decides the first digit of its number.',
  valuesConfig: {
    AUTO: { description: 'A slot of an automatic hub; numbers 6xxx.' },
    MF: { description: 'A phone of a mobile farm; numbers 7xxx.' },
    LS: { description: 'A host that runs local scripts; numbers 8xxx.' },
  },
});

export const SlotState = { ...slotState.enum };
registerEnumType(SlotState, {
  name: 'SlotState',
  description: 'Where a slot stands in its state machine.',
  valuesConfig: {
    IDLE: { description: 'Out of service: no credentials, no registration.' },
    ASSIGNED: { description: 'Taken into service; its registration is about to be sent.' },
    REGISTERING: { description: 'Its phone is asked to register with SIP.' },
    READY: { description: 'Registered; a call can be started.' },
    CALLING: { description: 'A call is being set up.' },
    ACTIVE_CALL: { description: 'A call was answered and goes on.' },
    POSTCALL: { description: 'The call has ended; the slot is winding up.' },
    FAULT: { description: 'Unfit, see faultReason; left only after a passed health check.' },
  },
});

export const SlotFaultReason = { ...slotFaultReason.enum };
registerEnumType(SlotFaultReason, {
  name: 'SlotFaultReason',
  description: 'Why a slot is unfit.',
  valuesConfig: {
    SIP_LOST: { description: 'It could not be registered.' },
    DEVICE_OFFLINE: { description: 'Its device does not answer.' },
    OVERHEAT: { description: 'Its device is too hot.' },
    BATTERY: { description: "Its device's battery is too low." },
    SCRIPT_HUNG: { description: 'A script on its device does not end.' },
    PBX_DOWN: { description: 'The PBX does not answer.' },
    HEARTBEAT_LOST: { description: 'Its hub is not heard of any more.' },
    ADMIN: { description: 'Set by an administrator.' },
  },
});

export const SlotAdminState = { ...slotAdminState.enum };
registerEnumType(SlotAdminState, {
  name: 'SlotAdminState',
  description: 'What the administration wants of a slot, whatever state it is in.',
  valuesConfig: {
    IN_SERVICE: { description: 'It shall work.' },
    DRAINING: { description: 'It ends its call, then leaves service.' },
    MAINTENANCE: { description: 'Out of service while somebody works on it.' },
    QUARANTINED: { description: 'Out of service because it failed too often.' },
    RETIRED: { description: 'Out of service for good; its number stays taken.' },
  },
});

export const SlotAvailability = { ...slotAvailability.enum };
registerEnumType(SlotAvailability, {
  name: 'SlotAvailability',
  description: 'Whether a call can be started on a slot, computed from its state, lease and administrative state.',
  valuesConfig: {
    FREE: { description: 'Anybody who may start calls may start one here.' },
    RESERVED: { description: 'Only the holder of its lease may start a call here.' },
    BUSY: { description: 'In a call, or winding one up.' },
    UNAVAILABLE: { description: 'Not registered, at fault, or out of service.' },
  },
});
