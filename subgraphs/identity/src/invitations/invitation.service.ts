import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@vss/db';
import type { Scope } from '@vss/graphql';
import { AppError, newId as typeId, systemNow, UserError, type NewId, type Now } from '@vss/runtime';
import { AuditAction, type AuditService } from '../audit/index.js';
import { byOf, lockUserWithin, UserKind, UserState, type NewUser, type User, type UserService } from '../users/index.js';
import { Invitation, InvitationPurpose } from './invitation.entity.js';
import { invitationExpiry, invitationHash, newInvitationToken } from './invitation.rules.js';

interface Deps {
  readonly audit: AuditService;
  readonly users: Pick<UserService, 'add'>;
  readonly newId?: NewId;
  readonly now?: Now;
}

/** A link that was made. The token is known nowhere else. */
export interface Invited {
  readonly user: User;
  readonly invitation: Invitation;
  readonly token: string;
}

export type InvitationService = ReturnType<typeof createInvitationService>;

/** Makes one-time links and takes them back. */
export function createInvitationService({ audit, users, newId = typeId, now = systemNow }: Deps) {
  /** The user is locked, or new: nobody else makes a link for him meanwhile. */
  async function issue(tx: EntityManager, scope: Scope, user: User, purpose: InvitationPurpose): Promise<Invited> {
    const at = now();
    await tx.nativeUpdate(Invitation, { userId: user.id, acceptedAt: null, revokedAt: null }, { revokedAt: at });
    const token = newInvitationToken();
    const invitation = tx.create(Invitation, {
      id: newId('inv'),
      userId: user.id,
      centerId: user.centerId,
      purpose,
      tokenHash: invitationHash(token),
      createdBy: scope.actor.userId,
      createdAt: at,
      expiresAt: invitationExpiry(purpose, at),
    });
    tx.persist(invitation);
    const action = purpose === InvitationPurpose.JOIN ? AuditAction.INVITATION_CREATED : AuditAction.PASSWORD_RESET;
    const by = byOf(scope);
    audit.record(tx, { action, centerId: user.centerId, actorId: by.actorId, target: user.id, detail: { invitation: invitation.id, expiresAt: invitation.expiresAt.toISOString() } }, by.origin);
    return { user, invitation, token };
  }

  return {
    invite: (scope: Scope, input: NewUser): Promise<Invited> =>
      scope.em.transactional(async (tx) => {
        const user = await users.add(tx, scope, input, { passwordHash: null, state: UserState.INVITED });
        return issue(tx, scope, user, InvitationPurpose.JOIN);
      }),

    /** Another link for somebody: to choose another password, or, where he never came, to come. What he knows opens on until he uses it. */
    renew: (scope: Scope, { id }: { id: string }): Promise<Invited> =>
      scope.em.transactional(async (tx) => {
        const { user } = await lockUserWithin(tx, scope.actor, { id });
        if (user.kind !== UserKind.PERSON) throw new UserError('NOT_A_PERSON', 'A service account has no password: it has API keys', ['input', 'id']);
        if (user.state === UserState.DEACTIVATED) throw new UserError('USER_DEACTIVATED', 'He may not sign in: reactivate him first', ['input', 'id']);
        return issue(tx, scope, user, user.state === UserState.INVITED ? InvitationPurpose.JOIN : InvitationPurpose.PASSWORD_RESET);
      }),

    /** From now on the link opens nothing. One that was used or taken back stays as it is. */
    revoke: (scope: Scope, { id }: { id: string }): Promise<Omit<Invited, 'token'>> =>
      scope.em.transactional(async (tx) => {
        const known = await tx.findOne(Invitation, { id });
        if (!known) throw new AppError('NOT_FOUND', 'There is no such invitation');
        // The user before the invitation, as everybody does who makes or uses one.
        const { user } = await lockUserWithin(tx, scope.actor, { id: known.userId });
        const invitation = await tx.findOneOrFail(Invitation, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
        if (invitation.acceptedAt || invitation.revokedAt) return { user, invitation };
        invitation.revokedAt = now();
        const by = byOf(scope);
        audit.record(tx, { action: AuditAction.INVITATION_REVOKED, centerId: user.centerId, actorId: by.actorId, target: user.id, detail: { invitation: id } }, by.origin);
        return { user, invitation };
      }),
  };
}
