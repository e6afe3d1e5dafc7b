import type { FilterQuery } from '@mikro-orm/core';
import { IsInt, MaxLength } from 'class-validator';
import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, InputType, Int, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { denial, isAllowed } from '@vss/auth';
import { Access, answer, batchById, connectionOf, ConnectionArgs, Instant, paginate, type Page, type Scope, type UserErrorView } from '@vss/graphql';
import { AppError } from '@vss/runtime';
import { Role } from '../roles/index.js';
import { IdentityUserError } from '../user-error.js';
import { Center } from './center.stub.js';
import { User, UserState } from './user.entity.js';
import { likePattern } from './user.rules.js';
import type { UserService } from './user.service.js';

export const { Connection: UserConnection, Edge: UserEdge } = connectionOf(User, 'User');

@InputType({ description: 'Which users to list; what is given must all hold.' })
export class UserFilter {
  @MaxLength(100)
  @Field(() => String, { nullable: true, description: 'Text that occurs in the user name, the display name or the email address, in any case.' })
  search?: string | null;

  @Field(() => String, { nullable: true, description: 'Name of the role, e.g. `operator`.' })
  role?: string | null;

  @Field(() => UserState, { nullable: true, description: 'Whether they may sign in.' })
  state?: UserState | null;
}

@ArgsType()
class UsersArgs extends ConnectionArgs {
  @Field(() => UserFilter, { nullable: true, description: 'Which users to list; all when absent.' })
  filter?: UserFilter | null;
}

@InputType({ description: 'A user to be made. His center is that of the one who makes him.' })
export class UserCreateInput {
  @MaxLength(256)
  @Field(() => String, { description: 'Name to sign in with: 3 to 64 letters of one alphabet, digits, `.`, `_`, `-`. Kept in lower case.' })
  username: string;

  @MaxLength(1024)
  @Field(() => String, { description: 'At least 10 characters, not a common one, not the user name.' })
  password: string;

  @MaxLength(1024)
  @Field(() => String, { description: 'Email address.' })
  email: string;

  @MaxLength(100)
  @Field(() => String, { description: 'Name of the role, e.g. `operator`. It may not hold more rights than the one who gives it.' })
  role: string;

  @MaxLength(1024)
  @Field(() => String, { nullable: true, description: 'Name that people call him by; the user name when absent.' })
  displayName?: string | null;

  @Field(() => ID, { nullable: true, description: 'Another center than one\'s own: only with the right to make users in every center.' })
  centerId?: string | null;
}

@InputType({ description: 'Changes to a user; what is absent stays as it is.' })
export class UserUpdateInput {
  @Field(() => ID, { description: 'Id of the user.' })
  id: string;

  @IsInt()
  @Field(() => Int, { description: 'The `version` that was read; with another one standing nothing is changed.' })
  expectedVersion: number;

  @MaxLength(1024)
  @Field(() => String, { nullable: true, description: 'Name that people call him by.' })
  displayName?: string | null;

  @MaxLength(1024)
  @Field(() => String, { nullable: true, description: 'Email address.' })
  email?: string | null;

  @MaxLength(100)
  @Field(() => String, { nullable: true, description: 'Name of another role. It may not hold more rights than the one who gives it.' })
  role?: string | null;

  @Field(() => UserState, { nullable: true, description: 'DEACTIVATED ends all his sessions at once.' })
  state?: UserState | null;
}

@Access('authenticated')
@ObjectType({ description: 'The user as he is now, or what to put right.', simpleResolvers: true })
export class UserPayload {
  @Field(() => User, { nullable: true, description: 'The user; null when something is to be put right.' })
  user?: User | null;

  @Field(() => [IdentityUserError], { description: 'What to put right; empty when it was done.' })
  userErrors: UserErrorView[];
}

/** The guard let anybody signed in pass; whose account it is, only the row tells. A list is denied once, not once a row. */
function seen<T>(scope: Scope, user: User, value: T): T {
  if (scope.actor.userId === user.id || isAllowed(scope.actor, 'users:read', 'CENTER')) return value;
  const known = scope.verdicts.get('row users:read');
  if (known instanceof AppError) throw known;
  const refused = denial(scope.actor, 'users:read');
  scope.verdicts.set('row users:read', refused);
  scope.onDenied?.({ actor: scope.actor, permission: 'users:read', operation: `User ${user.id}`, traceId: scope.traceId });
  throw refused;
}

