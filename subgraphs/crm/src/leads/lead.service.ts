import { LockMode } from '@mikro-orm/core';
import { AppError, newId as typeId, systemNow, UserError, type NewId, type Now } from '@vss/runtime';
import { assertAllowed, denial } from '@vss/auth';
import { LeadCreated, LeadSnapshotted, LeadUpdated, type Outbox, type PayloadOf } from '@vss/events';
import { idempotently, type EntityManager } from '@vss/db';
import type { Scope } from '@vss/graphql';
import { mayStillArrive, type Arrivals } from '../arrivals/index.js';
import { UserProjection } from '../users/index.js';
import { Lead, type LeadStatus } from './lead.entity.js';
import { leadsWithin } from './lead.queries.js';
import { assertMayChange, parseClientName, reachesCenter, sellerOfNewLead, type LeadChange } from './lead.rules.js';
import { parsePhoneNumber } from './phone-number.rules.js';

export interface LeadDraft {
  clientName: string;
  phone: string;
  status?: LeadStatus | null;
  source?: string | null;
  assignedSellerId?: string | null;
  assignedOperatorId?: string | null;
}

/** A change as it is asked for: not checked yet. */
export type LeadEdit = { [Field in keyof LeadChange]: LeadChange[Field] | null };

interface Deps {
  outbox: Outbox;
  arrivals: Arrivals;
  newId?: NewId;
  now?: Now;
}

const MAX_SOURCE = 200;

export type LeadService = ReturnType<typeof createLeadService>;

export function createLeadService({ outbox, arrivals, newId = typeId, now = systemNow }: Deps) {
  /** A user who was just made may be on his way; waited for here, since nothing in a transaction waits. */
  async function arrived(em: EntityManager, userIds: readonly (string | null | undefined)[]): Promise<void> {
    for (const id of userIds) if (id && mayStillArrive(id, now())) await arrivals.until(id, () => em.fork().findOne(UserProjection, { id }, { filters: false }));
  }

  /** A stranger's user id does not exist here. */
  async function assertInCenter(tx: EntityManager, userId: string | null | undefined, centerId: string): Promise<void> {
    if (userId && !(await tx.findOne(UserProjection, { id: userId, centerId, active: true }, { filters: false })))
      throw new AppError('NOT_FOUND', `There is no user ${userId}`);
  }

  function add(tx: EntityManager, draft: LeadDraft, centerId: string, assignedSellerId: string | null): Lead {
    const at = now();
    return tx.create(Lead, {
      id: newId('lead'),
      centerId,
      clientName: validName(draft.clientName),
      phone: validPhone(draft.phone),
      status: draft.status ?? 'NEW',
      source: validSource(draft.source),
      assignedSellerId,
      assignedOperatorId: draft.assignedOperatorId ?? null,
      createdAt: at,
      updatedAt: at,
      version: 1,
    });
  }

  return {
    async create({ em, actor, traceId }: Scope, input: LeadDraft & { idempotencyKey?: string | null }): Promise<Lead> {
      const assignedSellerId = sellerOfNewLead(actor, input.assignedSellerId);
      if (input.assignedOperatorId && !reachesCenter(assertAllowed(actor, 'leads:create')))
        throw denial(actor, 'leads:create', { needed: 'CENTER', why: `The role ${actor.role} may not assign a lead to an operator` });
      const named = [assignedSellerId === actor.userId ? null : assignedSellerId, input.assignedOperatorId];
      await arrived(em, named);
      return em.transactional(async (tx) => {
        for (const userId of named) await assertInCenter(tx, userId, actor.centerId);
        const run = async (): Promise<{ id: string; result: Lead }> => {
          const lead = add(tx, input, actor.centerId, assignedSellerId);
          await outbox.add(tx, LeadCreated, { lead: snapshot(lead) }, { centerId: lead.centerId, traceId, actor: actor.userId });
          return { id: lead.id, result: lead };
        };
        const { idempotencyKey: key, ...rest } = input;
        if (!key) return (await run()).result;
        const load = (id: string): Promise<Lead> => tx.findOneOrFail(Lead, { id });
        return idempotently({ em: tx, centerId: actor.centerId, actorId: actor.userId, operation: 'leadCreate', key, input: rest, run, load });
      });
    },

    async update({ em, actor, traceId }: Scope, input: { id: string; expectedVersion: number } & LeadEdit): Promise<Lead> {
      const { id, expectedVersion, ...asked } = input;
      const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)) as LeadEdit;
      const within = leadsWithin(actor, 'leads:update');
      await arrived(em, [given.assignedSellerId, given.assignedOperatorId]);
      return em.transactional(async (tx) => {
        const lead = await tx.findOne(Lead, { $and: [within, { id }] }, { lockMode: LockMode.PESSIMISTIC_WRITE });
        if (!lead) throw new AppError('NOT_FOUND', `There is no lead ${id}`);
        const change = validChange(given);
        assertMayChange(actor, lead, change);
        if (change.assignedSellerId !== lead.assignedSellerId) await assertInCenter(tx, change.assignedSellerId, lead.centerId);
        if (change.assignedOperatorId !== lead.assignedOperatorId) await assertInCenter(tx, change.assignedOperatorId, lead.centerId);
        if (lead.version !== expectedVersion)
          throw new UserError('VERSION_CONFLICT', `The lead has version ${lead.version} by now`, ['input', 'expectedVersion'], false);
        tx.assign(lead, { ...change, updatedAt: now(), version: lead.version + 1 });
        await outbox.add(tx, LeadUpdated, { lead: snapshot(lead) }, { centerId: lead.centerId, traceId, actor: actor.userId });
        return lead;
      });
    },

    /** The lead, if this actor may see it. */
    async load({ em, actor }: Scope, id: string): Promise<Lead> {
      const lead = await em.findOne(Lead, { $and: [leadsWithin(actor, 'leads:read'), { id }] });
      if (!lead) throw new AppError('NOT_FOUND', `There is no lead ${id}`);
      return lead;
    },

    /** Leads to begin with: those whose number the center does not have yet are entered. */
    ensure: (em: EntityManager, centerId: string, drafts: readonly LeadDraft[], traceId: string): Promise<Lead[]> =>
      em.transactional(async (tx) => {
        const phones = drafts.map((draft) => validPhone(draft.phone));
        const known = await tx.find(Lead, { centerId, phone: { $in: phones } }, { orderBy: { createdAt: 'asc' } });
        const leads: Lead[] = [];
        for (const [index, draft] of drafts.entries()) {
          const found = known.find((lead) => lead.phone === phones[index]);
          leads.push(found ?? add(tx, draft, centerId, draft.assignedSellerId ?? null));
        }
        for (const lead of leads.filter((each) => !known.includes(each)))
          await outbox.add(tx, LeadCreated, { lead: snapshot(lead) }, { centerId, traceId, actor: 'system' });
        return leads;
      }),

    /** Says every lead again, for a projection that starts anew. */
    async snapshot(em: EntityManager, traceId: string): Promise<number> {
      let count = 0;
      for (let after = ''; ; ) {
        const page = await em.transactional(async (tx) => {
          const leads = await tx.find(Lead, { id: { $gt: after } }, { orderBy: { id: 'asc' }, limit: 500 });
          for (const lead of leads) await outbox.add(tx, LeadSnapshotted, { lead: snapshot(lead) }, { centerId: lead.centerId, traceId, actor: 'system' });
          return leads;
        });
        count += page.length;
        if (page.length === 0) return count;
        after = page.at(-1)?.id ?? after;
      }
    },
  };
}

