import { LockMode, UniqueConstraintViolationException } from '@mikro-orm/core';
import type { EntityManager } from '@vss/db';
import { TeamCreated, TeamDeleted, TeamUpdated, type Outbox } from '@vss/events';
import type { Scope } from '@vss/graphql';
import { AppError, newId as typeId, systemNow, UserError, type NewId, type Now } from '@vss/runtime';
import { AuditAction, type AuditService } from '../audit/index.js';
import type { Memberships } from './memberships.js';
import { Team } from './team.entity.js';
import { assertDescription, assertTeamName } from './team.rules.js';
import { assertVersion, centerFor } from './user.guard.js';
import { changesBetween } from './user.rules.js';
import { byOf } from './user.snapshot.js';

interface Deps {
  readonly outbox: Outbox;
  readonly audit: AuditService;
  readonly memberships: Memberships;
  readonly newId?: NewId;
  readonly now?: Now;
}

interface TeamRef {
  readonly id: string;
  readonly expectedVersion: number;
}

export type TeamService = ReturnType<typeof createTeamService>;

export function createTeamService({ outbox, audit, memberships, newId = typeId, now = systemNow }: Deps) {
  async function lockTeam(tx: EntityManager, { id, expectedVersion }: TeamRef): Promise<Team> {
    const team = await tx.findOne(Team, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!team) throw noSuchTeam();
    assertVersion(team, expectedVersion);
    return team;
  }
  const record = (tx: EntityManager, { actor, traceId, request }: Scope, action: AuditAction, team: Team, detail: Record<string, unknown>): void =>
    audit.record(tx, { action, centerId: team.centerId, actorId: actor.userId, target: team.id, detail }, { traceId, address: request.address });
  const say = (tx: EntityManager, { actor, traceId }: Scope, event: typeof TeamCreated | typeof TeamUpdated | typeof TeamDeleted, { id, centerId, name, version }: Team): Promise<string> =>
    outbox.add(tx, event, { team: { id, centerId, name, version } }, { centerId, traceId, actor: actor.userId });

  return {
    create: (scope: Scope, input: { name: string; description?: string | null; centerId?: string | null }): Promise<Team> =>
      scope.em.transactional(async (tx) => {
        const at = now();
        const centerId = centerFor(scope.actor, input.centerId, 'teams:create');
        const team = tx.create(Team, { id: newId('team'), centerId, name: assertTeamName(input.name), description: assertDescription(input.description ?? ''), createdAt: at, updatedAt: at, version: 1 });
        tx.persist(team);
        await tx.flush().catch(asNameTaken);
        record(tx, scope, AuditAction.TEAM_CREATED, team, { name: team.name });
        await say(tx, scope, TeamCreated, team);
        return team;
      }),

    update: (scope: Scope, input: TeamRef & { name?: string | null; description?: string | null }): Promise<Team> =>
      scope.em.transactional(async (tx) => {
        const team = await lockTeam(tx, input);
        if (input.name === null) throw new UserError('INPUT_INVALID', 'name cannot be empty: leave it out to keep it', ['input', 'name']);
        const before = { name: team.name, description: team.description };
        const after = { name: input.name === undefined ? before.name : assertTeamName(input.name), description: input.description === undefined ? before.description : assertDescription(input.description ?? '') };
        const changes = changesBetween(before, after, []);
        if (Object.keys(changes).length === 0) return team;
        Object.assign(team, after, { version: team.version + 1, updatedAt: now() });
        await tx.flush().catch(asNameTaken);
        record(tx, scope, AuditAction.TEAM_UPDATED, team, { changes });
        await say(tx, scope, TeamUpdated, team);
        return team;
      }),

    /** Its members are in it no more; what they may do changes at once. */
    remove: (scope: Scope, input: TeamRef): Promise<string> =>
      scope.em.transactional(async (tx) => {
        const team = await lockTeam(tx, input);
        const { removed } = await memberships.setMembers(tx, team, [], scope.actor, byOf(scope));
        record(tx, scope, AuditAction.TEAM_DELETED, team, { name: team.name, members: removed.length });
        await say(tx, scope, TeamDeleted, team);
        tx.remove(team);
        return team.id;
      }),

    setMembers: (scope: Scope, input: TeamRef & { userIds: readonly string[] }): Promise<Team> =>
      scope.em.transactional(async (tx) => {
        const team = await lockTeam(tx, input);
        const { added, removed } = await memberships.setMembers(tx, team, input.userIds, scope.actor, byOf(scope));
        if (added.length + removed.length === 0) return team;
        record(tx, scope, AuditAction.TEAM_UPDATED, team, { added, removed });
        await say(tx, scope, TeamUpdated, team);
        return team;
      }),
  };
}

export const noSuchTeam = (): AppError => new AppError('NOT_FOUND', 'There is no such team');

function asNameTaken(error: unknown): never {
  if (error instanceof UniqueConstraintViolationException) throw new UserError('TEAM_NAME_TAKEN', 'The center has a team of this name already', ['input', 'name']);
  throw error;
}
