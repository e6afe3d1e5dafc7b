import { AppError } from '@vss/runtime';
import { assertAllowed, type Actor, type GrantScope } from '@vss/auth';
import type { Lead } from './lead.entity.js';

/** Conditions on lead rows; the center's own is always added by the entity manager's filter. */
export type LeadCondition =
  | Record<string, never>
  | { assignedSellerId: string }
  | { $or: ({ assignedOperatorId: string } | { assignedOperatorId: null })[] };

/**
 * The leads that a right reaches: OWN is the seller's own ones, ASSIGNED the operator's and the center's open pool.
 * Every read and write of leads goes through this, so a foreign lead does not exist for its asker.
 */
export function leadsWithin(actor: Actor, permission: 'leads:read' | 'leads:update'): LeadCondition {
  const scope = assertAllowed(actor, permission);
  if (scope === 'OWN') return { assignedSellerId: actor.userId };
  if (scope === 'ASSIGNED') return { $or: [{ assignedOperatorId: actor.userId }, { assignedOperatorId: null }] };
  return {};
}

/** Who a new lead is assigned to. A seller's lead is his own; who has the whole center may name anybody in it. */
export function sellerOfNewLead(actor: Actor, named: string | null | undefined): string | null {
  const scope = assertAllowed(actor, 'leads:create');
  if (reachesCenter(scope)) return named ?? null;
  if (named && named !== actor.userId) throw new AppError('FORBIDDEN', 'A lead that you create is assigned to you', { permission: 'leads:create' });
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
  const scope = assertAllowed(actor, 'leads:update');
  const allowed = CHANGEABLE[reachesCenter(scope) ? 'CENTER' : scope === 'OWN' ? 'OWN' : 'ASSIGNED'];
  const touched = (Object.keys(change) as (keyof LeadChange)[]).filter((field) => change[field] !== lead[field]);
  const refused = touched.filter((field) => !allowed.includes(field));
  if (refused.length > 0)
    throw new AppError('FORBIDDEN', `The role ${actor.role} may not change ${refused.join(', ')} of a lead`, { permission: 'leads:update', fields: refused });
}

export const reachesCenter = (scope: GrantScope): boolean => scope === 'CENTER' || scope === 'ALL';

const MAX_NAME = 200;

/** Tidied, or undefined when nothing is left of it, it is too long, or it holds what a text column cannot. */
export function parseClientName(text: string): string | undefined {
  const name = text.trim().replace(/\s+/g, ' ');
  return name.length >= 1 && name.length <= MAX_NAME && !name.includes('\0') ? name : undefined;
}
