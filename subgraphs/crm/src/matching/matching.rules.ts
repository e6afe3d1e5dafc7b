import type { Lead } from '../leads/index.js';

type Candidate = Pick<Lead, 'id' | 'assignedOperatorId' | 'status' | 'updatedAt'>;

/**
 * The lead that a call to its number belongs to, of those with that number in the call's center. Within the operator's
 * scope are his own and the open pool; his own come first, then those still to be won, then the one touched last.
 */
export function leadToLink<L extends Candidate>(operatorId: string, leads: readonly L[]): L | undefined {
  const isClosed = (lead: Candidate): boolean => lead.status === 'WON' || lead.status === 'LOST';
  return leads
    .filter((lead) => lead.assignedOperatorId === null || lead.assignedOperatorId === operatorId)
    .sort(
      (a, b) =>
        Number(b.assignedOperatorId === operatorId) - Number(a.assignedOperatorId === operatorId) ||
        Number(isClosed(a)) - Number(isClosed(b)) ||
        b.updatedAt.getTime() - a.updatedAt.getTime() ||
        a.id.localeCompare(b.id),
    )[0];
}
