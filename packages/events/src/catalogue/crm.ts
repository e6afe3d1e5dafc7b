import { z } from 'zod';
import { defineEvent } from './definition.js';

export const leadStatus = z.enum(['NEW', 'CONTACTED', 'QUALIFIED', 'WON', 'LOST']);
export const leadSnapshot = z.object({
  id: z.string(),
  centerId: z.string(),
  /** E.164. */
  phone: z.string(),
  status: leadStatus,
  assignedSellerId: z.string().nullable(),
  assignedOperatorId: z.string().nullable(),
  version: z.number().int(),
});

export const LeadCreated = defineEvent('crm.lead.created', z.object({ lead: leadSnapshot }), (p) => p.lead.id);
export const LeadUpdated = defineEvent('crm.lead.updated', z.object({ lead: leadSnapshot }), (p) => p.lead.id);
export const LeadSnapshotted = defineEvent('crm.lead.snapshotted', z.object({ lead: leadSnapshot }), (p) => p.lead.id);
/** The number of a call without a lead is that of this one, within the operator's scope: telephony links them. */
export const LeadMatched = defineEvent('crm.lead.matched', z.object({ leadId: z.string(), callId: z.string() }), (p) => p.callId);
export const NoteCreated = defineEvent(
  'crm.note.created',
  z.object({ noteId: z.string(), leadId: z.string().nullable(), callId: z.string().nullable(), authorId: z.string() }),
  (p) => p.noteId,
);
export const NoteUpdated = defineEvent('crm.note.updated', z.object({ noteId: z.string(), authorId: z.string() }), (p) => p.noteId);
