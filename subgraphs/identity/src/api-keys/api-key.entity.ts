import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { Grant as GrantShape } from '@vss/auth';
import { Access, Audited, Instant } from '@vss/graphql';

export enum ApiKeyState {
  ACTIVE = 'ACTIVE',
  EXPIRED = 'EXPIRED',
  REVOKED = 'REVOKED',
}
registerEnumType(ApiKeyState, {
  name: 'ApiKeyState',
  description: 'Whether a key opens anything.',
  valuesConfig: {
    ACTIVE: { description: 'It does, as long as its service account and the one who answers for it are active.' },
    EXPIRED: { description: 'Its time is over. Make another one.' },
    REVOKED: { description: 'It was taken back. Make another one.' },
  },
});

@Directive('@key(fields: "id")')
@Access('api-keys:read', 'CENTER')
@ObjectType({ description: 'What a program opens the platform with, in place of a sign-in: it acts as a service account.', simpleResolvers: true })
@Audited<ApiKey>({
  plain: ['centerId', 'serviceAccountId', 'makerId', 'name', 'scopes', 'costPerMinute', 'createdAt', 'updatedAt', 'expiresAt', 'revokedAt', 'version'],
})
@Entity({ tableName: 'api_key' })
export class ApiKey {
  @Field(() => ID, { description: 'Id of the key, `key_…`.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  centerId: string;

  @Property({ type: 'text' })
  serviceAccountId: string;

  @Property({ type: 'text' })
  makerId: string;

  @Field(() => String, { description: 'What it is for.' })
  @Property({ type: 'text' })
  name: string;

  @Property({ type: 'jsonb', nullable: true })
  scopes?: GrantShape[] | null;

  @Field(() => Int, { nullable: true, description: 'Points of cost that it may use up in a minute, as `extensions.cost` counts them; null: what its role may.' })
  @Property({ type: 'integer', nullable: true })
  costPerMinute?: number | null;

  @Field(() => Instant, { description: 'When it was made.' })
  @Property({ type: 'timestamptz' })
  createdAt: Date;

  @Property({ type: 'timestamptz' })
  updatedAt: Date;

  @Field(() => Instant, { description: 'When its time is over.' })
  @Property({ type: 'timestamptz' })
  expiresAt: Date;

  @Field(() => Instant, { nullable: true, description: 'When it was taken back; null where it was not.' })
  @Property({ type: 'timestamptz', nullable: true })
  revokedAt?: Date | null;

  @Field(() => Int, { description: 'Grows with every change: give it as `expectedVersion`.' })
  @Property({ type: 'integer' })
  version: number;
}

/** One secret of a key; only its hash is known here. Its id is the session of who holds it. */
@Access('api-keys:read', 'CENTER')
@ObjectType({ description: 'One secret of an API key: there are two while it is rotated. The secret itself was shown once and is known to nobody else.', simpleResolvers: true })
@Audited<ApiKeySecret>({
  plain: ['keyId', 'number', 'prefix', 'createdAt', 'expiresAt', 'lastUsedAt', 'endedAt'],
  personal: ['lastUsedAddress'],
  secret: ['secretHash'],
})
@Entity({ tableName: 'api_key_secret' })
export class ApiKeySecret {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  keyId: string;

  @Field(() => Int, { description: 'Counts the secrets of the key from 1.' })
  @Property({ type: 'integer' })
  number: number;

  @Field(() => String, { description: 'What it begins with, to tell it from others: `vss_` and eight characters.' })
  @Property({ type: 'text' })
  prefix: string;

  @Property({ type: 'text', hidden: true })
  secretHash: string;

  @Field(() => Instant, { description: 'When it was made.' })
  @Property({ type: 'timestamptz' })
  createdAt: Date;

  @Field(() => Instant, { description: 'When it opens nothing any more: with its key, or with the end of the overlap after a rotation.' })
  @Property({ type: 'timestamptz' })
  expiresAt: Date;

  @Field(() => Instant, { nullable: true, description: 'Latest use, to the minute; null before the first.' })
  @Property({ type: 'timestamptz', nullable: true })
  lastUsedAt?: Date | null;

  @Field(() => String, { nullable: true, description: 'Network address of the latest use that is noted; null before the first.' })
  @Property({ type: 'text', nullable: true })
  lastUsedAddress?: string | null;

  @Property({ type: 'timestamptz', nullable: true })
  endedAt?: Date | null;
}
