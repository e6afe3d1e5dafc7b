import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { assertAllowed, PERMISSIONS, type RightChange as Change } from '@vss/auth';
import { Access, answer, batchById, centerOf, connectionOf, ConnectionArgs, nestedPage, type Page, type Scope } from '@vss/graphql';
import { AppError } from '@vss/runtime';
import { User } from '../users/index.js';
import { Grant, GRANTS_DESCRIPTION, GrantInput, grantsFrom, viewOfConditions, viewOfGrants } from './grant.types.js';
import { previewRole } from './role-preview.js';
import { Role, RoleVersion } from './role.entity.js';
import { countUsersOf } from './role.queries.js';
import type { RoleService } from './role.service.js';
import { Permission, RightChange, RoleCreateInput, RoleDeleteInput, RoleDeletePayload, RoleDiff, RolePayload, RolesImportInput, RolesImportPayload, RoleUpdateInput, SourceRole } from './role.types.js';
import { grantsFromSource, parseSourceRights, parseSourceRoles } from './source-role.rules.js';

export const { Connection: RoleVersionConnection, Edge: RoleVersionEdge } = connectionOf(RoleVersion, 'RoleVersion');

/** What a role may do is for those who administer roles, and for its holders. */
function assertSeesGrants({ actor }: Scope, role: Role): void {
  if (actor.role !== role.name) assertAllowed(actor, 'roles:read');
}

const viewOfChange = ({ permission, before, after }: Change): RightChange => ({
  permission,
  description: PERMISSIONS.get(permission)?.description ?? '',
  scope: after?.scope ?? null,
  conditions: viewOfConditions(after?.conditions),
  before: before?.scope ?? null,
  conditionsBefore: viewOfConditions(before?.conditions),
});

@Resolver(() => Role)
export class RoleResolver {
  constructor(private readonly service: RoleService) {}

  @Access('roles:read')
  @Query(() => [Role], { description: 'All roles, by name: at most 200.' })
  roles(@Ctx() scope: Scope): Promise<Role[]> {
    return scope.em.find(Role, {}, { orderBy: { name: 'asc' } });
  }

  @Access('roles:read')
  @Query(() => Role, { description: 'One role. One that is not there is NOT_FOUND.' })
  async role(@Arg('id', () => ID, { description: 'Id of the role.' }) id: string, @Ctx() scope: Scope): Promise<Role> {
    const role = await batchById(scope, Role)(id);
    if (!role) throw new AppError('NOT_FOUND', 'There is no such role');
    return role;
  }

  @Access('authenticated')
  @Query(() => [Permission], { description: 'Every right that there is, with the scopes in which it means something and the conditions that are enforced on it.' })
  permissions(): Permission[] {
    return [...PERMISSIONS.values()].map((entry) => ({ ...entry, scopes: [...entry.scopes], conditions: [...entry.conditions] }));
  }

  @Access('roles:read')
  @Query(() => RoleDiff, { description: 'What a role with these lines would give and take, before it is saved.' })
  async roleDiff(
    @Arg('roleId', () => ID, { nullable: true, description: 'Id of the role to be changed; null for a new one.' }) roleId: string | null,
    @Arg('grants', () => [GrantInput], { description: GRANTS_DESCRIPTION }) grants: GrantInput[],
    @Ctx() scope: Scope,
  ): Promise<RoleDiff> {
    const preview = await previewRole(scope, roleId, grantsFrom(grants));
    return { ...preview, gained: preview.gained.map(viewOfChange), lost: preview.lost.map(viewOfChange), beyondOwn: [...preview.beyondOwn] };
  }

  @Access('roles:read')
  @Query(() => SourceRole, { description: 'What rights of the source document come to, before a role of them is made.' })
  roleFromSource(@Arg('json', () => String, { description: 'JSON, `{"permissions": {"crm": true, "calls": ["read"]}}`, as docs/role-migration.md describes.' }) json: string): SourceRole {
    return { grants: viewOfGrants(grantsFromSource(parseSourceRights(json))) };
  }

