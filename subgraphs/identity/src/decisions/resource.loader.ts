import type { EntityManager } from '@vss/db';
import type { Actor, GrantScope, Permission, RowFacts } from '@vss/auth';
import { loadTeamIds, Role } from '../roles/index.js';
import { User } from '../users/index.js';
import { ResourceFact } from './resource-fact.entity.js';
import { callRow, isShared, leadRow, noteRow, noteRowToChange, sharedRow, userRow, type ResourceType, type TeamsOf } from './resource.rules.js';

export interface Resource {
  readonly type: ResourceType;
  readonly id: string;
}

/** What a decision about a row depends on. */
export interface LoadedRow {
  readonly row: RowFacts;
  /** The narrowest scope that reaches it, where that is not for the row's facts to say. */
  readonly needed?: GrantScope;
  /** The center that it is in; null: in none. */
  readonly centerId: string | null;
}

/** Whose a row is, as this subject's decision needs it. Undefined where there is none within the centers of the EntityManager. */
export async function loadRow(em: EntityManager, subject: Actor, permission: Permission, { type, id }: Resource): Promise<LoadedRow | undefined> {
  if (type === 'USER') {
    const user = await em.findOne(User, { id });
    return user ? inItsCenter(userRow(user, permission, await teamsOf(em, [user.id]))) : undefined;
  }
  if (type === 'ROLE') return (await em.findOne(Role, { id })) ? inItsCenter(sharedRow(null)) : undefined;
  if (type === 'CENTER') return loadCenter(em, subject, id);
  const fact = await factOf(em, type, id);
  if (!fact) return undefined;
  if (isShared(type)) return inItsCenter(sharedRow(fact.centerId));
  return inItsCenter(await loadOwnedRow(em, subject, permission, fact));
}

const inItsCenter = (row: RowFacts): LoadedRow => ({ row, centerId: row.centerId });

const factOf = async (em: EntityManager, type: ResourceType, id: string | null | undefined): Promise<ResourceFact | undefined> =>
  id ? ((await em.findOne(ResourceFact, { type, id })) ?? undefined) : undefined;

/** Centers have no center of their own to be limited to: a right for all of them reaches each. */
async function loadCenter(em: EntityManager, { centerId }: Actor, id: string): Promise<LoadedRow | undefined> {
  if (id !== centerId && !(await em.findOne(ResourceFact, { type: 'CENTER', id }, { filters: { center: false } }))) return undefined;
  return { row: sharedRow(null), centerId: id, ...(id === centerId ? {} : { needed: 'ALL' as const }) };
}

async function loadOwnedRow(em: EntityManager, subject: Actor, permission: Permission, fact: ResourceFact): Promise<RowFacts> {
  if (fact.type === 'LEAD') return leadRow(fact, await teamsOf(em, [fact.ownerId, fact.assigneeId]));
  const lead = await factOf(em, 'LEAD', fact.leadId);
  if (fact.type === 'CALL') return callRow(fact, lead, await teamsOf(em, [fact.ownerId, lead?.ownerId]));
  if (permission !== 'notes:read') return noteRowToChange(fact, await teamsOf(em, [fact.ownerId]));
  const call = await factOf(em, 'CALL', fact.callId);
  const leads = [lead, await factOf(em, 'LEAD', call?.leadId)].filter((each) => each !== undefined);
  return noteRow(fact, { call, leads }, subject, await teamsOf(em, [call?.ownerId, ...leads.flatMap(({ ownerId, assigneeId }) => [ownerId, assigneeId])]));
}

async function teamsOf(em: EntityManager, ids: readonly (string | null | undefined)[]): Promise<TeamsOf> {
  const userIds = [...new Set(ids.filter((id) => typeof id === 'string'))];
  const teams = userIds.length > 0 ? await loadTeamIds(em, userIds) : new Map<string, string[]>();
  return (userId) => (userId === null ? [] : (teams.get(userId) ?? []));
}
