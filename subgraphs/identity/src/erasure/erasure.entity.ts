import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { ErasedHolding } from '@vss/events';
import { Access, Audited, connectionOf, Instant } from '@vss/graphql';

@Access('users:delete')
@ObjectType({ description: 'The report of an erasure: what each part of the platform held of a person, and what became of it.', simpleResolvers: true })
@Audited<PersonErasure>({ plain: ['userId', 'centerId', 'createdBy', 'createdAt'], personal: ['reason'] })
@Entity({ tableName: 'person_erasure' })
export class PersonErasure {
  @Field(() => ID, { description: 'Id of the erasure, `ers_…`.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  userId: string;

  @Property({ type: 'text' })
  centerId: string;

  @Field(() => String, { description: 'Why, as it was given.' })
  @Property({ type: 'text' })
  reason: string;

  @Property({ type: 'text' })
  createdBy: string;

  @Field(() => Instant, { description: 'When it was asked for, and done in identity.' })
  @Property({ type: 'timestamptz' })
  createdAt: Date;
}

@Audited<PersonErasureAnswer>({ plain: ['answeredAt', 'holdings'] })
@Entity({ tableName: 'person_erasure_answer' })
export class PersonErasureAnswer {
  @PrimaryKey({ type: 'text' })
  erasureId: string;

  @PrimaryKey({ type: 'text' })
  subgraph: string;

  @Property({ type: 'timestamptz' })
  answeredAt: Date;

  @Property({ type: 'jsonb' })
  holdings: ErasedHolding[];
}

// Reached through PersonErasure alone, which decides.
@Access('authenticated')
@ObjectType('ErasedHolding', { description: 'One place where something of the person was kept.', simpleResolvers: true })
export class ErasedHoldingView {
  @Field(() => String, { description: 'What it is, e.g. `sessions`, `event log`.' })
  what: string;

  @Field(() => Int, { description: 'Rows that hold nothing of the person any more, or are gone.' })
  erased: number;

  @Field(() => Int, { description: 'Rows that stay and still tell of the person.' })
  kept: number;

  @Field(() => String, { nullable: true, description: 'Why they stay; null where none does.' })
  reason: string | null;
}

@Access('authenticated')
@ObjectType('ErasureAnswer', { description: 'What one subgraph did.', simpleResolvers: true })
export class ErasureAnswerView {
  @Field(() => String, { description: 'Name of the subgraph, e.g. `operations`.' })
  subgraph: string;

  @Field(() => Instant, { nullable: true, description: 'When it had done its part; null while it has not answered yet.' })
  answeredAt: Date | null;

  @Field(() => [ErasedHoldingView], { description: 'Every place where it keeps something of people; empty where it keeps nothing, or has not answered yet.' })
  holdings: readonly ErasedHoldingView[];
}

export const { Connection: PersonErasureConnection, Edge: PersonErasureEdge } = connectionOf(PersonErasure, 'PersonErasure');
