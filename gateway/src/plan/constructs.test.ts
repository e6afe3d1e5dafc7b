import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttpSource } from '@vss/gateway';
import { constructsGraph } from '../../testing/constructs.js';
import { inProcessSources, runOn } from '../../testing/graph.js';
import { httpAnswer, openRawSubgraph } from '../../testing/raw-subgraph.js';
import { aUser, serveTestGateway, type GraphqlBody } from '../../testing/serve.js';

type Row = Record<string, unknown>;
type Ask = (query: string, variables?: Row) => Promise<GraphqlBody>;

const AS = { actor: aUser(), traceId: '', request: { address: '', userAgent: '', wantsCookie: false }, reply: { setCookie: () => undefined } };
const stops: (() => Promise<unknown>)[] = [];
const asks: Record<string, Ask> = {};

beforeAll(async () => {
  const graph = constructsGraph();
  const open = async (sources: Parameters<typeof serveTestGateway>[0]['sources']): Promise<Ask> => {
    const served = await serveTestGateway({ supergraphSdl: graph.supergraphSdl, sources, settings: { isAuthenticated: false } });
    stops.push(() => served.close());
    return (query, variables) => {
      graph.fetches.length = 0;
      return served.query(query, variables ? { variables } : {});
    };
  };
  const far = await Promise.all(
    [...graph.schemas].map(async ([name, schema]) => {
      const subgraph = await openRawSubgraph(async ({ query, variables, socket }) => {
        graph.fetches.push({ name, query, variables, actor: '' });
        socket.write(httpAnswer(JSON.stringify(await runOn(schema, { ...AS, query, variables }, graph))));
      });
      stops.push(() => subgraph.close());
      return createHttpSource({ name, url: subgraph.url });
    }),
  );
  asks['in this process'] = await open(inProcessSources(graph));
  asks['over HTTP'] = await open(far);
});
afterAll(async () => {
  for (const stop of stops.toReversed()) await stop();
});

interface Case {
  readonly name: string;
  readonly query: string;
  readonly variables?: Row;
  readonly data: unknown;
  /** Paths of the errors, with their codes. */
  readonly errors?: readonly (readonly [path: string, code: string])[];
}

