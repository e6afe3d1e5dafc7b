import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { resolveGrants } from '@vss/auth';
import type { EntityManager } from '@vss/db';
import { UserCreated, type Outbox } from '@vss/events';
import type { Scope } from '@vss/graphql';
import { newId as typeId, systemNow, UserError, type NewId, type Now } from '@vss/runtime';
import { AuditAction, type AuditService } from '../audit/index.js';
import { assertPassword, type PasswordHasher } from '../passwords/index.js';
import { assertAdministratorIsLeft, isAdministratorsRole, loadRights, roleToGive, type Role } from '../roles/index.js';
import type { Memberships } from './memberships.js';
import { PROFILE_FIELDS, profileAfter, type Profile } from './profile.rules.js';
import type { Team } from './team.entity.js';
import { User, UserKind, UserState } from './user.entity.js';
import { assertVersion, centerFor, lockUser, lockUserWithin } from './user.guard.js';
import { assertMaySeat } from './seats.rules.js';
import { assertDisplayName, assertEmail, assertNothingEmptied, assertReason, assertUsername, changesBetween, nextState, type Change } from './user.rules.js';
import { byOf, snapshotOf, type By, type UserNews } from './user.snapshot.js';

type Wanted<T> = { readonly [Field in keyof T]?: T[Field] | null | undefined };

/** What an account begins with, however its password comes about. */
export interface NewUser extends Wanted<Profile> {
  readonly username: string;
  readonly email: string;
  /** Name of the role. */
  readonly role: string;
  readonly displayName?: string | null;
  readonly centerId?: string | null;
  readonly teamIds?: readonly string[] | null;
}

export interface UserCreate extends NewUser {
  readonly password: string;
  readonly mustChangePassword?: boolean | null;
}

export interface UserUpdate extends Wanted<Profile> {
  readonly id: string;
  readonly expectedVersion: number;
  readonly displayName?: string | null;
  readonly email?: string | null;
  readonly role?: string | null;
  readonly state?: UserState | null;
  readonly teamIds?: readonly string[] | null;
}

export interface UserStateChange {
  readonly id: string;
  readonly expectedVersion: number;
  readonly reason: string;
}

export interface MeUpdate extends Wanted<Profile> {
  readonly expectedVersion: number;
  readonly displayName?: string | null;
}

/** What of an account has been found good, and what makes it one that is let in, or is not yet. */
export type UserRow = Pick<User, 'centerId' | 'username' | 'displayName' | 'email'> & Partial<Pick<User, 'passwordHash' | 'mustChangePassword' | 'state' | keyof Profile>>;

interface Deps {
  readonly outbox: Outbox;
  readonly audit: AuditService;
  readonly passwords: PasswordHasher;
  readonly memberships: Memberships;
  readonly news: UserNews;
  /** Ends all sessions of a user, in the same transaction. */
  readonly endSessions: (tx: EntityManager, userId: string, by: By) => Promise<void>;
  readonly newId?: NewId;
  readonly now?: Now;
}

// The audit outlives the person's data: it names these, and holds none of their values.
const PERSONAL = ['email', 'displayName', ...PROFILE_FIELDS] as const;

export type UserService = ReturnType<typeof createUserService>;

