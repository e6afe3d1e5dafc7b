import { schemaOf, type EntityManager } from '@vss/db';
import type { ResourceFact } from './resource-fact.entity.js';

export type Fact = Readonly<Pick<ResourceFact, 'type' | 'id' | 'centerId' | 'ownerId' | 'assigneeId' | 'leadId' | 'callId' | 'version'>>;

/** Writes a row unless a later version of it is there: an event that comes again, or late, changes nothing. */
export const followFact = (tx: EntityManager, { type, id, centerId, ownerId, assigneeId, leadId, callId, version }: Fact): Promise<unknown> =>
  tx.execute(
    `insert into ${schemaOf(tx)}.resource_fact as f (type, id, center_id, owner_id, assignee_id, lead_id, call_id, version) values (?, ?, ?, ?, ?, ?, ?, ?)
       on conflict (type, id) do update set owner_id = excluded.owner_id, assignee_id = excluded.assignee_id, lead_id = excluded.lead_id, call_id = excluded.call_id, version = excluded.version
         where f.version <= excluded.version
           and (f.owner_id, f.assignee_id, f.lead_id, f.call_id) is distinct from (excluded.owner_id, excluded.assignee_id, excluded.lead_id, excluded.call_id)`,
    [type, id, centerId, ownerId, assigneeId, leadId, callId, version],
  );

/** Whether whose rows are has never been heard of. */
export async function knowsNothing(em: EntityManager): Promise<boolean> {
  const rows: object[] = await em.execute(`select 1 from ${schemaOf(em)}.resource_fact limit 1`);
  return rows.length === 0;
}
