import type { FilterQuery } from '@mikro-orm/core';
import type { Actor } from '@vss/auth';
import type { LeadFilter } from './lead.inputs.js';
import type { Lead } from './lead.entity.js';
import { leadsWithin } from './lead.queries.js';
import { parsePhoneNumber, phoneDigits } from './phone-number.rules.js';

/** a filter only narrows. What the actor may see is always a condition of its own beside it. */
export function leadsWhere(actor: Actor, filter: LeadFilter | null | undefined): FilterQuery<Lead> {
  const conditions: FilterQuery<Lead>[] = [leadsWithin(actor, 'leads:read')];
  const { status, assignedSellerId, phone, search } = filter ?? {};
  if (status) conditions.push({ status });
  if (assignedSellerId) conditions.push({ assignedSellerId });
  if (phone) conditions.push({ phone: parsePhoneNumber(phone) ?? phone });
  const text = search?.trim();
  if (text) {
    const digits = phoneDigits(text);
    const byName = { clientName: { $ilike: `%${text.replace(/[\\%_]/g, '\\$&')}%` } };
    conditions.push(digits ? { $or: [byName, { phone: { $like: `%${digits}%` } }] } : byName);
  }
  return { $and: conditions };
}
