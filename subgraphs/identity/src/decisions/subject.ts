import type { Actor } from '@vss/auth';
import type { EntityManager } from '@vss/db';
import { loadRights } from '../roles/index.js';
import { User, UserKind, UserState } from '../users/index.js';

/** Somebody whose rights are asked for. */
export interface Subject {
  /** Null for the platform itself. */
  readonly user: User | null;
  readonly actor: Actor;
  readonly isActive: boolean;
}

/** A user with what he may do now, as his next token would say it. Undefined where there is none within the centers of the EntityManager. */
export async function loadSubject(em: EntityManager, userId: string, at: Date): Promise<Subject | undefined> {
  const user = await em.findOne(User, { id: userId });
  if (!user) return undefined;
  const { role, permissionVersion, rightsVersion, teamIds, grants } = await loadRights(em, user, at);
  const actor: Actor = {
    kind: user.kind === UserKind.SERVICE ? 'service' : 'user',
    userId: user.id,
    username: user.username,
    sessionId: '',
    role: role.name,
    centerId: user.centerId,
    teamIds,
    permissionVersion,
    rightsVersion,
    grants,
  };
  return { user, actor, isActive: user.state === UserState.ACTIVE };
}
