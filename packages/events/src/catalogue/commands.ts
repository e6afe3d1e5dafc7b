import { z } from 'zod';
import { defineCommand } from './definition.js';
import { slotKind } from './telephony.js';

/** Put the slot's SIP credentials in place and bring its phone to register. Answered by `runner.slot.registered`. */
export const SlotRegister = defineCommand('hub.slot.register', { slotNumber: z.string(), slotKind, centerId: z.string() });
/** Take the slot's credentials away. */
export const SlotUnregister = defineCommand('hub.slot.unregister', { slotNumber: z.string() });
/** Check the slot's device and, where asked, cycle its USB power first. Answered by `runner.slot.checked`. */
export const SlotRecover = defineCommand('hub.slot.recover', { slotNumber: z.string(), cyclePower: z.boolean() });
/** Call a number from the slot. The call's id is the id at the far end too, so that it can be found again. */
export const CallOriginate = defineCommand('hub.call.originate', {
  callId: z.string(),
  slotNumber: z.string(),
  /** E.164. */
  phoneNumber: z.string(),
  /** How long the far end may ring before the call ends as NO_ANSWER. */
  ringTimeoutMs: z.number().int().positive(),
});
export const CallHangup = defineCommand('hub.call.hangup', { callId: z.string() });
