import type { EntityManager } from '@vss/db';
import { RightsChanged, UserUpdated, type Outbox } from '@vss/events';
import type { Scope } from '@vss/graphql';
import { systemNow, type Now } from '@vss/runtime';
import type { Origin } from '../audit/index.js';
import { loadRightsOfAll, rightsNews, type Rights } from '../roles/index.js';
import { UserState, type User } from './user.entity.js';

/** On whose behalf something is done, and where the request came from. */
export interface By {
  readonly actorId: string;
  readonly origin: Origin;
}

export const byOf = ({ actor, traceId, request }: Pick<Scope, 'actor' | 'traceId' | 'request'>): By => ({ actorId: actor.userId, origin: { traceId, address: request.address } });

/** A user as the other subgraphs may know him. */
export const snapshotOf = (user: User, { role, teamIds }: Pick<Rights, 'role' | 'teamIds'>) => ({
  id: user.id,
  centerId: user.centerId,
  username: user.username,
  displayName: user.displayName,
  role: role.name,
  active: user.state === UserState.ACTIVE,
  teamIds: [...teamIds],
  version: user.version,
});

export type UserNews = ReturnType<typeof createUserNews>;

/** Says how users are now, in the transaction that changed them. */
export function createUserNews({ outbox, now = systemNow }: { outbox: Outbox; now?: Now }) {
  return {
    /** `rights`: what they may do has changed as well, so tokens from before tell what was. */
    async changed(tx: EntityManager, users: readonly User[], { actorId, origin }: By, { rights: alsoRights = false } = {}): Promise<void> {
      await tx.flush();
      const held = await loadRightsOfAll(tx, users, now());
      for (const user of users) {
        const rights = held.get(user.id);
        if (!rights) throw new Error(`User ${user.id} has a role that does not exist`);
        const context = { centerId: user.centerId, traceId: origin.traceId, actor: actorId };
        await outbox.add(tx, UserUpdated, { user: snapshotOf(user, rights) }, context);
        if (alsoRights) await outbox.add(tx, RightsChanged, rightsNews(user.id, rights), context);
      }
    },
  };
}
