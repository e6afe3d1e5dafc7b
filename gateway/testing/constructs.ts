import { GraphQLError } from 'graphql';
import { composeGraph, type Definition, type TestGraph } from './graph.js';

type Row = Record<string, unknown>;

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@override", "@inaccessible", "@interfaceObject"])';

const MEDIA: Record<string, Row> = {
  b1: { type: 'Book', id: 'b1', title: 'Alice', pages: 90, secret: 's' },
  b2: { type: 'Book', id: 'b2', title: null, pages: 12, secret: null },
  f1: { type: 'Film', id: 'f1', title: 'Brazil', minutes: 143 },
};
const typed = { __resolveType: ({ type }: Row) => type };
const known = { __resolveReference: ({ id }: Row) => MEDIA[String(id)] ?? null };

const catalog: Definition = {
  name: 'catalog',
  sdl: `${LINK}
    type Query { media: [Media!]! book(id: ID!): Book find(genre: Genre = FANTASY, limit: Int): [Found] grid: [[Book]!] }
    type Mutation { rename(id: ID!, title: String!): Book }
    interface Media @key(fields: "id") { id: ID! title: String }
    type Book implements Media @key(fields: "id") { id: ID! title: String pages: Int! @shareable weight(unit: String): Int secret: String @inaccessible lent: String broken: String wrong: Int }
    type Film implements Media @key(fields: "id") { id: ID! title: String minutes: Int }
    type Note { text: String }
    union Found = Book | Film | Note
    enum Genre { FANTASY CRIME SECRET @inaccessible }`,
  resolvers: {
    Query: {
      media: () => Object.values(MEDIA),
      book: (_parent, { id }) => MEDIA[String(id)] ?? { id },
      find: (_parent, { genre, limit }) => [{ type: 'Note', text: `${String(genre)} ${String(limit)}` }, MEDIA['b1'], null, MEDIA['f1']],
      grid: () => [[MEDIA['b1'], null], [], [MEDIA['b2']]],
    },
    Mutation: { rename: (_parent, { id, title }, { graph }) => ({ ...MEDIA[String(id)], title: `${String(title)} ${graph.fetches.length}` }) },
    Media: { ...typed, ...known },
    Found: typed,
    Book: {
      ...known,
      weight: ({ pages }, { unit }) => Number(pages) * (unit === 'g' ? 5 : 1),
      lent: () => 'not here any more',
      broken: () => {
        throw new GraphQLError('Torn', { extensions: { code: 'CONFLICT' } });
      },
      wrong: () => 'no number',
    },
    Film: known,
  },
};

const shop: Definition = {
  name: 'shop',
  sdl: `${LINK}
    type Query { offers: [Book] @provides(fields: "pages") }
    type Mutation { order(id: ID!): Book }
    type Book @key(fields: "id") {
      id: ID!
      pages: Int! @external
      weight(unit: String): Int @external
      secret: String @external
      shipping(express: Boolean! = false): String @requires(fields: "weight(unit: \\"g\\") secret")
      lent: String @override(from: "catalog")
      stock: Int!
    }`,
  resolvers: {
    Query: { offers: () => [MEDIA['b2'], MEDIA['b1'], MEDIA['b2']] },
    Mutation: { order: (_parent, { id }, { graph }) => ({ ...MEDIA[String(id)], lent: `ordered ${graph.fetches.length}` }) },
    Book: {
      __resolveReference: (given: Row) => (given['id'] === 'lost' ? null : given),
      shipping: ({ weight, secret }, { express }) => `${String(weight)} g ${String(secret)} ${String(express)}`,
      lent: ({ lent }) => lent ?? 'to nobody',
      stock: ({ id }) => (id === 'b2' ? null : 7),
    },
  },
};

const reviews: Definition = {
  name: 'reviews',
  sdl: `${LINK}
    type Query { rated: [Media!]! }
    type Media @interfaceObject @key(fields: "id") { id: ID! stars: Int! }`,
  resolvers: { Query: { rated: () => [{ id: 'f1' }, { id: 'b1' }] }, Media: { __resolveReference: ({ id }: Row) => ({ id }), stars: ({ id }) => (id === 'f1' ? 5 : 3) } },
};

/** Three subgraphs that use every construct of federation between them. */
export const constructsGraph = (): TestGraph => composeGraph([catalog, shop, reviews], { access: false });
