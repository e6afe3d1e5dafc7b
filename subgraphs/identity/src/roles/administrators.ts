import { isAdministrators, resolveGrants } from '@vss/auth';
import type { EntityManager } from '@vss/db';
import { UserError } from '@vss/runtime';
import { countPeopleOf, lockAdministrators } from './role.queries.js';
import { Role } from './role.entity.js';

/** Who or what is about to be no administrator's any more. */
export interface Leaving {
  readonly userId?: string;
  readonly roleId?: string;
}

/** Whether the holders of a role can put everything right again. */
export const isAdministratorsRole = ({ grants }: Pick<Role, 'grants'>): boolean => isAdministrators(resolveGrants(grants));

/** Whether a person remains who may do everything. */
export async function isAdministratorLeft(em: EntityManager, { userId = '', roleId }: Leaving): Promise<boolean> {
  // Read anew: another role may have become less since this transaction first saw it.
  const roles = (await em.find(Role, {}, { refresh: true })).filter((role) => role.id !== roleId && isAdministratorsRole(role));
  return (await countPeopleOf(em, roles.map(({ id }) => id), userId)) > 0;
}

/** Call it in the transaction that takes an administrator away, before his row or role is changed. `field`: where the user told to. */
export async function assertAdministratorIsLeft(tx: EntityManager, leaving: Leaving, field: readonly string[]): Promise<void> {
  await lockAdministrators(tx);
  if (!(await isAdministratorLeft(tx, leaving))) throw new UserError('LAST_ADMINISTRATOR', 'Nobody would be left who may do everything: make another administrator first', field);
}
