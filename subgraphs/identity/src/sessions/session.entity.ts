import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Access, Audited, Instant } from '@vss/graphql';

export enum SessionEndReason {
  LOGOUT = 'LOGOUT',
  REFRESH_REUSED = 'REFRESH_REUSED',
  REVOKED = 'REVOKED',
  EXPIRED = 'EXPIRED',
}

registerEnumType(SessionEndReason, {
  name: 'SessionEndReason',
  description: 'Why a session ended.',
  valuesConfig: {
    LOGOUT: { description: 'The user signed out.' },
    REFRESH_REUSED: { description: 'A refresh token came a second time: two parties held tokens of the session.' },
    REVOKED: { description: 'It was taken back, with the user\'s access or by itself.' },
    EXPIRED: { description: 'It was idle for too long or reached its age.' },
  },
});

// Reached only through fields that decide whose sessions are seen.
@Access('authenticated')
@ObjectType({ description: 'One sign-in on one device, and all that came from it.', simpleResolvers: true })
@Audited<Session>({
  plain: ['userId', 'centerId', 'generation', 'createdAt', 'lastUsedAt', 'idleExpiresAt', 'absoluteExpiresAt', 'endedAt', 'endReason'],
  personal: ['device', 'address'],
})
@Entity({ tableName: 'session' })
export class Session {
  @Field(() => ID, { description: 'Id of the session, `ses_…`.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  userId: string;

  @Property({ type: 'text' })
  centerId: string;

  /** What the client says that it is (its User-Agent). */
  @Property({ type: 'text' })
  device: string;

  @Field(() => String, { description: 'Network address that it signed in from.' })
  @Property({ type: 'text' })
  address: string;

  @Property({ type: 'integer' })
  generation: number;

  @Field(() => Instant, { description: 'When it signed in.' })
  @Property({ type: 'timestamptz' })
  createdAt: Date;

  @Field(() => Instant, { description: 'When it was last given an access token; one is good for ten minutes.' })
  @Property({ type: 'timestamptz' })
  lastUsedAt: Date;

  @Property({ type: 'timestamptz' })
  idleExpiresAt: Date;

  @Property({ type: 'timestamptz' })
  absoluteExpiresAt: Date;

  @Field(() => Instant, { nullable: true, description: 'When it ended; null as long as it stands.' })
  @Property({ type: 'timestamptz', nullable: true })
  endedAt?: Date | null;

  @Field(() => SessionEndReason, { nullable: true, description: 'Why it ended; null as long as it stands.' })
  @Enum({ items: () => SessionEndReason, type: 'text', nullable: true })
  endReason?: SessionEndReason | null;
}

/** A refresh token that was handed out; only its hash is known here. */
@Audited<RefreshToken>({ plain: ['sessionId', 'generation', 'issuedAt', 'rotatedAt'], secret: ['tokenHash'] })
@Entity({ tableName: 'refresh_token' })
export class RefreshToken {
  @PrimaryKey({ type: 'text' })
  tokenHash: string;

  @Property({ type: 'text' })
  sessionId: string;

  @Property({ type: 'integer' })
  generation: number;

  @Property({ type: 'timestamptz' })
  issuedAt: Date;

  @Property({ type: 'timestamptz', nullable: true })
  rotatedAt?: Date | null;
}