export function createUserService({ outbox, audit, passwords, memberships, news, endSessions, newId = typeId, now = systemNow }: Deps) {
  async function insert(tx: EntityManager, row: UserRow, role: Role, by: By, teams: readonly Team[] = []): Promise<User> {
    const at = now();
    const fresh = { kind: UserKind.PERSON, mustChangePassword: false, state: UserState.ACTIVE, lastLoginAt: null, createdAt: at, updatedAt: at, version: 1, rightsVersion: 0 };
    const user = tx.create(User, { ...fresh, ...row, id: newId('usr'), roleId: role.id });
    tx.persist(user);
    await tx.flush().catch((error: unknown) => asUsernameTaken(error));
    await memberships.setTeams(tx, user, { before: [], after: teams });
    audit.record(tx, { action: AuditAction.USER_CREATED, centerId: user.centerId, actorId: by.actorId, target: user.id, detail: { role: role.name } }, by.origin);
    const context = { centerId: user.centerId, traceId: by.origin.traceId, actor: by.actorId };
    await outbox.add(tx, UserCreated, { user: snapshotOf(user, await loadRights(tx, user, at)) }, context);
    return user;
  }

  /** Makes an account of what an administrator asks for. Give `secrets` once nothing else is left to wait for. */
  async function add(tx: EntityManager, scope: Scope, input: NewUser, secrets: Partial<UserRow>): Promise<User> {
    const centerId = centerFor(scope.actor, input.centerId, 'users:create');
    const role = await roleToGive(tx, scope.actor, 'users:create', input.role);
    const teams = await memberships.lockTeams(tx, centerId, input.teamIds ?? []);
    assertMaySeat(scope.actor, 'users:create', teams.map(({ id }) => id), resolveGrants(role.grants));
    return insert(tx, { centerId, ...wordsOf(input), ...secrets }, role, byOf(scope), teams);
  }

  async function create(scope: Scope, input: UserCreate): Promise<User> {
    assertPassword(input.password, wordsOf(input).username);
    // Takes tens of milliseconds: no connection is held meanwhile.
    const passwordHash = await passwords.hash(input.password);
    return scope.em.transactional((tx) => add(tx, scope, input, { passwordHash, mustChangePassword: input.mustChangePassword ?? false }));
  }

  const update = (scope: Scope, input: UserUpdate): Promise<User> =>
    scope.em.transactional(async (tx) => {
      const teamsBefore = input.teamIds ? await memberships.teamIdsOf(tx, input.id) : [];
      const known = input.teamIds ? await lockTeamsOfUser(tx, input.id, [...teamsBefore, ...input.teamIds]) : [];
      const { user, role } = await lockUserWithin(tx, scope.actor, input);
      assertNothingEmptied(input);
      const newRole = input.role === undefined ? role : await roleToGive(tx, scope.actor, 'users:update', input.role ?? '');
      const before = { ...stateOf(user), role: role.name };
      const after = {
        displayName: input.displayName == null ? before.displayName : assertDisplayName(input.displayName),
        email: input.email == null ? before.email : assertEmail(input.email),
        ...profileAfter(before, input),
        role: newRole.name,
        state: nextState(user, input.state),
      };
      const changes: Record<string, Change> = changesBetween(before, after, PERSONAL);
      let joined: readonly string[] = [];
      if (input.teamIds) {
        const moved = await memberships.setTeams(tx, user, { before: known.filter(({ id }) => teamsBefore.includes(id)), after: known.filter(({ id }) => input.teamIds?.includes(id)) });
        if (moved.added.length + moved.removed.length > 0) changes['teams'] = { before: moved.removed, after: moved.added };
        joined = moved.added;
      }
      await assertSeats(tx, scope, user, { role: newRole, isNew: newRole !== role, joined });
      return settle(tx, scope, { user, role, newRole, after, changes });
    });

  /** Another role counts in every team that he is in, the same one in those that he comes to. */
  async function assertSeats(tx: EntityManager, { actor }: Scope, user: User, { role, isNew, joined }: { role: Role; isNew: boolean; joined: readonly string[] }): Promise<void> {
    const seats = isNew ? await memberships.teamIdsOf(tx, user.id) : joined;
    if (seats.length === 0) return;
    const { grants } = await loadRights(tx, { id: user.id, roleId: role.id, rightsVersion: user.rightsVersion }, now());
    assertMaySeat(actor, 'users:update', seats, grants);
  }

  async function settle(
    tx: EntityManager,
    scope: Scope,
    { user, role, newRole, after, changes }: { user: User; role: Role; newRole: Role; after: Partial<User>; changes: Record<string, Change> },
    also?: { action: AuditAction; reason: string },
  ): Promise<User> {
    if (Object.keys(changes).length === 0) return user;
    const isOut = 'state' in changes && after.state === UserState.DEACTIVATED;
    const isNoAdministratorAnyMore = isAdministratorsRole(role) && (isOut || !isAdministratorsRole(newRole));
    if (isNoAdministratorAnyMore && user.state === UserState.ACTIVE) await assertAdministratorIsLeft(tx, { userId: user.id }, ['input', 'id']);
    const { role: _, ...columns } = after as Partial<User> & { role?: string };
    Object.assign(user, columns, { roleId: newRole.id, updatedAt: now(), version: user.version + 1, rightsVersion: user.rightsVersion + ('teams' in changes ? 1 : 0) });
    const by = byOf(scope);
    const { action, ...detail } = also ?? { action: AuditAction.USER_UPDATED, changes };
    audit.record(tx, { action, centerId: user.centerId, actorId: by.actorId, target: user.id, detail }, by.origin);
    if (isOut) await endSessions(tx, user.id, by);
    await news.changed(tx, [user], by, { rights: newRole !== role || 'teams' in changes });
    return user;
  }

  /** Locks the teams before the user: whoever changes a team's members does it in this order. */
  async function lockTeamsOfUser(tx: EntityManager, userId: string, ids: readonly string[]): Promise<Team[]> {
    const user = await tx.findOne(User, { id: userId }, { fields: ['centerId'] });
    return user ? memberships.lockTeams(tx, user.centerId, ids) : [];
  }

  const changeState = (scope: Scope, input: UserStateChange, wanted: UserState.ACTIVE | UserState.DEACTIVATED): Promise<User> =>
    scope.em.transactional(async (tx) => {
      const reason = assertReason(input.reason);
      const { user, role } = await lockUserWithin(tx, scope.actor, input);
      const state = nextState(user, wanted);
      const action = wanted === UserState.DEACTIVATED ? AuditAction.USER_DEACTIVATED : AuditAction.USER_REACTIVATED;
      return settle(tx, scope, { user, role, newRole: role, after: { state }, changes: changesBetween({ state: user.state }, { state }, []) }, { action, reason });
    });

  return {
    insert,
    add,
    create,
    update,
    /** Ends all his sessions at once. */
    deactivate: (scope: Scope, input: UserStateChange): Promise<User> => changeState(scope, input, UserState.DEACTIVATED),
    reactivate: (scope: Scope, input: UserStateChange): Promise<User> => changeState(scope, input, UserState.ACTIVE),

    /** What a person changes of himself. Not the address: who may come in by an identity provider can depend on it. */
    updateMe: (scope: Scope, input: MeUpdate): Promise<User> =>
      scope.em.transactional(async (tx) => {
        const user = await lockUser(tx, scope.actor.userId);
        assertVersion(user, input.expectedVersion);
        assertNothingEmptied(input);
        const before = stateOf(user);
        const after = { displayName: input.displayName == null ? before.displayName : assertDisplayName(input.displayName), ...profileAfter(before, input) };
        const changes = changesBetween(before, after, PERSONAL);
        if (Object.keys(changes).length === 0) return user;
        Object.assign(user, after, { updatedAt: now(), version: user.version + 1 });
        const by = byOf(scope);
        audit.record(tx, { action: AuditAction.USER_UPDATED, centerId: user.centerId, actorId: user.id, target: user.id, detail: { changes } }, by.origin);
        await news.changed(tx, [user], by);
        return user;
      }),
  };
}

const NO_PROFILE: Profile = { phone: null, title: null, locale: null, timeZone: null };

/** Throws what is wrong with the words of an account, before anything is hashed or locked. */
function wordsOf(input: NewUser) {
  const username = assertUsername(input.username);
  return { username, email: assertEmail(input.email), displayName: assertDisplayName(input.displayName ?? username), ...profileAfter(NO_PROFILE, input) };
}

const stateOf = ({ displayName, email, state, phone = null, title = null, locale = null, timeZone = null }: User) => ({ displayName, email, state, phone, title, locale, timeZone });

/** `field`: where the name was typed. */
export function asUsernameTaken(error: unknown, field: readonly string[] = ['input', 'username']): never {
  if (error instanceof UniqueConstraintViolationException) throw new UserError('USERNAME_TAKEN', 'There is a user of this name already', field);
  throw error;
}
