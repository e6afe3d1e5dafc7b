import { LockMode, UniqueConstraintViolationException } from '@mikro-orm/core';
import { resolveGrants, SYSTEM_ROLES, type Grant, type SystemRole } from '@vss/auth';
import type { EntityManager } from '@vss/db';
import { RightsChanged, type Outbox } from '@vss/events';
import type { Scope } from '@vss/graphql';
import { AppError, newId as typeId, newTraceId, systemNow, UserError, type NewId, type Now } from '@vss/runtime';
import { AuditAction, type AuditService, type Origin } from '../audit/index.js';
import { assertAdministratorIsLeft, isAdministratorsRole } from './administrators.js';
import { assertReachesRole, assertWithinActor } from './delegation.js';
import { Role, RoleVersion } from './role.entity.js';
import { loadRightsOfAll, rightsNews } from './rights.js';
import { countUsersOf, insertRoleIfAbsent, lastPermissionVersionOf, loadTemporaryHolders } from './role.queries.js';
import { assertDescription, assertGrants, assertRoleName, rightsOf, sameGrants } from './role.rules.js';

export interface RoleDraft {
  readonly name: string;
  readonly description: string;
  readonly grants: readonly Grant[];
}

/** What is absent stays as it is; nothing of it can be made empty. */
export interface RoleUpdate {
  readonly id: string;
  readonly expectedVersion: number;
  readonly name?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly grants?: readonly Grant[] | null | undefined;
}

interface Deps {
  readonly outbox: Outbox;
  readonly audit: AuditService;
  readonly newId?: NewId;
  readonly now?: Now;
}

interface By {
  readonly actorId: string;
  readonly origin: Origin;
}

/** Where in the input a part of a draft came from. */
type FieldOf = (part: keyof RoleDraft) => readonly string[];

/** More would make a list that nobody reads. */
export const MOST_ROLES = 200;
const EVERY_CENTER = { centerId: 'ALL' };
const byActor = ({ actor, traceId, request }: Scope): By => ({ actorId: actor.userId, origin: { traceId, address: request.address } });
const SYSTEM = (): By => ({ actorId: 'system', origin: { traceId: newTraceId(), address: '' } });

export type RoleService = ReturnType<typeof createRoleService>;

