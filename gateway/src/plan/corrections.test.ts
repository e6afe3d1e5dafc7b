import { parse, print, type OperationDefinitionNode } from 'graphql';
import { afterEach, describe, expect, it } from 'vitest';
import { composeGraph, inProcessSources, type Definition, type TestGraph } from '../../testing/graph.js';
import { serveTestGateway } from '../../testing/serve.js';
import { assertPlanned } from './empty-plan.js';
import { dropNonResolvableKeys } from './non-resolvable-keys.js';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function answerOf(definitions: readonly Definition[], query: string): Promise<unknown> {
  const graph: TestGraph = composeGraph(definitions, { access: false });
  const supergraphSdl = graph.supergraphSdl;
  const served = await serveTestGateway({ supergraphSdl, sources: inProcessSources(graph), settings: { isAuthenticated: false } });
  stops.push(() => served.close());
  return served.query(query);
}

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@shareable"])';
type Row = Record<string, unknown>;
const words = ['one', 'two', 'three', 'four'];

const posts: Definition = {
  name: 'posts',
  sdl: `${LINK} type Query { post: Post posts: [Post!]! } type Post @key(fields: "id") { id: ID! comments(limit: Int): [String!] }`,
  resolvers: {
    Query: { post: () => ({ id: '1' }), posts: () => [{ id: '1' }, { id: '2' }] },
    Post: { __resolveReference: ({ id }: Row) => ({ id }), comments: (_post, { limit }) => words.slice(0, Number(limit)) },
  },
};
const authors: Definition = {
  name: 'authors',
  sdl: `${LINK} type Post @key(fields: "id") {
    id: ID!
    comments(limit: Int): [String!] @external
    summary: String @requires(fields: "comments(limit: 3)")
    headline: String @requires(fields: "comments(limit: 1)")
  }`,
  resolvers: {
    Post: {
      __resolveReference: (reference: Row) => reference,
      summary: ({ comments }) => (comments as string[]).join(),
      headline: ({ comments }) => (comments as string[]).join(),
    },
  },
};

