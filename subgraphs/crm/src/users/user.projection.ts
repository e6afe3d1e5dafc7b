import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** What crm knows of a user, from identity's events: enough to decide whether a lead can be assigned to him, and who shares a team with him. */
@Entity({ tableName: 'user_projection' })
export class UserProjection {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  centerId: string;

  @Property({ type: 'text' })
  role: string;

  @Property({ type: 'boolean' })
  active: boolean;

  @Property({ type: 'text[]' })
  teamIds: string[];

  @Property({ type: 'integer' })
  version: number;
}
