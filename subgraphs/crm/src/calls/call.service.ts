import { LockMode } from '@mikro-orm/core';
import type { CallQueued, PayloadOf } from '@vss/events';
import type { EntityManager } from '@vss/db';
import { CallProjection } from './call.projection.js';
import { hangNotesOnLead } from './call.queries.js';

export type CallSnapshot = PayloadOf<typeof CallQueued>['call'];

/** Brings the projection up to a call's event. An older event than the one already known changes nothing. */
export async function followCall(tx: EntityManager, call: CallSnapshot): Promise<void> {
  const known = await tx.findOne(CallProjection, { id: call.id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (known && known.version > call.version) return;
  const { id, centerId, phoneNumber, operatorId, leadId, status, outcome, version } = call;
  if (known) tx.assign(known, { operatorId, leadId, status, outcome, version });
  else tx.create(CallProjection, { id, centerId, phoneNumber, operatorId, leadId, status, outcome, version });
  await tx.flush();
  if (leadId) await hangNotesOnLead(tx, { id, centerId, leadId });
}
