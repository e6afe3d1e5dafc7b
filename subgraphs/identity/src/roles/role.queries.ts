import { schemaOf, type EntityManager } from '@vss/db';
import type { GrantScope, SystemRole } from '@vss/auth';

export async function insertRoleIfAbsent(tx: EntityManager, { id, seed, at }: { id: string; seed: SystemRole; at: Date }): Promise<void> {
  await tx.execute(
    `insert into ${schemaOf(tx)}.role (id, name, description, grants, permission_version, system, created_at, updated_at, version)
     values (?, ?, ?, ?::jsonb, 1, true, ?, ?, 1) on conflict (name) do nothing`,
    [id, seed.name, seed.description, JSON.stringify(seed.grants), at, at],
  );
}

/** The teams of each of these users, in the order of their ids. */
export async function loadTeamIds(em: EntityManager, userIds: readonly string[]): Promise<Map<string, string[]>> {
  const rows: { user_id: string; team_ids: string[] }[] = await em.execute(
    `select user_id, array_agg(team_id order by team_id) as team_ids from ${schemaOf(em)}.team_member where user_id in (${placesFor(userIds)}) group by user_id`,
    [...userIds],
  );
  return new Map(rows.map(({ user_id, team_ids }) => [user_id, team_ids]));
}

interface TemporaryRight {
  readonly permission: string;
  readonly scope: GrantScope;
  readonly endsAt: Date;
}

/** What each of these users was given for a time and holds now. */
export async function loadTemporaryRights(em: EntityManager, userIds: readonly string[], at: Date): Promise<Map<string, TemporaryRight[]>> {
  const rows: { user_id: string; permission: string; scope: GrantScope; ends_at: Date }[] = await em.execute(
    `select user_id, permission, scope, ends_at from ${schemaOf(em)}.temporary_grant where user_id in (${placesFor(userIds)}) and state = 'APPROVED' and ends_at > ? order by id`,
    [...userIds, at],
  );
  const rights = new Map<string, TemporaryRight[]>();
  for (const { user_id, permission, scope, ends_at } of rows) rights.set(user_id, [...(rights.get(user_id) ?? []), { permission, scope, endsAt: new Date(ends_at) }]);
  return rights;
}

/** The holders of a role who were given something beside it for a time. */
export async function loadTemporaryHolders(em: EntityManager, roleId: string, at: Date): Promise<(Holder & { readonly centerId: string })[]> {
  const rows: { id: string; center_id: string; rights_version: number }[] = await em.execute(
    `select u.id, u.center_id, u.rights_version from ${schemaOf(em)}.user_account u
     where u.role_id = ? and exists (select from ${schemaOf(em)}.temporary_grant t where t.user_id = u.id and t.state = 'APPROVED' and t.ends_at > ?) order by u.id`,
    [roleId, at],
  );
  return rows.map(({ id, center_id, rights_version }) => ({ id, roleId, rightsVersion: rights_version, centerId: center_id }));
}

/** Whose rights are asked for. */
export interface Holder {
  readonly id: string;
  readonly roleId: string;
  readonly rightsVersion: number;
}

/** The role that a user has, whatever his center; undefined where there is no such user. */
export async function loadRoleIdOf(em: EntityManager, userId: string): Promise<string | undefined> {
  const rows: { role_id: string }[] = await em.execute(`select role_id from ${schemaOf(em)}.user_account where id = ?`, [userId]);
  return rows[0]?.role_id;
}

/** How many users have each of these roles, in one center or in all; of those who may sign in, where told. */
export async function countUsersOf(em: EntityManager, roleIds: readonly string[], { centerId, isActive = false }: { centerId: string; isActive?: boolean }): Promise<Map<string, number>> {
  const rows: { role_id: string; users: number }[] = await em.execute(
    `select role_id, count(*)::int as users from ${schemaOf(em)}.user_account
     where role_id in (${placesFor(roleIds)}) and (? = 'ALL' or center_id = ?) ${isActive ? `and state = 'ACTIVE'` : ''} group by role_id`,
    [...roleIds, centerId, centerId],
  );
  return new Map(rows.map(({ role_id, users }) => [role_id, users]));
}

/** How many people with one of these roles may sign in. Service accounts do not count, and neither do those who were invited and never came. */
export async function countPeopleOf(em: EntityManager, roleIds: readonly string[], exceptUserId: string): Promise<number> {
  if (roleIds.length === 0) return 0;
  const rows: { people: number }[] = await em.execute(
    `select count(*)::int as people from ${schemaOf(em)}.user_account
     where role_id in (${placesFor(roleIds)}) and id <> ? and kind = 'PERSON' and state = 'ACTIVE'`,
    [...roleIds, exceptUserId],
  );
  return rows[0]?.people ?? 0;
}

/** The highest permission version that a role of this name ever had: one that takes the name again goes on from there. */
export async function lastPermissionVersionOf(em: EntityManager, name: string): Promise<number> {
  const rows: { last: number | null }[] = await em.execute(`select max(permission_version) as last from ${schemaOf(em)}.role_version where name = ?`, [name]);
  return rows[0]?.last ?? 0;
}

/** Held until the end of the transaction by whoever takes an administrator away: of two who take away each other, the second sees the first gone. */
export const lockAdministrators = (tx: EntityManager): Promise<unknown> => tx.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', ['identity.administrators']);

const placesFor = (values: readonly unknown[]): string => values.map(() => '?').join();
