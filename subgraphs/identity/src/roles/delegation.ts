import { LockMode } from '@mikro-orm/core';
import { denial, resolveGrants, rightsBeyond, type Actor, type Permission, type ResolvedGrants } from '@vss/auth';
import type { EntityManager } from '@vss/db';
import { UserError } from '@vss/runtime';
import { Role } from './role.entity.js';
import { loadRoleIdOf } from './role.queries.js';

/**
 * What of these rights the actor may not hand out, since he does not hold it, or not as far. What counts is his role as it
 * stands and what he came with, whichever is narrower: a key is narrower than its account, and what he was given for
 * a time he cannot make last by handing it on.
 */
export async function rightsBeyondActor(em: EntityManager, actor: Actor, given: ResolvedGrants): Promise<Permission[]> {
  const beyond = rightsBeyond(given, actor.grants);
  const roleId = actor.kind === 'system' ? undefined : await loadRoleIdOf(em, actor.userId);
  const role = roleId && (await em.findOne(Role, { id: roleId }));
  return role ? [...new Set([...beyond, ...rightsBeyond(given, resolveGrants(role.grants))])].sort() : beyond;
}

/** `permission`: the right by which he does it. */
export async function assertWithinActor(em: EntityManager, actor: Actor, permission: Permission, given: ResolvedGrants, what: string): Promise<void> {
  const beyond = await rightsBeyondActor(em, actor, given);
  if (beyond.length > 0) throw denial(actor, permission, { why: `${what} may do more than the role ${actor.role}: ${named(beyond)}` });
}

/** Nobody gives a role, changes it, or changes a holder of it, that may do more than he himself. */
export const assertReachesRole = (em: EntityManager, actor: Actor, permission: Permission, { name, grants }: Pick<Role, 'name' | 'grants'>): Promise<void> =>
  assertWithinActor(em, actor, permission, resolveGrants(grants), `The role ${name}`);

/** The role of this name, to be given to somebody in this transaction: it stays as it is until then. */
export async function roleToGive(tx: EntityManager, actor: Actor, permission: Permission, name: string): Promise<Role> {
  const role = await tx.findOne(Role, { name }, { lockMode: LockMode.PESSIMISTIC_READ });
  if (!role) throw new UserError('ROLE_UNKNOWN', 'There is no role of this name', ['input', 'role']);
  await assertReachesRole(tx, actor, permission, role);
  return role;
}

const MOST_NAMED = 5;
const named = (permissions: readonly Permission[]): string =>
  permissions.slice(0, MOST_NAMED).join(', ') + (permissions.length > MOST_NAMED ? ` and ${permissions.length - MOST_NAMED} more` : '');
