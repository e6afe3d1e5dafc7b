import type { Actor } from '@vss/auth';
import type { EntityManager } from '@vss/db';
import { teamMatesOf } from '@vss/graphql';
import type { Reach } from './dashboard.rules.js';

export interface Asked {
  readonly em: EntityManager;
  readonly actor: Actor;
  readonly reach: Reach;
  /** When the center's day began. */
  readonly day: Date;
}

interface Condition {
  readonly sql: string;
  readonly params: readonly string[];
}

const NO_ROWS: Condition = { sql: 'false', params: [] };

/** The rows that this actor's dashboard counts, always of his own center. */
function callsOf({ actor, reach }: Pick<Asked, 'actor' | 'reach'>): Condition {
  const { userId, centerId } = actor;
  if (reach.calls === 'NONE') return NO_ROWS;
  if (reach.calls === 'CENTER') return { sql: 'c.center_id = ?', params: [centerId] };
  if (reach.calls === 'OWN_CALLS') return { sql: 'c.center_id = ? and c.operator_id = ?', params: [centerId, userId] };
  const isTeam = reach.calls === 'TEAM';
  const callers = isTeam ? ofTeam(actor, 'c.operator_id') : { sql: 'c.operator_id = ?', params: [userId] };
  const leads = isTeam ? ofTeam(actor, 'l.assigned_seller_id') : leadsOf({ actor, reach });
  return {
    sql: `c.center_id = ? and (${callers.sql} or c.lead_id in (select l.id from operations.lead_projection l where ${leads.sql}))`,
    params: [centerId, ...callers.params, ...leads.params],
  };
}

function leadsOf({ actor, reach }: Pick<Asked, 'actor' | 'reach'>): Condition {
  const { userId, centerId } = actor;
  if (reach.leads === 'NONE') return NO_ROWS;
  if (reach.leads === 'CENTER') return { sql: 'l.center_id = ?', params: [centerId] };
  if (reach.leads === 'OWN') return { sql: 'l.center_id = ? and l.assigned_seller_id = ?', params: [centerId, userId] };
  const assigned = { sql: 'l.assigned_seller_id = ? or l.assigned_operator_id = ? or l.assigned_operator_id is null', params: [userId, userId] };
  if (reach.leads === 'ASSIGNED') return { sql: `l.center_id = ? and (${assigned.sql})`, params: [centerId, ...assigned.params] };
  const [sellers, operators] = [ofTeam(actor, 'l.assigned_seller_id'), ofTeam(actor, 'l.assigned_operator_id')];
  return { sql: `l.center_id = ? and (${assigned.sql} or ${sellers.sql} or ${operators.sql})`, params: [centerId, ...assigned.params, ...sellers.params, ...operators.params] };
}

/** Of the actor or of somebody who shares a team with him. */
function ofTeam(actor: Actor, column: string): Condition {
  const mates = teamMatesOf(actor, 'operations');
  return { sql: `(${column} = ? or ${column} in ${mates.sql})`, params: [actor.userId, ...mates.params] };
}

export interface CallCounts {
  readonly outcome: string | null;
  readonly active: number;
  readonly started: number;
  readonly answered: number;
  readonly seizures: number;
  readonly talk_seconds: number;
}

/** Calls of today by outcome; those that are still going on have none. */
export function countCalls(asked: Asked): Promise<CallCounts[]> {
  const { sql, params } = callsOf(asked);
  const day = asked.day.toISOString();
  return asked.em.execute<CallCounts[]>(
    `select c.outcome,
            count(*) filter (where c.status <> 'ENDED')::int as active,
            count(*) filter (where c.started_at >= ?)::int as started,
            count(*) filter (where c.started_at >= ? and c.answered_at is not null)::int as answered,
            count(*) filter (where c.started_at >= ? and c.seized)::int as seizures,
            coalesce(sum(c.talk_seconds) filter (where c.started_at >= ?), 0)::int as talk_seconds
       from operations.call_projection c
      where ${sql} and (c.started_at >= ? or c.status <> 'ENDED')
      group by c.outcome`,
    [day, day, day, day, ...params, day],
  );
}

export const countSlots = ({ em, actor }: Asked): Promise<{ state: string; availability: string; count: number }[]> =>
  em.execute('select state, availability, count(*)::int as count from operations.slot_projection where center_id = ? group by state, availability', [actor.centerId]);

export function countLeads(asked: Asked): Promise<{ status: string; count: number }[]> {
  const { sql, params } = leadsOf(asked);
  return asked.em.execute(`select l.status, count(*)::int as count from operations.lead_projection l where ${sql} group by l.status`, [...params]);
}

export interface OperatorCounts {
  readonly id: string;
  readonly active: number;
  readonly started: number;
  readonly answered: number;
  readonly talk_seconds: number;
}

/** The operators and whoever else called today: of the center, of one's teams, or oneself. */
export function countOperators({ em, actor, reach, day }: Asked): Promise<OperatorCounts[]> {
  const since = day.toISOString();
  const who = operatorsOf(actor, reach);
  return em.execute<OperatorCounts[]>(
    `select u.id,
            count(c.id) filter (where c.status <> 'ENDED')::int as active,
            count(c.id) filter (where c.started_at >= ?)::int as started,
            count(c.id) filter (where c.started_at >= ? and c.answered_at is not null)::int as answered,
            coalesce(sum(c.talk_seconds) filter (where c.started_at >= ?), 0)::int as talk_seconds
       from operations.user_projection u
       left join operations.call_projection c
         on c.center_id = u.center_id and c.operator_id = u.id and (c.started_at >= ? or c.status <> 'ENDED')
      where u.center_id = ? and ${who.sql}
      group by u.id, u.username
      order by u.username, u.id`,
    [since, since, since, since, actor.centerId, ...who.params],
  );
}

function operatorsOf(actor: Actor, { operators }: Reach): Condition {
  if (operators === 'SELF') return { sql: 'u.id = ?', params: [actor.userId] };
  const callers = "u.active and (u.role = 'operator' or c.id is not null)";
  if (operators === 'ALL') return { sql: callers, params: [] };
  const team = ofTeam(actor, 'u.id');
  return { sql: `${callers} and ${team.sql}`, params: team.params };
}

export interface ActivityCount {
  /** Milliseconds since 1970, on the minute. */
  readonly minute: number;
  readonly kind: 'started' | 'answered' | 'ended';
  readonly count: number;
}

export function countActivity(asked: Asked, from: Date): Promise<ActivityCount[]> {
  const { sql, params } = callsOf(asked);
  const since = from.toISOString();
  const kinds = (['started', 'answered', 'ended'] as const).map(
    (kind) => `select '${kind}' as kind, c.${kind}_at as at from operations.call_projection c where ${sql} and c.${kind}_at >= ?`,
  );
  return asked.em.execute<ActivityCount[]>(
    `select kind, (extract(epoch from date_trunc('minute', at)) * 1000)::float8 as minute, count(*)::int as count
       from (${kinds.join(' union all ')}) as happened group by 1, 2`,
    kinds.flatMap(() => [...params, since]),
  );
}
