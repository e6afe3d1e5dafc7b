import { denial, grantedScope, isAsWideAs, scopeOf, type Actor, type Permission, type ResolvedGrants } from '@vss/auth';

/**
 * What somebody with these rights would get by a seat in the team, and the actor does not have there himself: a right
 * with scope TEAM reaches as far as the teams of its holder, so a seat is as good as a grant.
 */
export function rightsBeyondSeat(actor: Actor, teamId: string, rights: ResolvedGrants): Permission[] {
  const reaches = (permission: Permission): boolean => {
    const own = scopeOf(actor, permission);
    return own !== undefined && (isAsWideAs(own, 'CENTER') || (own === 'TEAM' && actor.teamIds.includes(teamId)));
  };
  return Object.keys(rights.allow).filter((permission) => grantedScope(rights, permission) === 'TEAM' && !reaches(permission));
}

/** Nobody seats anybody, himself least of all, where that gives more than he has. */
export function assertMaySeat(actor: Actor, permission: Permission, teamIds: readonly string[], rights: ResolvedGrants): void {
  const beyond = new Set(teamIds.flatMap((teamId) => rightsBeyondSeat(actor, teamId, rights)));
  if (beyond.size > 0) throw denial(actor, permission, { why: `The team would give rights that the role ${actor.role} does not have there: ${[...beyond].join(', ')}` });
}
