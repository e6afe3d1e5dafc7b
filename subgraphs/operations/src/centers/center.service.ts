import { newId as typeId, type NewId, newTraceId, type Now, StartError, systemNow } from '@vss/runtime';
import { CenterCreated, type Outbox } from '@vss/events';
import type { EntityManager } from '@vss/db';
import { Center } from './center.entity.js';
import { lockCenters } from './center.queries.js';
import { isTimeZone } from './center.rules.js';

interface Deps {
  outbox: Outbox;
  newId?: NewId;
  now?: Now;
}

export function createCenterService({ outbox, newId = typeId, now = systemNow }: Deps) {
  return {
    /** The first center's id; it is made where there is none yet. Two processes that start at once make one. */
    ensureDefault: (em: EntityManager, { name, timeZone }: { name: string; timeZone: string }): Promise<string> =>
      em.transactional(async (tx) => {
        if (!isTimeZone(timeZone)) throw new StartError(`There is no time zone ${timeZone}`);
        await lockCenters(tx);
        const known = await tx.findOne(Center, { id: { $ne: '' } }, { orderBy: { createdAt: 'asc', id: 'asc' } });
        if (known) return known.id;
        const center = tx.create(Center, { id: newId('ctr'), name, timeZone, createdAt: now() });
        await outbox.add(tx, CenterCreated, { centerId: center.id, name, timeZone }, { centerId: center.id, traceId: newTraceId(), actor: 'system' });
        return center.id;
      }),
  };
}
