import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { Access, batchById, Instant, type Scope } from '@vss/graphql';
import { loadTeamIds, Role } from '../roles/index.js';
import { Center } from './center.stub.js';
import { maskedEmail, maskedPhone } from './contact.rules.js';
import { Team } from './team.entity.js';
import { User, UserState } from './user.entity.js';
import { contact, seen } from './user.sight.js';

/** The fields of a user that are not columns, or not everybody's to see. */
@Resolver(() => User)
export class UserFieldsResolver {
  @FieldResolver(() => Role, { nullable: true, description: 'What he may do.' })
  role(@Root() user: User, @Ctx() scope: Scope): Promise<Role | null> {
    return batchById(scope, Role)(user.roleId);
  }

  @FieldResolver(() => Center, { nullable: true, description: 'The center that he belongs to.' })
  center(@Root() user: User): Center {
    return Object.assign(new Center(), { id: user.centerId });
  }

  @FieldResolver(() => [Team], { nullable: true, description: 'The teams that he is a member of.' })
  async teams(@Root() user: User, @Ctx() scope: Scope): Promise<Team[]> {
    const ids = (await scope.batch.load('teams of users', user.id, (userIds) => loadTeamIds(scope.em, userIds))) ?? [];
    const teams = await Promise.all(ids.map(batchById(scope, Team)));
    return teams.filter((team) => team !== null);
  }

  @Access('authenticated')
  @FieldResolver(() => String, { nullable: true })
  email(@Root() user: User, @Ctx() scope: Scope): Promise<string | null> {
    return contact(scope, user, user.email, maskedEmail);
  }

  @Access('authenticated')
  @FieldResolver(() => String, { nullable: true })
  phone(@Root() user: User, @Ctx() scope: Scope): Promise<string | null> {
    return contact(scope, user, user.phone, maskedPhone);
  }

  @Access('authenticated')
  @FieldResolver(() => String, { nullable: true })
  locale(@Root() user: User, @Ctx() scope: Scope): Promise<string | null> {
    return seen(scope, user, user.locale ?? null);
  }

  @Access('authenticated')
  @FieldResolver(() => String, { nullable: true })
  timeZone(@Root() user: User, @Ctx() scope: Scope): Promise<string | null> {
    return seen(scope, user, user.timeZone ?? null);
  }

  @Access('authenticated')
  @FieldResolver(() => Boolean, { nullable: true })
  mustChangePassword(@Root() user: User, @Ctx() scope: Scope): Promise<boolean> {
    return seen(scope, user, user.mustChangePassword);
  }

  @Access('authenticated')
  @FieldResolver(() => UserState, { nullable: true })
  state(@Root() user: User, @Ctx() scope: Scope): Promise<UserState> {
    return seen(scope, user, user.state);
  }

  @Access('authenticated')
  @FieldResolver(() => Instant, { nullable: true })
  lastLoginAt(@Root() user: User, @Ctx() scope: Scope): Promise<Date | null> {
    return seen(scope, user, user.lastLoginAt ?? null);
  }

  @Access('authenticated')
  @FieldResolver(() => Instant, { nullable: true })
  createdAt(@Root() user: User, @Ctx() scope: Scope): Promise<Date> {
    return seen(scope, user, user.createdAt);
  }

  @Access('authenticated')
  @FieldResolver(() => Int, { nullable: true })
  version(@Root() user: User, @Ctx() scope: Scope): Promise<number> {
    return seen(scope, user, user.version);
  }
}
