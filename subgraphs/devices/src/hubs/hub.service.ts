import { LockMode } from '@mikro-orm/core';
import { AppError, systemNow, type Now } from '@vss/runtime';
import { HubRegistered, HubUpdated, type HubAnnounced, type MessageContext, type Outbox, type PayloadOf } from '@vss/events';
import type { EntityManager } from '@vss/db';
import { Hub } from './hub.entity.js';
import { isRecent, lostBefore } from './hub.rules.js';

interface Deps {
  outbox: Outbox;
  /** How often hub-runners send a heartbeat. */
  heartbeatMs: number;
  /** Takes hubs that name no center. */
  defaultCenterId?: string | undefined;
  now?: Now;
}

type Announcement = PayloadOf<typeof HubAnnounced>;
export type HubService = ReturnType<typeof createHubService>;

/** The only writer of hubs. Who listens hears when a hub comes, goes or changes, but nothing of its heartbeats. */
export function createHubService({ outbox, heartbeatMs, defaultCenterId, now = systemNow }: Deps) {
  const locked = (tx: EntityManager, id: string): Promise<Hub | null> => tx.findOne(Hub, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, filters: false });

  async function setOnline(tx: EntityManager, hub: Hub, online: boolean, context: MessageContext): Promise<void> {
    if (hub.online === online) return;
    tx.assign(hub, { online, version: hub.version + 1 });
    await outbox.add(tx, HubUpdated, { hub: snapshot(hub) }, context);
  }

  return {
    async announce(tx: EntityManager, { hubId: id, name, simulated, adapters }: Announcement, from: MessageContext): Promise<void> {
      const at = now();
      const known = await locked(tx, id);
      if (known) {
        tx.assign(known, { name, simulated, adapters, online: true, lastSeenAt: at, version: known.version + 1 });
        // Said also when nothing seems changed: the runner has started anew, and who gives it work must know.
        return void (await outbox.add(tx, HubUpdated, { hub: snapshot(known) }, { ...from, centerId: known.centerId }));
      }
      const centerId = from.centerId ?? defaultCenterId;
      if (!centerId) throw new AppError('BAD_USER_INPUT', `The hub ${id} names no center, and there is no default one`);
      const hub = tx.create(Hub, { id, centerId, name, simulated, adapters, online: true, lastSeenAt: at, createdAt: at, version: 1 });
      await outbox.add(tx, HubRegistered, { hub: snapshot(hub) }, { ...from, centerId });
    },

    /** A heartbeat of a hub that has not announced itself yet is passed over: it tells nothing to make a hub of. */
    async beat(tx: EntityManager, { hubId, at }: { hubId: string; at: string }, from: MessageContext): Promise<void> {
      if (!isRecent(new Date(at), now())) return;
      const hub = await locked(tx, hubId);
      if (!hub) return;
      hub.lastSeenAt = now();
      await setOnline(tx, hub, true, { ...from, centerId: hub.centerId });
    },

    async leave(tx: EntityManager, hubId: string, from: MessageContext): Promise<void> {
      const hub = await locked(tx, hubId);
      if (hub) await setOnline(tx, hub, false, { ...from, centerId: hub.centerId });
    },

    /** Takes the hubs that have gone silent offline. Several instances may do so at once. */
    reap: (em: EntityManager, traceId: string): Promise<number> =>
      em.transactional(async (tx) => {
        const silent = { online: true, lastSeenAt: { $lt: lostBefore(now(), heartbeatMs) } };
        const lost = await tx.find(Hub, silent, { lockMode: LockMode.PESSIMISTIC_PARTIAL_WRITE, orderBy: { id: 'asc' } });
        for (const hub of lost) await setOnline(tx, hub, false, { centerId: hub.centerId, traceId, actor: 'system' });
        return lost.length;
      }),

    /** Says every hub again, for a projection that starts anew. */
    async snapshot(em: EntityManager, traceId: string): Promise<void> {
      await em.transactional(async (tx) => {
        for (const hub of await tx.find(Hub, {}, { orderBy: { id: 'asc' } }))
          await outbox.add(tx, HubUpdated, { hub: snapshot(hub) }, { centerId: hub.centerId, traceId, actor: 'system' });
      });
    },
  };
}

function snapshot(hub: Hub): PayloadOf<typeof HubRegistered>['hub'] {
  const { id, centerId, name, simulated, online, lastSeenAt, version } = hub;
  return { id, centerId, name, simulated, online, lastSeenAt: lastSeenAt.toISOString(), version };
}
