import { createHttpSource, type Source } from '@vss/gateway';
import { composeGraph, runOn } from './graph.js';
import { httpAnswer, openRawSubgraph } from './raw-subgraph.js';
import { aUser } from './serve.js';

const graph = composeGraph(
  [
    {
      name: 'echo',
      sdl: `
        scalar JSON
        enum Kind { SMALL LARGE }
        input Box { name: String count: Int! = 1 kind: Kind box: Box boxes: [Box!] }
        type Query {
          echo(text: String, id: ID, int: Int, float: Float, flag: Boolean, kind: Kind, list: [Int!], box: Box, any: JSON): String
          thing: Thing
        }
        type Thing @key(fields: "id") { id: ID! own: String }
      `,
      resolvers: {
        Query: { echo: (_parent, args) => JSON.stringify(args), thing: () => ({ id: 't1' }) },
        Thing: { __resolveReference: ({ id }) => ({ id }), own: () => 'own' },
      },
    },
    {
      name: 'names',
      sdl: `
        type Thing @key(fields: "id") { id: ID! constructor: String toString: String valueOf: Thing hasOwnProperty(call: String): [Thing!] }
      `,
      resolvers: {
        Thing: {
          __resolveReference: ({ id }) => ({ id }),
          constructor: () => 'a constructor',
          toString: () => 'a string',
          valueOf: (thing: Record<string, unknown>) => thing,
          hasOwnProperty: (thing: Record<string, unknown>) => [thing],
        },
      },
    },
  ],
  { access: false },
);

/** A graph that says what it was asked, and has fields of unlucky names; its subgraphs are behind HTTP, so that operations are compiled. */
export async function openEcho(): Promise<{ supergraphSdl: string; sources: Source[]; close(): Promise<void> }> {
  const scope = { actor: aUser(), traceId: '', request: { address: '', userAgent: '', wantsCookie: false }, reply: { setCookie: () => undefined } };
  const subgraphs = await Promise.all(
    [...graph.schemas].map(async ([name, schema]) => {
      const subgraph = await openRawSubgraph(async ({ query, variables, socket }) => void socket.write(httpAnswer(JSON.stringify(await runOn(schema, { ...scope, query, variables }, graph)))));
      return { name, subgraph };
    }),
  );
  return {
    supergraphSdl: graph.supergraphSdl,
    sources: subgraphs.map(({ name, subgraph }) => createHttpSource({ name, url: subgraph.url })),
    close: async () => void (await Promise.all(subgraphs.map(({ subgraph }) => subgraph.close()))),
  };
}
