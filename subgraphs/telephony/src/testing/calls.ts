import { CallOriginate, LeadCreated } from '@vss/events';
import { newId } from '@vss/runtime';
import type { Originate } from './hub.js';
import type { TestCenter } from './platform.js';

/** A lead that telephony has heard of. */
export async function aLead(center: TestCenter, over: { assignedSellerId?: string | null; assignedOperatorId?: string | null; phone?: string } = {}, hub = center.hub): Promise<string> {
  const id = newId('lead');
  const lead = { id, centerId: center.id, phone: '+15550100123', status: 'NEW' as const, assignedSellerId: null, assignedOperatorId: null, version: 1, ...over };
  await hub.say(LeadCreated, { lead });
  return id;
}

/** Started, and its command taken by the hub. */
export async function aStartedCall(center: TestCenter, input: Record<string, unknown> = {}, actor = center.operator): Promise<{ id: string; slotId: string; command: Originate }> {
  const { data } = await center.start({ slotSelector: {}, ...input }, actor);
  const { id } = data.callStart.call;
  const command = await center.hub.next(CallOriginate, (payload) => payload.callId === id);
  return { id, slotId: command.slotId, command };
}
