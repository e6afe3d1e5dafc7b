import { on, UserCreated, UserSnapshotted, UserUpdated, type PayloadOf } from '@vss/events';
import type { EntityManager } from '@vss/db';
import { UserProjection } from './user.projection.js';

type UserSnapshot = PayloadOf<typeof UserCreated>['user'];

async function follow(tx: EntityManager, { user }: { user: UserSnapshot }): Promise<void> {
  const known = await tx.findOne(UserProjection, { id: user.id }, { filters: false });
  if (known && known.version > user.version) return;
  const { id, centerId, role, active, version } = user;
  const teamIds = [...user.teamIds];
  if (known) tx.assign(known, { centerId, role, active, teamIds, version });
  else tx.create(UserProjection, { id, centerId, role, active, teamIds, version });
}

export const userRoutes = [on(UserCreated, follow), on(UserUpdated, follow), on(UserSnapshotted, follow)];
