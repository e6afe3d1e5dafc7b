import { raw, type FilterQuery } from '@mikro-orm/core';
import { assertAllowed, decide, isAsWideAs, type Actor, type GrantScope, type Permission, type RowFacts } from '@vss/auth';
import type { EntityManager } from '@vss/db';
import { teamMatesOf } from '@vss/graphql';
import type { Cdr } from '../cdrs/cdr.entity.js';
import { LeadProjection, UserProjection } from '../projections/index.js';
import type { Call } from './call.entity.js';

// Whose rows: the center's by the EntityManager's filter, within it by the scope of the grant.

/** The calls that the actor may see: an operator his own, a seller those with his leads as well, a supervisor the center's. */
export function visibleCalls(actor: Actor): FilterQuery<Call> {
  const scope = assertAllowed(actor, 'calls:read');
  if (isAsWideAs(scope, 'CENTER')) return {};
  return scope === 'OWN' ? { operatorId: actor.userId } : { id: { $in: callsOfPeople(actor, scope) } };
}

/** The same of CDRs. By the call's lead, since a call may be linked after its CDR was written. */
export function visibleCdrs(actor: Actor): FilterQuery<Cdr> {
  const scope = assertAllowed(actor, 'cdrs:read');
  if (isAsWideAs(scope, 'CENTER')) return {};
  return scope === 'OWN' ? { operatorId: actor.userId } : { callId: { $in: callsOfPeople(actor, scope) } };
}

/** The ids of calls that are made by these people or are with a lead that one of them sells to: oneself, in TEAM one's team mates too. */
function callsOfPeople(actor: Actor, scope: GrantScope) {
  const { userId, centerId } = actor;
  const mates = scope === 'TEAM' ? teamMatesOf(actor, 'telephony') : undefined;
  const isOneOfThem = (column: string): string => (mates ? `(${column} = ? or ${column} in ${mates.sql})` : `${column} = ?`);
  const them = [userId, ...(mates?.params ?? [])];
  return raw(
    `(select c.id from telephony.call c where c.center_id = ? and ${isOneOfThem('c.operator_id')}
      union all
      select c.id from telephony.call c join telephony.lead_projection p on p.id = c.lead_id where p.center_id = ? and ${isOneOfThem('p.assigned_seller_id')})`,
    [centerId, ...them, centerId, ...them],
  );
}

type WhoseCall = Pick<Call, 'centerId' | 'operatorId' | 'leadId'>;

/** Whether a right reaches a call that is at hand: the same as above, for an event or a change. */
export async function reachesCall(em: EntityManager, actor: Actor, permission: Permission, call: WhoseCall): Promise<boolean> {
  const { allowed, held } = decide(actor, permission);
  if (!allowed || !held) return false;
  return decide(actor, permission, { row: await factsOf(em, call, held) }).allowed;
}

/** The same of a lead that a call is to be started with: it must be one that the actor may see. */
export async function reachesLead(em: EntityManager, actor: Actor, { centerId, assignedSellerId, assignedOperatorId }: LeadProjection): Promise<boolean> {
  const [ownerIds, assigneeIds] = [present(assignedSellerId), present(assignedOperatorId)];
  const teamIds = await teamsOf(em, decide(actor, 'leads:read').held, [...ownerIds, ...assigneeIds]);
  return decide(actor, 'leads:read', { row: { centerId, ownerIds, assigneeIds, isOpen: assignedOperatorId === null, teamIds } }).allowed;
}

/** Whose a call is, as far as a right of this scope has to know. */
async function factsOf(em: EntityManager, { centerId, operatorId, leadId }: WhoseCall, scope: GrantScope): Promise<RowFacts> {
  const isLeadAsked = scope === 'ASSIGNED' || scope === 'TEAM';
  const lead = isLeadAsked && leadId !== null ? await em.findOne(LeadProjection, { id: leadId }) : null;
  const [ownerIds, assigneeIds] = [present(operatorId), present(lead?.assignedSellerId ?? null)];
  return { centerId, ownerIds, assigneeIds, teamIds: await teamsOf(em, scope, [...ownerIds, ...assigneeIds]) };
}

const teamsOf = async (em: EntityManager, scope: GrantScope | undefined, userIds: readonly string[]): Promise<string[]> =>
  scope === 'TEAM' ? (await em.find(UserProjection, { id: { $in: [...userIds] } })).flatMap(({ teamIds }) => teamIds) : [];

const present = (id: string | null): string[] => (id === null ? [] : [id]);
