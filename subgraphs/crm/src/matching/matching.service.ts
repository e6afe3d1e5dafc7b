import { LeadMatched, type Message, type Outbox } from '@vss/events';
import type { EntityManager } from '@vss/db';
import { Lead } from '../leads/index.js';
import { leadToLink } from './matching.rules.js';

interface QueuedCall {
  id: string;
  centerId: string;
  phoneNumber: string;
  operatorId: string | null;
  leadId: string | null;
}

export type MatchingService = ReturnType<typeof createMatchingService>;

/** Proposes a lead for a call that began without one; telephony, which owns the call, links them. */
export function createMatchingService({ outbox }: { outbox: Outbox }) {
  return {
    async match(tx: EntityManager, call: QueuedCall, message: Message): Promise<void> {
      if (call.leadId || !call.operatorId) return;
      const leads = await tx.find(Lead, { centerId: call.centerId, phone: call.phoneNumber });
      const lead = leadToLink(call.operatorId, leads);
      if (!lead) return;
      await outbox.add(tx, LeadMatched, { leadId: lead.id, callId: call.id }, { centerId: call.centerId, traceId: message.traceId, actor: message.actor, causationId: message.id });
    },
  };
}
