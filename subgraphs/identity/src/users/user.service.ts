import { LockMode, UniqueConstraintViolationException } from '@mikro-orm/core';
import type { EntityManager } from '@vss/db';
import { isWithin, resolveGrants, scopeOf, type Actor } from '@vss/auth';
import { RightsChanged, UserCreated, UserSnapshotted, UserUpdated, type Outbox } from '@vss/events';
import type { Scope } from '@vss/graphql';
import { AppError, isIdOf, newId as typeId, type NewId, newTraceId, type Now, systemNow, UserError } from '@vss/runtime';
import { AuditAction, type AuditService, type Origin } from '../audit/index.js';
import { assertPassword, type PasswordHasher } from '../passwords/index.js';
import { rightsOf, Role } from '../roles/index.js';
import { User, UserKind, UserState } from './user.entity.js';
import { assertDisplayName, assertEmail, assertUsername, canonicalUsername, changesBetween } from './user.rules.js';

export interface UserCreate {
  readonly username: string;
  readonly password: string;
  readonly email: string;
  /** Name of the role. */
  readonly role: string;
  readonly displayName?: string | null;
  readonly centerId?: string | null;
}

export interface UserUpdate {
  readonly id: string;
  readonly expectedVersion: number;
  readonly displayName?: string | null;
  readonly email?: string | null;
  readonly role?: string | null;
  readonly state?: UserState | null;
}

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
  readonly outbox: Outbox;
  readonly audit: AuditService;
  readonly passwords: PasswordHasher;
  /** Ends all sessions of a user, in the same transaction. */
  readonly endSessions: (tx: EntityManager, userId: string, by: { actorId: string; origin: Origin }) => Promise<void>;
  readonly newId?: NewId;
  readonly now?: Now;
}

const PERSONAL = ['email', 'displayName'] as const;
const SYSTEM = 'system';

export type UserService = ReturnType<typeof createUserService>;

export function createUserService({ outbox, audit, passwords, endSessions, newId = typeId, now = systemNow }: Deps) {
  async function insert(tx: EntityManager, row: Pick<User, 'centerId' | 'username' | 'displayName' | 'email' | 'passwordHash'>, role: Role, by: { actorId: string; origin: Origin }): Promise<User> {
    const at = now();
    const user = tx.create(User, { ...row, id: newId('usr'), kind: UserKind.PERSON, mustChangePassword: false, roleId: role.id, state: UserState.ACTIVE, lastLoginAt: null, createdAt: at, updatedAt: at, version: 1, rightsVersion: 0 });
    tx.persist(user);
    await tx.flush().catch(asUsernameTaken);
    audit.record(tx, { action: AuditAction.USER_CREATED, centerId: user.centerId, actorId: by.actorId, target: user.id, detail: { role: role.name } }, by.origin);
    await outbox.add(tx, UserCreated, { user: snapshotOf(user, role) }, { centerId: user.centerId, traceId: by.origin.traceId, actor: by.actorId });
    return user;
  }

  async function create({ em, actor, traceId, request }: Scope, input: UserCreate): Promise<User> {
    const username = assertUsername(input.username);
    assertPassword(input.password, username);
    const email = assertEmail(input.email);
    const displayName = assertDisplayName(input.displayName ?? username);
    const centerId = centerFor(actor, input.centerId);
    // Takes tens of milliseconds: no connection is held meanwhile.
    const passwordHash = await passwords.hash(input.password);
    return em.transactional(async (tx) => {
      const role = await roleToGive(tx, actor, input.role);
      return insert(tx, { centerId, username, displayName, email, passwordHash }, role, { actorId: actor.userId, origin: { traceId, address: request.address } });
    });
  }

  const update = ({ em, actor, traceId, request }: Scope, input: UserUpdate): Promise<User> =>
    em.transactional(async (tx) => {
      const user = await tx.findOne(User, { id: input.id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!user) throw new AppError('NOT_FOUND', 'There is no such user');
      const oldRole = await tx.findOneOrFail(Role, { id: user.roleId });
      assertReaches(actor, oldRole);
      if (user.version !== input.expectedVersion)
        throw new UserError('VERSION_CONFLICT', `Somebody else changed this user: version ${user.version} stands now`, ['input', 'expectedVersion']);
      assertNothingEmptied(input);
      const newRole = input.role === undefined ? oldRole : await roleToGive(tx, actor, input.role ?? '');
      const before = { displayName: user.displayName, email: user.email, role: oldRole.name, state: user.state };
      const after = {
        displayName: input.displayName == null ? before.displayName : assertDisplayName(input.displayName),
        email: input.email == null ? before.email : assertEmail(input.email),
        role: newRole.name,
        state: input.state ?? before.state,
      };
      const changes = changesBetween(before, after, PERSONAL);
      if (Object.keys(changes).length === 0) return user;
      const losesRole = 'role' in changes || ('state' in changes && after.state === UserState.DEACTIVATED);
      if (losesRole && before.state === UserState.ACTIVE) await assertAdministratorIsLeft(tx, user, oldRole);
      Object.assign(user, { displayName: after.displayName, email: after.email, roleId: newRole.id, state: after.state, updatedAt: now(), version: user.version + 1 });
      const by = { actorId: actor.userId, origin: { traceId, address: request.address } };
      audit.record(tx, { action: AuditAction.USER_UPDATED, centerId: user.centerId, actorId: actor.userId, target: user.id, detail: { changes } }, by.origin);
      if ('state' in changes && after.state === UserState.DEACTIVATED) await endSessions(tx, user.id, by);
      const context = { centerId: user.centerId, traceId, actor: actor.userId };
      await outbox.add(tx, UserUpdated, { user: snapshotOf(user, newRole) }, context);
      if (newRole.id !== oldRole.id) await outbox.add(tx, RightsChanged, { userId: user.id, ...rightsOf(newRole) }, context);
      return user;
    });

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
      if (!user) return insert(tx, { centerId: seed.centerId, username, displayName: seed.displayName, email: seed.email, passwordHash }, role, by);
      if (!seed.resetPassword) return user;
      user.passwordHash = passwordHash;
      audit.record(tx, { action: AuditAction.USER_UPDATED, centerId: user.centerId, actorId: SYSTEM, target: user.id, detail: { passwordReset: true } }, origin);
      await endSessions(tx, user.id, by);
      return user;
    });
  }

  return {
    create,
    update,
    /** Makes the users that are missing. The password policy is not asked: who installs the platform chooses himself. */
    async ensureUsers(em: EntityManager, seeds: readonly UserSeed[]): Promise<User[]> {
      const origin = { traceId: newTraceId(), address: '' };
      const users: User[] = [];
      for (const seed of seeds) users.push(await ensureOne(em, seed, origin));
      return users;
    },
    /** Says every user again, so that a new or rebuilt projection of another subgraph starts complete. */
    async snapshot(em: EntityManager): Promise<number> {
      const traceId = newTraceId();
      return em.transactional(async (tx) => {
        const roles = new Map((await tx.findAll(Role)).map((role) => [role.id, role]));
        // Locked, so that a change that is under way comes after its snapshot and not before.
        const users = await tx.find(User, {}, { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_READ });
        for (const user of users) {
          const role = roles.get(user.roleId);
          if (role) await outbox.add(tx, UserSnapshotted, { user: snapshotOf(user, role) }, { centerId: user.centerId, traceId, actor: SYSTEM });
        }
        return users.length;
      });
    },
  };
}

