import { Field, ID, ObjectType } from 'type-graphql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Access, Audited, Instant } from '@vss/graphql';

/** An account at an identity provider that opens a user's account here. */
@Access('authenticated')
@ObjectType({ description: 'An account at an identity provider that one can sign in with.', simpleResolvers: true })
@Audited<ExternalIdentity>({ plain: ['userId', 'provider', 'issuer', 'linkedAt', 'lastUsedAt'], personal: ['subject'] })
@Entity({ tableName: 'external_identity' })
export class ExternalIdentity {
  @Field(() => ID, { description: 'Id of the tie, `ext_…`.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  userId: string;

  @Field(() => String, { description: 'Id of the provider, as in `oidcProviders`.' })
  @Property({ type: 'text' })
  provider: string;

  /** With `subject`, what the account is known by: names and addresses there may change hands. */
  @Property({ type: 'text' })
  issuer: string;

  @Property({ type: 'text' })
  subject: string;

  @Field(() => Instant, { description: 'Since when it opens the account here.' })
  @Property({ type: 'timestamptz' })
  linkedAt: Date;

  @Field(() => Instant, { nullable: true, description: 'Latest sign-in with it; null before the first.' })
  @Property({ type: 'timestamptz', nullable: true })
  lastUsedAt?: Date | null;
}
