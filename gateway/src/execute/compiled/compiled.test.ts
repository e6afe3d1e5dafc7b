import { afterEach, describe, expect, it } from 'vitest';
import { createHttpSource } from '@vss/gateway';
import { composeGraph, inProcessSources, runOn, type Definition } from '../../../testing/graph.js';
import { httpAnswer, openRawSubgraph, type RawSubgraph } from '../../../testing/raw-subgraph.js';
import { aUser, serveTestGateway } from '../../../testing/serve.js';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@shareable"])';
type Row = Record<string, unknown>;

const books: Definition = {
  name: 'books',
  sdl: `${LINK}
    type Query { books: [Book!]! book(title: String, tags: [String!]): Book count: Int! shelf: [[Book]] }
    type Mutation { bookBuy(id: ID!): Book }
    type Book @key(fields: "id") { id: ID! title: String! price: Float size: Size genre: Genre first: Author author: Author }
    type Size @shareable { width: Int height: Int }
    type Author @key(fields: "id", resolvable: false) { id: ID! }
    enum Genre { CRIME POETRY }`,
  resolvers: {
    Query: { books: () => BOOKS, book: (_parent, { title, tags }) => ({ ...BOOKS[0], title: `${String(title)} ${JSON.stringify(tags ?? null)}` }), count: () => 3, shelf: () => [[BOOKS[0], null], null, [], [BOOKS[1]]] },
    Mutation: { bookBuy: (_parent, { id }) => BOOKS.find((book) => book['id'] === id) },
    Book: { __resolveReference: ({ id }: Row) => BOOKS.find((book) => book['id'] === id) },
  },
};
const BOOKS: readonly Row[] = [
  { id: 'b1', title: 'Élégie “1” 🙂 \\ "x"\n', price: 12.5, size: { width: 3, height: null }, genre: 'POETRY', author: { id: 'a1' } },
  { id: 'b2', title: 'Two', price: null, size: null, genre: 'CRIME', author: { id: 'a1' }, first: { id: 'a2' } },
  { id: 'b3', title: 'Three', price: 1e21, size: { width: -2, height: 0 }, genre: null, author: null },
];
const authors: Definition = {
  name: 'authors',
  sdl: `${LINK}
    type Query { author(id: ID!): Author }
    type Author @key(fields: "id") { id: ID! name: String! born: Int books: [Book!]! }
    type Book @key(fields: "id") { id: ID! size: Size @external weight: Int @requires(fields: "size { width }") stars: Int! }
    type Size @shareable { width: Int height: Int }`,
  resolvers: {
    Query: { author: (_parent, { id }) => AUTHORS[String(id)] },
    Author: { __resolveReference: ({ id }: Row) => AUTHORS[String(id)] ?? null },
    Book: { __resolveReference: (given: Row) => given, weight: ({ size }) => (size as Row | null)?.['width'], stars: ({ id }) => String(id).length },
  },
};
const AUTHORS: Record<string, Row> = { a1: { id: 'a1', name: 'Ann', born: 1900, books: [{ id: 'b1' }, { id: 'b2' }] } };
const graph = composeGraph([books, authors], { access: false });

const AS = { actor: aUser(), traceId: '', request: { address: '', userAgent: '', wantsCookie: false }, reply: { setCookie: () => undefined } };
/** What a subgraph says in place of the right answer. */
type Change = (name: string, right: string) => string;

/** The same graph twice: behind sockets, so that operations are compiled, and in this process, where they are not. */
async function open(change: Change = (_name, right) => right) {
  const subgraphs = new Map<string, RawSubgraph>();
  for (const [name, schema] of graph.schemas)
    subgraphs.set(
      name,
      await openRawSubgraph(async ({ query, variables, socket }) => {
        const right = JSON.stringify(await runOn(schema, { ...AS, query, variables }, graph));
        socket.write(httpAnswer(change(name, right)));
      }),
    );
  const settings = { isAuthenticated: false };
  const compiled = await serveTestGateway({ supergraphSdl: graph.supergraphSdl, sources: [...subgraphs].map(([name, { url }]) => createHttpSource({ name, url })), settings });
  const plain = await serveTestGateway({ supergraphSdl: graph.supergraphSdl, sources: inProcessSources(graph), settings });
  stops.push(() => Promise.all([...subgraphs.values()].map((subgraph) => subgraph.close())), () => compiled.close(), () => plain.close());
  const text = async (url: string, query: string, variables?: Row): Promise<string> => {
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables }) });
    return (await response.text()).replaceAll(/"traceId":"\w+"/g, '"traceId":""');
  };
  return {
    askCompiled: (query: string, variables?: Row) => text(compiled.url, query, variables),
    askPlain: (query: string, variables?: Row) => text(plain.url, query, variables),
    asked: (name: string) => subgraphs.get(name)?.asked ?? [],
  };
}

const BOTH = '{ books { title id author { name id } weight: stars } }';