const snapshotOf = (user: User, role: Role) => ({
  id: user.id,
  centerId: user.centerId,
  username: user.username,
  displayName: user.displayName,
  role: role.name,
  active: user.state === UserState.ACTIVE,
  version: user.version,
});

function asUsernameTaken(error: unknown): never {
  if (error instanceof UniqueConstraintViolationException) throw new UserError('USERNAME_TAKEN', 'There is a user of this name already', ['input', 'username']);
  throw error;
}

/** One's own center; only who may make users everywhere names another. */
function centerFor(actor: Actor, named: string | null | undefined): string {
  if (!named || named === actor.centerId) return actor.centerId;
  if (scopeOf(actor, 'users:create') !== 'ALL' || !isIdOf('ctr', named)) throw new AppError('NOT_FOUND', 'There is no such center');
  return named;
}

async function roleToGive(tx: EntityManager, actor: Actor, name: string): Promise<Role> {
  const role = await tx.findOne(Role, { name });
  if (!role) throw new UserError('ROLE_UNKNOWN', 'There is no role of this name', ['input', 'role']);
  assertReaches(actor, role);
  return role;
}

/** Nobody gives a role, or changes a holder of one, that may do more than he himself. */
function assertReaches(actor: Actor, role: Role): void {
  if (!isWithin(resolveGrants(role.grants), actor.grants))
    throw new AppError('FORBIDDEN', `The role ${role.name} may do more than the role ${actor.role}`, { permission: 'users:update' });
}

/** Absent leaves a field as it is; none of these can be made empty. */
function assertNothingEmptied(input: UserUpdate): void {
  for (const field of ['displayName', 'email', 'role', 'state'] as const)
    if (input[field] === null) throw new UserError('INPUT_INVALID', `${field} cannot be empty: leave it out to keep it`, ['input', field]);
}

async function assertAdministratorIsLeft(tx: EntityManager, user: User, role: Role): Promise<void> {
  if (resolveGrants(role.grants).allow['*:*'] !== 'ALL') return;
  // Two administrators who remove each other at once: the second waits here and sees the first one gone.
  await tx.findOneOrFail(Role, { id: role.id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
  const others = await tx.count(User, { roleId: role.id, state: UserState.ACTIVE, id: { $ne: user.id } }, { filters: { center: false } });
  if (others === 0) throw new UserError('LAST_ADMINISTRATOR', 'This is the last administrator: make another one first', ['input', 'id']);
}
