import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Access, Audited, Instant } from '@vss/graphql';

export enum InvitationPurpose {
  JOIN = 'JOIN',
  PASSWORD_RESET = 'PASSWORD_RESET',
}
registerEnumType(InvitationPurpose, {
  name: 'InvitationPurpose',
  description: 'What a one-time link is for.',
  valuesConfig: { JOIN: { description: 'Somebody new chooses his first password.' }, PASSWORD_RESET: { description: 'A user chooses another password, in place of one that is lost.' } },
});

@Access('users:read')
@ObjectType({ description: 'A one-time link by which a user chooses a password. Its token is shown once, to who made it: the platform sends no mail.', simpleResolvers: true })
@Audited<Invitation>({
  plain: ['userId', 'centerId', 'purpose', 'createdBy', 'createdAt', 'expiresAt', 'acceptedAt', 'revokedAt'],
  secret: ['tokenHash'],
})
@Entity({ tableName: 'invitation' })
export class Invitation {
  @Field(() => ID, { description: 'Id of the invitation, `inv_…`. It opens nothing.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  userId: string;

  @Property({ type: 'text' })
  centerId: string;

  @Field(() => InvitationPurpose, { description: 'What it is for.' })
  @Enum({ items: () => InvitationPurpose, type: 'text' })
  purpose: InvitationPurpose;

  @Property({ type: 'text', hidden: true })
  tokenHash: string;

  @Property({ type: 'text' })
  createdBy: string;

  @Field(() => Instant, { description: 'When it was made.' })
  @Property({ type: 'timestamptz' })
  createdAt: Date;

  @Field(() => Instant, { description: 'When it is of no use any more.' })
  @Property({ type: 'timestamptz' })
  expiresAt: Date;

  @Field(() => Instant, { nullable: true, description: 'When it was used; null until then.' })
  @Property({ type: 'timestamptz', nullable: true })
  acceptedAt?: Date | null;

  @Field(() => Instant, { nullable: true, description: 'When it was taken back, or another took its place; null otherwise.' })
  @Property({ type: 'timestamptz', nullable: true })
  revokedAt?: Date | null;
}
