import { raw, type FilterQuery } from '@mikro-orm/core';
import { assertAllowed, type Actor } from '@vss/auth';
import type { Cdr } from '../cdrs/cdr.entity.js';
import type { Call } from './call.entity.js';

// Whose rows: the center's by the EntityManager's filter, within it by the scope of the grant.

/** The calls that the actor may see: an operator his own, a seller those with his leads, a supervisor the center's. */
export function visibleCalls(actor: Actor): FilterQuery<Call> {
  switch (assertAllowed(actor, 'calls:read')) {
    case 'OWN':
    case 'TEAM':
      return { operatorId: actor.userId };
    case 'ASSIGNED':
      return { leadId: { $in: raw('(select p.id from telephony.lead_projection p where p.assigned_seller_id = ? and p.center_id = ?)', [actor.userId, actor.centerId]) } };
    case 'CENTER':
    case 'ALL':
      return {};
  }
}

/** The same of CDRs. By the call's lead, since a call may be linked after its CDR was written. */
export function visibleCdrs(actor: Actor): FilterQuery<Cdr> {
  switch (assertAllowed(actor, 'cdrs:read')) {
    case 'OWN':
    case 'TEAM':
      return { operatorId: actor.userId };
    case 'ASSIGNED':
      return {
        callId: {
          $in: raw(
            '(select c.id from telephony.call c join telephony.lead_projection p on p.id = c.lead_id where p.assigned_seller_id = ? and p.center_id = ?)',
            [actor.userId, actor.centerId],
          ),
        },
      };
    case 'CENTER':
    case 'ALL':
      return {};
  }
}
