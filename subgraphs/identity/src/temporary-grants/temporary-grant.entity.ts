import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { GrantScope } from '@vss/auth';
import { Access, Audited, Instant } from '@vss/graphql';
import { GrantScopeEnum } from '../roles/index.js';

export enum TemporaryGrantState {
  REQUESTED = 'REQUESTED',
  APPROVED = 'APPROVED',
  REFUSED = 'REFUSED',
  REVOKED = 'REVOKED',
  EXPIRED = 'EXPIRED',
  LAPSED = 'LAPSED',
}
registerEnumType(TemporaryGrantState, {
  name: 'TemporaryGrantState',
  description: 'What has become of a right that somebody asked for.',
  valuesConfig: {
    REQUESTED: { description: 'Nobody has answered yet.' },
    APPROVED: { description: 'It is held, until `endsAt`.' },
    REFUSED: { description: 'It was not given.' },
    REVOKED: { description: 'It was taken back, given up, or no longer asked for, before its time.' },
    EXPIRED: { description: 'Its time is over.' },
    LAPSED: { description: 'Nobody answered within a day.' },
  },
});

@Access('temporary-grants:read')
@ObjectType({ description: 'A right for a time: somebody asks for it, and somebody else gives it.', simpleResolvers: true })
@Audited<TemporaryGrant>({
  plain: ['centerId', 'userId', 'requestedById', 'permission', 'scope', 'minutes', 'state', 'requestedAt', 'decidedById', 'decidedAt', 'decisionReason', 'endsAt', 'endedAt', 'endedById'],
  personal: ['reason'],
})
@Entity({ tableName: 'temporary_grant' })
export class TemporaryGrant {
  @Field(() => ID, { description: 'Id of the grant, `tgr_…`.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  centerId: string;

  @Property({ type: 'text' })
  userId: string;

  @Property({ type: 'text' })
  requestedById: string;

  @Field(() => String, { description: 'The right, `resource:action`.' })
  @Property({ type: 'text' })
  permission: string;

  @Field(() => GrantScopeEnum, { description: 'How far it reaches.' })
  @Enum({ items: () => Object.keys(GrantScopeEnum), type: 'text' })
  scope: GrantScope;

  @Field(() => String, { description: 'What it is needed for.' })
  @Property({ type: 'text' })
  reason: string;

  @Field(() => Int, { description: 'How long it is needed, in minutes from the approval.' })
  @Property({ type: 'integer' })
  minutes: number;

  @Field(() => TemporaryGrantState, { description: 'What has become of it.' })
  @Enum({ items: () => TemporaryGrantState, type: 'text' })
  state: TemporaryGrantState;

  @Field(() => Instant, { description: 'When it was asked for.' })
  @Property({ type: 'timestamptz' })
  requestedAt: Date;

  @Property({ type: 'text', nullable: true })
  decidedById?: string | null;

  @Field(() => Instant, { nullable: true, description: 'When somebody answered; null before.' })
  @Property({ type: 'timestamptz', nullable: true })
  decidedAt?: Date | null;

  @Field(() => String, { nullable: true, description: 'What he said to it.' })
  @Property({ type: 'text', nullable: true })
  decisionReason?: string | null;

  @Field(() => Instant, { description: 'When the right ends by itself or, as long as nobody has answered, the request.' })
  @Property({ type: 'timestamptz' })
  endsAt: Date;

  @Field(() => Instant, { nullable: true, description: 'When it ended, or the request for it; null before, and where it was refused.' })
  @Property({ type: 'timestamptz', nullable: true })
  endedAt?: Date | null;

  @Property({ type: 'text', nullable: true })
  endedById?: string | null;
}
