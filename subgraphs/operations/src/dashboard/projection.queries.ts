import type { CallQueued, LeadCreated, PayloadOf, SlotCreated, UserCreated } from '@vss/events';
import type { EntityManager } from '@vss/db';
import { isSeizure } from './dashboard.rules.js';

type Call = PayloadOf<typeof CallQueued>['call'];
type Slot = PayloadOf<typeof SlotCreated>['slot'];
type Lead = PayloadOf<typeof LeadCreated>['lead'];
type User = PayloadOf<typeof UserCreated>['user'];

/** Writes a row unless a later version of it is there: an event that comes again, or late, changes nothing. */
function upsert(tx: EntityManager, table: string, row: Record<string, unknown>, sticky: readonly string[] = []): Promise<unknown> {
  const columns = Object.keys(row);
  const set = columns
    .filter((column) => column !== 'id' && column !== 'center_id')
    .map((column) => `${column} = ${sticky.includes(column) ? `${table}.${column} or ` : ''}excluded.${column}`);
  return tx.execute(
    `insert into operations.${table} (${columns.join(', ')}) values (${Object.values(row).map(placeholderFor).join(', ')})
       on conflict (id) do update set ${set.join(', ')} where ${table}.version <= excluded.version`,
    Object.values(row).map((value) => (Array.isArray(value) ? JSON.stringify(value) : value)),
  );
}

/** A list of texts goes as JSON: how the driver writes one into a statement is its own affair. */
const placeholderFor = (value: unknown): string => (Array.isArray(value) ? 'array(select jsonb_array_elements_text(?::jsonb))' : '?');

export const followCall = (tx: EntityManager, call: Call): Promise<unknown> =>
  upsert(
    tx,
    'call_projection',
    {
      id: call.id,
      center_id: call.centerId,
      operator_id: call.operatorId,
      lead_id: call.leadId,
      status: call.status,
      outcome: call.outcome,
      seized: isSeizure(call),
      started_at: call.startedAt,
      answered_at: call.answeredAt,
      ended_at: call.endedAt,
      talk_seconds: call.talkSeconds,
      version: call.version,
    },
    ['seized'],
  );

export const followSlot = (tx: EntityManager, { id, centerId, state, availability, version }: Slot): Promise<unknown> =>
  upsert(tx, 'slot_projection', { id, center_id: centerId, state, availability, version });

export const followLead = (tx: EntityManager, { id, centerId, status, assignedSellerId, assignedOperatorId, version }: Lead): Promise<unknown> =>
  upsert(tx, 'lead_projection', { id, center_id: centerId, status, assigned_seller_id: assignedSellerId, assigned_operator_id: assignedOperatorId, version });

export const followUser = (tx: EntityManager, { id, centerId, username, role, active, teamIds, version }: User): Promise<unknown> =>
  upsert(tx, 'user_projection', { id, center_id: centerId, username, role, active, team_ids: teamIds, version });

/** Calls that ended long ago count in no dashboard. */
export const forgetCalls = (em: EntityManager, before: Date): Promise<unknown> =>
  em.execute("delete from operations.call_projection where status = 'ENDED' and started_at < ?", [before.toISOString()]);
