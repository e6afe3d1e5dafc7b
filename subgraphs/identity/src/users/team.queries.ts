import { schemaOf, type EntityManager } from '@vss/db';

/** How many members each of these teams has; none is absent. */
export async function countMembers(em: EntityManager, teamIds: readonly string[]): Promise<Map<string, number>> {
  const rows: { team_id: string; total: number }[] = await em.execute(
    `select team_id, count(*)::int as total from ${schemaOf(em)}.team_member where team_id in (${teamIds.map(() => '?').join()}) group by team_id`,
    [...teamIds],
  );
  return new Map(rows.map(({ team_id, total }) => [team_id, total]));
}