export function createRoleService({ outbox, audit, newId = typeId, now = systemNow }: Deps) {
  async function insert(tx: EntityManager, scope: Scope, draft: RoleDraft, fieldOf: FieldOf): Promise<Role> {
    const { actor } = scope;
    const name = assertRoleName(draft.name, fieldOf('name'));
    const grants = [...assertGrants(draft.grants, fieldOf('grants'))];
    await assertWithinActor(tx, actor, 'roles:create', resolveGrants(grants), 'The new role');
    if ((await tx.count(Role)) >= MOST_ROLES) throw new UserError('LIMIT_REACHED', `There are ${MOST_ROLES} roles: delete one that nobody has`, []);
    const at = now();
    const permissionVersion = (await lastPermissionVersionOf(tx, name)) + 1;
    const role = tx.create(Role, { id: newId('role'), name, description: assertDescription(draft.description, fieldOf('description')), grants, permissionVersion, system: false, createdAt: at, updatedAt: at, version: 1 });
    tx.persist(role);
    await tx.flush().catch(asNameTaken(fieldOf('name')));
    const by = byActor(scope);
    keepVersion(tx, role, by);
    audit.record(tx, { action: AuditAction.ROLE_CREATED, centerId: actor.centerId, actorId: by.actorId, target: role.id, detail: { name, grants } }, by.origin);
    return role;
  }

  async function update(tx: EntityManager, scope: Scope, input: RoleUpdate): Promise<Role> {
    const { actor } = scope;
    const role = await lockToChange(tx, scope, input, 'roles:update');
    assertNothingEmptied(input);
    const before = { name: role.name, description: role.description, grants: role.grants };
    const after = {
      name: input.name == null ? before.name : assertRoleName(input.name),
      description: input.description == null ? before.description : assertDescription(input.description),
      grants: input.grants == null ? before.grants : [...assertGrants(input.grants)],
    };
    const hasOtherGrants = !sameGrants(before.grants, after.grants);
    if (after.name !== before.name) await assertNobodyHas(tx, role, 'Tokens and other parts of the platform know it by its name: copy it under the new one', ['input', 'name']);
    if (hasOtherGrants) await assertWithinActor(tx, actor, 'roles:update', resolveGrants(after.grants), `The role ${role.name} would be one that`);
    if (hasOtherGrants && isAdministratorsRole(before) && !isAdministratorsRole(after)) await assertAdministratorIsLeft(tx, { roleId: role.id }, ['input', 'grants']);
    return store(tx, role, after, byActor(scope), actor.centerId);
  }

  /** Writes what has changed, with everything that has to know of it. */
  async function store(tx: EntityManager, role: Role, after: RoleDraft, by: By, centerId: string | null): Promise<Role> {
    const changes = Object.fromEntries((['name', 'description', 'grants'] as const).filter((key) => !sameGrants(role[key], after[key])).map((key) => [key, { before: role[key], after: after[key] }]));
    if (Object.keys(changes).length === 0) return role;
    if ('grants' in changes) role.permissionVersion += 1;
    Object.assign(role, { name: after.name, description: after.description, grants: [...after.grants], version: role.version + 1, updatedAt: now() });
    await tx.flush().catch(asNameTaken(['input', 'name']));
    keepVersion(tx, role, by);
    audit.record(tx, { action: AuditAction.ROLE_CHANGED, centerId, actorId: by.actorId === 'system' ? null : by.actorId, target: role.id, detail: { ...changes, permissionVersion: role.permissionVersion } }, by.origin);
    if (!('grants' in changes)) return role;
    await sayRights(tx, role, by);
    return role;
  }

  async function sayRights(tx: EntityManager, role: Role, { actorId, origin }: By): Promise<void> {
    const context = { centerId: null, traceId: origin.traceId, actor: actorId };
    await outbox.add(tx, RightsChanged, rightsOf(role), context);
    // What is said of the role does not hold what some of its users were given beside it.
    const holders = await loadTemporaryHolders(tx, role.id, now());
    const rights = await loadRightsOfAll(tx, holders, now());
    for (const { id, centerId } of holders) {
      const own = rights.get(id);
      if (own) await outbox.add(tx, RightsChanged, rightsNews(id, own), { ...context, centerId });
    }
  }

  function keepVersion(tx: EntityManager, { id, name, description, grants, permissionVersion, version }: Role, { actorId }: By): void {
    tx.persist(tx.create(RoleVersion, { id: newId('rolever'), roleId: id, name, description, grants, permissionVersion, version, at: now(), actorId }));
  }

  async function lockToChange(tx: EntityManager, { actor }: Scope, { id, expectedVersion }: { id: string; expectedVersion: number }, permission: string): Promise<Role> {
    const role = await tx.findOne(Role, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
    if (!role) throw new AppError('NOT_FOUND', 'There is no such role');
    if (role.system) throw new UserError('ROLE_PROTECTED', `Every installation has the role ${role.name}, as it is: copy it and change the copy`, ['input', 'id']);
    await assertReachesRole(tx, actor, permission, role);
    if (role.version !== expectedVersion) throw new UserError('VERSION_CONFLICT', `Somebody else changed this role: version ${role.version} stands now`, ['input', 'expectedVersion']);
    return role;
  }

  async function ensure(tx: EntityManager, seed: SystemRole): Promise<void> {
    // Several processes may start at once: one inserts, the others wait for the row and find it as it should be.
    await insertRoleIfAbsent(tx, { id: newId('role'), seed, at: now() });
    const role = await tx.findOneOrFail(Role, { name: seed.name }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    const by = SYSTEM();
    if ((await tx.count(RoleVersion, { roleId: role.id })) === 0) keepVersion(tx, role, by);
    await store(tx, role, seed, by, null);
  }

  return {
    /** Makes roles that may do no more than the one who makes them: all of them or none. */
    create: (scope: Scope, drafts: readonly RoleDraft[], fieldOf: FieldOf = (part) => ['input', part]): Promise<Role[]> =>
      scope.em.transactional(async (tx) => {
        const roles: Role[] = [];
        for (const draft of drafts) roles.push(await insert(tx, scope, draft, fieldOf));
        return roles;
      }),

    /** Changes a role. Whoever has it may do what it says now, at once. */
    update: (scope: Scope, input: RoleUpdate): Promise<Role> => scope.em.transactional((tx) => update(tx, scope, input)),

    /** Deletes a role that nobody has. Its versions stay. */
    remove: (scope: Scope, input: { id: string; expectedVersion: number }): Promise<string> =>
      scope.em.transactional(async (tx) => {
        const role = await lockToChange(tx, scope, input, 'roles:delete');
        await assertNobodyHas(tx, role, 'Give them another one first', ['input', 'id']);
        const by = byActor(scope);
        audit.record(tx, { action: AuditAction.ROLE_DELETED, centerId: scope.actor.centerId, actorId: by.actorId, target: role.id, detail: { name: role.name, grants: role.grants } }, by.origin);
        tx.remove(role);
        return role.id;
      }),

    /** Brings the platform's own roles to what this version says. Their permission version grows when grants changed. */
    ensureSystemRoles: (em: EntityManager, seeds: readonly SystemRole[] = SYSTEM_ROLES): Promise<void> =>
      em.transactional(async (tx) => {
        for (const seed of seeds) await ensure(tx, seed);
      }),
  };
}

/** Absent leaves a part as it is; none of them can be made empty by null. */
function assertNothingEmptied(input: RoleUpdate): void {
  for (const part of ['name', 'description', 'grants'] as const)
    if (input[part] === null) throw new UserError('INPUT_INVALID', `${part} cannot be null: leave it out to keep it`, ['input', part]);
}

async function assertNobodyHas(tx: EntityManager, { id }: Role, instead: string, field: readonly string[]): Promise<void> {
  const users = (await countUsersOf(tx, [id], EVERY_CENTER)).get(id) ?? 0;
  if (users > 0) throw new UserError('ROLE_IN_USE', `${users === 1 ? 'One user has' : `${users} users have`} this role. ${instead}`, field);
}

const asNameTaken = (field: readonly string[]) => (error: unknown): never => {
  if (error instanceof UniqueConstraintViolationException) throw new UserError('ROLE_NAME_TAKEN', 'There is a role of this name already', field);
  throw error;
};
