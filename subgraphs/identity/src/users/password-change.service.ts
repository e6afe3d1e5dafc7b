import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@vss/db';
import type { Scope } from '@vss/graphql';
import { systemNow, UserError, type Now } from '@vss/runtime';
import { AuditAction, type AuditService } from '../audit/index.js';
import { assertPassword, type PasswordHasher } from '../passwords/index.js';
import { User } from './user.entity.js';
import { byOf, type By, type UserNews } from './user.snapshot.js';

export interface PasswordChange {
  readonly currentPassword?: string | null;
  readonly newPassword: string;
}

interface Deps {
  readonly audit: AuditService;
  readonly passwords: PasswordHasher;
  readonly news: UserNews;
  /** Asks for the password once more and gives its user; wrong ones are counted. */
  readonly assertKnown: (scope: Scope, password: string | null | undefined, field: readonly string[]) => Promise<User>;
  /** Ends the sessions of a user but one, in the same transaction. */
  readonly endOtherSessions: (tx: EntityManager, userId: string, keptSessionId: string, by: By) => Promise<void>;
  readonly now?: Now;
}

export type PasswordChangeService = ReturnType<typeof createPasswordChangeService>;

export function createPasswordChangeService({ audit, passwords, news, assertKnown, endOtherSessions, now = systemNow }: Deps) {
  const field = ['input', 'newPassword'];
  return {
    /** Ends every session but the one that asks: somebody else may have signed in with the old password. */
    async change(scope: Scope, { currentPassword, newPassword }: PasswordChange): Promise<User> {
      const known = await assertKnown(scope, currentPassword, ['input', 'currentPassword']);
      assertPassword(newPassword, known.username, field);
      if (newPassword === currentPassword) throw new UserError('PASSWORD_UNCHANGED', 'This is the password that you have', field);
      const passwordHash = await passwords.hash(newPassword, `session ${scope.actor.sessionId}`);
      return scope.em.transactional(async (tx) => {
        const user = await tx.findOneOrFail(User, { id: known.id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
        if (user.passwordHash !== known.passwordHash) throw new UserError('PASSWORD_WRONG', 'Your password was changed meanwhile', ['input', 'currentPassword']);
        Object.assign(user, { passwordHash, mustChangePassword: false, updatedAt: now(), version: user.version + 1 });
        const by = byOf(scope);
        audit.record(tx, { action: AuditAction.PASSWORD_CHANGED, centerId: user.centerId, actorId: user.id, target: user.id }, by.origin);
        await endOtherSessions(tx, user.id, scope.actor.sessionId, by);
        await news.changed(tx, [user], by);
        return user;
      });
    },
  };
}
