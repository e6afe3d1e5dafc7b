import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@vss/db';
import { isWithin, resolveGrants, scopeOf, type Actor, type Permission } from '@vss/auth';
import { AppError, isIdOf, UserError } from '@vss/runtime';
import { Role } from '../roles/index.js';
import { User, UserKind, UserState } from './user.entity.js';

export const noSuchUser = (): AppError => new AppError('NOT_FOUND', 'There is no such user');

/** The user for a change: nobody else changes him until the transaction ends. A stranger's is NOT_FOUND. */
export async function lockUser(tx: EntityManager, id: string): Promise<User> {
  const user = await tx.findOne(User, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!user) throw noSuchUser();
  return user;
}

/** As `lockUser`, with the role that he has, which the actor's own rights must reach; for changes by others than himself. */
export async function lockUserWithin(tx: EntityManager, actor: Actor, { id, expectedVersion }: { id: string; expectedVersion?: number }): Promise<{ user: User; role: Role }> {
  const user = await lockUser(tx, id);
  const role = await tx.findOneOrFail(Role, { id: user.roleId });
  assertReaches(actor, role);
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

export async function roleToGive(tx: EntityManager, actor: Actor, name: string): Promise<Role> {
  const role = await tx.findOne(Role, { name });
  if (!role) throw new UserError('ROLE_UNKNOWN', 'There is no role of this name', ['input', 'role']);
  assertReaches(actor, role);
  return role;
}

/** Nobody gives a role, or changes a holder of one, that may do more than he himself. */
export function assertReaches(actor: Actor, role: Role): void {
  if (!isWithin(resolveGrants(role.grants), actor.grants))
    throw new AppError('FORBIDDEN', `The role ${role.name} may do more than the role ${actor.role}`, { permission: 'users:update' });
}

/** Throws LAST_ADMINISTRATOR when nobody but this user may do everything: a person who can sign in, so no program and nobody invited. */
export async function assertAdministratorIsLeft(tx: EntityManager, user: User, role: Role): Promise<void> {
  if (resolveGrants(role.grants).allow['*:*'] !== 'ALL') return;
  // Two administrators who remove each other at once: the second waits here and sees the first one gone.
  await tx.findOneOrFail(Role, { id: role.id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
  const others = await tx.count(User, { roleId: role.id, state: UserState.ACTIVE, kind: UserKind.PERSON, id: { $ne: user.id } }, { filters: { center: false } });
  if (others === 0) throw new UserError('LAST_ADMINISTRATOR', 'This is the last administrator: make another one first', ['input', 'id']);
}
