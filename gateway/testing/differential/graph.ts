import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { Supergraph } from '@apollo/federation-internals';
import { buildSchema, execute, executeSync, Kind, parse, print, printSchema, visit, type DocumentNode, type ExecutionResult, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import { createWorld, type Handle, type World } from './data.ts';
import type { Model } from './model.ts';
import { renderSubgraph } from './render-sdl.ts';

type Row = Record<string, unknown>;
type SchemaResolvers = NonNullable<Parameters<typeof buildSubgraphSchema>[0] extends (infer M)[] ? (M extends { resolvers?: infer R } ? R : never) : never>;

/** One model, runnable in every form. */
export interface GeneratedGraph {
  readonly model: Model;
  readonly world: World;
  readonly sdls: ReadonlyMap<string, string>;
  readonly supergraphSdl: string;
  readonly schemas: ReadonlyMap<string, GraphQLSchema>;
  readonly apiSchema: GraphQLSchema;
  /** The API schema with every field nullable: executing it meets every error that there is. */
  readonly lenientSchema: GraphQLSchema;
}

/** The graph, or why its subgraphs do not compose. */
export function composeModel(model: Model): GeneratedGraph | { readonly reason: string } {
  const sdls = new Map(model.subgraphs.map((name) => [name, renderSubgraph(model, name)]));
  const typed = [...sdls].map(([name, sdl]) => ({ name, typeDefs: parse(sdl, { noLocation: true }), url: `http://${name}.test/graphql` }));
  const composed = composeServices(typed);
  if (!composed.supergraphSdl) return { reason: composed.errors?.[0]?.message ?? 'unknown' };
  const world = createWorld(model);
  const apiSchema = Supergraph.build(composed.supergraphSdl).apiSchema().toGraphQLJSSchema();
  return {
    model,
    world,
    sdls,
    supergraphSdl: composed.supergraphSdl,
    schemas: new Map(typed.map(({ name, typeDefs }) => [name, subgraphSchema(name, typeDefs, world)])),
    apiSchema,
    lenientSchema: buildSchema(lenient(printSchema(apiSchema)), { noLocation: true, assumeValid: true }),
  };
}

function subgraphSchema(name: string, typeDefs: DocumentNode, world: World): GraphQLSchema {
  const resolvers: Record<string, unknown> = {};
  for (const definition of typeDefs.definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    const type = definition.name.value;
    const isEntity = definition.directives?.some((directive) => directive.name.value === 'key');
    if (isEntity) resolvers[type] = { __resolveReference: (given: Row) => world.find(type, given, name), ...(definition.kind === Kind.INTERFACE_TYPE_DEFINITION ? { __resolveType: ({ type: concrete }: Handle) => concrete } : {}) };
  }
  return buildSubgraphSchema([{ typeDefs, resolvers: resolvers as SchemaResolvers }]);
}

const lenient = (sdl: string): string =>
  print(
    visit(parse(sdl, { noLocation: true }), {
      InputValueDefinition: () => false,
      NonNullType: { leave: ({ type }) => type },
    }),
  );

const typeResolver = (value: unknown): string => (value as Handle).type;

const fieldResolver =
  (world: World, subgraph: string | undefined): GraphQLFieldResolver<Handle | undefined, unknown, Row> =>
  (handle, args, _context, info) =>
    world.resolve(handle, { typeName: info.parentType.name, fieldName: info.fieldName, args, ...(subgraph ? { subgraph } : {}) });

/** Runs on one subgraph. */
export async function runOnSubgraph({ world, schemas }: GeneratedGraph, name: string, request: { query: string; variables: Readonly<Row> }): Promise<ExecutionResult> {
  const schema = schemas.get(name);
  if (!schema) throw new Error(`There is no subgraph ${name}`);
  return execute({ schema, document: parse(request.query, { noLocation: true }), variableValues: request.variables, fieldResolver: fieldResolver(world, name), typeResolver });
}

/** Runs on the whole, as if it had never been cut. */
export function runOnMonolith({ world, apiSchema, lenientSchema }: GeneratedGraph, document: DocumentNode, variables: Row, isLenient = false): ExecutionResult {
  world.reset();
  return executeSync({ schema: isLenient ? lenientSchema : apiSchema, document, variableValues: variables, fieldResolver: fieldResolver(world, undefined), typeResolver });
}
