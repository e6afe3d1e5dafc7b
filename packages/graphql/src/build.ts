import { buildSubgraphSchema } from '@apollo/subgraph';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { parse, specifiedDirectives, type GraphQLResolveInfo, type GraphQLSchema } from 'graphql';
import { buildSchema, createResolversMap, type ClassType, type NonEmptyArray, type PubSub } from 'type-graphql';
import { AUTHENTICATED, PERMISSIONS } from '@vss/auth';
import { ACCESS_SPEC, accessDirective, collectRules, printableRules, type KnownPermissions, type TypeRules } from './access.js';
import { auditMutations } from './audit/index.js';
import { printablePageSizes } from './connection.js';
import { Instant } from './scalars.js';
import type { Scope } from './scope.js';
import { guard, verdict } from './shield.js';
import { validateInput } from './validate.js';

const LINKS = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@override", "@inaccessible", "@tag", "@composeDirective", "@cost", "@listSize"])
  @link(url: "${ACCESS_SPEC}", import: ["@access"])
  @composeDirective(name: "@access")
`;

/** Turns a federation reference into the row that the actor may see, or null. Batch it: `batchById`. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each type has its own key fields
export type ReferenceResolver = (reference: any, scope: Scope) => unknown;

export interface BuildOptions {
  readonly name: string;
  /** Instances, with the services that they use; a class that needs nothing may be given as it is. */
  readonly resolvers: readonly object[];
  /** Every entity and stub: type-graphql leaves out, without a word, those that no resolver returns. */
  readonly orphanedTypes: readonly (abstract new (...args: never[]) => object)[];
  readonly references?: Readonly<Record<string, ReferenceResolver>>;
  /** The rights that its rules may ask for: those of the platform's catalogue, unless told. */
  readonly permissions?: KnownPermissions;
}

export interface BuiltSubgraph {
  readonly schema: GraphQLSchema;
  readonly sdl: string;
}

/**
 * Makes a federation subgraph of resolver classes: guards installed, inputs checked, descriptions printed. Throws
 * when a field has no access rule, or one that asks for an unknown right.
 */
export async function buildSubgraph({ name, resolvers, orphanedTypes, references = {}, permissions = PERMISSIONS }: BuildOptions): Promise<BuiltSubgraph> {
  const base = await buildSchema({
    resolvers: resolvers.map(classOf) as unknown as NonEmptyArray<ClassType>,
    orphanedTypes: orphanedTypes as never,
    container: containerOf(resolvers),
    directives: [...specifiedDirectives, accessDirective],
    scalarsMap: [{ type: Date, scalar: Instant }],
    validate: true,
    validateFn: validateInput,
    pubSub: noPubSub,
  });
  describeRoots(base);
  const rules = collectRules(name, base, permissions);
  printableRules(base);
  printablePageSizes(base);
  const sdl = `${LINKS}\n${printSchemaWithDirectives(base)}\n`;
  const resolverMap: Record<string, object> = createResolversMap(base);
  for (const [type, resolve] of Object.entries(references)) {
    const typeRules = rules[type];
    if (!typeRules) throw new Error(`Subgraph ${name}: a reference resolver for ${type}, which is not one of its types`);
    resolverMap[type] = { ...resolverMap[type], __resolveReference: guardedReference(typeRules, resolve) };
  }
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolverMap as never }]);
  auditMutations(schema, rules);
  guard(schema, rules);
  forgetBetweenMutations(schema);
  return { schema, sdl };
}

/** type-graphql has no place for these. The same in every subgraph, as composition demands. */
function describeRoots(schema: GraphQLSchema): void {
  const descriptions = [
    [schema.getQueryType(), 'What can be read. A list is a page of a connection; an id that is not there, or is somebody else’s, is NOT_FOUND.'],
    [schema.getMutationType(), 'What can be done. What the client can put right is answered in `userErrors`, with nothing changed; everything else is an error.'],
    [schema.getSubscriptionType(), 'What can be watched, over WebSocket (`graphql-transport-ws`). Each event has a cursor to go on from.'],
  ] as const;
  for (const [root, description] of descriptions) if (root) root.description = description;
}

const classOf = (resolver: object): object => (typeof resolver === 'function' ? resolver : resolver.constructor);

function containerOf(resolvers: readonly object[]) {
  const instances = new Map<object, object>(resolvers.map((resolver) => [classOf(resolver), typeof resolver === 'function' ? new (resolver as new () => object)() : resolver]));
  return {
    get(resolverClass: object): object {
      const instance = instances.get(resolverClass);
      if (!instance) throw new Error(`No instance of the resolver ${(resolverClass as { name: string }).name} was given`);
      return instance;
    },
  };
}

/** Live fields bring their own source; a topic would be lost with the process. */
const noPubSub: PubSub = {
  publish: () => {
    throw new Error('Events go through the outbox');
  },
  subscribe: () => {
    throw new Error('Give the subscription a `subscribe` that returns scope.live.stream(…)');
  },
};

/** `_entities` goes round `Query`, so the type's own rule is asked before its row is even loaded. */
function guardedReference(rules: TypeRules, resolve: ReferenceResolver) {
  const rule = rules.type ?? { permission: AUTHENTICATED };
  return (reference: unknown, scope: Scope, info: GraphQLResolveInfo): unknown => {
    const decided = verdict(rule, scope, info);
    return decided === true ? resolve(reference, scope) : decided;
  };
}

/** Mutations of one request run one after the other; what an earlier one loaded is stale for the next. */
function forgetBetweenMutations(schema: GraphQLSchema): void {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const resolve = field.resolve;
    field.resolve = (parent, args, scope: Scope, info) => {
      scope.forget();
      return resolve?.(parent, args, scope, info);
    };
  }
}
