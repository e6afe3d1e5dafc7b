import { ArrayMaxSize } from 'class-validator';
import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { GRANT_SCOPES, MOST_GRANTS, PROTOCOLS, type Grant as GrantShape, type GrantConditions as Conditions, type GrantScope } from '@vss/auth';
import { Access } from '@vss/graphql';

const named = <const T extends string>(values: readonly T[]) => Object.fromEntries(values.map((value) => [value, value])) as { readonly [V in T]: V };

export const GrantScopeEnum = named(GRANT_SCOPES);
registerEnumType(GrantScopeEnum, {
  name: 'GrantScope',
  description: 'How far a right reaches, from the narrowest to the widest; a wider one holds all that are narrower.',
  valuesConfig: {
    OWN: { description: 'What is one’s own.' },
    ASSIGNED: { description: 'What is assigned to one.' },
    TEAM: { description: 'What is of one’s teams.' },
    CENTER: { description: 'What is of one’s center.' },
    ALL: { description: 'Everything.' },
  },
});

export const GrantEffectEnum = named(['ALLOW', 'DENY']);
registerEnumType(GrantEffectEnum, {
  name: 'GrantEffect',
  description: 'What a line of a role does.',
  valuesConfig: {
    ALLOW: { description: 'It gives the right.' },
    DENY: { description: 'It takes the right away altogether, whatever else gives it.' },
  },
});

const FIELDS = 'Only these fields of what the right is about, by their names.';
const CONCURRENT = 'At most so many at a time, 1 to 1000.';
const DURATION = 'None for longer than so many seconds, 1 to 86400.';
const WAYS = `Only these ways to reach a device: ${PROTOCOLS.join(', ')}.`;

// Reached through the lines of a role alone, whose own rule decides.
@Access('authenticated')
@ObjectType({ description: 'What narrows a right beyond its scope; all that is given must hold.', simpleResolvers: true })
export class GrantConditions implements Conditions {
  @Field(() => [String], { nullable: true, description: FIELDS })
  fields?: string[];

  @Field(() => [String], { nullable: true, description: WAYS })
  protocols?: string[];

  @Field(() => Int, { nullable: true, description: CONCURRENT })
  maxConcurrent?: number;

  @Field(() => Int, { nullable: true, description: DURATION })
  maxDurationSec?: number;
}

@Access('authenticated')
@ObjectType({ description: 'One line of a role: what it allows or denies, and how far that reaches.', simpleResolvers: true })
export class Grant {
  @Field(() => String, { description: 'What it is about, e.g. `calls`; `*` for everything.' })
  resource: string;

  @Field(() => [String], { description: 'What may be done with it, e.g. `read`; `*` for everything.' })
  actions: string[];

  @Field(() => GrantScopeEnum, { description: 'How far it reaches. ALL where it denies.' })
  scope: GrantScope;

  @Field(() => GrantEffectEnum, { description: 'Whether it allows or denies. A denial wins over every allowance.' })
  effect: 'ALLOW' | 'DENY';

  @Field(() => GrantConditions, { nullable: true, description: 'What narrows it further; null where nothing does.' })
  conditions?: GrantConditions | null;
}

@InputType({ description: 'What is to narrow a right beyond its scope. Each right takes only those that are enforced on it: see `permissions`.' })
export class GrantConditionsInput {
  @ArrayMaxSize(100)
  @Field(() => [String], { nullable: true, description: FIELDS })
  fields?: string[] | null;

  @ArrayMaxSize(PROTOCOLS.length)
  @Field(() => [String], { nullable: true, description: WAYS })
  protocols?: string[] | null;

  @Field(() => Int, { nullable: true, description: CONCURRENT })
  maxConcurrent?: number | null;

  @Field(() => Int, { nullable: true, description: DURATION })
  maxDurationSec?: number | null;
}

@InputType({ description: 'One line of a role to be.' })
export class GrantInput {
  @Field(() => String, { description: 'What it is about, e.g. `calls`; `*` for everything.' })
  resource: string;

  @ArrayMaxSize(50)
  @Field(() => [String], { description: 'What may be done with it, e.g. `read`; `*` for everything. 1 to 50.' })
  actions: string[];

  @Field(() => GrantScopeEnum, { description: 'How far it reaches: one of the right’s `scopes`, or ALL where it denies.' })
  scope: GrantScope;

  @Field(() => GrantEffectEnum, { defaultValue: 'ALLOW', description: 'Whether it allows or denies.' })
  effect: 'ALLOW' | 'DENY' = 'ALLOW';

  @Field(() => GrantConditionsInput, { nullable: true, description: 'What narrows it further.' })
  conditions?: GrantConditionsInput | null;
}

/** Of the argument that holds the lines of a role. */
export const GRANTS_DESCRIPTION = `Its lines, at most ${MOST_GRANTS}. A right that no line gives nobody has.`;

/** The lines as they are kept: what was left out or given as null is not there. */
export const grantsFrom = (lines: readonly GrantInput[]): GrantShape[] =>
  lines.map(({ resource, actions, scope, effect, conditions }) => {
    const given = Object.fromEntries(Object.entries(conditions ?? {}).filter(([, value]) => value !== null && value !== undefined)) as Conditions;
    return { resource, actions: [...new Set(actions)], scope, effect, ...(Object.keys(given).length > 0 ? { conditions: given } : {}) };
  });

export const viewOfConditions = (conditions: Conditions | undefined): GrantConditions | null =>
  conditions ? { ...conditions, ...(conditions.fields ? { fields: [...conditions.fields] } : {}), ...(conditions.protocols ? { protocols: [...conditions.protocols] } : {}) } as GrantConditions : null;

export const viewOfGrants = (grants: readonly GrantShape[]): Grant[] =>
  grants.map(({ resource, actions, scope, effect, conditions }) => ({ resource, actions: [...actions], scope, effect, conditions: viewOfConditions(conditions) }));
