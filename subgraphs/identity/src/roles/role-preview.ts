import { resolveGrants, rightChanges, type Grant, type Permission, type ResolvedGrants, type RightChange } from '@vss/auth';
import type { Scope } from '@vss/graphql';
import { AppError } from '@vss/runtime';
import { isAdministratorLeft, isAdministratorsRole } from './administrators.js';
import { rightsBeyondActor } from './delegation.js';
import { Role } from './role.entity.js';
import { countUsersOf } from './role.queries.js';
import { assertGrants } from './role.rules.js';

export interface RolePreview {
  readonly gained: readonly RightChange[];
  readonly lost: readonly RightChange[];
  readonly usersTouched: number;
  readonly removesLastAdministrator: boolean;
  readonly beyondOwn: readonly Permission[];
}

const NOTHING: ResolvedGrants = { allow: {}, deny: [] };

/** What a role with these lines would give and take, before it is saved; without an id, of a new one. */
export async function previewRole({ em, actor }: Scope, roleId: string | null | undefined, lines: readonly Grant[]): Promise<RolePreview> {
  const grants = assertGrants(lines, ['grants']);
  const role = roleId ? await em.findOne(Role, { id: roleId }) : undefined;
  if (role === null) throw new AppError('NOT_FOUND', 'There is no such role');
  const after = resolveGrants(grants);
  const losesAdministrators = role !== undefined && isAdministratorsRole(role) && !isAdministratorsRole({ grants: [...grants] });
  return {
    ...rightChanges(role ? resolveGrants(role.grants) : NOTHING, after),
    usersTouched: role ? ((await countUsersOf(em, [role.id], { centerId: 'ALL', isActive: true })).get(role.id) ?? 0) : 0,
    removesLastAdministrator: losesAdministrators && !(await isAdministratorLeft(em, { roleId: role.id })),
    beyondOwn: await rightsBeyondActor(em, actor, after),
  };
}
