import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@vss/db';
import { scopeOf, type Actor, type Permission } from '@vss/auth';
import { AppError, isIdOf, UserError } from '@vss/runtime';
import { assertReachesRole, Role } from '../roles/index.js';
import { User } from './user.entity.js';

export const noSuchUser = (): AppError => new AppError('NOT_FOUND', 'There is no such user');

/** The user for a change: nobody else changes him until the transaction ends. A stranger's is NOT_FOUND. */
export async function lockUser(tx: EntityManager, id: string): Promise<User> {
  const user = await tx.findOne(User, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!user) throw noSuchUser();
  return user;
}

/** As `lockUser`, with the role that he has, which the actor's own rights must reach; for changes by others than himself. */
export async function lockUserWithin(tx: EntityManager, actor: Actor, { id, expectedVersion }: { id: string; expectedVersion?: number }, field = 'id'): Promise<{ user: User; role: Role }> {
  const user = await lockUser(tx, id);
  const role = await tx.findOneOrFail(Role, { id: user.roleId });
  await assertReachesRole(tx, actor, 'users:update', role);
  if (user.erasedAt) throw new UserError('USER_ERASED', 'His personal data was erased: he cannot be changed any more', ['input', field]);
  if (expectedVersion !== undefined) assertVersion(user, expectedVersion);
  return { user, role };
}

export function assertVersion({ version }: { version: number }, expected: number): void {
  if (version !== expected) throw new UserError('VERSION_CONFLICT', `Somebody else changed it: version ${version} stands now`, ['input', 'expectedVersion']);
}

/** One's own center; only who holds the right everywhere names another. */
export function centerFor(actor: Actor, named: string | null | undefined, permission: Permission): string {
  if (!named || named === actor.centerId) return actor.centerId;
  if (scopeOf(actor, permission) !== 'ALL' || !isIdOf('ctr', named)) throw new AppError('NOT_FOUND', 'There is no such center');
  return named;
}
