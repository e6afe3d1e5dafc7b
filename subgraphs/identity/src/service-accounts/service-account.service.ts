import { UserCreated, type Outbox } from '@vss/events';
import type { Scope } from '@vss/graphql';
import { newId as typeId, systemNow, type NewId, type Now } from '@vss/runtime';
import { AuditAction, type AuditService } from '../audit/index.js';
import { roleToGive } from '../roles/index.js';
import { asUsernameTaken, assertUsername, byOf, centerFor, snapshotOf, User, UserKind, UserState } from '../users/index.js';

export interface ServiceAccountCreate {
  readonly name: string;
  /** Name of the role. */
  readonly role: string;
  readonly centerId?: string | null;
}

interface Deps {
  readonly outbox: Outbox;
  readonly audit: AuditService;
  readonly newId?: NewId;
  readonly now?: Now;
}

export type ServiceAccountService = ReturnType<typeof createServiceAccountService>;

/** Users that no person stands behind. What is done with them afterwards is done as with any user. */
export function createServiceAccountService({ outbox, audit, newId = typeId, now = systemNow }: Deps) {
  return {
    create: (scope: Scope, input: ServiceAccountCreate): Promise<User> =>
      scope.em.transactional(async (tx) => {
        const { actorId, origin } = byOf(scope);
        const username = assertUsername(input.name, ['input', 'name']);
        const centerId = centerFor(scope.actor, input.centerId, 'users:create');
        const role = await roleToGive(tx, scope.actor, 'users:create', input.role);
        const at = now();
        const account = tx.create(User, {
          id: newId('usr'),
          centerId,
          kind: UserKind.SERVICE,
          username,
          displayName: username,
          email: '',
          passwordHash: null,
          mustChangePassword: false,
          roleId: role.id,
          state: UserState.ACTIVE,
          lastLoginAt: null,
          createdAt: at,
          updatedAt: at,
          version: 1,
          rightsVersion: 0,
        });
        tx.persist(account);
        await tx.flush().catch((error: unknown) => asUsernameTaken(error, ['input', 'name']));
        audit.record(tx, { action: AuditAction.SERVICE_ACCOUNT_CREATED, centerId, actorId, target: account.id, detail: { username, role: role.name } }, origin);
        await outbox.add(tx, UserCreated, { user: snapshotOf(account, { role, teamIds: [] }) }, { centerId, traceId: origin.traceId, actor: actorId });
        return account;
      }),
  };
}