const CASES: readonly Case[] = [
  { name: 'an interface, its fields and those of implementations', query: '{ media { __typename id ... on Book { pages } ... on Film { minutes } title } }', data: { media: [{ __typename: 'Book', id: 'b1', pages: 90, title: 'Alice' }, { __typename: 'Book', id: 'b2', pages: 12, title: null }, { __typename: 'Film', id: 'f1', minutes: 143, title: 'Brazil' }] } },
  { name: 'a union, null items in its list, a default argument', query: '{ find { __typename ... on Note { text } ... on Media { id } } }', data: { find: [{ __typename: 'Note', text: 'FANTASY undefined' }, { __typename: 'Book', id: 'b1' }, null, { __typename: 'Film', id: 'f1' }] } },
  { name: 'an interface object from the subgraph that knows no implementations', query: '{ rated { id stars } }', data: { rated: [{ id: 'f1', stars: 5 }, { id: 'b1', stars: 3 }] } },
  { name: 'an interface object with what only its implementations have', query: '{ rated { stars __typename title ... on Book { pages stock } } }', data: { rated: [{ stars: 5, __typename: 'Film', title: 'Brazil' }, { stars: 3, __typename: 'Book', title: 'Alice', pages: 90, stock: 7 }] } },
  { name: 'another abstract type inside an interface object', query: '{ rated { ... on Found { __typename ... on Film { stars } } } }', data: { rated: [{ __typename: 'Film', stars: 5 }, { __typename: 'Book' }] } },
  { name: 'a field of an interface object on an implementation', query: '{ book(id: "b1") { stars } }', data: { book: { stars: 3 } } },
  { name: '@requires with arguments, of an inaccessible field too', query: '{ book(id: "b1") { weight shipping } }', data: { book: { weight: 90, shipping: '450 g s false' } } },
  { name: '@provides', query: '{ offers { pages } }', data: { offers: [{ pages: 12 }, { pages: 90 }, { pages: 12 }] } },
  { name: '@override', query: '{ book(id: "b1") { lent } }', data: { book: { lent: 'to nobody' } } },
  { name: 'nested lists', query: '{ grid { id lent } }', data: { grid: [[{ id: 'b1', lent: 'to nobody' }, null], [], [{ id: 'b2', lent: 'to nobody' }]] } },
  { name: 'aliases, equal to a key and to each other’s fields', query: '{ x: book(id: "b1") { id: title title: id __typename: lent } }', data: { x: { id: 'Alice', title: 'b1', __typename: 'to nobody' } } },
  { name: 'fragments, named, nested and of one key', query: 'query { media { ...A } } fragment A on Media { ... on Book { size: weight ...B } ... on Film { size: minutes } } fragment B on Media { stars }', data: { media: [{ size: 90, stars: 3 }, { size: 12, stars: 3 }, { size: 143 }] } },
  { name: 'variables, given, by default and left out', query: 'query ($id: ID!, $genre: Genre = CRIME, $limit: Int) { book(id: $id) { id } find(genre: $genre, limit: $limit) { ... on Note { text } } }', variables: { id: 'b2' }, data: { book: { id: 'b2' }, find: [{ text: 'CRIME undefined' }, {}, null, {}] } },
  { name: '@skip and @include down to an empty object', query: 'query ($yes: Boolean!) { book(id: "b1") { id @skip(if: $yes) } other: book(id: "b1") @include(if: $yes) { ... @skip(if: $yes) { id } lent @include(if: $yes) } }', variables: { yes: true }, data: { book: {}, other: { lent: 'to nobody' } } },
  { name: 'a field of two selections', query: '{ media { ... on Book { title } } media { id } }', data: { media: [{ title: 'Alice', id: 'b1' }, { title: null, id: 'b2' }, { id: 'f1' }] } },
  { name: 'introspection beside data', query: '{ __type(name: "Book") { fields { name } } book(id: "b1") { id } }', data: { __type: { fields: ['id', 'title', 'pages', 'weight', 'lent', 'broken', 'wrong', 'shipping', 'stock', 'stars'].map((name) => ({ name })) }, book: { id: 'b1' } } },
  { name: 'mutations in series, over two subgraphs', query: 'mutation { a: order(id: "b1") { lent } ... on Mutation { b: rename(id: "b1", title: "New") { title } } c: order(id: "b2") { lent } }', data: { a: { lent: 'ordered 1' }, b: { title: 'New 2' }, c: { lent: 'ordered 3' } } },
  { name: 'an error of a nullable field', query: '{ media { ... on Book { broken } id } }', data: { media: [{ broken: null, id: 'b1' }, { broken: null, id: 'b2' }, { id: 'f1' }] }, errors: [['media/0/broken', 'CONFLICT'], ['media/1/broken', 'CONFLICT']] },
  { name: 'a null where none may be, of the subgraph that is asked second', query: '{ offers { id stock } }', data: { offers: [null, { id: 'b1', stock: 7 }, null] }, errors: [['offers/0/stock', 'DOWNSTREAM_SERVICE_ERROR'], ['offers/2/stock', 'DOWNSTREAM_SERVICE_ERROR']] },
  { name: 'an entity that a subgraph does not have, of which a field may not be null', query: '{ book(id: "lost") { id lent } other: book(id: "lost") { id stock } }', data: { book: { id: 'lost', lent: null }, other: null }, errors: [['other/stock', 'INVALID_GRAPHQL']] },
  { name: 'a value that is none of its type', query: '{ book(id: "b1") { id wrong } }', data: { book: { id: 'b1', wrong: null } }, errors: [['book/wrong', 'DOWNSTREAM_SERVICE_ERROR']] },
];

describe.each(['in this process', 'over HTTP'])('with subgraphs %s', (where) => {
  it.each(CASES)('answers $name', async ({ query, variables, data, errors }) => {
    const answer = await asks[where]?.(query, variables);
    expect(JSON.stringify(answer?.data)).toBe(JSON.stringify(data));
    expect((answer?.errors ?? []).map(({ path, extensions }) => [(path ?? []).join('/'), extensions['code']])).toEqual(errors ?? []);
  });

  it('does not know what is inaccessible', async () => {
    const answer = await asks[where]?.('{ book(id: "b1") { secret } find(genre: SECRET) { __typename } }');
    expect(answer?.errors?.map(({ message }) => message)).toEqual(['Cannot query field "secret" on type "Book".', expect.stringContaining('Value "SECRET" does not exist in "Genre" enum.')]);
  });
});