describe('a compiled operation answers byte for byte as the plain path does:', () => {
  it.each<[what: string, query: string, variables?: Row]>([
    ['one fetch that is the answer', '{ books { id title price size { width height } genre } count }'],
    ['other keys, another order, other names', '{ n: count books { genre t: title size { h: height __typename } id __typename } __typename }'],
    ['entities of another subgraph', BOTH],
    ['entities in entities', '{ books { id author { name books { id title stars author { born } } } first { id } } }'],
    ['an entity that is not known', '{ books { id first { id born } } }'],
    ['a requirement that the client did not ask for', '{ books { title weight } }'],
    ['lists in lists, nulls among them', '{ shelf { id stars } }'],
    ['variables beyond ASCII', 'query($t: String, $tags: [String!]) { book(title: $t, tags: $tags) { title stars } }', { t: 'é “🙂” \u2028', tags: ['ü', '\\"'] }],
    ['variables that are left out', 'query($t: String = "usual", $tags: [String!]) { book(title: $t, tags: $tags) { title stars } }'],
    ['aliases that are keys', '{ books { id: title key: id stars } }'],
    ['conditions', 'query($a: Boolean = true, $b: Boolean = false) { books { id @include(if: $a) title @skip(if: $a) author @include(if: $b) { id } ...F @include(if: $a) } } fragment F on Book { stars price }'],
    ['a mutation', 'mutation { one: bookBuy(id: "b1") { id stars } two: bookBuy(id: "b2") { title author { name } } none: bookBuy(id: "x") { stars } }'],
  ])('%s', async (_what, query, variables) => {
    const { askCompiled, askPlain } = await open();
    const expected = await askPlain(query, variables);
    expect(JSON.parse(expected)).not.toHaveProperty('errors');
    // The first one plans and compiles, the second one runs what is known.
    expect([await askCompiled(query, variables), await askCompiled(query, variables)]).toEqual([expected, expected]);
  });

  it('asks for each entity once, however often it stands in the data', async () => {
    const { askCompiled, asked } = await open();
    await askCompiled('query Both { books { author { name } } shelf { author { name } } }');
    // Both fetches ask the same at the same time: one request serves them.
    expect(asked('authors').map(({ variables }) => variables['representations'])).toEqual([[{ __typename: 'Author', id: 'a1' }]]);
  });
});

describe('what a compiled operation does not expect is left to the plain path, and nobody is asked twice:', () => {
  it.each<[what: string, change: Change]>([
    ['white space', (_name, right) => JSON.stringify(JSON.parse(right), undefined, 1)],
    ['errors beside the data', (_name, right) => right.replace(/}$/, ',"errors":[]}')],
    ['errors before the data', (_name, right) => right.replace(/^{/, '{"errors":[],')],
    ['a number with a fraction that is none', (name, right) => (name === 'authors' ? right.replaceAll('"stars":2', '"stars":2.0') : right)],
    ['escapes where none are needed', (_name, right) => right.replaceAll('Ann', '\\u0041nn').replaceAll('Two', 'T\\u0077o')],
    ['extensions', (_name, right) => right.replace(/}$/, ',"extensions":{"tracing":{"a":[1,"}"]}}}')],
    ['keys that nobody asked for', (_name, right) => right.replaceAll('"id":', '"more":{"a":1},"id":')],
  ])('%s', async (_what, change) => {
    const { askCompiled, askPlain, asked } = await open(change);
    const expected: unknown = JSON.parse(await askPlain(BOTH));
    for (const turn of [1, 2]) {
      expect(JSON.parse(await askCompiled(BOTH))).toEqual(expected);
      expect(asked('books').length).toBe(turn);
      expect(asked('authors').length).toBe(2 * turn);
    }
  });

  it('a mutation whose answer is not as expected is not sent again', async () => {
    const { askCompiled, askPlain, asked } = await open((name, right) => (name === 'books' ? ` ${right}` : right));
    const query = 'mutation { bookBuy(id: "b1") { id title stars } }';
    expect(JSON.parse(await askCompiled(query))).toEqual(JSON.parse(await askPlain(query)));
    expect([asked('books').length, asked('authors').length]).toEqual([1, 1]);
  });

  it('a null where none may be takes its parent with it, and is told', async () => {
    const { askCompiled, asked } = await open((name, right) => (name === 'authors' ? right.replaceAll('"Ann"', 'null') : right));
    const { data, errors } = JSON.parse(await askCompiled('{ books { id author { name } } }')) as { data: Row; errors: Row[] };
    expect(data).toEqual({ books: [{ id: 'b1', author: null }, { id: 'b2', author: null }, { id: 'b3', author: null }] });
    expect(errors.map(({ path }) => path)).toEqual([['books', 0, 'author', 'name'], ['books', 1, 'author', 'name']]);
    expect(asked('authors').length).toBe(1);
  });

  it('a value that an enum or a number does not have is null, and is told', async () => {
    const { askCompiled } = await open((_name, right) => right.replace('POETRY', 'SECRET').replace('"width":3', '"width":3.5').replace('"CRIME"', '7'));
    const { data, errors } = JSON.parse(await askCompiled('{ books { genre size { width } } }')) as { data: { books: Row[] }; errors: Row[] };
    expect(data.books[0]).toEqual({ genre: null, size: { width: null } });
    expect(errors.map(({ path }) => path)).toEqual([['books', 0, 'genre'], ['books', 0, 'size', 'width'], ['books', 1, 'genre']]);
  });
});
