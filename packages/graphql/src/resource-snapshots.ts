import type { EntityManager } from '@vss/db';
import { on, ResourceSnapshotted, ResourcesRequested, type Outbox, type OwnedResource, type PayloadOf, type Route } from '@vss/events';

interface Row {
  readonly id: string;
}
type Whose = Partial<Omit<PayloadOf<typeof ResourceSnapshotted>, 'type' | 'id'>> & { readonly centerId: string; readonly version: number };

/** The rows of one type, and whose each is. */
export interface OwnedRows {
  readonly type: OwnedResource;
  /** Some rows by id, those behind this one first. */
  load(tx: EntityManager, after: string, limit: number): Promise<readonly (Whose & Row)[]>;
}

/** Rows of an entity with `id`, `centerId` and `version`. */
export const ownedRows = <T extends Row & { centerId: string; version: number }>(type: OwnedResource, Entity: new () => T, whose: (row: T) => Partial<Whose> = () => ({})): OwnedRows => ({
  type,
  load: async (tx, after, limit) =>
    (await tx.find(Entity, { id: { $gt: after } }, { orderBy: { id: 'asc' } as never, limit })).map((row) => ({ id: row.id, centerId: row.centerId, version: row.version, ...whose(row) })),
});

const PAGE = 500;

/**
 * Says whose rows are when identity begins to know it anew. A page is one transaction, with the message that asks for the
 * next one in it: so it goes on after whatever happened, and holds up nothing for longer than a page takes.
 */
export function resourceSnapshots({ outbox, owned, page = PAGE }: { outbox: Outbox; owned: readonly OwnedRows[]; page?: number }): Route<EntityManager> {
  return on(ResourcesRequested, async (tx: EntityManager, { type, after }, { id: causationId, traceId, actor }) => {
    const rows = await owned.find((each) => each.type === type)?.load(tx, after, page);
    if (!rows) return;
    const context = { traceId, actor, causationId };
    for (const row of rows) await outbox.add(tx, ResourceSnapshotted, { type, ownerId: null, assigneeId: null, leadId: null, callId: null, ...row }, { ...context, centerId: row.centerId });
    const last = rows.at(-1);
    if (last && rows.length === page) await outbox.add(tx, ResourcesRequested, { type, after: last.id }, { ...context, centerId: null });
  });
}
