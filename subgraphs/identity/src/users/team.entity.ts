import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Access, Audited, Instant } from '@vss/graphql';

// Which teams a colleague is in is as public as his name; who is in a team is for those who administer or watch teams.
@Directive('@key(fields: "id")')
@Access('directory:read')
@ObjectType({ description: 'Users of one center who work together: the reach of a right with scope TEAM.', simpleResolvers: true })
@Audited<Team>({ plain: ['centerId', 'name', 'description', 'createdAt', 'updatedAt', 'version'] })
@Entity({ tableName: 'team' })
export class Team {
  @Field(() => ID, { description: 'Id of the team, `team_…`.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  centerId: string;

  @Field(() => String, { description: 'Name, unique within the center.' })
  @Property({ type: 'text' })
  name: string;

  @Field(() => String, { description: 'What the team is for; empty when nobody said.' })
  @Property({ type: 'text' })
  description: string;

  @Field(() => Instant, { description: 'When the team was made.' })
  @Property({ type: 'timestamptz' })
  createdAt: Date;

  @Property({ type: 'timestamptz' })
  updatedAt: Date;

  @Field(() => Int, { description: 'Grows with every change of the team or its members: give it as `expectedVersion`.' })
  @Property({ type: 'integer' })
  version: number;
}

@Audited<TeamMember>({ plain: ['since'] })
@Entity({ tableName: 'team_member' })
export class TeamMember {
  @PrimaryKey({ type: 'text' })
  teamId: string;

  @PrimaryKey({ type: 'text' })
  userId: string;

  @Property({ type: 'timestamptz' })
  since: Date;
}
