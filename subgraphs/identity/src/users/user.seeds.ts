import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@vss/db';
import { TeamSnapshotted, UserSnapshotted, type Outbox } from '@vss/events';
import { newTraceId, systemNow, type Now } from '@vss/runtime';
import { AuditAction, type AuditService, type Origin } from '../audit/index.js';
import type { PasswordHasher } from '../passwords/index.js';
import { loadRightsOfAll, Role } from '../roles/index.js';
import { Team } from './team.entity.js';
import { User } from './user.entity.js';
import { canonicalUsername } from './user.rules.js';
import type { UserService } from './user.service.js';
import { snapshotOf, type By } from './user.snapshot.js';

/** A user that an installation begins with. */
export interface UserSeed {
  readonly username: string;
  readonly password: string;
  readonly role: string;
  readonly displayName: string;
  readonly email: string;
  readonly centerId: string;
  /** Gives an existing user this password, and ends his sessions if it is another one; without it he keeps his own. */
  readonly resetPassword?: boolean;
}

interface Deps {
  readonly users: Pick<UserService, 'insert'>;
  readonly outbox: Outbox;
  readonly audit: AuditService;
  readonly passwords: PasswordHasher;
  readonly endSessions: (tx: EntityManager, userId: string, by: By) => Promise<void>;
  readonly now?: Now;
}

const SYSTEM = 'system';

/** What the platform does about users by itself: those that an installation begins with, and telling of them all anew. */
export function createUserSeeds({ users, outbox, audit, passwords, endSessions, now = systemNow }: Deps) {
  async function ensureOne(em: EntityManager, seed: UserSeed, origin: Origin): Promise<User> {
    const username = canonicalUsername(seed.username);
    const known = await em.findOne(User, { username });
    if (known && (!seed.resetPassword || (await passwords.fits(seed.password, known.passwordHash ?? undefined)))) return known;
    const passwordHash = await passwords.hash(seed.password);
    return em.transactional(async (tx) => {
      const by = { actorId: SYSTEM, origin };
      const role = await tx.findOneOrFail(Role, { name: seed.role }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      // Another process may have made him while the password was hashed; holding the role, they come one after the other.
      const user = await tx.findOne(User, { username }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!user) return users.insert(tx, { centerId: seed.centerId, username, displayName: seed.displayName, email: seed.email, passwordHash }, role, by);
      if (!seed.resetPassword) return user;
      user.passwordHash = passwordHash;
      audit.record(tx, { action: AuditAction.USER_UPDATED, centerId: user.centerId, actorId: SYSTEM, target: user.id, detail: { passwordReset: true } }, origin);
      await endSessions(tx, user.id, by);
      return user;
    });
  }

  return {
    /** Makes the users that are missing. The password policy is not asked: who installs the platform chooses himself. */
    async ensureUsers(em: EntityManager, seeds: readonly UserSeed[]): Promise<User[]> {
      const origin = { traceId: newTraceId(), address: '' };
      const made: User[] = [];
      for (const seed of seeds) made.push(await ensureOne(em, seed, origin));
      return made;
    },

    /** Says every user and every team again, so that a new or rebuilt projection of another subgraph starts complete. Gives how many users there are. */
    snapshot: (em: EntityManager): Promise<number> =>
      em.transactional(async (tx) => {
        const traceId = newTraceId();
        const teams = await tx.find(Team, {}, { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_READ });
        for (const { id, centerId, name, version } of teams) await outbox.add(tx, TeamSnapshotted, { team: { id, centerId, name, version } }, { centerId, traceId, actor: SYSTEM });
        // Locked, so that a change that is under way comes after its snapshot and not before.
        const all = await tx.find(User, {}, { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_READ });
        const rights = await loadRightsOfAll(tx, all, now());
        for (const user of all) {
          const held = rights.get(user.id);
          if (held) await outbox.add(tx, UserSnapshotted, { user: snapshotOf(user, held) }, { centerId: user.centerId, traceId, actor: SYSTEM });
        }
        return all.length;
      }),
  };
}
