import type { EntityManager } from '@vss/db';
import { CallLinked, CallQueued, CenterCreated, DeviceRegistered, HubRegistered, LeadCreated, LeadSnapshotted, LeadUpdated, NoteCreated, on, ResourceSnapshotted, SlotCreated, TrunkCreated, type Route } from '@vss/events';
import { followFact, type Fact } from './resource-fact.queries.js';
import type { ResourceType } from './resource.rules.js';

interface Snapshot {
  readonly id: string;
  readonly centerId: string;
  readonly version: number;
}

const factOf = (type: ResourceType, { id, centerId, version }: Snapshot, whose: Partial<Fact> = {}): Fact => ({ type, id, centerId, version, ownerId: null, assigneeId: null, leadId: null, callId: null, ...whose });

/**
 * Follows whose the rows of the other subgraphs are. An older version never overwrites a newer one. Of the many events of a
 * call, a slot or a device only those are heard that can tell something new about that.
 */
export const resourceRoutes: readonly Route<EntityManager>[] = [
  ...[CallQueued, CallLinked].map((event) => on(event, (tx: EntityManager, { call }) => followFact(tx, factOf('CALL', call, { ownerId: call.operatorId, leadId: call.leadId })))),
  ...[LeadCreated, LeadUpdated, LeadSnapshotted].map((event) =>
    on(event, (tx: EntityManager, { lead }) => followFact(tx, factOf('LEAD', lead, { ownerId: lead.assignedSellerId, assigneeId: lead.assignedOperatorId }))),
  ),
  // Of all that its events tell nothing changes but the text.
  on(NoteCreated, async (tx: EntityManager, { noteId: id, authorId: ownerId, leadId, callId }, { centerId }) => {
    if (centerId !== null) await followFact(tx, factOf('NOTE', { id, centerId, version: 1 }, { ownerId, leadId, callId }));
  }),
  on(SlotCreated, (tx: EntityManager, { slot }) => followFact(tx, factOf('SLOT', slot))),
  on(TrunkCreated, (tx: EntityManager, { trunk }) => followFact(tx, factOf('TRUNK', trunk))),
  on(CenterCreated, (tx: EntityManager, { centerId }) => followFact(tx, factOf('CENTER', { id: centerId, centerId, version: 1 }))),
  on(ResourceSnapshotted, followFact),
  on(HubRegistered, (tx: EntityManager, { hub }) => followFact(tx, factOf('HUB', hub))),
  on(DeviceRegistered, (tx: EntityManager, { device }) => followFact(tx, factOf('DEVICE', device))),
];
