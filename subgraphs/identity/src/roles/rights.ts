import { resolveGrants, type Grant, type ResolvedGrants } from '@vss/auth';
import type { EntityManager } from '@vss/db';
import { Role } from './role.entity.js';
import { loadTeamIds, loadTemporaryRights, type Holder } from './role.queries.js';

/** What a user may do now. Everything that makes a token asks for it here. */
export interface Rights {
  readonly role: Role;
  /** The role's. */
  readonly permissionVersion: number;
  /** Of what is the user's own: teams and temporary grants. */
  readonly rightsVersion: number;
  readonly teamIds: readonly string[];
  readonly grants: ResolvedGrants;
  /** When the first of what makes them up ends; a token must not outlive it. */
  readonly validUntil?: Date;
}

export async function loadRights(em: EntityManager, user: Holder, at: Date): Promise<Rights> {
  const rights = (await loadRightsOfAll(em, [user], at)).get(user.id);
  if (!rights) throw new Error(`User ${user.id} has a role that does not exist`);
  return rights;
}

/** Of many users at once, by their id: three statements however many. */
export async function loadRightsOfAll(em: EntityManager, users: readonly Holder[], at: Date): Promise<Map<string, Rights>> {
  if (users.length === 0) return new Map();
  const ids = users.map(({ id }) => id);
  const roles = new Map((await em.find(Role, { id: { $in: [...new Set(users.map(({ roleId }) => roleId))] } })).map((role) => [role.id, role]));
  const teams = await loadTeamIds(em, ids);
  const temporary = await loadTemporaryRights(em, ids, at);
  return new Map(
    users.flatMap(({ id, roleId, rightsVersion }) => {
      const role = roles.get(roleId);
      if (!role) return [];
      const given = temporary.get(id) ?? [];
      const grants = resolveGrants([...role.grants, ...given.map(lineOf)]);
      const rights = { role, permissionVersion: role.permissionVersion, rightsVersion, teamIds: teams.get(id) ?? [], grants };
      const [firstEnd] = given.map(({ endsAt }) => endsAt).sort((a, b) => a.getTime() - b.getTime());
      return [[id, firstEnd ? { ...rights, validUntil: firstEnd } : rights] as const];
    }),
  );
}

/** A right for a time, as if it stood in the role. */
export function lineOf({ permission, scope }: { readonly permission: string; readonly scope: Grant['scope'] }): Grant {
  const [resource = '', action = ''] = permission.split(':');
  return { resource, actions: [action], scope, effect: 'ALLOW' };
}

/** What one user may do now, as RightsChanged tells it. */
export const rightsNews = (userId: string, { role, permissionVersion, rightsVersion, teamIds, grants }: Rights) => ({ userId, role: role.name, permissionVersion, rightsVersion, teamIds, grants });
