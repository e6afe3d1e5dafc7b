import type { FilterQuery } from '@mikro-orm/core';
import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { isAllowed } from '@vss/auth';
import { Access, answer, batchById, paginate, type Page, type PageOrder, type Scope } from '@vss/graphql';
import { Role } from '../roles/index.js';
import { TeamMember } from './team.entity.js';
import { User } from './user.entity.js';
import { noSuchUser } from './user.guard.js';
import { likePattern } from './user.rules.js';
import { listedIds } from './user.sight.js';
import type { UserService } from './user.service.js';
import { MeUpdateInput, SortDirection, UserConnection, UserCreateInput, UserOrderField, UserPayload, UsersArgs, UserStateInput, UserUpdateInput, type UserFilter, type UserOrder } from './user.types.js';

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
    if (!user) throw noSuchUser();
    return user;
  }

  @Access('users:read', 'TEAM')
  @Query(() => UserConnection, { name: 'users', description: 'Users of one\'s center, or of one\'s teams where the right reaches no farther; newest first unless told.' })
  async list(@Args(() => UsersArgs) args: UsersArgs, @Ctx() scope: Scope): Promise<Page<User>> {
    const ids = await listedIds(scope);
    const where = { $and: [ids ? { id: { $in: ids } } : {}, await whereOf(scope, args.filter ?? {})] };
    return paginate(scope.em, User, { where, args, ...(args.orderBy ? { orderBy: orderOf(args.orderBy) } : {}) });
  }

  @Access('users:create', 'CENTER')
  @Mutation(() => UserPayload, { description: 'Makes a user who can sign in at once. Where nobody should know his password but himself, invite him instead.' })
  userCreate(@Arg('input', () => UserCreateInput, { description: 'The user to be made.' }) input: UserCreateInput, @Ctx() scope: Scope): Promise<UserPayload> {
    return answer(async () => ({ user: await this.users.create(scope, input) }));
  }

  @Access('users:update', 'CENTER')
  @Mutation(() => UserPayload, { description: 'Changes a user. To take him out, deactivate him: calls and notes still name him.' })
  userUpdate(@Arg('input', () => UserUpdateInput, { description: 'The changes.' }) input: UserUpdateInput, @Ctx() scope: Scope): Promise<UserPayload> {
    return answer(async () => ({ user: await this.users.update(scope, input) }));
  }

  @Access('users:update', 'CENTER')
  @Mutation(() => UserPayload, { description: 'Takes a user out: his sessions end at once, and he cannot sign in. Everything he did stays.' })
  userDeactivate(@Arg('input', () => UserStateInput, { description: 'Whom, and why.' }) input: UserStateInput, @Ctx() scope: Scope): Promise<UserPayload> {
    return answer(async () => ({ user: await this.users.deactivate(scope, input) }));
  }

  @Access('users:update', 'CENTER')
  @Mutation(() => UserPayload, { description: 'Lets a user in again. One who was invited and never came is invited again: give him another link.' })
  userReactivate(@Arg('input', () => UserStateInput, { description: 'Whom, and why.' }) input: UserStateInput, @Ctx() scope: Scope): Promise<UserPayload> {
    return answer(async () => ({ user: await this.users.reactivate(scope, input) }));
  }

  @Access('authenticated')
  @Mutation(() => UserPayload, { description: 'Changes one\'s own profile. Role, teams and email address are an administrator\'s to change.' })
  meUpdate(@Arg('input', () => MeUpdateInput, { description: 'The changes.' }) input: MeUpdateInput, @Ctx() scope: Scope): Promise<UserPayload> {
    return answer(async () => ({ user: await this.users.updateMe(scope, input) }));
  }
}

async function whereOf({ em, actor }: Scope, { search, role, state, kind, teamId, centerId }: UserFilter): Promise<FilterQuery<User>> {
  const pattern = search && likePattern(search);
  // Whoever sees addresses masked must not find out the rest of one letter by letter.
  const searched = isAllowed(actor, 'users:read-contact', 'CENTER') ? (['username', 'displayName', 'email'] as const) : (['username', 'displayName'] as const);
  const roleId = role ? ((await em.findOne(Role, { name: role }))?.id ?? '') : undefined;
  const members = teamId ? (await em.find(TeamMember, { teamId }, { fields: ['userId'] })).map(({ userId }) => userId) : undefined;
  return {
    ...(pattern ? { $or: searched.map((column) => ({ [column]: { $ilike: pattern } })) } : {}),
    ...(roleId === undefined ? {} : { roleId }),
    ...(members ? { id: { $in: members } } : {}),
    ...(state ? { state } : {}),
    ...(kind ? { kind } : {}),
    ...(centerId ? { centerId } : {}),
  };
}

const COLUMNS = { [UserOrderField.CREATED_AT]: 'createdAt', [UserOrderField.USERNAME]: 'username', [UserOrderField.DISPLAY_NAME]: 'displayName' } as const;

function orderOf({ field, direction }: UserOrder): PageOrder<User> {
  return { [COLUMNS[field]]: direction === SortDirection.ASC ? 'asc' : 'desc' };
}
