import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Access, Audited, connectionOf, Instant } from '@vss/graphql';

@ObjectType({ description: 'A message that a consumer could not handle, after all its attempts. Later ones about the same subject wait behind it.', simpleResolvers: true })
@Access('system:monitor')
@Audited<DeadLetter>({
  plain: ['centerId', 'consumer', 'messageId', 'messageType', 'subjectId', 'reason', 'attempts', 'createdAt', 'redrivenAt', 'redrivenBy'],
})
@Entity({ tableName: 'dead_letter_report' })
export class DeadLetter {
  @Field(() => ID, { description: 'Id of the dead letter.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  /** Null for what concerns the platform: seen only by who sees every center. */
  @Property({ type: 'text', nullable: true })
  centerId: string | null;

  @Field(() => String, { description: 'Who could not handle it.' })
  @Property({ type: 'text' })
  consumer: string;

  @Field(() => String, { description: 'Id of the message.' })
  @Property({ type: 'text' })
  messageId: string;

  @Field(() => String, { description: 'Type of the message.' })
  @Property({ type: 'text' })
  messageType: string;

  @Field(() => String, { description: 'Id of what the message is about; later messages about it wait.' })
  @Property({ type: 'text' })
  subjectId: string;

  @Field(() => String, { description: 'What went wrong.' })
  @Property({ type: 'text' })
  reason: string;

  @Field(() => Int, { description: 'How often it was tried.' })
  @Property({ type: 'integer' })
  attempts: number;

  @Field(() => Instant, { description: 'When it was given up.' })
  @Property({ type: 'timestamptz' })
  createdAt: Date;

  @Field(() => Instant, { nullable: true, description: 'When the consumer was last asked to try again; null: not yet.' })
  @Property({ type: 'timestamptz', nullable: true })
  redrivenAt: Date | null;

  @Property({ type: 'text', nullable: true })
  redrivenBy: string | null;
}

export const { Connection: DeadLetterConnection, Edge: DeadLetterEdge } = connectionOf(DeadLetter, 'DeadLetter');
