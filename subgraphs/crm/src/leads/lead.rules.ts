import { assertAllowed, denial, type Actor, type GrantScope } from '@vss/auth';
import type { Lead } from './lead.entity.js';

/** Who a new lead is assigned to. A seller's lead is his own; who has the whole center may name anybody in it. */
export function sellerOfNewLead(actor: Actor, named: string | null | undefined): string | null {
  const scope = assertAllowed(actor, 'leads:create');
  if (reachesCenter(scope)) return named ?? null;
  if (named && named !== actor.userId) throw denial(actor, 'leads:create', { needed: 'CENTER', why: 'A lead that you create is assigned to you' });
  return actor.userId;
}

/** What may be changed within a right that reaches so far. Handing a lead to somebody else takes the whole center. */
const CHANGEABLE: Readonly<Record<'OWN' | 'ASSIGNED' | 'CENTER', readonly (keyof LeadChange)[]>> = {
  OWN: ['clientName', 'phone', 'status', 'source'],
  ASSIGNED: ['status'],
  CENTER: ['clientName', 'phone', 'status', 'source', 'assignedSellerId', 'assignedOperatorId'],
};

export type LeadChange = Partial<Pick<Lead, 'clientName' | 'phone' | 'status' | 'source' | 'assignedSellerId' | 'assignedOperatorId'>>;

/** Throws FORBIDDEN when the change touches a field that this actor may not change; saying the same again is no change. */
export function assertMayChange(actor: Actor, lead: Readonly<LeadChange>, change: LeadChange): void {
  const allowed = CHANGEABLE[levelOf(actor, lead)];
  const touched = (Object.keys(change) as (keyof LeadChange)[]).filter((field) => change[field] !== lead[field]);
  const refused = touched.filter((field) => !allowed.includes(field));
  if (refused.length > 0)
    throw denial(actor, 'leads:update', { needed: 'CENTER', why: `The role ${actor.role} may not change ${refused.join(', ')} of a lead`, details: { fields: refused } });
}

/** A team's leads are changed by its leader as by their seller. */
function levelOf(actor: Actor, lead: Readonly<LeadChange>): keyof typeof CHANGEABLE {
  const scope = assertAllowed(actor, 'leads:update');
  if (reachesCenter(scope)) return 'CENTER';
  return scope === 'ASSIGNED' && lead.assignedSellerId !== actor.userId ? 'ASSIGNED' : 'OWN';
}

export const reachesCenter = (scope: GrantScope): boolean => scope === 'CENTER' || scope === 'ALL';

const MAX_NAME = 200;

/** Tidied, or undefined when nothing is left of it, it is too long, or it holds what a text column cannot. */
export function parseClientName(text: string): string | undefined {
  const name = text.trim().replace(/\s+/g, ' ');
  return name.length >= 1 && name.length <= MAX_NAME && !name.includes('\0') ? name : undefined;
}
