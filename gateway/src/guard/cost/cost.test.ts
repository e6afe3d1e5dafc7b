import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeGraph, inProcessSources, type Definition } from '../../../testing/graph.js';
import { serveTestGateway, type Json, type Served } from '../../../testing/serve.js';

const shop: Definition = {
  name: 'shop',
  sdl: `
    type Query {
      version: String @access(permission: "public")
      product(id: ID! = "p1"): Product @access(permission: "public")
      page(first: Int! = 50, after: String): ProductConnection! @access(permission: "public")
      products(limit: Int): [Product!] @access(permission: "public")
      unsized: [Product!]! @access(permission: "public")
      assumed: [Product!] @listSize(assumedSize: 7) @access(permission: "public")
      search(top: Int): [Product!] @listSize(slicingArguments: ["top"], assumedSize: 3, requireOneSlicingArgument: false) @access(permission: "public")
      feed(first: Int, last: Int): Feed @listSize(slicingArguments: ["first", "last"], sizedFields: ["items"]) @access(permission: "public")
      report(kind: Kind, notes: [Note!], depth: Int @cost(weight: 2)): Report @cost(weight: 50) @access(permission: "public")
      cheap(code: String @cost(weight: -5)): Product @cost(weight: 1) @access(permission: "public")
      anything: Thing @access(permission: "public")
      things: [Thing!] @listSize(assumedSize: 2) @access(permission: "public")
    }
    type Mutation { rename(id: ID!): Product @access(permission: "public") touch: Boolean @cost(weight: 3) @access(permission: "public") }
    input Note { text: String @cost(weight: 4) child: Note }
    enum Kind @cost(weight: 6) { SHORT LONG }
    scalar Blob @cost(weight: 9)
    interface Thing { id: ID! tags: [String!] near: Thing }
    type Product implements Thing @access(permission: "public") { id: ID! tags: [String!] near: Thing name: String owner: Person photo: Blob related(first: Int! = 2): [Product!] }
    type Person implements Thing @cost(weight: 5) @access(permission: "public") { id: ID! tags: [String!] near: Thing friends: [Person!] @listSize(assumedSize: 3) }
    type Place implements Thing @access(permission: "public") { id: ID! tags: [String!] near: Thing }
    type ProductConnection @access(permission: "public") { nodes: [Product!]! edges: [ProductEdge!]! totalCount: Int! }
    type ProductEdge @access(permission: "public") { cursor: String! node: Product! }
    type Feed @access(permission: "public") { items: [Product!] other: [Product!] }
    type Report @access(permission: "public") { id: ID! }
  `,
  resolvers: { Query: { version: () => '1', page: () => ({ nodes: [], edges: [], totalCount: 0 }), unsized: () => [] }, Thing: { __resolveType: () => 'Product' } },
};

const graph = composeGraph([shop]);
let served: Served;
beforeAll(async () => {
  served = await serveTestGateway({ supergraphSdl: graph.supergraphSdl, sources: inProcessSources(graph), settings: { cost: { maxCost: 2_000, maxPage: 100, assumedList: 10 }, rates: undefined } });
});
afterAll(() => served.close());

const ask = async (query: string, variables: Record<string, unknown> = {}): Promise<Json> => (await served.post({ query, variables })).body;
const costOf = async (query: string, variables?: Record<string, unknown>): Promise<Json> => {
  const answer = await ask(query, variables);
  return answer.extensions?.cost.requested ?? answer.errors;
};

