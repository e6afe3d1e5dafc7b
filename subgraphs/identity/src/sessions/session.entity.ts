import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

export type SessionEndReason = 'LOGOUT' | 'REFRESH_REUSED' | 'REVOKED' | 'EXPIRED';

/** One sign-in on one device, and the family of refresh tokens that came from it. */
@Entity({ tableName: 'session' })
export class Session {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  userId: string;

  @Property({ type: 'text' })
  centerId: string;

  /** What the client says that it is (its User-Agent). */
  @Property({ type: 'text' })
  device: string;

  /** Where it signed in from. */
  @Property({ type: 'text' })
  address: string;

  @Property({ type: 'integer' })
  generation: number;

  @Property({ type: 'timestamptz' })
  createdAt: Date;

  @Property({ type: 'timestamptz' })
  lastUsedAt: Date;

  @Property({ type: 'timestamptz' })
  idleExpiresAt: Date;

  @Property({ type: 'timestamptz' })
  absoluteExpiresAt: Date;

  @Property({ type: 'timestamptz', nullable: true })
  endedAt?: Date | null;

  @Enum({ items: ['LOGOUT', 'REFRESH_REUSED', 'REVOKED', 'EXPIRED'], type: 'text', nullable: true })
  endReason?: SessionEndReason | null;
}

/** A refresh token that was handed out; only its hash is known here. */
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
