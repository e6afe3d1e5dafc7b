import { ArrayMaxSize, IsInt, MaxLength } from 'class-validator';
import { ArgsType, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access, connectionOf, ConnectionArgs, type UserErrorView } from '@vss/graphql';
import { IdentityUserError } from '../user-error.js';
import { Team } from './team.entity.js';
import { MOST_MEMBERS } from './team.rules.js';

export const { Connection: TeamConnection, Edge: TeamEdge } = connectionOf(Team, 'Team');

@InputType({ description: 'Which teams to list; what is given must all hold.' })
export class TeamFilter {
  @MaxLength(100)
  @Field(() => String, { nullable: true, description: 'Text that occurs in the name, in any case.' })
  search?: string | null;

  @Field(() => ID, { nullable: true, description: 'Teams of this center: for who sees more than his own.' })
  centerId?: string | null;
}

@ArgsType()
export class TeamsArgs extends ConnectionArgs {
  @Field(() => TeamFilter, { nullable: true, description: 'Which teams to list; all when absent.' })
  filter?: TeamFilter | null;
}

@InputType({ description: 'A team to be made.' })
export class TeamCreateInput {
  @MaxLength(256)
  @Field(() => String, { description: 'Name, 1 to 80 characters, unique within the center in any case.' })
  name: string;

  @MaxLength(1024)
  @Field(() => String, { nullable: true, description: 'What the team is for, at most 500 characters.' })
  description?: string | null;

  @Field(() => ID, { nullable: true, description: 'Another center than one\'s own: only with the right to make teams in every center.' })
  centerId?: string | null;
}

@InputType()
class TeamRefInput {
  @Field(() => ID, { description: 'Id of the team.' })
  id: string;

  @IsInt()
  @Field(() => Int, { description: 'The `version` that was read; with another one standing nothing is changed.' })
  expectedVersion: number;
}

@InputType({ description: 'Changes to a team; what is absent stays as it is.' })
export class TeamUpdateInput extends TeamRefInput {
  @MaxLength(256)
  @Field(() => String, { nullable: true, description: 'Name, 1 to 80 characters, unique within the center in any case.' })
  name?: string | null;

  @MaxLength(1024)
  @Field(() => String, { nullable: true, description: 'What the team is for, at most 500 characters; null empties it.' })
  description?: string | null;
}

@InputType({ description: 'A team to be deleted.' })
export class TeamDeleteInput extends TeamRefInput {}

@InputType({ description: 'Who is in a team from now on.' })
export class TeamMembersSetInput extends TeamRefInput {
  @ArrayMaxSize(MOST_MEMBERS)
  @Field(() => [ID], { description: `Ids of all members, users of the team's center, at most ${MOST_MEMBERS}. Who is not named is a member no more.` })
  userIds: string[];
}

@Access('authenticated')
@ObjectType({ description: 'The team as it is now, or what to put right.', simpleResolvers: true })
export class TeamPayload {
  @Field(() => Team, { nullable: true, description: 'The team; null when something is to be put right.' })
  team?: Team | null;

  @Field(() => [IdentityUserError], { description: 'What to put right; empty when it was done.' })
  userErrors: UserErrorView[];
}

@Access('authenticated')
@ObjectType({ description: 'Which team was deleted, or what to put right.', simpleResolvers: true })
export class TeamDeletePayload {
  @Field(() => ID, { nullable: true, description: 'Id of the team that is no more; null when something is to be put right.' })
  teamId?: string | null;

  @Field(() => [IdentityUserError], { description: 'What to put right; empty when it was done.' })
  userErrors: UserErrorView[];
}
