import type { EntityManager } from '@vss/db';
import { decisionByGrants, resolveGrants, type Actor, type Decision, type ResolvedGrants } from '@vss/auth';
import { Role } from '../roles/index.js';
import { User, UserState } from '../users/index.js';

export interface Grantor {
  readonly role: Role;
  readonly users: User[];
}

/** A right is given by giving a role that has it, or by giving it for a time. */
const WAYS = ['users:update', 'temporary-grants:approve'] as const;
const MOST_ROLES = 200;
const MOST_USERS = 100;
const SHOWN_USERS = 5;

/** Who could give what a decision misses: nobody gives more than he holds, so those who hold it as far and may give anything at all. */
export async function loadGrantors(em: EntityManager, subject: Actor, decision: Decision): Promise<Grantor[]> {
  const roles = await em.find(Role, {}, { orderBy: { name: 'asc' }, limit: MOST_ROLES });
  const able = roles.filter(({ grants }) => couldGive(resolveGrants(grants), decision));
  if (able.length === 0) return [];
  const where = { roleId: { $in: able.map(({ id }) => id) }, centerId: subject.centerId, state: UserState.ACTIVE, id: { $ne: subject.userId } };
  const users = await em.find(User, where, { orderBy: { username: 'asc' }, limit: MOST_USERS });
  return able.map((role) => ({ role, users: users.filter(({ roleId }) => roleId === role.id).slice(0, SHOWN_USERS) }));
}

const couldGive = (grants: ResolvedGrants, { permission, needed }: Decision): boolean =>
  decisionByGrants(grants, permission, needed).allowed && WAYS.some((way) => decisionByGrants(grants, way, 'CENTER').allowed);
