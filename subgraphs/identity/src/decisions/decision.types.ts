import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { GrantScope } from '@vss/auth';
import { Access, Instant } from '@vss/graphql';
import { Grant, GrantScopeEnum, Role } from '../roles/index.js';
import { TemporaryGrant } from '../temporary-grants/index.js';
import { User } from '../users/index.js';
import { PERMISSION_REASONS, type PermissionReason } from './explanation.rules.js';
import { RESOURCE_TYPES, type ResourceType } from './resource.rules.js';

const named = <const T extends string>(values: readonly T[]) => Object.fromEntries(values.map((value) => [value, value])) as { readonly [V in T]: V };

export const ResourceTypeEnum = named(RESOURCE_TYPES);
registerEnumType(ResourceTypeEnum, {
  name: 'ResourceType',
  description: 'What a permission can be about, row by row.',
  valuesConfig: {
    USER: { description: 'A user.' },
    ROLE: { description: 'A role.' },
    CENTER: { description: 'A center.' },
    CALL: { description: 'A call, with its record and recordings.' },
    LEAD: { description: 'A lead.' },
    NOTE: { description: 'A note.' },
    SLOT: { description: 'A slot.' },
    TRUNK: { description: 'A trunk.' },
    HUB: { description: 'A hub.' },
    DEVICE: { description: 'A device.' },
  },
});

export const PermissionVerdict = named(['ALLOWED', 'DENIED']);
registerEnumType(PermissionVerdict, {
  name: 'PermissionVerdict',
  description: 'How a decision ends.',
  valuesConfig: { ALLOWED: { description: 'It may be done.' }, DENIED: { description: 'It may not be done.' } },
});

const PermissionReasonEnum = named(PERMISSION_REASONS);
registerEnumType(PermissionReasonEnum, {
  name: 'PermissionReason',
  description: 'What decided.',
  valuesConfig: {
    GRANTED: { description: 'A grant allows it, as far as it has to reach.' },
    SELF: { description: 'It is about the user’s own account, which needs no right.' },
    MISSING: { description: 'No grant allows it.' },
    DENIED: { description: 'A denial takes it away, whatever allows it.' },
    SCOPE: { description: 'A grant allows it, but does not reach this far.' },
    CONDITION: { description: 'A grant allows it under a condition that is not met.' },
    NO_SUCH_ROW: { description: 'There is no such row, or none that the one who asks may know of.' },
    USER_INACTIVE: { description: 'The user may not sign in, and so may do nothing.' },
    OTHER: { description: 'The right was there; what was in the way is said in `text`.' },
  },
});

@InputType({ description: 'One row.' })
export class ResourceInput {
  @Field(() => ResourceTypeEnum, { description: 'What it is.' })
  type: ResourceType;

  @Field(() => ID, { description: 'Its id.' })
  id: string;
}

@Access('authenticated')
@ObjectType({ description: 'Whether something may be done.', simpleResolvers: true })
export class PermissionCheck {
  @Field(() => Boolean, { description: 'Whether it may be done: with the row, where one was named, else at all.' })
  allowed: boolean;

  @Field(() => GrantScopeEnum, { nullable: true, description: 'How far the right reaches; null where it is not held.' })
  scope: GrantScope | null;

  @Field(() => Int, { description: 'Version of the role that this was decided by.' })
  permissionVersion: number;
}

@Access('authenticated')
@ObjectType({ description: 'A right that one has.', simpleResolvers: true })
export class HeldRight {
  @Field(() => String, { description: 'Its name, `resource:action`.' })
  permission: string;

  @Field(() => GrantScopeEnum, { description: 'How far it reaches.' })
  scope: GrantScope;
}

@Access('authenticated')
@ObjectType({ description: 'How far a right reaches, beside how far it would have to.', simpleResolvers: true })
export class PermissionScopeTest {
  @Field(() => GrantScopeEnum, { nullable: true, description: 'How far the right reaches; null where it is not held.' })
  held: GrantScope | null;

  @Field(() => GrantScopeEnum, { nullable: true, description: 'The narrowest scope that would do; null where it depends on a row that may not be told of.' })
  needed: GrantScope | null;

  @Field(() => Boolean, { description: 'Whether it reaches far enough.' })
  passed: boolean;

  @Field(() => String, { description: 'Why so far, for people.' })
  why: string;
}

@Access('authenticated')
@ObjectType({ description: 'Who could give the right, by giving a role or a right for a time.', simpleResolvers: true })
export class PermissionGrantor {
  @Field(() => Role, { nullable: true, description: 'A role whose holders may give it.' })
  role: Role;

  @Field(() => [User], { description: 'Some of its holders in the user’s center, at most five.' })
  users: User[];
}

@Access('authenticated')
@ObjectType({ description: 'Why something may be done, or may not.', simpleResolvers: true })
export class PermissionExplanation {
  @Field(() => PermissionVerdict, { description: 'How it was decided.' })
  verdict: keyof typeof PermissionVerdict;

  @Field(() => PermissionReasonEnum, { description: 'What decided it, for programs.' })
  reason: PermissionReason;

  @Field(() => String, { description: 'The right that was asked for.' })
  permission: string;

  @Field(() => User, { nullable: true, description: 'Whose right it is.' })
  user: User | null;

  @Field(() => String, { description: 'Name of the role that he had then.' })
  role: string;

  @Field(() => Int, { description: 'Version of that role’s grants.' })
  permissionVersion: number;

  @Field(() => Grant, { nullable: true, description: 'The line that allows it, as far as it does; null where none does.' })
  grant: Grant | null;

  @Field(() => String, { nullable: true, description: 'The right that is missing; null where none is.' })
  missing: string | null;

  @Field(() => PermissionScopeTest, { description: 'How far the right reaches, beside how far it would have to.' })
  scopeTest: PermissionScopeTest;

  @Field(() => Grant, { nullable: true, description: 'The line that takes it away; null where none does.' })
  deniedBy: Grant | null;

  @Field(() => String, { nullable: true, description: 'The condition that is not met: `fields`, `protocols`, `maxConcurrent` or `maxDurationSec`.' })
  condition: string | null;

  @Field(() => TemporaryGrant, { nullable: true, description: 'The right for a time that allows it, where the role does not.' })
  temporaryGrant: TemporaryGrant | null;

  @Field(() => Boolean, { description: 'Whether nothing but the right to do everything allows it: using it is marked in the audit.' })
  isOverride: boolean;

  @Field(() => [PermissionGrantor], { description: 'Who could give it; empty where it is there, or a denial would take it away again.' })
  grantableBy: PermissionGrantor[];

  @Field(() => Boolean, { description: 'Whether it would be allowed at this moment. Of an `explainId`, rights may have changed since.' })
  wouldBeAllowedNow: boolean;

  @Field(() => String, { nullable: true, description: 'Where it was denied, of an `explainId`: the field of the graph.' })
  coordinate: string | null;

  @Field(() => Instant, { description: 'When it was decided: of an `explainId` then, else now.' })
  at: Date;

  @Field(() => String, { description: 'All of it in a sentence, for people.' })
  text: string;
}
