import { schemaOf, type EntityManager } from '@vss/db';
import type { SystemRole } from '@vss/auth';

export async function insertRoleIfAbsent(tx: EntityManager, { id, seed, at }: { id: string; seed: SystemRole; at: Date }): Promise<void> {
  await tx.execute(
    `insert into ${schemaOf(tx)}.role (id, name, description, grants, permission_version, system, created_at, updated_at)
     values (?, ?, ?, ?::jsonb, 1, true, ?, ?) on conflict (name) do nothing`,
    [id, seed.name, seed.description, JSON.stringify(seed.grants), at, at],
  );
}

/** The teams of each of these users, in the order of their ids. */
export async function loadTeamIds(em: EntityManager, userIds: readonly string[]): Promise<Map<string, string[]>> {
  const rows: { user_id: string; team_ids: string[] }[] = await em.execute(
    `select user_id, array_agg(team_id order by team_id) as team_ids from ${schemaOf(em)}.team_member where user_id in (${userIds.map(() => '?').join()}) group by user_id`,
    [...userIds],
  );
  return new Map(rows.map(({ user_id, team_ids }) => [user_id, team_ids]));
}
