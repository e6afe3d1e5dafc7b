import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { AuditedChange } from '@vss/events';
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
  ROLE_CREATED = 'ROLE_CREATED',
  ROLE_DELETED = 'ROLE_DELETED',
  TEAM_CREATED = 'TEAM_CREATED',
  TEAM_UPDATED = 'TEAM_UPDATED',
  TEAM_DELETED = 'TEAM_DELETED',
  USER_DEACTIVATED = 'USER_DEACTIVATED',
  USER_REACTIVATED = 'USER_REACTIVATED',
  PASSWORD_CHANGED = 'PASSWORD_CHANGED',
  PASSWORD_RESET = 'PASSWORD_RESET',
  INVITATION_CREATED = 'INVITATION_CREATED',
  INVITATION_ACCEPTED = 'INVITATION_ACCEPTED',
  INVITATION_REVOKED = 'INVITATION_REVOKED',
  SECOND_FACTOR_ENABLED = 'SECOND_FACTOR_ENABLED',
  SECOND_FACTOR_DISABLED = 'SECOND_FACTOR_DISABLED',
  RECOVERY_CODE_USED = 'RECOVERY_CODE_USED',
  EXTERNAL_IDENTITY_LINKED = 'EXTERNAL_IDENTITY_LINKED',
  EXTERNAL_IDENTITY_UNLINKED = 'EXTERNAL_IDENTITY_UNLINKED',
  PERSON_ERASED = 'PERSON_ERASED',
  PERSON_EXPORTED = 'PERSON_EXPORTED',
  SERVICE_ACCOUNT_CREATED = 'SERVICE_ACCOUNT_CREATED',
  API_KEY_CREATED = 'API_KEY_CREATED',
  API_KEY_UPDATED = 'API_KEY_UPDATED',
  API_KEY_ROTATED = 'API_KEY_ROTATED',
  API_KEY_REVOKED = 'API_KEY_REVOKED',
  API_KEY_REFUSED = 'API_KEY_REFUSED',
  TEMPORARY_GRANT_REQUESTED = 'TEMPORARY_GRANT_REQUESTED',
  TEMPORARY_GRANT_APPROVED = 'TEMPORARY_GRANT_APPROVED',
  TEMPORARY_GRANT_REFUSED = 'TEMPORARY_GRANT_REFUSED',
  TEMPORARY_GRANT_REVOKED = 'TEMPORARY_GRANT_REVOKED',
  TEMPORARY_GRANT_ENDED = 'TEMPORARY_GRANT_ENDED',
  SIGNING_KEY_ROTATED = 'SIGNING_KEY_ROTATED',
  SIGNING_KEY_REVOKED = 'SIGNING_KEY_REVOKED',
  MUTATION = 'MUTATION',
  OVERRIDE_USED = 'OVERRIDE_USED',
  AUDIT_EXPORTED = 'AUDIT_EXPORTED',
  AUDIT_PURGED = 'AUDIT_PURGED',
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
    ROLE_CREATED: { description: 'A role was made.' },
    ROLE_DELETED: { description: 'A role was deleted.' },
    TEAM_CREATED: { description: 'A team was made.' },
    TEAM_UPDATED: { description: 'A team was changed, or its members.' },
    TEAM_DELETED: { description: 'A team was deleted.' },
    USER_DEACTIVATED: { description: 'A user may not sign in any more; his sessions ended.' },
    USER_REACTIVATED: { description: 'A user may sign in again.' },
    PASSWORD_CHANGED: { description: 'A user chose another password.' },
    PASSWORD_RESET: { description: 'A user was given a one-time link to choose a password with.' },
    INVITATION_CREATED: { description: 'Somebody was invited.' },
    INVITATION_ACCEPTED: { description: 'An invited user chose his password.' },
    INVITATION_REVOKED: { description: 'An invitation was taken back.' },
    SECOND_FACTOR_ENABLED: { description: 'A user set up a second factor.' },
    SECOND_FACTOR_DISABLED: { description: 'A second factor was taken away; the detail says by whom.' },
    RECOVERY_CODE_USED: { description: 'A recovery code stood in for the second factor.' },
    EXTERNAL_IDENTITY_LINKED: { description: 'An account of an identity provider was tied to a user.' },
    EXTERNAL_IDENTITY_UNLINKED: { description: 'An account of an identity provider opens a user’s account no more.' },
    PERSON_ERASED: { description: 'The personal data of a user was erased.' },
    PERSON_EXPORTED: { description: 'The personal data of a user was handed out.' },
    SERVICE_ACCOUNT_CREATED: { description: 'A service account was made.' },
    API_KEY_CREATED: { description: 'An API key was made.' },
    API_KEY_UPDATED: { description: 'An API key was changed.' },
    API_KEY_ROTATED: { description: 'An API key got another secret; the old one works on for the overlap.' },
    API_KEY_REVOKED: { description: 'An API key was taken back.' },
    API_KEY_REFUSED: { description: 'An API key that is unknown, over or taken back was presented.' },
    TEMPORARY_GRANT_REQUESTED: { description: 'Somebody asked for a right for a while.' },
    TEMPORARY_GRANT_APPROVED: { description: 'A right was given for a while.' },
    TEMPORARY_GRANT_REFUSED: { description: 'A right for a while was not given.' },
    TEMPORARY_GRANT_REVOKED: { description: 'A right for a while was taken back before its time.' },
    TEMPORARY_GRANT_ENDED: { description: 'The time of a right, or of the request for it, was over.' },
    SIGNING_KEY_ROTATED: { description: 'Access tokens are signed with another key.' },
    SIGNING_KEY_REVOKED: { description: 'A key was taken back: what it signed is worth nothing.' },
    MUTATION: { description: 'A mutation ran, was refused or failed; `changes` holds the changed fields before and after.' },
    OVERRIDE_USED: { description: 'Something was read by a right that the reader has by `*:*` alone; the detail says how often.' },
    AUDIT_EXPORTED: { description: 'The audit, or its signed head, was handed out.' },
    AUDIT_PURGED: { description: 'Entries older than they are kept for were deleted, up to a signed checkpoint.' },
  },
});

