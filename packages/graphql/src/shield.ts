import { createRequire } from 'node:module';
import util from 'node:util';
import { defaultFieldResolver, isObjectType, type GraphQLFieldResolver, type GraphQLResolveInfo, type GraphQLSchema } from 'graphql';
import { denial, isAllowed, PUBLIC } from '@vss/auth';
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

const keyOf = ({ permission, scope = 'OWN' }: AccessRule): string => `${permission} ${scope}`;

/**
 * Whether the actor may see what carries this rule: true, or the error to answer with. A rule looks at the actor
 * alone, who is the same throughout a scope, so each is decided once a scope; its denial is reported once, too.
 */
export function verdict(rule: AccessRule, scope: Scope, info: GraphQLResolveInfo | undefined): true | AppError {
  const key = keyOf(rule);
  const known = scope.verdicts.get(key);
  if (known) return known;
  const allowed = isAllowed(scope.actor, rule.permission, rule.scope);
  const decided = allowed || denial(scope.actor, rule.permission);
  scope.verdicts.set(key, decided);
  if (!allowed)
    scope.onDenied({
      actor: scope.actor,
      permission: rule.permission,
      operation: info ? `${info.parentType.name}.${info.fieldName}` : '',
      traceId: scope.traceId,
    });
  return decided;
}

/**
 * Puts graphql-shield in front of every ruled field, in place. Its own applyMiddleware wraps every field of every type
 * and leaves `subscribe` open, so that a denied actor could hold a stream; here public fields stay as they are and
 * `subscribe` is wrapped too. What shield once allowed in a scope is not asked again: its two promises for each of
 * ten thousand values cost more than the query.
 */
export function guard(schema: GraphQLSchema, rules: Readonly<Record<string, TypeRules>>): void {
  const generated = generate(schema, rules);
  for (const [typeName, { fields: fieldRules }] of Object.entries(rules)) {
    const type = schema.getType(typeName);
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const rule = fieldRules[field.name];
      const middleware = generated[typeName]?.[field.name];
      // The two fields that federation adds. References carry the guard themselves.
      if (!rule && FEDERATION_FIELDS.includes(field.name)) continue;
      if (rule?.permission === PUBLIC) continue;
      if (!rule || !middleware) throw new Error(`${typeName}.${field.name} has no guard`);
      field.resolve = behind(middleware, keyOf(rule), (field.resolve ?? defaultFieldResolver) as Resolver);
      if (field.subscribe) field.subscribe = behind(middleware, keyOf(rule), field.subscribe as Resolver);
    }
  }
}

function behind(middleware: Middleware, key: string, resolve: Resolver): Resolver {
  return (parent, args, scope, info) =>
    scope.verdicts.get(key) === true ? resolve(parent, args, scope, info) : middleware(resolve, parent, args, scope, info);
}

function generate(schema: GraphQLSchema, rules: Readonly<Record<string, TypeRules>>): Record<string, Record<string, Middleware>> {
  const made = new Map<string, ReturnType<ReturnType<typeof shieldRule>>>();
  const ruleFor = (rule: AccessRule) => {
    const key = keyOf(rule);
    // no_cache: shield's own caches ignore the arguments and outlive an event of a subscription.
    const existing = made.get(key) ?? shieldRule(key, { cache: 'no_cache' })((_parent, _args, scope: Scope, info) => verdict(rule, scope, info));
    made.set(key, existing);
    return existing;
  };
  const tree = Object.fromEntries(
    Object.entries(rules).map(([type, { fields }]) => [
      type,
      Object.fromEntries(Object.entries(fields).map(([field, rule]) => [field, rule.permission === PUBLIC ? allow : ruleFor(rule)])),
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
