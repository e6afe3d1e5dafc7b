import type { Actor } from '@vss/auth';
import type { EntityManager } from '@vss/db';
import { CallProjection } from '../calls/index.js';
import { Lead, leadsWithin } from '../leads/index.js';
import type { Reach } from './note.rules.js';

/** Which of these calls lie within the reach. Two statements at most, for any number of calls. */
export async function callsWithin(em: EntityManager, actor: Actor, reach: Reach, ids: readonly string[]): Promise<CallProjection[]> {
  const calls = await em.find(CallProjection, { id: { $in: [...ids] } });
  if (reach === 'CENTER') return calls;
  const isOwn = (call: CallProjection): boolean => reach !== 'OWN_LEADS' && call.operatorId === actor.userId;
  if (reach === 'OWN_CALLS') return calls.filter(isOwn);
  const leadIds = calls.flatMap((call) => (call.leadId && !isOwn(call) ? [call.leadId] : []));
  const leads = leadIds.length === 0 ? [] : await em.find(Lead, { id: { $in: leadIds }, ...leadsWithin(actor, 'leads:read') });
  const seen = new Set(leads.map((lead) => lead.id));
  return calls.filter((call) => isOwn(call) || (call.leadId !== null && seen.has(call.leadId)));
}
