// Every decorator needs it, and this file is loaded first.
import 'reflect-metadata';
import {
  DirectiveLocation,
  GraphQLDirective,
  GraphQLEnumType,
  GraphQLNonNull,
  GraphQLString,
  isObjectType,
  Kind,
  type ConstValueNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { Extensions } from 'type-graphql';
import { AUTHENTICATED, GRANT_SCOPES, PERMISSIONS, PUBLIC, type GrantScope, type Permission } from '@vss/auth';
import { StartError } from '@vss/runtime';
import { appendDirective, directiveNode } from './directives.js';

/** What an actor must hold to see a type or a field: the permission, at least this wide. */
export interface AccessRule {
  readonly permission: Permission;
  readonly scope?: GrantScope;
}

export const ACCESS_SPEC = 'https://specs.vss.dev/access/v1.0';

/** Named by the spec's prefix: composition then keeps it out of the schema that clients see. */
const scopeEnum = new GraphQLEnumType({
  name: 'access__Scope',
  description: 'How far a right reaches, from the narrowest to the widest.',
  values: {
    OWN: { description: "Rows of the actor's own." },
    ASSIGNED: { description: 'Rows assigned to the actor.' },
    TEAM: { description: "Rows of the actor's team." },
    CENTER: { description: "Rows of the actor's center." },
    ALL: { description: 'Every row.' },
  } satisfies Record<GrantScope, object>,
});

/** Part of every subgraph's SDL: composition demands that all define it alike. */
export const accessDirective = new GraphQLDirective({
  name: 'access',
  description: 'The right that is needed to see this field, or every field of this type that has no rule of its own.',
  locations: [DirectiveLocation.OBJECT, DirectiveLocation.FIELD_DEFINITION],
  args: {
    permission: {
      type: new GraphQLNonNull(GraphQLString),
      description: 'resource:action, or `authenticated` for anybody signed in, or `public` for anybody.',
    },
    scope: { type: scopeEnum, description: 'The narrowest grant that will do; OWN when absent.' },
  },
});

const PERMISSION = /^[a-z][\w-]*:[a-z][\w-]*$/;

/**
 * Declares who may see a type or a field; on a type it counts for each field without a rule of its own. Becomes
 * the directive `@access`, from which the subgraph's shield and the gateway's guard are both made. A rule on a
 * field's resolver wins over one on its property.
 */
export function Access(permission: Permission, scope?: GrantScope): ClassDecorator & MethodDecorator & PropertyDecorator {
  if (permission !== PUBLIC && permission !== AUTHENTICATED && !PERMISSION.test(permission))
    throw new StartError(`@Access('${permission}') is neither resource:action nor public nor authenticated`);
  if (scope && !GRANT_SCOPES.includes(scope)) throw new StartError(`@Access('${permission}', '${scope as string}') names no scope`);
  // An extension and not type-graphql's own Directive: that one is silently dropped from the resolver of a field
  // that its class declares as well, and with it would go the rule.
  const rule: AccessRule = scope ? { permission, scope } : { permission };
  return Extensions({ access: rule });
}

const declared = (target: { extensions?: Readonly<Record<string, unknown>> | null | undefined }): AccessRule | undefined =>
  target.extensions?.['access'] as AccessRule | undefined;

const argumentsOf = ({ permission, scope }: AccessRule): Record<string, ConstValueNode> => ({
  permission: { kind: Kind.STRING, value: permission },
  ...(scope ? { scope: { kind: Kind.ENUM, value: scope } } : {}),
});

const objectTypes = (schema: GraphQLSchema): GraphQLObjectType[] =>
  Object.values(schema.getTypeMap()).filter((type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('_'));

/**
 * Writes the declared rules into the schema's syntax nodes, so that they are printed as directives. In place. Entities
 * get them on their fields: several subgraphs hold the same entity, and composition would keep just one of their
 * rules for the type. For the same reason a key that says `authenticated` is left to the entity's owner to rule.
 */
export function printableRules(schema: GraphQLSchema): void {
  for (const type of objectTypes(schema)) {
    const rule = declared(type);
    const keys = keyFields(type);
    if (rule && !keys)
      type.astNode = {
        ...(type.astNode ?? { kind: Kind.OBJECT_TYPE_DEFINITION, name: { kind: Kind.NAME, value: type.name } }),
        directives: [...(type.astNode?.directives ?? []), directiveNode('access', argumentsOf(rule))],
      };
    for (const field of Object.values(type.getFields())) {
      const printed = declared(field) ?? (keys ? rule : undefined);
      if (!printed || (keys?.has(field.name) && printed.permission === AUTHENTICATED)) continue;
      appendDirective(field, 'access', argumentsOf(printed));
    }
    if (isReference(type)) leaveDescriptionToOwner(type);
  }
}

/** Whether a type is here only to be referred to: an entity of another subgraph, whose owner rules and describes it. */
export function isReference(type: GraphQLObjectType): boolean {
  const keys = keyFields(type);
  const isRuled = (field: GraphQLField<unknown, unknown>): boolean => field.astNode?.directives?.some(({ name }) => name.value === 'access') ?? false;
  return keys !== undefined && !Object.values(type.getFields()).some((field) => keys.has(field.name) && isRuled(field));
}

/** Two descriptions of one thing are a hint at composition, and which of them clients see depends on the alphabet. */
function leaveDescriptionToOwner(type: GraphQLObjectType): void {
  type.description = undefined;
  for (const name of keyFields(type) ?? []) {
    const field = type.getFields()[name];
    if (field) field.description = undefined;
  }
}

/** The fields that an entity is known by, or undefined for any other type. */
export function keyFields(type: GraphQLObjectType): Set<string> | undefined {
  const keys = type.astNode?.directives?.filter(({ name }) => name.value === 'key') ?? [];
  if (keys.length === 0) return undefined;
  const texts = keys.flatMap((key) => key.arguments?.map(({ value }) => (value.kind === Kind.STRING ? value.value : '')) ?? []);
  return new Set(texts.flatMap((text) => text.split(/[\s{}]+/)));
}

/** A type's own rule and the rule of each of its fields. */
export interface TypeRules {
  readonly type?: AccessRule;
  readonly fields: Readonly<Record<string, AccessRule>>;
}

/** The permissions that rules may ask for. */
export type KnownPermissions = { has(permission: Permission): boolean };

/**
 * Every rule of a schema that was made by type-graphql. Throws naming each field that nobody declared a rule for, and each
 * that asks for a right that nobody could be given.
 */
export function collectRules(name: string, schema: GraphQLSchema, known: KnownPermissions = PERMISSIONS): Record<string, TypeRules> {
  const missing: string[] = [];
  const unknown: string[] = [];
  const rules: Record<string, TypeRules> = {};
  for (const type of objectTypes(schema)) {
    const own = declared(type);
    const fields: Record<string, AccessRule> = {};
    for (const field of Object.values(type.getFields())) {
      const rule = declared(field) ?? own;
      if (rule) fields[field.name] = rule;
      else missing.push(`${type.name}.${field.name}`);
      if (rule && !isKnown(rule, known)) unknown.push(`${rule.permission} (${type.name}.${field.name})`);
    }
    rules[type.name] = own ? { type: own, fields } : { fields };
  }
  if (missing.length > 0)
    throw new StartError(`Subgraph ${name}: no access rule is declared for ${missing.join(', ')}. Put @Access(…) on the field or on its type`);
  if (unknown.length > 0) throw new StartError(`Subgraph ${name}: there is no right ${unknown.join(', ')}. Add it to packages/auth/src/permissions.ts, or correct the name`);
  return rules;
}

const isKnown = ({ permission }: AccessRule, known: KnownPermissions): boolean => permission === PUBLIC || permission === AUTHENTICATED || known.has(permission);
