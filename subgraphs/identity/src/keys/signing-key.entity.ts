import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Access, Audited, Instant } from '@vss/graphql';

export enum SigningKeyState {
  NEXT = 'NEXT',
  CURRENT = 'CURRENT',
  RETIRED = 'RETIRED',
  REVOKED = 'REVOKED',
}

registerEnumType(SigningKeyState, {
  name: 'SigningKeyState',
  description: 'What a signing key is good for.',
  valuesConfig: {
    NEXT: { description: 'Published, so that everybody knows it before it signs.' },
    CURRENT: { description: 'Signs access tokens.' },
    RETIRED: { description: 'Signs no more. Its tokens are good until they end by themselves.' },
    REVOKED: { description: 'Its tokens are refused everywhere.' },
  },
});

@Access('signing-keys:read', 'ALL')
@ObjectType({ description: 'A key that access tokens are signed with (Ed25519). Its public half is at `/.well-known/jwks.json`; the private half is kept sealed, and erased when the key signs no more.', simpleResolvers: true })
@Audited<SigningKey>({ plain: ['state', 'publicKey', 'createdAt', 'activatedAt', 'endedAt', 'publishedUntil', 'endReason'], secret: ['sealed'] })
@Entity({ tableName: 'signing_key' })
export class SigningKey {
  @Field(() => ID, { description: 'Key id (`kid` of tokens and of the published key).' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Field(() => SigningKeyState, { description: 'What it is good for.' })
  @Enum({ items: () => SigningKeyState, type: 'text' })
  state: SigningKeyState;

  /** The coordinate `x` of the public JWK. */
  @Property({ type: 'text' })
  publicKey: string;

  /** The private half, as the installation's secret seals it; null when the key signs no more. */
  @Property({ type: 'text', nullable: true, lazy: true })
  sealed?: string | null;

  @Field(() => Instant, { description: 'When it was made.' })
  @Property({ type: 'timestamptz' })
  createdAt: Date;

  @Field(() => Instant, { nullable: true, description: 'Since when it signs, or signed.' })
  @Property({ type: 'timestamptz', nullable: true })
  activatedAt?: Date | null;

  @Field(() => Instant, { nullable: true, description: 'When it was retired or revoked.' })
  @Property({ type: 'timestamptz', nullable: true })
  endedAt?: Date | null;

  @Field(() => Instant, { nullable: true, description: 'Of a retired key: until when it stays published, for the tokens that it signed.' })
  @Property({ type: 'timestamptz', nullable: true })
  publishedUntil?: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was ended, as whoever did it said; null where its time was over.' })
  @Property({ type: 'text', nullable: true })
  endReason?: string | null;
}
