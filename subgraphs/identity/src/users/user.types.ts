import { ArrayMaxSize, IsInt, MaxLength } from 'class-validator';
import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Access, connectionOf, ConnectionArgs, type UserErrorView } from '@vss/graphql';
import { IdentityUserError } from '../user-error.js';
import { MOST_TEAMS } from './team.rules.js';
import { User, UserKind, UserState } from './user.entity.js';

export const { Connection: UserConnection, Edge: UserEdge } = connectionOf(User, 'User');

export enum UserOrderField {
  CREATED_AT = 'CREATED_AT',
  USERNAME = 'USERNAME',
  DISPLAY_NAME = 'DISPLAY_NAME',
}
registerEnumType(UserOrderField, {
  name: 'UserOrderField',
  description: 'What a list of users goes by.',
  valuesConfig: { CREATED_AT: { description: 'When the account was made.' }, USERNAME: { description: 'The name to sign in with.' }, DISPLAY_NAME: { description: 'The name that people call him by.' } },
});

export enum SortDirection {
  ASC = 'ASC',
  DESC = 'DESC',
}
registerEnumType(SortDirection, {
  name: 'SortDirection',
  description: 'Which way a list goes.',
  valuesConfig: { ASC: { description: 'From the smallest, the first or the oldest.' }, DESC: { description: 'From the greatest, the last or the newest.' } },
});

@InputType({ description: 'In which order to list users. Equal ones go by their id.' })
export class UserOrder {
  @Field(() => UserOrderField, { description: 'What to go by.' })
  field: UserOrderField;

  @Field(() => SortDirection, { defaultValue: SortDirection.ASC, description: 'Which way.' })
  direction: SortDirection;
}

@InputType({ description: 'Which users to list; what is given must all hold.' })
export class UserFilter {
  @MaxLength(100)
  @Field(() => String, { nullable: true, description: 'Text that occurs in the user name or the display name, in any case; for holders of `users:read-contact` in the email address as well.' })
  search?: string | null;

  @Field(() => String, { nullable: true, description: 'Name of the role, e.g. `operator`.' })
  role?: string | null;

  @Field(() => UserState, { nullable: true, description: 'Whether they may sign in.' })
  state?: UserState | null;

  @Field(() => UserKind, { nullable: true, description: 'Persons, or service accounts.' })
  kind?: UserKind | null;

  @Field(() => ID, { nullable: true, description: 'Members of this team.' })
  teamId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Users of this center: for who sees more than his own.' })
  centerId?: string | null;
}

@ArgsType()
export class UsersArgs extends ConnectionArgs {
  @Field(() => UserFilter, { nullable: true, description: 'Which users to list; all when absent.' })
  filter?: UserFilter | null;

  @Field(() => UserOrder, { nullable: true, description: 'In which order; newest first when absent.' })
  orderBy?: UserOrder | null;
}

/** What may be said of a person beside his name; the same wherever it is said. */
@InputType()
class ProfileInput {
  @MaxLength(64)
  @Field(() => String, { nullable: true, description: 'Telephone number in E.164: + country code number. Null removes it.' })
  phone?: string | null;

  @MaxLength(256)
  @Field(() => String, { nullable: true, description: 'Job title, 1 to 100 characters. Null removes it.' })
  title?: string | null;

  @MaxLength(64)
  @Field(() => String, { nullable: true, description: 'Language, as BCP 47 names it, e.g. `pt-BR`. Null removes it.' })
  locale?: string | null;

  @MaxLength(64)
  @Field(() => String, { nullable: true, description: 'Time zone, by its IANA name, e.g. `Europe/Lisbon`. Null removes it.' })
  timeZone?: string | null;
}

/** What an account begins with, however its password comes about. */
@InputType()
export class NewUserInput extends ProfileInput {
  @MaxLength(256)
  @Field(() => String, { description: 'Name to sign in with: 3 to 64 letters of one alphabet, digits, `.`, `_`, `-`. Kept in lower case.' })
  username: string;

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

  @ArrayMaxSize(MOST_TEAMS)
  @Field(() => [ID], { nullable: true, description: `Teams of his center that he is a member of, at most ${MOST_TEAMS}; none when absent.` })
  teamIds?: string[] | null;
}

@InputType({ description: 'A user to be made. His center is that of the one who makes him.' })
export class UserCreateInput extends NewUserInput {
  @MaxLength(1024)
  @Field(() => String, { description: 'At least 10 characters, not a common one, not the user name.' })
  password: string;

  @Field(() => Boolean, { nullable: true, description: 'Whether the password opens nothing until he has chosen one of his own; false when absent.' })
  mustChangePassword?: boolean | null;
}

@InputType({ description: 'Changes to a user; what is absent stays as it is.' })
export class UserUpdateInput extends ProfileInput {
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

  @Field(() => UserState, { nullable: true, description: 'ACTIVE or DEACTIVATED; the latter ends all his sessions at once.' })
  state?: UserState | null;

  @ArrayMaxSize(MOST_TEAMS)
  @Field(() => [ID], { nullable: true, description: `The teams that he is a member of from now on, at most ${MOST_TEAMS}, all of his center.` })
  teamIds?: string[] | null;
}

@InputType({ description: 'Takes a user out, or lets him in again.' })
export class UserStateInput {
  @Field(() => ID, { description: 'Id of the user.' })
  id: string;

  @IsInt()
  @Field(() => Int, { description: 'The `version` that was read; with another one standing nothing is changed.' })
  expectedVersion: number;

  @MaxLength(500)
  @Field(() => String, { description: 'Why, at most 500 characters. It stands in the security audit: write nothing personal.' })
  reason: string;
}

@InputType({ description: 'Changes to one\'s own profile; what is absent stays as it is.' })
export class MeUpdateInput extends ProfileInput {
  @IsInt()
  @Field(() => Int, { description: 'The `version` that was read; with another one standing nothing is changed.' })
  expectedVersion: number;

  @MaxLength(1024)
  @Field(() => String, { nullable: true, description: 'Name that people call him by.' })
  displayName?: string | null;
}

@Access('authenticated')
@ObjectType({ description: 'The user as he is now, or what to put right.', simpleResolvers: true })
export class UserPayload {
  @Field(() => User, { nullable: true, description: 'The user; null when something is to be put right.' })
  user?: User | null;

  @Field(() => [IdentityUserError], { description: 'What to put right; empty when it was done.' })
  userErrors: UserErrorView[];
}
