import {
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
} from 'graphql';
import { AUTHENTICATED, decide, GRANT_SCOPES, isAllowed, type Actor, type GrantScope } from '@vss/auth';
import { StartError } from '@vss/runtime';
import { readForeignRules } from './foreign-rules.js';
import { argumentOf, linkedDirective } from './linked-directive.js';

export interface Rule {
  /** `calls:read@OWN`: equal rules have equal keys. */
  readonly key: string;
  readonly permission: string;
  readonly scope: GrantScope;
  /** Where there are several of which one is enough; `permission` then names them all. */
  readonly anyOf?: readonly string[];
  /** Only this field: for whom a grant names the fields of what the permission is about. */
  readonly field?: string;
}

/** Whether an actor has what a rule demands. */
export function satisfies(actor: Actor, { permission, scope, anyOf, field }: Rule): boolean {
  // Few grants name fields: the others need not be asked once more for each of them.
  if (field !== undefined) return actor.grants.conditions === undefined || decide(actor, permission, { needed: scope, field }).allowed;
  return anyOf ? anyOf.some((one) => isAllowed(actor, one, scope)) : isAllowed(actor, permission, scope);
}

/** What the supergraph demands by our own `@access`, and by Apollo's directives. */
export interface AccessTable {
  /** Every rule that reading this field takes; all of them must hold. */
  rulesFor(type: GraphQLCompositeType, field: string): readonly Rule[];
}

/** Of every entity of ours. */
const KEY_FIELD = 'id';

const SPECIFICATION = 'https://specs.vss.dev/access/';

export function readAccess(supergraph: DocumentNode, schema: GraphQLSchema): AccessTable {
  const directiveName = linkedDirective(supergraph, SPECIFICATION, 'access');
  const rules = new Map<string, Rule[]>();
  const read = (at: string, directives: readonly ConstDirectiveNode[] | undefined): void => {
    const found = (directives ?? []).filter((directive) => directive.name.value === directiveName).map((directive) => ruleFrom(directive, at));
    if (found.length > 0) rules.set(at, [...(rules.get(at) ?? []), ...found]);
  };
  for (const type of supergraph.definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    read(type.name.value, type.directives);
    for (const field of type.fields ?? []) read(`${type.name.value}.${field.name.value}`, field.directives);
  }
  const foreign = readForeignRules(supergraph);
  const foreignRules = (type: string, field: string): readonly Rule[] => {
    const given = foreign.size > 0 ? fieldTypeOf(schema, type, field) : undefined;
    return [type, `${type}.${field}`, ...(given ? [given] : [])].flatMap((at) => foreign.get(at) ?? []);
  };
  const roots = new Set([schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].map((type) => type?.name));
  // Of an entity the rule stands on its fields; the key has that of the whole type.
  const isAbout = (type: string, { permission }: Rule): boolean => [rules.get(type), rules.get(`${type}.${KEY_FIELD}`)].some((found) => found?.some((rule) => rule.permission === permission));
  const ownRules = (type: string, field: string): readonly Rule[] => {
    const found = rules.get(`${type}.${field}`) ?? rules.get(type) ?? (roots.has(type) ? [SIGNED_IN] : []);
    if (field === KEY_FIELD) return found;
    return [...found, ...found.filter((rule) => isAbout(type, rule)).map((rule) => ({ ...rule, key: `${rule.key}.${field}`, field }))];
  };
  const cache = new Map<string, readonly Rule[]>();
  return {
    rulesFor(type, field) {
      const at = `${type.name}.${field}`;
      let known = cache.get(at);
      if (!known) {
        const all = relatives(schema, type).flatMap((name) => [...ownRules(name, field), ...foreignRules(name, field)]);
        cache.set(at, (known = [...new Map(all.map((rule) => [rule.key, rule])).values()]));
      }
      return known;
    },
  };
}

// Our subgraphs refuse to start with an undeclared field. A foreign supergraph has no rules: signing in is the least.
const SIGNED_IN: Rule = { key: `${AUTHENTICATED}@OWN`, permission: AUTHENTICATED, scope: 'OWN' };

/** An interface is as strict as its strictest implementation, and a type as its interfaces. */
function relatives(schema: GraphQLSchema, type: GraphQLCompositeType): string[] {
  const implementations = isAbstractType(type) ? schema.getPossibleTypes(type).map((possible) => possible.name) : [];
  const interfaces = isObjectType(type) || isInterfaceType(type) ? type.getInterfaces().map((parent) => parent.name) : [];
  return [type.name, ...implementations, ...interfaces];
}

/** The name of the type that a field gives. */
function fieldTypeOf(schema: GraphQLSchema, typeName: string, field: string): string | undefined {
  const type = schema.getType(typeName);
  const found = isObjectType(type) || isInterfaceType(type) ? type.getFields()[field] : undefined;
  return found && getNamedType(found.type).name;
}

function ruleFrom(directive: ConstDirectiveNode, at: string): Rule {
  const permission = argumentOf(directive, 'permission');
  const scope = argumentOf(directive, 'scope');
  if (permission?.kind !== Kind.STRING) throw new StartError(`The access rule on ${at} names no permission`);
  const given = scope?.kind === Kind.ENUM ? scope.value : 'OWN';
  const known = GRANT_SCOPES.find((one) => one === given);
  if (!known) throw new StartError(`The access rule on ${at} has the unknown scope ${given}`);
  return { key: `${permission.value}@${known}`, permission: permission.value, scope: known };
}
