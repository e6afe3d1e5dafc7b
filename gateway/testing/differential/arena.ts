import { Agent, createServer, request as httpRequest, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { silentLogger } from '@vss/runtime';
import { createGateway, createHttpSource, serveGateway, type ServedGateway, type Source } from '@vss/gateway';
import { runOnSubgraph, type GeneratedGraph } from './graph.ts';

type Row = Record<string, unknown>;

/**
 * The ways through the gateway that must give the same answer, byte for byte: subgraphs in this process, subgraphs over
 * HTTP, and such over HTTP that vouch for answers without errors, as ours do.
 */
export const PATHS = ['in-process', 'http', 'vouching http'] as const;
export type Path = (typeof PATHS)[number];

/** One graph behind two gateways: one calls the subgraphs in this process, the other over HTTP. */
export interface Round {
  readonly graph: GeneratedGraph;
  /** The body of the answer, as a client gets it. */
  ask(path: Path, body: { query: string; variables: Row }): Promise<string>;
  close(): Promise<void>;
}

/** Listens once for the subgraphs of all graphs; each has a path of its own. */
export interface Arena {
  enter(graph: GeneratedGraph): Promise<Round>;
  close(): Promise<void>;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export async function openArena(): Promise<Arena> {
  const handlers = new Map<string, Handler>();
  const server = createServer((request, response) => {
    const [, name = '', ...rest] = (request.url ?? '').split('/');
    const handler = handlers.get(name);
    request.url = `/${rest.join('/')}`;
    if (handler) handler(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
    else response.writeHead(404).end();
  });
  const port = await listen(server);
  const agent = new Agent({ keepAlive: true });
  let rounds = 0;
  return {
    async enter(graph) {
      const round = `${++rounds}`;
      const names = [...graph.schemas.keys()];
      const speech = { isVouching: false };
      for (const name of names) handlers.set(`${round}-${name}`, subgraphHandler(graph, name, speech));
      const near = await gatewayFor(graph, names.map((name) => inProcess(graph, name)));
      const far = await gatewayFor(graph, names.map((name) => createHttpSource({ name, url: `http://127.0.0.1:${port}/${round}-${name}/graphql` })));
      return {
        graph,
        ask(path, body) {
          graph.world.reset();
          speech.isVouching = path === 'vouching http';
          return post(agent, (path === 'in-process' ? near : far).url, JSON.stringify(body));
        },
        async close() {
          for (const name of names) handlers.delete(`${round}-${name}`);
          await Promise.all([near.close(), far.close()]);
        },
      };
    },
    async close() {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Limits of size are not what is compared. */
const UNLIMITED = {
  limits: { tokens: 1_000_000, depth: 1_000, aliases: 100_000, rootFields: 10_000 },
  cost: { maxCost: Number.MAX_SAFE_INTEGER, maxPage: Number.MAX_SAFE_INTEGER, assumedList: 1 },
};

async function gatewayFor({ supergraphSdl }: GeneratedGraph, sources: readonly Source[]): Promise<ServedGateway> {
  const gateway = await createGateway({ supergraphSdl, sources, settings: { isAuthenticated: false, ...UNLIMITED }, logger: silentLogger });
  return serveGateway({ gateway, host: '127.0.0.1', port: 0, logger: silentLogger });
}

const inProcess = (graph: GeneratedGraph, name: string): Source => ({
  name,
  execute: (request) => runOnSubgraph(graph, name, request),
  subscribe: () => Promise.reject(new Error('There are no subscriptions here')),
});

function subgraphHandler(graph: GeneratedGraph, name: string, speech: { readonly isVouching: boolean }): Handler {
  return async (request, response) => {
    const { query, variables } = JSON.parse(await textOf(request)) as { query: string; variables?: Row };
    const result = await runOnSubgraph(graph, name, { query, variables: variables ?? {} });
    const body = JSON.stringify(result);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...(speech.isVouching && !result.errors ? { 'x-vss-errors': 'none' } : {}) }).end(body);
  };
}

async function textOf(stream: AsyncIterable<unknown>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

const post = (agent: Agent, url: string, body: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const request = httpRequest(url, { method: 'POST', agent, headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } }, (response) => {
      textOf(response).then(resolve, reject);
    });
    request.on('error', reject);
    request.end(body);
  });

const listen = (server: Server): Promise<number> => new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));