  @Access('roles:create', 'ALL')
  @Mutation(() => RolePayload, { description: 'Makes a role that may do no more than oneself.' })
  roleCreate(@Arg('input', () => RoleCreateInput, { description: 'The role to be made.' }) { name, description, grants }: RoleCreateInput, @Ctx() scope: Scope): Promise<RolePayload> {
    return answer(async () => {
      const [role = null] = await this.service.create(scope, [{ name, description, grants: grantsFrom(grants) }]);
      return { role };
    });
  }

  @Access('roles:update', 'ALL')
  @Mutation(() => RolePayload, { description: 'Changes a role, as long as neither it nor what becomes of it may do more than oneself. Its users may do what it says now at once.' })
  roleUpdate(@Arg('input', () => RoleUpdateInput, { description: 'The changes.' }) { grants, ...input }: RoleUpdateInput, @Ctx() scope: Scope): Promise<RolePayload> {
    return answer(async () => ({ role: await this.service.update(scope, { ...input, grants: grants && grantsFrom(grants) }) }));
  }

  @Access('roles:delete', 'ALL')
  @Mutation(() => RoleDeletePayload, { description: 'Deletes a role that nobody has. What it was stays in the history of decisions.' })
  roleDelete(@Arg('input', () => RoleDeleteInput, { description: 'The role to be deleted.' }) input: RoleDeleteInput, @Ctx() scope: Scope): Promise<RoleDeletePayload> {
    return answer(async () => ({ deletedRoleId: await this.service.remove(scope, input) }));
  }

  @Access('roles:create', 'ALL')
  @Mutation(() => RolesImportPayload, { description: 'Makes roles of the source document’s JSON: all of them or none.' })
  rolesImport(@Arg('input', () => RolesImportInput, { description: 'The roles.' }) { json }: RolesImportInput, @Ctx() scope: Scope): Promise<RolesImportPayload> {
    return answer(async () => {
      const drafts = parseSourceRoles(json).map(([name, rights]) => ({ name, description: `As in the source document: ${name}`, grants: grantsFromSource(rights) }));
      return { roles: await this.service.create(scope, drafts, () => ['input', 'json']) };
    });
  }

  @Access('authenticated')
  @FieldResolver(() => [Grant], { nullable: true, description: 'Its lines; for its holders and for those with `roles:read`.' })
  grants(@Root() role: Role, @Ctx() scope: Scope): Grant[] {
    assertSeesGrants(scope, role);
    return viewOfGrants(role.grants);
  }

  @Access('roles:read')
  @FieldResolver(() => Int, { nullable: true, description: 'How many users have it, active or not, in one’s center or in all.' })
  async userCount(@Root() role: Role, @Ctx() scope: Scope): Promise<number> {
    return (await scope.batch.load('users of roles', role.id, (ids) => countUsersOf(scope.em, ids, { centerId: centerOf(scope.actor) }))) ?? 0;
  }

  @Access('roles:read')
  @FieldResolver(() => RoleVersionConnection, { nullable: true, description: 'What it was, newest first.' })
  versions(@Root() role: Role, @Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() scope: Scope): Promise<Page<RoleVersion>> {
    return nestedPage(scope, RoleVersion, 'roleId', role.id, { args, orderBy: { version: 'desc' } });
  }
}

@Resolver(() => RoleVersion)
export class RoleVersionResolver {
  @Access('roles:read')
  @FieldResolver(() => [Grant], { description: 'Its lines then.' })
  grants(@Root() version: RoleVersion): Grant[] {
    return viewOfGrants(version.grants);
  }

  @Access('roles:read')
  @FieldResolver(() => User, { nullable: true, description: 'Who made it so; null for the platform itself.' })
  actor(@Root() version: RoleVersion, @Ctx() scope: Scope): Promise<User | null> {
    return batchById(scope, User)(version.actorId);
  }
}
