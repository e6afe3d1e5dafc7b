import { raw, type FilterQuery } from '@mikro-orm/core';
import { assertAllowed, isAsWideAs, type Actor } from '@vss/auth';
import { teamMatesOf } from '@vss/graphql';
import type { Lead } from './lead.entity.js';

/**
 * The leads that a right reaches: OWN is the seller's own ones; ASSIGNED adds those that the operator works on and the
 * center's open pool, TEAM those of team mates. Every read and write of leads goes through this, so a foreign lead does
 * not exist for its asker. The center's own is always added by the entity manager's filter.
 */
export function leadsWithin(actor: Actor, permission: 'leads:read' | 'leads:update'): FilterQuery<Lead> {
  const scope = assertAllowed(actor, permission);
  if (isAsWideAs(scope, 'CENTER')) return {};
  const own = { assignedSellerId: actor.userId };
  if (scope === 'OWN') return own;
  const assigned = [own, { assignedOperatorId: actor.userId }, { assignedOperatorId: null }];
  if (scope === 'ASSIGNED') return { $or: assigned };
  const { sql, params } = teamMatesOf(actor, 'crm');
  const mates = (): { $in: never } => ({ $in: raw(sql, [...params]) as never });
  return { $or: [...assigned, { assignedSellerId: mates() }, { assignedOperatorId: mates() }] };
}
