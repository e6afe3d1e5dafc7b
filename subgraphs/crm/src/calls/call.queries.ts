import type { EntityManager } from '@vss/db';

/** A call that is linked takes the notes on it along, also those written before the link. */
export const hangNotesOnLead = (tx: EntityManager, call: { id: string; centerId: string; leadId: string }): Promise<unknown> =>
  tx.execute(
    `update crm.note n set lead_id = l.id
       from crm.lead l
      where n.call_id = ? and n.center_id = ? and n.lead_id is null and l.id = ? and l.center_id = n.center_id`,
    [call.id, call.centerId, call.leadId],
  );
