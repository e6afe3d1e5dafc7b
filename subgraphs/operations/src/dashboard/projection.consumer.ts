import { CALL_EVENTS, LeadCreated, LeadSnapshotted, LeadUpdated, on, SLOT_EVENTS, UserCreated, UserSnapshotted, UserUpdated } from '@vss/events';
import type { EntityManager } from '@vss/db';
import { followCall, followLead, followSlot, followUser } from './projection.queries.js';

export const projectionRoutes = [
  ...CALL_EVENTS.map((definition) => on(definition, (tx: EntityManager, { call }) => followCall(tx, call))),
  ...SLOT_EVENTS.map((definition) => on(definition, (tx: EntityManager, { slot }) => followSlot(tx, slot))),
  ...[LeadCreated, LeadUpdated, LeadSnapshotted].map((definition) => on(definition, (tx: EntityManager, { lead }) => followLead(tx, lead))),
  ...[UserCreated, UserUpdated, UserSnapshotted].map((definition) => on(definition, (tx: EntityManager, { user }) => followUser(tx, user))),
];
