import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Audited } from '@vss/graphql';
import { ChallengeKind } from '../sessions/index.js';

/** How somebody showed who he is. */
export type Way = 'PASSWORD' | 'INVITATION' | 'PROVIDER';

/** What is still asked of somebody who is about to come in. It opens nothing but the next step. */
@Audited<Challenge>({ plain: ['userId', 'kind', 'way', 'secondFactor', 'createdAt', 'expiresAt'], secret: ['tokenHash', 'credential'] })
@Entity({ tableName: 'sign_in_challenge' })
export class Challenge {
  @PrimaryKey({ type: 'text' })
  tokenHash: string;

  @Property({ type: 'text' })
  userId: string;

  @Enum({ items: () => ChallengeKind, type: 'text' })
  kind: ChallengeKind;

  @Enum({ items: ['PASSWORD', 'INVITATION', 'PROVIDER'], type: 'text' })
  way: Way;

  /** Of the password as it was: see `credentialOf`. */
  @Property({ type: 'text', hidden: true })
  credential: string;

  /** Whether a second factor was shown on the way to this challenge. */
  @Property({ type: 'boolean' })
  secondFactor: boolean;

  @Property({ type: 'timestamptz' })
  createdAt: Date;

  @Property({ type: 'timestamptz' })
  expiresAt: Date;
}
