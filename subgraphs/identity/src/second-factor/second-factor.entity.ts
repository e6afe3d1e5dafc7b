import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, Int, ObjectType } from 'type-graphql';
import { Access, Audited, Instant } from '@vss/graphql';

/** An authenticator that makes one-time codes. It asks nothing of its user until it is confirmed. */
@Audited<SecondFactor>({ plain: ['createdAt', 'confirmedAt', 'lastStep'], secret: ['secret'] })
@Entity({ tableName: 'second_factor' })
export class SecondFactor {
  @PrimaryKey({ type: 'text' })
  userId: string;

  /** Sealed, for this user. */
  @Property({ type: 'text', hidden: true })
  secret: string;

  @Property({ type: 'timestamptz' })
  createdAt: Date;

  /** Null until a first code has shown that the authenticator works. */
  @Property({ type: 'timestamptz', nullable: true })
  confirmedAt?: Date | null;

  /** Number of the 30 seconds that the last accepted code belonged to. */
  @Property({ type: 'integer' })
  lastStep: number;
}

@Access('authenticated')
@ObjectType('SecondFactor', { description: 'What is asked of a user at sign-in besides his password.', simpleResolvers: true })
export class SecondFactorView {
  @Field(() => Boolean, { description: 'Whether it is asked for.' })
  enabled: boolean;

  @Field(() => Instant, { nullable: true, description: 'Since when; null where it is not.' })
  since: Date | null;

  @Field(() => Int, { description: 'How many recovery codes are left. With few left, make new ones.' })
  recoveryCodesLeft: number;
}