@Resolver(() => User)
export class UserResolver {
  constructor(private readonly users: UserService) {}

  @Access('authenticated')
  @Query(() => User, { description: 'The signed-in user.' })
  me(@Ctx() scope: Scope): Promise<User> {
    return this.user(scope.actor.userId, scope);
  }

  @Access('directory:read')
  @Query(() => User, { description: 'A user of one\'s center. Anybody else is NOT_FOUND.' })
  async user(@Arg('id', () => ID, { description: 'Id of the user.' }) id: string, @Ctx() scope: Scope): Promise<User> {
    const user = await batchById(scope, User)(id);
    if (!user) throw new AppError('NOT_FOUND', 'There is no such user');
    return user;
  }

  @Access('users:read', 'CENTER')
  @Query(() => UserConnection, { name: 'users', description: 'Users of one\'s center, newest first.' })
  async list(@Args(() => UsersArgs) args: UsersArgs, @Ctx() scope: Scope): Promise<Page<User>> {
    return paginate(scope.em, User, { where: await whereOf(scope, args.filter ?? {}), args });
  }

  @Access('users:create', 'CENTER')
  @Mutation(() => UserPayload, { description: 'Makes a user.' })
  userCreate(@Arg('input', () => UserCreateInput, { description: 'The user to be made.' }) input: UserCreateInput, @Ctx() scope: Scope): Promise<UserPayload> {
    return answer(async () => ({ user: await this.users.create(scope, input) }));
  }

  @Access('users:update', 'CENTER')
  @Mutation(() => UserPayload, { description: 'Changes a user. To take him out, deactivate him: calls and notes still name him.' })
  userUpdate(@Arg('input', () => UserUpdateInput, { description: 'The changes.' }) input: UserUpdateInput, @Ctx() scope: Scope): Promise<UserPayload> {
    return answer(async () => ({ user: await this.users.update(scope, input) }));
  }

  @FieldResolver(() => Role, { nullable: true, description: 'What he may do.' })
  role(@Root() user: User, @Ctx() scope: Scope): Promise<Role | null> {
    return batchById(scope, Role)(user.roleId);
  }

  @FieldResolver(() => Center, { nullable: true, description: 'The center that he belongs to.' })
  center(@Root() user: User): Center {
    return Object.assign(new Center(), { id: user.centerId });
  }

  @Access('authenticated')
  @FieldResolver(() => String, { nullable: true })
  email(@Root() user: User, @Ctx() scope: Scope): string {
    return seen(scope, user, user.email);
  }

  @Access('authenticated')
  @FieldResolver(() => UserState, { nullable: true })
  state(@Root() user: User, @Ctx() scope: Scope): UserState {
    return seen(scope, user, user.state);
  }

  @Access('authenticated')
  @FieldResolver(() => Instant, { nullable: true })
  lastLoginAt(@Root() user: User, @Ctx() scope: Scope): Date | null {
    return seen(scope, user, user.lastLoginAt ?? null);
  }

  @Access('authenticated')
  @FieldResolver(() => Instant, { nullable: true })
  createdAt(@Root() user: User, @Ctx() scope: Scope): Date {
    return seen(scope, user, user.createdAt);
  }

  @Access('authenticated')
  @FieldResolver(() => Int, { nullable: true })
  version(@Root() user: User, @Ctx() scope: Scope): number {
    return seen(scope, user, user.version);
  }
}

async function whereOf(scope: Scope, { search, role, state }: UserFilter): Promise<FilterQuery<User>> {
  const pattern = search && likePattern(search);
  const roleId = role ? ((await scope.em.findOne(Role, { name: role }))?.id ?? '') : undefined;
  return {
    ...(pattern ? { $or: [{ username: { $ilike: pattern } }, { displayName: { $ilike: pattern } }, { email: { $ilike: pattern } }] } : {}),
    ...(roleId === undefined ? {} : { roleId }),
    ...(state ? { state } : {}),
  };
}
