import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Access, Audited, Instant } from '@vss/graphql';

export const SuppressionSource = { MANUAL: 'MANUAL', PLATFORM: 'PLATFORM' } as const;
registerEnumType(SuppressionSource, {
  name: 'SuppressionSource',
  description: 'Where a suppression comes from.',
  valuesConfig: { MANUAL: { description: 'Somebody entered it.' }, PLATFORM: { description: 'The platform added it.' } },
});

// Reached only through fields that have a rule: the list, and the answer to who entered it.
@Access('authenticated')
@ObjectType({ description: 'A number that is not called in this center.' })
@Audited<Suppression>({ plain: ['centerId', 'source', 'createdById', 'createdAt', 'expiresAt'], personal: ['phoneNumber', 'reason'] })
@Entity({ tableName: 'suppression' })
export class Suppression {
  @Field(() => ID, { description: 'Its id, `sup_…`; suppressionRemove takes it.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  centerId: string;

  @Field(() => String, { description: 'The number, E.164.' })
  @Property({ type: 'text' })
  phoneNumber: string;

  @Field(() => String, { description: 'Why it is not called.' })
  @Property({ type: 'text' })
  reason: string;

  @Field(() => SuppressionSource, { description: 'Where the suppression comes from.' })
  @Property({ type: 'text' })
  source: keyof typeof SuppressionSource;

  @Property({ type: 'text' })
  createdById: string;

  @Field(() => Instant, { description: 'When it was entered.' })
  @Property({ type: 'timestamptz' })
  createdAt: Date;

  @Field(() => Instant, { nullable: true, description: 'When it ends by itself; null: never.' })
  @Property({ type: 'timestamptz', nullable: true })
  expiresAt: Date | null;
}
