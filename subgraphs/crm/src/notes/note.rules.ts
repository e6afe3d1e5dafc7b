import { assertAllowed, type Actor } from '@vss/auth';

export const MAX_NOTE = 10_000;

/** A note's text without the space around it, or undefined when it is empty, too long, or not storable as text. */
export function parseNoteText(text: string): string | undefined {
  const trimmed = text.trim();
  // Characters as a reader counts them: an emoji is one, not two code units.
  return trimmed !== '' && !trimmed.includes('\0') && Array.from(trimmed).length <= MAX_NOTE ? trimmed : undefined;
}

/** How far a right to read calls or notes reaches beyond the leads that its holder sees. */
export type Reach = 'OWN_LEADS' | 'OWN_CALLS' | 'LEADS_AND_OWN_CALLS' | 'CENTER';

/** The calls on which this actor may write: OWN are those that he makes, ASSIGNED those on the leads that he sees. */
export function callsToWriteOn(actor: Actor): Reach {
  const scope = assertAllowed(actor, 'calls:read');
  if (scope === 'OWN') return 'OWN_CALLS';
  return scope === 'ASSIGNED' ? 'OWN_LEADS' : 'CENTER';
}

/** The notes that this actor may read: OWN are those on his leads and their calls, ASSIGNED those on his own calls too. */
export function notesToRead(actor: Actor): Reach {
  const scope = assertAllowed(actor, 'notes:read');
  if (scope === 'OWN') return 'OWN_LEADS';
  return scope === 'ASSIGNED' ? 'LEADS_AND_OWN_CALLS' : 'CENTER';
}

/** what somebody else wrote stays as it is, except for who has the whole center. */
export function mayRewrite(actor: Actor, note: { authorId: string }): boolean {
  const scope = assertAllowed(actor, 'notes:update');
  return scope === 'CENTER' || scope === 'ALL' || note.authorId === actor.userId;
}
