import { z } from 'zod';
import { defineEvent } from './definition.js';

export const CenterCreated = defineEvent('operations.center.created', z.object({ centerId: z.string(), name: z.string(), timeZone: z.string() }), (p) => p.centerId);
/** A message could not be handled after all its retries; later ones of the aggregate wait behind it. */
export const MessageDeadLettered = defineEvent(
  'operations.message.deadlettered',
  z.object({ messageId: z.string(), messageType: z.string(), subjectId: z.string(), group: z.string(), reason: z.string(), attempts: z.number().int() }),
  (p) => p.subjectId,
);
/** An administrator asks the group to try again what it has parked for this aggregate. */
export const MessagesRedriven = defineEvent('operations.messages.redriven', z.object({ group: z.string(), subjectId: z.string() }), (p) => p.subjectId);
