import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Access, Instant, JsonScalar } from '@vss/graphql';

export enum AuditAction {
  SIGN_IN = 'SIGN_IN',
  SIGN_IN_REFUSED = 'SIGN_IN_REFUSED',
  SESSION_REFRESHED = 'SESSION_REFRESHED',
  SESSION_ENDED = 'SESSION_ENDED',
  ACCESS_DENIED = 'ACCESS_DENIED',
  USER_CREATED = 'USER_CREATED',
  USER_UPDATED = 'USER_UPDATED',
  ROLE_CHANGED = 'ROLE_CHANGED',
}
registerEnumType(AuditAction, {
  name: 'SecurityAuditAction',
  description: 'What was done or tried.',
  valuesConfig: {
    SIGN_IN: { description: 'A user signed in.' },
    SIGN_IN_REFUSED: { description: 'A sign-in with a wrong name or password, or of a deactivated user.' },
    SESSION_REFRESHED: { description: 'A session was given a new access token.' },
    SESSION_ENDED: { description: 'A session ended; the detail says why.' },
    ACCESS_DENIED: { description: 'A right was asked for and not given; the detail names right and wall.' },
    USER_CREATED: { description: 'A user was made.' },
    USER_UPDATED: { description: 'A user was changed; the detail holds the changed fields before and after.' },
    ROLE_CHANGED: { description: 'The grants of a role changed; the detail holds them before and after.' },
  },
});

export enum AuditOutcome {
  ALLOWED = 'ALLOWED',
  REFUSED = 'REFUSED',
}
registerEnumType(AuditOutcome, {
  name: 'SecurityAuditOutcome',
  description: 'Whether it was done.',
  valuesConfig: { ALLOWED: { description: 'It was done.' }, REFUSED: { description: 'It was refused.' } },
});

/** Only ever added: the database refuses to change or remove one. */
@Access('audit:read')
@ObjectType({ description: 'One line of the security audit. Lines are only added.', simpleResolvers: true })
@Entity({ tableName: 'security_audit_entry' })
export class SecurityAuditEntry {
  @Field(() => ID, { description: 'Id of the entry, `aud_…`.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text', nullable: true })
  centerId?: string | null;

  @Field(() => Instant, { description: 'When it happened.' })
  @Property({ type: 'timestamptz' })
  at: Date;

  @Field(() => AuditAction, { description: 'What was done or tried.' })
  @Enum({ items: () => AuditAction, type: 'text' })
  action: AuditAction;

  @Field(() => AuditOutcome, { description: 'Whether it was done.' })
  @Enum({ items: () => AuditOutcome, type: 'text' })
  outcome: AuditOutcome;

  @Property({ type: 'text', nullable: true })
  actorId?: string | null;

  @Field(() => String, { nullable: true, description: 'What it was done to: an id, or the name that was typed.' })
  @Property({ type: 'text', nullable: true })
  target?: string | null;

  @Field(() => JsonScalar, { description: 'What more is known. Holds no secret and no personal data.' })
  @Property({ type: 'jsonb' })
  detail: Record<string, unknown>;

  @Field(() => String, { description: 'Trace id of the request: the event log carries the same.' })
  @Property({ type: 'text' })
  traceId: string;

  @Field(() => String, { description: 'Network address that the request came from; empty for the platform itself.' })
  @Property({ type: 'text' })
  sourceAddress: string;
}
