import { ArrayMaxSize, IsInt, MaxLength, ValidateNested } from 'class-validator';
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { MOST_GRANTS, type GrantScope } from '@vss/auth';
import { Access, type UserErrorView } from '@vss/graphql';
import { IdentityUserError } from '../user-error.js';
import { Grant, GRANTS_DESCRIPTION, GrantConditions, GrantInput, GrantScopeEnum } from './grant.types.js';
import { Role } from './role.entity.js';
import { SOURCE_MAX_LENGTH } from './source-role.rules.js';

const NAME = '2 to 40 Latin letters in lower case, digits, and single hyphens between them.';

@InputType({ description: 'A role to be made.' })
export class RoleCreateInput {
  @MaxLength(256)
  @Field(() => String, { description: `Name by which it is given to users: ${NAME}` })
  name: string;

  @MaxLength(1024)
  @Field(() => String, { description: 'What it is for, up to 500 characters.' })
  description: string;

  @ValidateNested({ each: true })
  @ArrayMaxSize(MOST_GRANTS)
  @Field(() => [GrantInput], { description: `${GRANTS_DESCRIPTION} None may give more than one holds oneself.` })
  grants: GrantInput[];
}

@InputType({ description: 'Changes to a role; what is absent stays as it is.' })
export class RoleUpdateInput {
  @Field(() => ID, { description: 'Id of the role.' })
  id: string;

  @IsInt()
  @Field(() => Int, { description: 'The `version` that was read; with another one standing nothing is changed.' })
  expectedVersion: number;

  @MaxLength(256)
  @Field(() => String, { nullable: true, description: `Another name, as long as nobody has the role: ${NAME}` })
  name?: string | null;

  @MaxLength(1024)
  @Field(() => String, { nullable: true, description: 'What it is for, up to 500 characters.' })
  description?: string | null;

  @ValidateNested({ each: true })
  @ArrayMaxSize(MOST_GRANTS)
  @Field(() => [GrantInput], { nullable: true, description: `All its lines from now on. ${GRANTS_DESCRIPTION}` })
  grants?: GrantInput[] | null;
}

@InputType({ description: 'A role to be deleted.' })
export class RoleDeleteInput {
  @Field(() => ID, { description: 'Id of the role.' })
  id: string;

  @IsInt()
  @Field(() => Int, { description: 'The `version` that was read; with another one standing nothing is deleted.' })
  expectedVersion: number;
}

@InputType({ description: 'Roles of the source document, to be made here.' })
export class RolesImportInput {
  @MaxLength(SOURCE_MAX_LENGTH)
  @Field(() => String, { description: 'JSON, `{"head-of-sales": {"permissions": {"crm": true, "calls": ["read"]}}}`: up to 50 roles by their names, as docs/role-migration.md describes.' })
  json: string;
}

@Access('authenticated')
@ObjectType({ description: 'The role as it is now, or what to put right.', simpleResolvers: true })
export class RolePayload {
  @Field(() => Role, { nullable: true, description: 'The role; null when something is to be put right.' })
  role?: Role | null;

  @Field(() => [IdentityUserError], { description: 'What to put right; empty when it was done.' })
  userErrors: UserErrorView[];
}

@Access('authenticated')
@ObjectType({ description: 'The role that is gone, or what to put right.', simpleResolvers: true })
export class RoleDeletePayload {
  @Field(() => ID, { nullable: true, description: 'Id of the role that was deleted; null when something is to be put right.' })
  deletedRoleId?: string | null;

  @Field(() => [IdentityUserError], { description: 'What to put right; empty when it was done.' })
  userErrors: UserErrorView[];
}

@Access('authenticated')
@ObjectType({ description: 'The roles that were made, or what to put right; then none was.', simpleResolvers: true })
export class RolesImportPayload {
  @Field(() => [Role], { nullable: true, description: 'The roles, in the order given; null when something is to be put right.' })
  roles?: Role[] | null;

  @Field(() => [IdentityUserError], { description: 'What to put right; empty when it was done.' })
  userErrors: UserErrorView[];
}

@Access('roles:read')
@ObjectType({ description: 'What becomes of one right.', simpleResolvers: true })
export class RightChange {
  @Field(() => String, { description: 'The right, `resource:action`.' })
  permission: string;

  @Field(() => String, { description: 'What it lets one do.' })
  description: string;

  @Field(() => GrantScopeEnum, { nullable: true, description: 'How far it reaches afterwards; null when it is gone.' })
  scope: GrantScope | null;

  @Field(() => GrantConditions, { nullable: true, description: 'What narrows it afterwards.' })
  conditions: GrantConditions | null;

  @Field(() => GrantScopeEnum, { nullable: true, description: 'How far it reaches now; null when it is not there yet.' })
  before: GrantScope | null;

  @Field(() => GrantConditions, { nullable: true, description: 'What narrows it now.' })
  conditionsBefore: GrantConditions | null;
}

@Access('roles:read')
@ObjectType({ description: 'What a change of a role would do, before it is saved. Wildcards and denials are written out into single rights.', simpleResolvers: true })
export class RoleDiff {
  @Field(() => [RightChange], { description: 'What its users could do that they cannot now: new rights, and those that would reach farther or ask for less.' })
  gained: RightChange[];

  @Field(() => [RightChange], { description: 'What they could not do any more. A right that reaches farther under a new condition is in both lists.' })
  lost: RightChange[];

  @Field(() => Int, { description: 'How many active users have the role, in all centers.' })
  usersTouched: number;

  @Field(() => Boolean, { description: 'Whether nobody would be left who may do everything; such a change is refused.' })
  removesLastAdministrator: boolean;

  @Field(() => [String], { description: 'Rights among them that one does not hold oneself, or not as far; with any, saving is refused.' })
  beyondOwn: string[];
}

export const ConditionNameEnum = { fields: 'fields', protocols: 'protocols', maxConcurrent: 'maxConcurrent', maxDurationSec: 'maxDurationSec' } as const;
registerEnumType(ConditionNameEnum, {
  name: 'GrantConditionName',
  description: 'What can narrow a right beyond its scope.',
  valuesConfig: {
    fields: { description: 'Some fields only.' },
    protocols: { description: 'Some ways to reach a device only.' },
    maxConcurrent: { description: 'A number at a time.' },
    maxDurationSec: { description: 'A length, in seconds.' },
  },
});

@Access('authenticated')
@ObjectType({ description: 'A right that can be given, as editors of roles show it.', simpleResolvers: true })
export class Permission {
  @Field(() => String, { description: 'Its name, `resource:action`.' })
  permission: string;

  @Field(() => String, { description: 'What it is about, e.g. `calls`.' })
  resource: string;

  @Field(() => String, { description: 'What may be done with it, e.g. `read`.' })
  action: string;

  @Field(() => String, { description: 'What it lets one do.' })
  description: string;

  @Field(() => [GrantScopeEnum], { description: 'The scopes in which it means something, from the narrowest.' })
  scopes: GrantScope[];

  @Field(() => [ConditionNameEnum], { description: 'The conditions that are enforced on it.' })
  conditions: (keyof typeof ConditionNameEnum)[];

  @Field(() => Boolean, { description: 'Its feature is still to come: it may be given already, and does nothing yet.' })
  planned: boolean;
}

@Access('roles:read')
@ObjectType({ description: 'What the rights of the source document come to.', simpleResolvers: true })
export class SourceRole {
  @Field(() => [Grant], { description: 'The lines that a role of them would have.' })
  grants: Grant[];
}
