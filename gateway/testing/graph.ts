import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { createSourceEventStream, execute, parse, validate, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { createBoundedQueue, type BoundedQueue, type Source, type SourceRequest } from '@vss/gateway';

type Row = Record<string, unknown>;
type Resolver = (parent: Row, args: Row, context: Context) => unknown;
interface Context {
  readonly request: SourceRequest;
  readonly graph: TestGraph;
}
type SchemaResolvers = NonNullable<Parameters<typeof buildSubgraphSchema>[0] extends (infer M)[] ? (M extends { resolvers?: infer R } ? R : never) : never>;

export interface Definition {
  readonly name: string;
  readonly sdl: string;
  readonly resolvers: Record<string, Record<string, Resolver | { subscribe: Resolver; resolve: Resolver } | { __resolveReference?: unknown }>>;
}

const LINKS = `
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@composeDirective", "@cost", "@listSize"])
    @link(url: "https://specs.vss.dev/access/v1.0", import: ["@access"])
    @link(url: "https://specs.vss.dev/cache/v1.0", import: ["@cacheControl"])
    @composeDirective(name: "@access")
    @composeDirective(name: "@cacheControl")
  directive @access(permission: String!, scope: access__Scope) on OBJECT | FIELD_DEFINITION
  enum access__Scope { OWN ASSIGNED TEAM CENTER ALL }
  directive @cacheControl(maxAge: Int, scope: cache__Scope, inheritMaxAge: Boolean) on FIELD_DEFINITION | OBJECT | INTERFACE | UNION
  enum cache__Scope { PUBLIC PRIVATE }
`;

/** What a subgraph was asked, in order. */
export interface Fetch {
  readonly name: string;
  readonly query: string;
  readonly variables: Row;
  readonly actor: string;
}

export interface TestGraph {
  readonly supergraphSdl: string;
  readonly schemas: ReadonlyMap<string, GraphQLSchema>;
  readonly fetches: Fetch[];
  /** Streams that subgraphs have open. */
  readonly streams: Set<BoundedQueue<Row>>;
  /** Streams opened so far. */
  readonly opened: { count: number };
  emit(event: Row): void;
  fetchesOf(name: string): Fetch[];
}

export function composeGraph(definitions: readonly Definition[], { access = true } = {}): TestGraph {
  const typed = definitions.map(({ name, sdl, resolvers }) => ({ name, typeDefs: parse((access ? LINKS : '') + sdl), resolvers }));
  const composed = composeServices(typed.map(({ name, typeDefs }) => ({ name, typeDefs, url: `http://${name}.test/graphql` })));
  if (!composed.supergraphSdl) throw new Error(composed.errors?.map((error) => error.message).join('\n'));
  const streams = new Set<BoundedQueue<Row>>();
  const fetches: Fetch[] = [];
  return {
    supergraphSdl: composed.supergraphSdl,
    schemas: new Map(typed.map(({ name, typeDefs, resolvers }) => [name, buildSubgraphSchema([{ typeDefs, resolvers: resolvers as unknown as SchemaResolvers }])])),
    fetches,
    streams,
    opened: { count: 0 },
    emit: (event) => {
      for (const stream of streams) stream.push(event);
    },
    fetchesOf: (name) => fetches.filter((fetch) => fetch.name === name),
  };
}

/** A stream of the test's own events, as a `subscribe` resolver gives it. */
export function openStream(graph: TestGraph): BoundedQueue<Row> {
  const stream: BoundedQueue<Row> = createBoundedQueue({ limit: 10_000, onReturn: () => graph.streams.delete(stream) });
  graph.streams.add(stream);
  graph.opened.count++;
  return stream;
}

export type Hook = (request: SourceRequest) => Promise<ExecutionResult> | undefined;

/** The graph's subgraphs in this process. A hook may answer in place of one. */
export function inProcessSources(graph: TestGraph, hooks: Record<string, Hook> = {}): Source[] {
  return [...graph.schemas].map(([name, schema]) => ({
    name,
    async execute(request) {
      graph.fetches.push({ name, query: request.query, variables: { ...request.variables }, actor: request.actor.userId });
      return (await hooks[name]?.(request)) ?? runOn(schema, request, graph);
    },
    subscribe: (request) => subscribeOn(schema, request, graph),
  }));
}

const argumentsFor = (schema: GraphQLSchema, request: SourceRequest, graph: TestGraph) => {
  const document = parse(request.query);
  const errors = validate(schema, document);
  if (errors[0]) throw errors[0];
  return { schema, document, variableValues: request.variables, operationName: request.operationName ?? null, contextValue: { request, graph } satisfies Context };
};

export async function runOn(schema: GraphQLSchema, request: SourceRequest, graph: TestGraph): Promise<ExecutionResult> {
  return execute(argumentsFor(schema, request, graph));
}

export async function subscribeOn(schema: GraphQLSchema, request: SourceRequest, graph: TestGraph): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
  const args = argumentsFor(schema, request, graph);
  const events = await createSourceEventStream(args);
  if (!(Symbol.asyncIterator in events)) return events;
  const iterator: AsyncIterator<unknown> = events[Symbol.asyncIterator]();
  const stream: AsyncIterableIterator<ExecutionResult> = {
    async next() {
      const step = await iterator.next();
      return step.done ? { done: true, value: undefined } : { done: false, value: await execute({ ...args, rootValue: step.value }) };
    },
    async return() {
      await iterator.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return stream;
    },
  };
  return stream;
}
