import { raw, type FilterQuery } from '@mikro-orm/core';
import { assertAllowed, isAsWideAs, type Actor } from '@vss/auth';
import type { Cdr } from '../cdrs/cdr.entity.js';
import type { Call } from './call.entity.js';

// Whose rows: the center's by the EntityManager's filter, within it by the scope of the grant.

/** The calls that the actor may see: an operator his own, a seller those with his leads, a supervisor the center's. */
export function visibleCalls(actor: Actor): FilterQuery<Call> {
  const scope = assertAllowed(actor, 'calls:read');
  if (isAsWideAs(scope, 'CENTER')) return {};
  if (scope !== 'ASSIGNED') return { operatorId: actor.userId };
  const onOwnLeads = raw('(select p.id from telephony.lead_projection p where p.assigned_seller_id = ? and p.center_id = ?)', [actor.userId, actor.centerId]);
  return { leadId: { $in: onOwnLeads } };
}

/** The same of CDRs. By the call's lead, since a call may be linked after its CDR was written. */
export function visibleCdrs(actor: Actor): FilterQuery<Cdr> {
  const scope = assertAllowed(actor, 'cdrs:read');
  if (isAsWideAs(scope, 'CENTER')) return {};
  if (scope !== 'ASSIGNED') return { operatorId: actor.userId };
  const onOwnLeads = raw(
    '(select c.id from telephony.call c join telephony.lead_projection p on p.id = c.lead_id where p.assigned_seller_id = ? and p.center_id = ?)',
    [actor.userId, actor.centerId],
  );
  return { callId: { $in: onOwnLeads } };
}
