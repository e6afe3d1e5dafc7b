import { scopeOf, type Actor } from '@vss/auth';
import type { EntityManager } from '@vss/db';
import { CallProjection } from '../calls/index.js';
import { Lead, leadsWithin } from '../leads/index.js';
import { UserProjection } from '../users/index.js';
import type { Reach } from './note.rules.js';

/** Which of these calls lie within the reach. Three statements at most, for any number of calls. */
export async function callsWithin(em: EntityManager, actor: Actor, reach: Reach, ids: readonly string[]): Promise<CallProjection[]> {
  const calls = await em.find(CallProjection, { id: { $in: [...ids] } });
  if (reach === 'CENTER') return calls;
  const callers = await callersWithin(em, actor, reach, calls);
  const isTheirs = (call: CallProjection): boolean => call.operatorId !== null && callers.has(call.operatorId);
  if (reach === 'OWN_CALLS') return calls.filter(isTheirs);
  const leadIds = calls.flatMap((call) => (call.leadId && !isTheirs(call) ? [call.leadId] : []));
  const leads = leadIds.length === 0 ? [] : await em.find(Lead, { $and: [leadsWithin(actor, 'leads:read'), { id: { $in: leadIds } }] });
  const seen = new Set(leads.map((lead) => lead.id));
  return calls.filter((call) => isTheirs(call) || (call.leadId !== null && seen.has(call.leadId)));
}

/** Those whose calls are within the reach by themselves, whatever lead they are with. */
async function callersWithin(em: EntityManager, actor: Actor, reach: Reach, calls: readonly CallProjection[]): Promise<ReadonlySet<string>> {
  if (reach === 'OWN_LEADS') return new Set();
  const operatorIds = calls.flatMap(({ operatorId }) => operatorId ?? []);
  if (reach !== 'LEADS_AND_TEAM_CALLS' || operatorIds.length === 0) return new Set([actor.userId]);
  const operators = await em.find(UserProjection, { id: { $in: operatorIds } });
  const isMate = ({ teamIds }: UserProjection): boolean => teamIds.some((teamId) => actor.teamIds.includes(teamId));
  return new Set([actor.userId, ...operators.filter(isMate).map(({ id }) => id)]);
}

/** The teams of a note's author, where the right to change notes asks for them. */
export async function teamsOfAuthor(em: EntityManager, actor: Actor, { authorId }: { authorId: string }): Promise<readonly string[]> {
  if (scopeOf(actor, 'notes:update') !== 'TEAM') return [];
  return (await em.findOne(UserProjection, { id: authorId }))?.teamIds ?? [];
}
