import { idempotently, type EntityManager } from '@vss/db';
import { SlotCreated, TrunkCreated, type Outbox } from '@vss/events';
import type { Scope } from '@vss/graphql';
import { isAllowed, type Actor } from '@vss/auth';
import { UserError, type NewId, type Now } from '@vss/runtime';
import { byActor } from '../cause.js';
import { notFound } from '../errors.js';
import { CenterProjection, HubProjection } from '../projections/index.js';
import { Slot, snapshotOfSlot, type SlotKind } from '../slots/index.js';
import { Trunk } from './trunk.entity.js';
import { isCapacity, MAX_CAPACITY, NUMBER_RANGES } from './trunk.rules.js';
import { snapshotOfTrunk } from './trunk.snapshot.js';
import type { TrunkCreateInput } from './trunk.types.js';

export type TrunkService = ReturnType<typeof createTrunkService>;

export function createTrunkService({ outbox, newId, now }: { outbox: Outbox; newId: NewId; now: Now }) {
  async function make(tx: EntityManager, scope: Scope, input: TrunkCreateInput): Promise<Trunk> {
    const { actor } = scope;
    const slotKind = slotKindOf(input);
    if (!isCapacity(input.capacity)) throw new UserError('CAPACITY_INVALID', `A trunk has a capacity of 1 to ${MAX_CAPACITY}`, ['input', 'capacity']);
    const centerId = await centerFor(tx, actor, input.centerId ?? actor.centerId);
    if (input.hubId != null) await assertHub(tx, actor, centerId, input.hubId);
    const { name, kind, capacity, hubId = null } = input;
    const trunk = tx.create(Trunk, { id: newId('trunk'), centerId, name: name.trim(), kind, slotKind, capacity, hubId, createdAt: now(), version: 1 });
    tx.persist(trunk);
    const numbers = slotKind === null ? [] : await freeNumbers(tx, slotKind, capacity);
    const slots = slotKind === null ? [] : numbers.map((number) => tx.create(Slot, newSlot(trunk, slotKind, number)));
    tx.persist(slots);
    const context = { ...byActor(scope), centerId };
    await outbox.add(tx, TrunkCreated, { trunk: snapshotOfTrunk(trunk) }, context);
    // That has written the slots too. To look through all of them again for each message would take seconds.
    const written = { flush: () => Promise.resolve(), execute: (sql: string, params?: readonly unknown[]) => tx.execute(sql, params as unknown[]) };
    for (const slot of slots) await outbox.add(written, SlotCreated, { slot: snapshotOfSlot(slot) }, context);
    return trunk;
  }

  /** IDLE, and with a deadline of now: the keeper takes it into service as soon as its hub is there. */
  const newSlot = (trunk: Trunk, kind: SlotKind, number: string) => ({
    id: newId('slot'),
    centerId: trunk.centerId,
    trunkId: trunk.id,
    hubId: trunk.hubId,
    number,
    kind,
    state: 'IDLE' as const,
    stateSince: now(),
    deadlineAt: trunk.hubId === null ? null : now(),
    faultReason: null,
    adminState: 'IN_SERVICE' as const,
    registrationExpiresAt: null,
    registrationFailures: 0,
    commandId: null,
    callId: null,
    leaseId: null,
    fencingToken: 0,
    createdAt: now(),
    version: 1,
  });

  return {
    /** The trunk and all its slots, or nothing. */
    create: (scope: Scope, { idempotencyKey, ...input }: TrunkCreateInput): Promise<Trunk> =>
      scope.em.transactional((tx) =>
        idempotently({
          em: tx,
          centerId: scope.actor.centerId,
          actorId: scope.actor.userId,
          operation: 'trunkCreate',
          key: idempotencyKey,
          input,
          load: (id) => tx.findOneOrFail(Trunk, { id }),
          run: async () => {
            const trunk = await make(tx, scope, { ...input, idempotencyKey });
            return { id: trunk.id, result: trunk };
          },
        }),
      ),
  };
}

function slotKindOf({ kind, slotKind }: TrunkCreateInput): SlotKind | null {
  if (kind === 'PROVIDER' && slotKind != null) throw new UserError('INPUT_INVALID', 'A trunk to a provider has no slots: leave slotKind out', ['input', 'slotKind']);
  if (kind === 'HUB' && slotKind == null) throw new UserError('INPUT_INVALID', 'A trunk of kind HUB needs the kind of its slots', ['input', 'slotKind']);
  return slotKind ?? null;
}

/** One's own center, or with scope ALL any other that exists. */
async function centerFor(tx: EntityManager, actor: Actor, centerId: string): Promise<string> {
  if (centerId === actor.centerId) return centerId;
  if (isAllowed(actor, 'trunks:create', 'ALL') && (await tx.findOne(CenterProjection, { id: centerId }))) return centerId;
  throw notFound('center');
}

/** The platform itself may bind a hub that has not announced itself yet: its slots wait for it. */
async function assertHub(tx: EntityManager, actor: Actor, centerId: string, hubId: string): Promise<void> {
  if (actor.kind !== 'system' && !(await tx.findOne(HubProjection, { id: hubId, centerId }))) throw notFound('hub');
}

/** The lowest free numbers of the realm, which all centers share. Held until the commit, so that nobody else gets them. */
async function freeNumbers(tx: EntityManager, kind: SlotKind, count: number): Promise<string[]> {
  const { first, last } = NUMBER_RANGES[kind];
  await tx.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`telephony.numbers ${kind}`]);
  const free = await tx.execute<{ number: string }[]>(
    `select n::text as number from generate_series(?::int, ?::int) n
     where not exists (select 1 from telephony.slot s where s.number = n::text) order by n limit ?`,
    [first, last, count],
  );
  if (free.length < count) throw new UserError('RANGE_EXHAUSTED', `Of the numbers ${first} to ${last} only ${free.length} are free`, ['input', 'capacity']);
  return free.map(({ number }) => number);
}
