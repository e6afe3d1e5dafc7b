import type { Actor } from '@vss/auth';

/**
 * The ids of all who share a team with the actor, as a sub-select over the subgraph's own `user_projection`: what a right
 * with scope TEAM reaches is theirs. The actor himself is among them only if he is in a team.
 */
export function teamMatesOf({ centerId, teamIds }: Actor, schema: string): { readonly sql: string; readonly params: readonly string[] } {
  if (teamIds.length === 0) return { sql: '(select null::text where false)', params: [] };
  const teams = `array[${teamIds.map(() => '?').join()}]::text[]`;
  return { sql: `(select u.id from ${schema}.user_projection u where u.center_id = ? and u.team_ids && ${teams})`, params: [centerId, ...teamIds] };
}
