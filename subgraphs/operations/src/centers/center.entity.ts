import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Access, Audited, Instant } from '@vss/graphql';

@Directive('@key(fields: "id")')
@ObjectType({ description: 'A call center: the boundary of what its people see.', simpleResolvers: true })
@Access('centers:read')
@Audited<Center>({ plain: ['name', 'timeZone', 'createdAt'] })
@Entity({ tableName: 'center' })
export class Center {
  @Field(() => ID, { description: 'Id of the center.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Field(() => String, { description: 'Name of the center.' })
  @Property({ type: 'text' })
  name: string;

  @Field(() => String, { description: 'Its time zone, such as Europe/Berlin: where its days begin and end.' })
  @Property({ type: 'text' })
  timeZone: string;

  @Field(() => Instant, { description: 'When the center was made.' })
  @Property({ type: 'timestamptz' })
  createdAt: Date;
}
