import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { assertAllowed } from '@vss/auth';
import { Access, type Scope } from '@vss/graphql';
import { Grant, Role } from './role.entity.js';

/** What a role may do is for those who administer roles, and for its holders. */
function assertSeesGrants({ actor }: Scope, role: Role): void {
  if (actor.role !== role.name) assertAllowed(actor, 'roles:read');
}

@Resolver(() => Role)
export class RoleResolver {
  @Access('roles:read')
  @Query(() => [Role], { description: 'All roles, by name.' })
  roles(@Ctx() scope: Scope): Promise<Role[]> {
    return scope.em.find(Role, {}, { orderBy: { name: 'asc' } });
  }

  @Access('authenticated')
  @FieldResolver(() => [Grant], { nullable: true, description: 'What the role comes to; for its holders and for those with `roles:read`.' })
  grants(@Root() role: Role, @Ctx() scope: Scope): Grant[] {
    assertSeesGrants(scope, role);
    return role.grants.map(({ resource, actions, scope: reach, effect }) => ({ resource, actions: [...actions], scope: reach, effect }));
  }
}
