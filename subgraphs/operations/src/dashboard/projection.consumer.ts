import {
  CallAnswered,
  CallBridged,
  CallDialing,
  CallEnded,
  CallLinked,
  CallQueued,
  CallRinging,
  LeadCreated,
  LeadSnapshotted,
  LeadUpdated,
  on,
  SlotCreated,
  SlotTransitioned,
  SlotUpdated,
  UserCreated,
  UserSnapshotted,
  UserUpdated,
} from '@vss/events';
import type { EntityManager } from '@vss/db';
import { followCall, followLead, followSlot, followUser } from './projection.queries.js';

export const projectionRoutes = [
  ...[CallQueued, CallDialing, CallRinging, CallAnswered, CallBridged, CallLinked, CallEnded].map((definition) => on(definition, (tx: EntityManager, { call }) => followCall(tx, call))),
  on(SlotCreated, (tx: EntityManager, { slot }) => followSlot(tx, slot)),
  on(SlotTransitioned, (tx: EntityManager, { slot }) => followSlot(tx, slot)),
  on(SlotUpdated, (tx: EntityManager, { slot }) => followSlot(tx, slot)),
  ...[LeadCreated, LeadUpdated, LeadSnapshotted].map((definition) => on(definition, (tx: EntityManager, { lead }) => followLead(tx, lead))),
  ...[UserCreated, UserUpdated, UserSnapshotted].map((definition) => on(definition, (tx: EntityManager, { user }) => followUser(tx, user))),
];
