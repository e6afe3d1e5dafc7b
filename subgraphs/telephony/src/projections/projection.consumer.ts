import type { EntityManager } from '@vss/db';
import { CenterCreated, HubRegistered, HubUpdated, LeadCreated, LeadSnapshotted, LeadUpdated, on, UserCreated, UserSnapshotted, UserUpdated, type PayloadOf, type Route } from '@vss/events';
import type { Now } from '@vss/runtime';

/** Keeps what telephony must know of other subgraphs. An older version never overwrites a newer one. */
export function projectionRoutes({ now }: { now: Now }): Route<EntityManager>[] {
  const lead = (tx: EntityManager, { lead }: PayloadOf<typeof LeadCreated>) =>
    tx.execute(
      `insert into telephony.lead_projection as p (id, center_id, phone, assigned_seller_id, assigned_operator_id, version) values (?, ?, ?, ?, ?, ?)
       on conflict (id) do update set phone = excluded.phone, assigned_seller_id = excluded.assigned_seller_id,
         assigned_operator_id = excluded.assigned_operator_id, version = excluded.version where p.version <= excluded.version`,
      [lead.id, lead.centerId, lead.phone, lead.assignedSellerId, lead.assignedOperatorId, lead.version],
    );

  /**
   * When a hub comes, the keeper looks at its slots that stand still, and takes them into service or checks them. When
   * it goes, nothing is written here: the keeper asks for slots whose hub is away. The deadline of a call that goes on
   * must not be lost, since a hub that is back in a moment takes the call up again.
   */
  const hub = async (tx: EntityManager, { hub }: PayloadOf<typeof HubUpdated>) => {
    const [before] = await tx.execute<{ online: boolean }[]>('select online from telephony.hub_projection where id = ? for update', [hub.id]);
    const written = await tx.execute<unknown[]>(
      `insert into telephony.hub_projection as p (id, center_id, simulated, online, version) values (?, ?, ?, ?, ?)
       on conflict (id) do update set simulated = excluded.simulated, online = excluded.online, version = excluded.version
         where p.version <= excluded.version returning 1`,
      [hub.id, hub.centerId, hub.simulated, hub.online, hub.version],
    );
    if (written.length === 0 || before?.online === hub.online || !hub.online) return;
    const which = `state = 'IDLE' or state = 'FAULT' and fault_reason in ('SIP_LOST', 'PBX_DOWN', 'HEARTBEAT_LOST')`;
    await tx.execute(`update telephony.slot set deadline_at = ? where hub_id = ? and (${which})`, [now().toISOString(), hub.id]);
  };

  const user = (tx: EntityManager, { user: { id, centerId, teamIds, version } }: PayloadOf<typeof UserCreated>) =>
    tx.execute(
      `insert into telephony.user_projection as p (id, center_id, team_ids, version) values (?, ?, array(select jsonb_array_elements_text(?::jsonb)), ?)
       on conflict (id) do update set team_ids = excluded.team_ids, version = excluded.version where p.version <= excluded.version`,
      [id, centerId, JSON.stringify(teamIds), version],
    );

  return [
    on(UserCreated, user),
    on(UserUpdated, user),
    on(UserSnapshotted, user),
    on(LeadCreated, lead),
    on(LeadUpdated, lead),
    on(LeadSnapshotted, lead),
    on(HubRegistered, hub),
    on(HubUpdated, hub),
    on(CenterCreated, (tx: EntityManager, { centerId }) => tx.execute('insert into telephony.center_projection (id) values (?) on conflict do nothing', [centerId])),
  ];
}
