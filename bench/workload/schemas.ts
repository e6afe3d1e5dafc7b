/**
 * The four subgraphs of the public benchmark of gateways (graphql-hive/graphql-gateways-benchmark), and `items` for a
 * large flat answer. `seed` does nothing: a client that gives another one each time asks what nobody has asked before.
 */
export const SUBGRAPHS = {
  accounts: `
type Query { me(seed: String): User user(id: ID!): User users(seed: String): [User] }
type User @key(fields: "id") { id: ID! name: String username: String birthday: Int }`,
  inventory: `
type Product @key(fields: "upc") { upc: String! weight: Int @external price: Int @external inStock: Boolean shippingEstimate: Int @requires(fields: "price weight") }`,
  products: `
type Query { topProducts(first: Int = 5, seed: String): [Product] items(first: Int = 1000, seed: String): [Item!]! }
type Product @key(fields: "upc") { upc: String! name: String price: Int weight: Int }
type Item { id: ID! title: String! sku: String! price: Float! quantity: Int! active: Boolean! category: String! description: String createdAt: String! rating: Float }`,
  reviews: `
type Review @key(fields: "id") { id: ID! body: String product: Product author: User @provides(fields: "username") }
type User @key(fields: "id") { id: ID! username: String @external reviews: [Review] }
type Product @key(fields: "upc") { upc: String! reviews: [Review] }`,
} as const;

export type SubgraphName = keyof typeof SUBGRAPHS;
export const isSubgraph = (name: string): name is SubgraphName => Object.hasOwn(SUBGRAPHS, name);

const FEDERATION = `
scalar _Any
scalar FieldSet
type _Service { sdl: String }
directive @key(fields: FieldSet!, resolvable: Boolean = true) repeatable on OBJECT
directive @external on FIELD_DEFINITION
directive @requires(fields: FieldSet!) on FIELD_DEFINITION
directive @provides(fields: FieldSet!) on FIELD_DEFINITION
`;
const ENTRY = '_service: _Service! _entities(representations: [_Any!]!): [_Entity]!';

/** The subgraph's schema as it executes: with the entry points that federation adds. */
export function executableSdl(name: SubgraphName): string {
  const sdl = SUBGRAPHS[name];
  const entities = [...sdl.matchAll(/type (\w+) @key/g)].map(([, type]) => type);
  const query = sdl.includes('type Query {') ? sdl.replace('type Query {', `type Query { ${ENTRY}`) : `${sdl}\ntype Query { ${ENTRY} }`;
  return `${FEDERATION}union _Entity = ${entities.join(' | ')}\n${query}`;
}

/** All of it as one server would have it: what a gateway's answer is compared with. */
export const MONOLITH = `
type Query { me(seed: String): User users(seed: String): [User] topProducts(first: Int = 5, seed: String): [Product] items(first: Int = 1000, seed: String): [Item!]! }
type User { id: ID! name: String username: String birthday: Int reviews: [Review] }
type Product { upc: String! name: String price: Int weight: Int inStock: Boolean shippingEstimate: Int reviews: [Review] }
type Review { id: ID! body: String product: Product author: User }
type Item { id: ID! title: String! sku: String! price: Float! quantity: Int! active: Boolean! category: String! description: String createdAt: String! rating: Float }`;