export enum AuditOutcome {
  ALLOWED = 'ALLOWED',
  REFUSED = 'REFUSED',
  FAILED = 'FAILED',
}
registerEnumType(AuditOutcome, {
  name: 'SecurityAuditOutcome',
  description: 'Whether it was done.',
  valuesConfig: { ALLOWED: { description: 'It was done.' }, REFUSED: { description: 'It was refused.' }, FAILED: { description: 'It broke off by a fault, with nothing changed.' } },
});

/** Only ever added: the database refuses to change or remove one. */
@Access('audit:read')
@ObjectType({ description: 'One line of the security audit. Lines are only added, and each is sealed by a hash over it and the line before.', simpleResolvers: true })
@Entity({ tableName: 'security_audit_entry' })
export class SecurityAuditEntry {
  @Field(() => ID, { description: 'Id of the entry, `aud_…`.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text', nullable: true })
  centerId?: string | null;

  /** The center, or `platform`; the database fills it in. */
  @Property({ type: 'text', persist: false })
  chain?: string;

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

  @Field(() => String, { nullable: true, description: 'Name of the mutation that did it; null where it was none.' })
  @Property({ type: 'text', nullable: true })
  operation?: string | null;

  @Field(() => String, { nullable: true, description: 'The right that it took; null where none was asked for.' })
  @Property({ type: 'text', nullable: true })
  permission?: string | null;

  @Field(() => Boolean, { description: 'Whether the right is an override: one that the actor has by `*:*` alone, outside the list of his role.' })
  @Property({ type: 'boolean' })
  override: boolean;

  @Property({ type: 'jsonb' })
  changes: AuditedChange[];

  @Field(() => Int, { nullable: true, description: 'Place in the chain of its center, from 1 on without gaps; null for the moment until it is sealed.' })
  @Property({ type: 'integer', nullable: true })
  seq?: number | null;

  @Field(() => String, { nullable: true, description: 'SHA-256 of the line before it, in hexadecimal digits; null until it is sealed.' })
  @Property({ type: 'text', nullable: true, fieldName: 'prev_hash' })
  previousHash?: string | null;

  @Field(() => String, { nullable: true, description: 'SHA-256 of the line and its place, in hexadecimal digits; null until it is sealed.' })
  @Property({ type: 'text', nullable: true })
  hash?: string | null;

  @Field(() => Instant, { nullable: true, description: 'When it got its place in the chain.' })
  @Property({ type: 'timestamptz', nullable: true })
  sealedAt?: Date | null;
}
