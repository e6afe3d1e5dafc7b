import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Access, Audited, Instant } from '@vss/graphql';

export enum UserState {
  INVITED = 'INVITED',
  ACTIVE = 'ACTIVE',
  DEACTIVATED = 'DEACTIVATED',
}
export enum UserKind {
  PERSON = 'PERSON',
  SERVICE = 'SERVICE',
}
registerEnumType(UserKind, {
  name: 'UserKind',
  description: 'Who stands behind an account.',
  valuesConfig: { PERSON: { description: 'A person, who signs in.' }, SERVICE: { description: 'A program, which has API keys and cannot sign in.' } },
});

registerEnumType(UserState, {
  name: 'UserState',
  description: 'Whether a user may sign in.',
  valuesConfig: {
    INVITED: { description: 'Has a one-time link and has not used it: he cannot sign in before he does.' },
    ACTIVE: { description: 'May sign in.' },
    DEACTIVATED: { description: 'May not sign in, and has no session. Kept, since calls and notes name him.' },
  },
});

/**
 * Name and role are for colleagues (`directory:read`). The rest is for those who administer users and for the user
 * himself; the guard cannot see whose row it is, so those fields ask for a signed-in user and the resolver decides.
 */
@Directive('@key(fields: "id")')
@Access('directory:read')
@ObjectType({ description: 'A person who can sign in.', simpleResolvers: true })
@Audited<User>({
  plain: ['centerId', 'kind', 'mustChangePassword', 'roleId', 'state', 'createdAt', 'updatedAt', 'erasedAt', 'version', 'rightsVersion'],
  personal: ['username', 'displayName', 'email', 'phone', 'title', 'locale', 'timeZone', 'lastLoginAt'],
  secret: ['passwordHash'],
})
@Entity({ tableName: 'user_account' })
export class User {
  @Field(() => ID, { description: 'Id of the user, `usr_…`.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  centerId: string;

  @Field(() => String, { description: 'Name that he signs in with: lower case, unique on the platform.' })
  @Property({ type: 'text' })
  username: string;

  @Field(() => String, { description: 'Name that people call him by.' })
  @Property({ type: 'text' })
  displayName: string;

  @Access('authenticated')
  @Field(() => String, { nullable: true, description: 'Email address. For himself and for holders of `users:read-contact`; holders of `users:read` see `o•••@e•••.org`. Null for a service account, and after an erasure.' })
  @Property({ type: 'text' })
  email: string;

  @Access('authenticated')
  @Field(() => String, { nullable: true, description: 'Telephone number in E.164. For himself and for holders of `users:read-contact`; holders of `users:read` see `+•••67`.' })
  @Property({ type: 'text', nullable: true })
  phone?: string | null;

  @Field(() => String, { nullable: true, description: 'Job title.' })
  @Property({ type: 'text', nullable: true })
  title?: string | null;

  @Access('authenticated')
  @Field(() => String, { nullable: true, description: 'Language that he reads, as BCP 47 names it, e.g. `pt-BR`; for himself and for holders of `users:read`.' })
  @Property({ type: 'text', nullable: true })
  locale?: string | null;

  @Access('authenticated')
  @Field(() => String, { nullable: true, description: 'Time zone that he works in, by its IANA name, e.g. `Europe/Lisbon`; for himself and for holders of `users:read`.' })
  @Property({ type: 'text', nullable: true })
  timeZone?: string | null;

  @Field(() => UserKind, { description: 'Who stands behind the account: a person, or a program.' })
  @Enum({ items: () => UserKind, type: 'text' })
  kind: UserKind;

  /** Absent: he cannot sign in with a password. Service accounts never have one. */
  @Property({ type: 'text', hidden: true, nullable: true })
  passwordHash?: string | null;

  /** His password was chosen by somebody else: it opens nothing until he has chosen his own. */
  @Access('authenticated')
  @Field(() => Boolean, { nullable: true, description: 'Whether he has to choose a password of his own when he signs in next; for himself and for holders of `users:read`.' })
  @Property({ type: 'boolean' })
  mustChangePassword: boolean;

  @Property({ type: 'text' })
  roleId: string;

  @Access('authenticated')
  @Field(() => UserState, { nullable: true, description: 'Whether he may sign in; for himself and for holders of `users:read`.' })
  @Enum({ items: () => UserState, type: 'text' })
  state: UserState;

  @Access('authenticated')
  @Field(() => Instant, { nullable: true, description: 'Latest sign-in, null before the first; for himself and for holders of `users:read`.' })
  @Property({ type: 'timestamptz', nullable: true })
  lastLoginAt?: Date | null;

  @Access('authenticated')
  @Field(() => Instant, { nullable: true, description: 'When the account was made; for himself and for holders of `users:read`.' })
  @Property({ type: 'timestamptz' })
  createdAt: Date;

  @Property({ type: 'timestamptz' })
  updatedAt: Date;

  /** Since when nothing personal is left of him. */
  @Property({ type: 'timestamptz', nullable: true })
  erasedAt?: Date | null;

  // Counted by the service, not by the ORM: a sign-in writes the row too and must not make an administrator's edit stale.
  @Access('authenticated')
  @Field(() => Int, { nullable: true, description: 'Grows with every change: give it as `expectedVersion`. For himself and for holders of `users:read`.' })
  @Property({ type: 'integer' })
  version: number;

  /** Grows with every change of what is his own beside the role: teams and temporary grants. */
  @Property({ type: 'integer' })
  rightsVersion: number;
}
