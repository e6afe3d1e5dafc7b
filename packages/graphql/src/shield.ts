import { createRequire } from 'node:module';
import util from 'node:util';
import { defaultFieldResolver, isObjectType, type GraphQLFieldResolver, type GraphQLResolveInfo, type GraphQLSchema } from 'graphql';
import { decide, denial, namesFields, PUBLIC } from '@vss/auth';
import { AppError } from '@vss/runtime';
import type { AccessRule, TypeRules } from './access.js';
import type { Scope } from './scope.js';

// The last release of graphql-shield reads util.isUndefined, which Node 23 removed: its ESM build does not load any
// more, its CommonJS build reads it when called. So it is put back, and the CommonJS build taken.
(util as unknown as Record<string, unknown>)['isUndefined'] ??= (value: unknown) => value === undefined;
const { shield, rule: shieldRule, deny, allow } = createRequire(import.meta.url)('graphql-shield') as typeof import('graphql-shield');

type Resolver = GraphQLFieldResolver<unknown, Scope>;
type Middleware = (resolve: Resolver, parent: unknown, args: unknown, scope: Scope, info: GraphQLResolveInfo) => unknown;

const FEDERATION_FIELDS = ['_service', '_entities'];

/** A rule as it stands on a field: `field` is its name where the rule is that of the whole type, and a grant may name its fields. */
interface PlacedRule extends AccessRule {
  readonly field?: string;
}

/** Of every entity of ours; whoever may see a row may know which it is. */
const KEY_FIELD = 'id';

const keyOf = ({ permission, scope = 'OWN' }: AccessRule): string => `${permission} ${scope}`;
const fieldKeyOf = (rule: PlacedRule): string => `${keyOf(rule)} ${rule.field ?? ''}`;

/**
 * Whether the actor may see what carries this rule: true, or the error to answer with. A rule looks at the actor
 * alone, who is the same throughout a scope, so each is decided once a scope; its denial is reported once, too.
 */
export function verdict(rule: PlacedRule, scope: Scope, info: GraphQLResolveInfo | undefined): true | AppError {
  const { permission, scope: needed = 'OWN' } = rule;
  const field = isNarrowed(rule, scope) ? rule.field : undefined;
  const key = field === undefined ? keyOf(rule) : fieldKeyOf(rule);
  const known = scope.verdicts.get(key);
  if (known) return known;
  const { allowed, isOverride } = decide(scope.actor, permission, { needed, ...(field === undefined ? {} : { field }) });
  const coordinate = info ? `${info.parentType.name}.${info.fieldName}` : '';
  const decided = allowed || denial(scope.actor, permission, { needed, coordinate, at: scope.now(), ...(field === undefined ? {} : { field }) });
  scope.verdicts.set(key, decided);
  const asked = { actor: scope.actor, permission, operation: coordinate, traceId: scope.traceId };
  if (!allowed) scope.onDenied(asked);
  // Of a mutation its own record tells.
  else if (isOverride && scope.actor.kind !== 'system' && info?.parentType.name !== 'Mutation') scope.onOverride(asked);
  return decided;
}

/** Few grants name fields: for all others a rule is decided once, on whichever field it stands. */
const isNarrowed = ({ permission, field }: PlacedRule, { actor }: Scope): boolean => field !== undefined && actor.grants.conditions !== undefined && namesFields(actor, permission);

/**
 * Puts graphql-shield in front of every ruled field, in place. Its own applyMiddleware wraps every field of every type
 * and leaves `subscribe` open, so that a denied actor could hold a stream; here public fields stay as they are and
 * `subscribe` is wrapped too. What shield once allowed in a scope is not asked again: its two promises for each of
 * ten thousand values cost more than the query.
 */
export function guard(schema: GraphQLSchema, rules: Readonly<Record<string, TypeRules>>): void {
  const generated = generate(schema, rules);
  for (const [typeName, { type: typeRule, fields: fieldRules }] of Object.entries(rules)) {
    const type = schema.getType(typeName);
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const rule = fieldRules[field.name];
      const middleware = generated[typeName]?.[field.name];
      // The two fields that federation adds. References carry the guard themselves.
      if (!rule && FEDERATION_FIELDS.includes(field.name)) continue;
      if (rule?.permission === PUBLIC) continue;
      if (!rule || !middleware) throw new Error(`${typeName}.${field.name} has no guard`);
      const placed = place(rule, typeRule, field.name);
      field.resolve = behind(middleware, placed, (field.resolve ?? defaultFieldResolver) as Resolver);
      if (field.subscribe) field.subscribe = behind(middleware, placed, field.subscribe as Resolver);
    }
  }
}

const place = (rule: AccessRule, typeRule: AccessRule | undefined, field: string): PlacedRule =>
  field !== KEY_FIELD && rule.permission === typeRule?.permission ? { ...rule, field } : rule;

function behind(middleware: Middleware, rule: PlacedRule, resolve: Resolver): Resolver {
  const [key, fieldKey] = [keyOf(rule), fieldKeyOf(rule)];
  return (parent, args, scope, info) =>
    scope.verdicts.get(isNarrowed(rule, scope) ? fieldKey : key) === true ? resolve(parent, args, scope, info) : middleware(resolve, parent, args, scope, info);
}

function generate(schema: GraphQLSchema, rules: Readonly<Record<string, TypeRules>>): Record<string, Record<string, Middleware>> {
  const made = new Map<string, ReturnType<ReturnType<typeof shieldRule>>>();
  const ruleFor = (rule: PlacedRule) => {
    const key = fieldKeyOf(rule);
    // no_cache: shield's own caches ignore the arguments and outlive an event of a subscription.
    const existing = made.get(key) ?? shieldRule(key, { cache: 'no_cache' })((_parent, _args, scope: Scope, info) => verdict(rule, scope, info));
    made.set(key, existing);
    return existing;
  };
  const tree = Object.fromEntries(
    Object.entries(rules).map(([type, { type: typeRule, fields }]) => [
      type,
      Object.fromEntries(Object.entries(fields).map(([field, rule]) => [field, rule.permission === PUBLIC ? allow : ruleFor(place(rule, typeRule, field))])),
    ]),
  );
  // A subgraph without entities has no `_entities`.
  const federation = Object.fromEntries(FEDERATION_FIELDS.filter((field) => schema.getQueryType()?.getFields()[field]).map((field) => [field, allow]));
  const shielded = shield({ ...tree, Query: { ...tree['Query'], ...federation }, _Service: { sdl: allow } }, {
    fallbackRule: deny,
    // Errors of resolvers and rules stay what they are; the edge masks those that clients may not read.
    allowExternalErrors: true,
    debug: true,
  }) as unknown as { generate(schema: GraphQLSchema): Record<string, Record<string, Middleware>> };
  return shielded.generate(schema);
}
