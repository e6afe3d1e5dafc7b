import { z } from 'zod';
import { defineEvent } from './definition.js';

/** Rows that a right can be about, and that identity does not own. */
export const ownedResource = z.enum(['CENTER', 'CALL', 'LEAD', 'NOTE', 'SLOT', 'TRUNK', 'HUB', 'DEVICE']);
export type OwnedResource = z.output<typeof ownedResource>;

/** Identity's knowledge of whose rows are begins anew: the owner of this type says all of them, from behind `after` on. */
export const ResourcesRequested = defineEvent('platform.resources.requested', z.object({ type: ownedResource, after: z.string() }), (p) => p.type);

/** Whose a row is, said again for a projection that starts anew; of what the row says, nothing. */
export const ResourceSnapshotted = defineEvent(
  'platform.resource.snapshotted',
  z.object({
    type: ownedResource,
    id: z.string(),
    centerId: z.string(),
    /** Of a call its operator, of a lead its seller, of a note its author. */
    ownerId: z.string().nullable().default(null),
    /** Of a lead its operator. */
    assigneeId: z.string().nullable().default(null),
    /** What a call or a note is about. */
    leadId: z.string().nullable().default(null),
    /** What a note is about. */
    callId: z.string().nullable().default(null),
    version: z.number().int(),
  }),
  (p) => p.id,
);