describe('a cost is reported', () => {
  it.each([
    ['nothing for leaves', '{ version }', {}, 0],
    ['one for an object', '{ product { id name } }', {}, 1],
    ['one for each object of a path', '{ product { owner { id } } }', {}, 1 + 5],
    ['once for a field that is selected twice', '{ product { id } product { name owner { id } } ...F } fragment F on Query { product { owner { tags } } }', {}, 6],
    ['for each alias', '{ a: product { id } b: product { id } }', {}, 2],
    ['a page by its default', '{ page { nodes { id } } }', {}, 1 + 50],
    ['a page by its argument', '{ page(first: 7) { nodes { id } } }', {}, 1 + 7],
    ['a page by its variable', 'query($n: Int! = 4) { page(first: $n) { nodes { id } } }', { n: 9 }, 1 + 9],
    ["a page by its variable's default", 'query($n: Int! = 4) { page(first: $n) { nodes { id } } }', {}, 1 + 4],
    ['a page by its edges', '{ page(first: 7) { edges { cursor node { id } } totalCount } }', {}, 1 + 7 * 2],
    ['a list by its argument', 'query($n: Int) { products(limit: $n) { id } }', { n: 30 }, 30],
    ['a list of unknown size as ten', 'query($n: Int) { products(limit: $n) { id } unsized { id } }', {}, 20],
    ['lists in lists', '{ page(first: 10) { nodes { related(first: 3) { related { id } } } } }', {}, 1 + 10 * (1 + 3 * (1 + 2))],
    ['assumedSize', '{ assumed { id } }', {}, 7],
    ['slicingArguments', 'query($n: Int) { search(top: $n) { id } }', { n: 8 }, 8],
    ['assumedSize where no slicing argument is given', 'query($n: Int) { search(top: $n) { id } }', { n: null }, 3],
    ['sizedFields, and no others', '{ feed(last: 4) { items { id } other { id } } }', {}, 1 + 4 + 10],
    ['the weight of a field', '{ report { id } }', {}, 50 + 1],
    ['the weight of an argument, and of an enum in it', 'query($k: Kind) { report(depth: 1, kind: $k) { id } }', { k: 'LONG' }, 51 + 2 + 6],
    ['nothing for arguments that are left out', 'query($k: Kind) { report(kind: $k) { id } }', {}, 51],
    ['weights within inputs, for each', 'query($n: [Note!]) { report(notes: $n) { id } }', { n: [{ text: 'a' }, { text: 'b', child: { text: 'c' } }, {}] }, 51 + 12],
    ['the weight of a scalar', '{ product { photo } }', {}, 1 + 9],
    ['never less than nothing for a field', '{ cheap(code: "x") { id } }', {}, 1],
    ['ten for a mutation, unless it says otherwise', 'mutation { rename(id: 1) { id } touch }', {}, 10 + 1 + 3],
    ['the dearest kind of an interface', '{ anything { id } }', {}, 5],
    ['the dearest selection of an interface', '{ anything { id ... on Product { related(first: 20) { id } } ... on Person { id } } }', {}, 1 + 20],
    ['each kind by itself', '{ things { ... on Product { owner { id } } ... on Person { friends { id } } } }', {}, 2 * (5 + 3 * 5)],
    ['nothing for what is skipped', 'query($no: Boolean = false) { product @include(if: $no) { id } a: product @skip(if: true) { id } version }', {}, 0],
    ['what is included', 'query($yes: Boolean!) { product @include(if: $yes) { id } ... @include(if: $yes) { page(first: 3) { nodes { id } } } }', { yes: true }, 1 + 1 + 3],
    ['nothing for introspection', '{ __schema { types { name } } __typename }', {}, 0],
  ])('%s', async (_what, query, variables, cost) => {
    expect(await costOf(query, variables)).toBe(cost);
  });

  it('with its limit', async () => {
    expect((await ask('{ product { id } }')).extensions).toEqual({ cost: { requested: 1, limit: 2_000 } });
  });
});

describe('is refused', () => {
  it('an operation that costs too much, with what to reduce, and no subgraph is asked', async () => {
    const before = graph.fetches.length;
    const { data, errors } = await ask('{ version page(first: 100) { totalCount nodes { related(first: 30) { id } } } }');
    expect([data, graph.fetches.length]).toEqual([undefined, before]);
    expect(errors).toMatchObject([{ message: expect.stringContaining('at most 2000'), extensions: { code: 'OPERATION_TOO_EXPENSIVE', cost: { requested: 3_101, limit: 2_000 }, heaviest: 'page.nodes.related' } }]);
  });

  it.each([
    ['in the text', '{ page(first: 101) { totalCount } }', {}],
    ['in a variable', 'query($n: Int! = 5) { page(first: $n) { totalCount } }', { n: 101 }],
    ['in an argument that the schema names', '{ search(top: 101) { id } }', {}],
    ['by custom', '{ products(limit: 101) { id } }', {}],
  ])('a page that is too large, %s', async (_where, query, variables) => {
    for (let i = 0; i < 2; i++) expect((await ask(query, variables)).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', limit: 'PAGE_SIZE', most: 100 } }]);
  });

  it('not a page that is skipped', async () => {
    expect((await ask('query($no: Boolean!) { version page(first: 101) @include(if: $no) { totalCount } }', { no: false })).errors).toBeUndefined();
  });

  it.each([
    ['none', '{ feed { items { id } } }', {}],
    ['two', '{ feed(first: 1, last: 1) { items { id } } }', {}],
    ['a variable without a value', 'query($n: Int) { feed(first: $n) { items { id } } }', {}],
  ])('%s of the arguments of which the schema requires one', async (_what, query, variables) => {
    expect((await ask(query, variables)).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', limit: 'SLICING_ARGUMENTS' } }]);
  });

  it('an interface that is asked for in more ways than can be measured', async () => {
    const nested = (depth: number): string => (depth === 0 ? 'id' : `...on Product { id } ...on Person { id } ...on Place { id } near { ${nested(depth - 1)} }`);
    expect((await ask(`{ anything { ${nested(12)} } }`)).errors).toMatchObject([{ extensions: { code: 'OPERATION_TOO_LARGE', limit: 'TYPES' } }]);
    expect(await costOf(`{ anything { ${nested(3)} } }`)).toBe(5 * 4);
  });
});