describe('what the planner gets wrong comes out right:', () => {
  it('a field with arguments beside one that requires it with others', async () => {
    expect(await answerOf([posts, authors], '{ post { comments(limit: 1) summary } }')).toEqual({ data: { post: { comments: ['one'], summary: 'one,two,three' } } });
  });

  it('two fields that require one field with different arguments', async () => {
    const query = '{ posts { id summary headline comments(limit: 2) } }';
    const row = { summary: 'one,two,three', headline: 'one', comments: ['one', 'two'] };
    expect(await answerOf([posts, authors], query)).toEqual({ data: { posts: [{ id: '1', ...row }, { id: '2', ...row }] } });
  });

  it('a field with arguments beside one that requires it without giving any', async () => {
    const plainly: Definition = {
      name: 'plainly',
      sdl: `${LINK} type Post @key(fields: "id") { id: ID! comments(limit: Int): [String!] @external digest: String @requires(fields: "comments") }`,
      resolvers: { Post: { __resolveReference: (reference: Row) => reference, digest: ({ comments }) => (comments as string[]).join() } },
    };
    const all: Definition = { ...posts, resolvers: { ...posts.resolvers, Post: { ...posts.resolvers['Post'], comments: (_post, { limit }) => words.slice(0, Number(limit ?? 4)) } } };
    expect(await answerOf([all, plainly], '{ post { comments(limit: 1) digest } }')).toMatchObject({ data: { post: { comments: ['one'], digest: 'one,two,three,four' } } });
  });

  it('two such fields in selections of one field that is asked for twice', async () => {
    const query = '{ posts { summary } posts { headline } }';
    const row = { summary: 'one,two,three', headline: 'one' };
    expect(await answerOf([posts, authors], query)).toMatchObject({ data: { posts: [row, row] } });
  });

  it('two such fields of a mutation are refused: it may not run twice', async () => {
    const withMutation: Definition = { ...posts, sdl: `${posts.sdl} type Mutation { postAdd: Post }`, resolvers: { ...posts.resolvers, Mutation: { postAdd: () => ({ id: '3' }) } } };
    expect(await answerOf([withMutation, authors], 'mutation { postAdd { summary headline } }')).toMatchObject({ errors: [{ extensions: { code: 'QUERY_PLANNING_FAILED' } }] });
    expect(await answerOf([withMutation, authors], 'mutation { a: postAdd { summary } b: postAdd { headline } }')).toMatchObject({ data: { a: { summary: 'one,two,three' }, b: { headline: 'one' } } });
  });

  it('a field that requires one which requires others is refused where the plan would ask a subgraph for what it does not have', async () => {
    const here: Definition = {
      name: 'here',
      sdl: `${LINK} type Query { bee: Bee } type Bee @key(fields: "id") { id: ID! size: Int @external owner: String @requires(fields: "size") }`,
      resolvers: { Query: { bee: () => ({ id: '1' }) }, Bee: { __resolveReference: (given: Row) => given, owner: ({ size }) => `owner of ${String(size)}` } },
    };
    const there: Definition = {
      name: 'there',
      sdl: `${LINK} type Bee @key(fields: "id") { id: ID! size: Int owner: String @external state: String @requires(fields: "owner") }`,
      resolvers: { Bee: { __resolveReference: (given: Row) => given, size: () => 3, state: ({ owner }) => `state of the ${String(owner)}` } },
    };
    expect(await answerOf([here, there], '{ bee { state } }')).toMatchObject({ errors: [{ message: expect.stringContaining('the planner asks here for Bee.size'), extensions: { code: 'QUERY_PLANNING_FAILED' } }] });
    expect(await answerOf([here, there], '{ bee { owner } }')).toMatchObject({ data: { bee: { owner: 'owner of 3' } } });
  });

  it('an alias equal to a key', async () => {
    const animals: Definition = {
      name: 'animals',
      sdl: `${LINK} type Query { animals: [Animal!]! } type Animal @key(fields: "id") { id: ID! name: String }`,
      resolvers: { Query: { animals: () => [{ id: 'a1', name: 'Rex' }] } },
    };
    const secrets: Definition = {
      name: 'secrets',
      sdl: `${LINK} type Animal @key(fields: "id") { id: ID! secret: String }`,
      resolvers: { Animal: { __resolveReference: ({ id }: Row) => ({ id, secret: `secret of ${String(id)}` }) } },
    };
    expect(await answerOf([animals, secrets], '{ animals { id: name secret } }')).toEqual({ data: { animals: [{ id: 'Rex', secret: 'secret of a1' }] } });
    expect(await answerOf([animals, secrets], '{ animals { name: id other: name secret } }')).toEqual({ data: { animals: [{ name: 'a1', other: 'Rex', secret: 'secret of a1' }] } });
  });

  it('a key that cannot be resolved, beside one that can, is not entered by', () => {
    const given = parse(`type Book @join__type(graph: A, key: "id") @join__type(graph: A, key: "isbn", resolvable: false) @join__type(graph: B, key: "isbn", resolvable: false) { id: ID! }`);
    const kept = print(dropNonResolvableKeys(given));
    expect(kept).toContain('graph: A, key: "id"');
    expect(kept).not.toContain('graph: A, key: "isbn"');
    expect(kept).toContain('graph: B, key: "isbn"');
  });

  it('an empty plan for an operation that selects data is an error', () => {
    const operation = (text: string): OperationDefinitionNode => parse(text).definitions[0] as OperationDefinitionNode;
    const plan = { kind: 'QueryPlan' } as const;
    expect(() => assertPlanned(plan, operation('{ a }'))).toThrow(expect.objectContaining({ extensions: { code: 'QUERY_PLANNING_FAILED' } }));
    expect(() => assertPlanned(plan, operation('{ ... on Query { a { b } } }'))).toThrow('no subgraph can resolve');
    for (const fine of ['{ __typename }', '{ a @skip(if: true) }', '{ ... @include(if: false) { a } }', '{ __schema { types { name } } }']) expect(() => assertPlanned(plan, operation(fine))).not.toThrow();
  });
});
