import { assertAllowed, decide, type Actor, type GrantScope } from '@vss/auth';

export const MAX_NOTE = 10_000;

/** A note's text without the space around it, or undefined when it is empty, too long, or not storable as text. */
export function parseNoteText(text: string): string | undefined {
  const trimmed = text.trim();
  // Characters as a reader counts them: an emoji is one, not two code units.
  return trimmed !== '' && !trimmed.includes('\0') && Array.from(trimmed).length <= MAX_NOTE ? trimmed : undefined;
}

/** How far a right to read calls or notes reaches beyond the leads that its holder sees. */
export type Reach = 'OWN_LEADS' | 'OWN_CALLS' | 'LEADS_AND_OWN_CALLS' | 'LEADS_AND_TEAM_CALLS' | 'CENTER';

/** The calls on which this actor may write: OWN are those that he makes, ASSIGNED those on the leads that he sees as well. */
export const callsToWriteOn = (actor: Actor): Reach => REACH_OF_CALLS[assertAllowed(actor, 'calls:read')];

const REACH_OF_CALLS: Readonly<Record<GrantScope, Reach>> = { OWN: 'OWN_CALLS', ASSIGNED: 'LEADS_AND_OWN_CALLS', TEAM: 'LEADS_AND_TEAM_CALLS', CENTER: 'CENTER', ALL: 'CENTER' };

/** The notes that this actor may read: OWN are those on his leads and their calls, ASSIGNED those on his own calls too, TEAM on his team mates'. */
export const notesToRead = (actor: Actor): Reach => REACH_OF_NOTES[assertAllowed(actor, 'notes:read')];

const REACH_OF_NOTES: Readonly<Record<GrantScope, Reach>> = { ...REACH_OF_CALLS, OWN: 'OWN_LEADS' };

/** what somebody else wrote stays as it is, except for who leads his team or has the whole center. */
export const mayRewrite = (actor: Actor, { centerId, authorId }: { centerId: string; authorId: string }, authorsTeams: readonly string[]): boolean =>
  decide(actor, 'notes:update', { row: { centerId, ownerIds: [authorId], assigneeIds: [], teamIds: authorsTeams } }).allowed;