function snapshot(lead: Lead): PayloadOf<typeof LeadCreated>['lead'] {
  const { id, centerId, phone, status, assignedSellerId, assignedOperatorId, version } = lead;
  return { id, centerId, phone, status, assignedSellerId, assignedOperatorId, version };
}

function validName(text: string): string {
  const name = parseClientName(text);
  if (name === undefined) throw new UserError('CLIENT_NAME_INVALID', 'A client name has 1 to 200 characters', ['input', 'clientName']);
  return name;
}

function validPhone(text: string): string {
  const phone = parsePhoneNumber(text);
  if (phone === undefined)
    throw new UserError('PHONE_NUMBER_INVALID', 'Write the number in international form, such as +12025550143', ['input', 'phone']);
  return phone;
}

function validSource(text: string | null | undefined): string | null {
  const source = text?.trim() ?? '';
  if (source.length > MAX_SOURCE || source.includes('\0')) throw new UserError('SOURCE_INVALID', `A source has at most ${MAX_SOURCE} characters`, ['input', 'source']);
  return source === '' ? null : source;
}

/** Null clears who a lead is assigned to and where it comes from; of the other fields it means "leave as it is". */
function validChange(given: LeadEdit): LeadChange {
  const { clientName, phone, status, source, ...assigned } = given;
  return {
    ...assigned,
    ...(clientName == null ? {} : { clientName: validName(clientName) }),
    ...(phone == null ? {} : { phone: validPhone(phone) }),
    ...(status == null ? {} : { status }),
    ...(source === undefined ? {} : { source: validSource(source) }),
  };
}
