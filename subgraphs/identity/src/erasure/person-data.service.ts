import type { EntityManager } from '@vss/db';
import { assertMayExport, personRecords, type Scope } from '@vss/graphql';
import { systemNow, type Now } from '@vss/runtime';
import { AuditAction, SecurityAuditEntry, type AuditService } from '../audit/index.js';
import { Invitation } from '../invitations/index.js';
import { ExternalIdentity } from '../oidc/index.js';
import { Role } from '../roles/index.js';
import { Session } from '../sessions/index.js';
import { TemporaryGrant } from '../temporary-grants/index.js';
import { byOf, noSuchUser, Team, TeamMember, User } from '../users/index.js';
import type { PersonDataExport } from './person-data.entity.js';

export type PersonDataService = ReturnType<typeof createPersonDataService>;

/** Hands out what is kept of a person. That it was handed out is in the audit before anybody has it. */
export function createPersonDataService({ audit, now = systemNow }: { audit: AuditService; now?: Now }) {
  return {
    async take(scope: Scope, userId: string): Promise<PersonDataExport> {
      assertMayExport(scope, userId);
      const user = await scope.em.findOne(User, { id: userId });
      if (!user) throw noSuchUser();
      const { actorId, origin } = byOf(scope);
      await scope.em.transactional(async (tx) => audit.record(tx, { action: AuditAction.PERSON_EXPORTED, centerId: user.centerId, actorId, target: user.id }, origin));
      return { user, takenAt: now(), identity: { account: await accountOf(scope.em, user), teams: await teamsOf(scope.em, userId), ...(await recordsOf(scope.em, userId)) } };
    },
  };
}

async function accountOf(em: EntityManager, user: User): Promise<Record<string, unknown>> {
  const { id, centerId, username, displayName, email, phone = null, title = null, locale = null, timeZone = null, kind, state, lastLoginAt = null, createdAt, updatedAt } = user;
  const role = (await em.findOne(Role, { id: user.roleId }))?.name ?? null;
  return { id, centerId, username, displayName, email, phone, title, locale, timeZone, kind, state, role, lastLoginAt, createdAt, updatedAt };
}

async function teamsOf(em: EntityManager, userId: string): Promise<Record<string, unknown>[]> {
  const memberships = await em.find(TeamMember, { userId }, { orderBy: { teamId: 'asc' } });
  const teams = await em.find(Team, { id: { $in: memberships.map(({ teamId }) => teamId) } });
  return memberships.map(({ teamId, since }) => ({ id: teamId, name: teams.find(({ id }) => id === teamId)?.name ?? null, since }));
}

const recordsOf = async (em: EntityManager, userId: string) => ({
  sessions: await personRecords(em, Session, {
    where: { userId },
    orderBy: { createdAt: 'desc' },
    toRecord: ({ id, device, address, createdAt, lastUsedAt, endedAt, endReason }) => ({ id, device, address, createdAt, lastUsedAt, endedAt, endReason }),
  }),
  invitations: await personRecords(em, Invitation, { where: { userId }, orderBy: { createdAt: 'desc' }, toRecord: ({ id, purpose, createdAt, expiresAt, acceptedAt, revokedAt }) => ({ id, purpose, createdAt, expiresAt, acceptedAt, revokedAt }) }),
  externalIdentities: await personRecords(em, ExternalIdentity, { where: { userId }, orderBy: { linkedAt: 'desc' }, toRecord: ({ id, provider, issuer, subject, linkedAt, lastUsedAt }) => ({ id, provider, issuer, subject, linkedAt, lastUsedAt }) }),
  temporaryGrants: await personRecords(em, TemporaryGrant, { where: { userId }, orderBy: { requestedAt: 'desc' }, toRecord: ({ id, permission, scope, reason, state, requestedAt, endsAt }) => ({ id, permission, scope, reason, state, requestedAt, endsAt }) }),
  audit: await personRecords(em, SecurityAuditEntry, { where: { actorId: userId }, orderBy: { at: 'desc' }, toRecord: ({ id, at, action, outcome, target, sourceAddress }) => ({ id, at, action, outcome, target, sourceAddress }) }),
});
