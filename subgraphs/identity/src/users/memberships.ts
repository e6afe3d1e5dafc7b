import { LockMode } from '@mikro-orm/core';
import type { Actor } from '@vss/auth';
import type { EntityManager } from '@vss/db';
import { systemNow, UserError, type Now } from '@vss/runtime';
import { loadRightsOfAll, loadTeamIds } from '../roles/index.js';
import { assertMaySeat } from './seats.rules.js';
import { Team, TeamMember } from './team.entity.js';
import { MOST_TEAMS } from './team.rules.js';
import { User } from './user.entity.js';
import type { By, UserNews } from './user.snapshot.js';

/** What a change of membership did, by id. */
export interface MembershipChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

export type Memberships = ReturnType<typeof createMemberships>;

async function assertRoom(tx: EntityManager, joining: readonly string[]): Promise<void> {
  if (joining.length === 0) return;
  const teams = await loadTeamIds(tx, joining);
  const full = joining.find((id) => (teams.get(id)?.length ?? 0) >= MOST_TEAMS);
  if (full) throw new UserError('TEAM_LIMIT', `The user ${full} is in ${MOST_TEAMS} teams already, the most that one can be in`, ['input', 'userIds']);
}

/** Who is in which team. Locks teams before users, each in the order of their ids, so that no two changes wait for each other. */
export function createMemberships({ news, now = systemNow }: { news: UserNews; now?: Now }) {
  /** Locks them: they are told of the change, so each gets another version. */
  async function touchTeams(tx: EntityManager, teams: readonly Team[]): Promise<void> {
    for (const team of teams) Object.assign(team, { version: team.version + 1, updatedAt: now() });
    await tx.flush();
  }
  const join = (tx: EntityManager, teamId: string, userId: string): void => void tx.persist(tx.create(TeamMember, { teamId, userId, since: now() }));

  return {
    /** The teams, locked. Throws TEAM_UNKNOWN where one is not of the center. */
    async lockTeams(tx: EntityManager, centerId: string, ids: readonly string[]): Promise<Team[]> {
      const wanted = [...new Set(ids)];
      if (wanted.length === 0) return [];
      const teams = await tx.find(Team, { id: { $in: wanted }, centerId }, { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE });
      if (teams.length < wanted.length) throw new UserError('TEAM_UNKNOWN', `The center has no team ${wanted.find((id) => !teams.some((team) => team.id === id))}`, ['input', 'teamIds']);
      return teams;
    },

    /** The teams that a user is in, locked. */
    async lockTeamsOf(tx: EntityManager, userId: string): Promise<Team[]> {
      const ids = (await tx.find(TeamMember, { userId })).map(({ teamId }) => teamId);
      return tx.find(Team, { id: { $in: ids } }, { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE });
    },

    teamIdsOf: async (em: EntityManager, userId: string): Promise<string[]> => (await em.find(TeamMember, { userId }, { orderBy: { teamId: 'asc' } })).map(({ teamId }) => teamId),

    /** Puts a user into these teams and out of all others. Says nothing of it: who changes the user does. */
    async setTeams(tx: EntityManager, user: User, { before, after }: { before: readonly Team[]; after: readonly Team[] }): Promise<MembershipChange> {
      const added = after.filter((team) => !before.includes(team));
      const removed = before.filter((team) => !after.includes(team));
      for (const team of added) join(tx, team.id, user.id);
      if (removed.length > 0) await tx.nativeDelete(TeamMember, { userId: user.id, teamId: { $in: removed.map(({ id }) => id) } });
      await touchTeams(tx, [...added, ...removed]);
      return { added: added.map(({ id }) => id), removed: removed.map(({ id }) => id) };
    },

    /** Makes these users the members of a locked team. Each who comes or goes is told of, since his rights change with it. */
    async setMembers(tx: EntityManager, team: Team, userIds: readonly string[], actor: Actor, by: By): Promise<MembershipChange> {
      const [wanted, current] = [new Set(userIds), new Set((await tx.find(TeamMember, { teamId: team.id })).map(({ userId }) => userId))];
      const [added, removed] = [[...wanted].filter((id) => !current.has(id)), [...current].filter((id) => !wanted.has(id))];
      const users = await tx.find(User, { id: { $in: [...added, ...removed] }, centerId: team.centerId }, { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE });
      const unknown = added.find((id) => !users.some((user) => user.id === id));
      if (unknown) throw new UserError('USER_UNKNOWN', `The center has no user ${unknown}`, ['input', 'userIds']);
      if (users.length === 0) return { added, removed };
      await assertRoom(tx, added);
      const joining = users.filter(({ id }) => added.includes(id));
      for (const { grants } of (await loadRightsOfAll(tx, joining, now())).values()) assertMaySeat(actor, 'teams:update', [team.id], grants);
      for (const id of added) join(tx, team.id, id);
      if (removed.length > 0) await tx.nativeDelete(TeamMember, { teamId: team.id, userId: { $in: removed } });
      for (const user of users) Object.assign(user, { version: user.version + 1, rightsVersion: user.rightsVersion + 1, updatedAt: now() });
      await touchTeams(tx, [team]);
      await news.changed(tx, users, by, { rights: true });
      return { added, removed };
    },
  };
}
