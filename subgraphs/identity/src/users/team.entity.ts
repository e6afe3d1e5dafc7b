import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** Users of one center who work together: the reach of the scope TEAM. */
@Entity({ tableName: 'team' })
export class Team {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  centerId: string;

  @Property({ type: 'text' })
  name: string;

  @Property({ type: 'timestamptz' })
  createdAt: Date;

  @Property({ type: 'timestamptz' })
  updatedAt: Date;

  @Property({ type: 'integer' })
  version: number;
}

@Entity({ tableName: 'team_member' })
export class TeamMember {
  @PrimaryKey({ type: 'text' })
  teamId: string;

  @PrimaryKey({ type: 'text' })
  userId: string;

  @Property({ type: 'timestamptz' })
  since: Date;
}
