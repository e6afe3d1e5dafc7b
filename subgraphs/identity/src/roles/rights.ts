import { resolveGrants, type ResolvedGrants } from '@vss/auth';
import type { EntityManager } from '@vss/db';
import { Role } from './role.entity.js';
import { loadTeamIds } from './role.queries.js';

/** Whose rights are asked for. */
export interface Holder {
  readonly id: string;
  readonly roleId: string;
  readonly rightsVersion: number;
}

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

/** Of many users at once, by their id: two statements however many. */
export async function loadRightsOfAll(em: EntityManager, users: readonly Holder[], _at: Date): Promise<Map<string, Rights>> {
  if (users.length === 0) return new Map();
  const roles = new Map((await em.find(Role, { id: { $in: [...new Set(users.map(({ roleId }) => roleId))] } })).map((role) => [role.id, role]));
  const teams = await loadTeamIds(em, users.map(({ id }) => id));
  return new Map(
    users.flatMap((user) => {
      const role = roles.get(user.roleId);
      if (!role) return [];
      const { permissionVersion, grants } = role;
      return [[user.id, { role, permissionVersion, rightsVersion: user.rightsVersion, teamIds: teams.get(user.id) ?? [], grants: resolveGrants(grants) }] as const];
    }),
  );
}
