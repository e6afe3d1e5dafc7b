import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parse } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { ACCESS_TOKEN_ISSUER, createTokenSigner, createTokenVerifier, GATEWAY_AUDIENCE, GATEWAY_ISSUER, generateSigningKey, subgraphAudience, type Actor, type ResolvedGrants, type SigningKey, type TokenVerifier } from '@vss/auth';
import { silentLogger, type Logger } from '@vss/runtime';
import { createGateway, serveGateway, type Denial, type Gateway, type GivenSettings, type GivenSources, type SourceRequest } from '@vss/gateway';
import type { Cache } from '../src/cache/cache.js';
import { runOn, subscribeOn, type TestGraph } from './graph.js';

export interface Served {
  readonly url: string;
  readonly port: number;
  readonly gateway: Gateway;
  /** An access token for a user with these rights. */
  token(actor?: Partial<Actor>, lifetimeSeconds?: number): Promise<string>;
  post(body: unknown, options?: { token?: string; headers?: Record<string, string> }): Promise<{ status: number; headers: Headers; body: GraphqlBody }>;
  /** The answer without its cost, which is the same for every test but those about cost. */
  query(query: string, options?: { token?: string; variables?: Record<string, unknown> }): Promise<GraphqlBody>;
  close(): Promise<void>;
}

// What is in an answer is for each test to say.
// oxlint-disable-next-line typescript/no-explicit-any
export type Json = any;

export interface GraphqlBody {
  data?: Json;
  errors?: { message: string; path?: (string | number)[]; extensions: Record<string, Json> }[];
  extensions?: Record<string, Json>;
}

export const grants = (allow: ResolvedGrants['allow'], deny: string[] = []): ResolvedGrants => ({ allow, deny });

export const operatorGrants = grants({ 'calls:read': 'OWN', 'calls:start': 'OWN', 'notes:read': 'ASSIGNED', 'directory:read': 'CENTER' });
export const adminGrants = grants({ '*:*': 'ALL' });

export const aUser = (given: Partial<Actor> = {}): Actor => ({
  kind: 'user',
  userId: 'u1',
  username: 'olga',
  sessionId: 'ses_1',
  role: 'operator',
  centerId: 'ctr_1',
  teamIds: [],
  permissionVersion: 1,
  rightsVersion: 0,
  grants: operatorGrants,
  ...given,
});

/** A gateway that listens, with a signer of access tokens in the place of identity. */
export async function serveTestGateway(options: { supergraphSdl: string; sources: GivenSources; settings?: GivenSettings; signingKey?: SigningKey; /** Of access tokens. */ accessKey?: SigningKey; verifier?: TokenVerifier; sharedCache?: Cache; onDenied?: (denial: Denial) => void; logger?: Logger }): Promise<Served> {
  const key = options.accessKey ?? (await generateSigningKey());
  const verifier = createTokenVerifier({ keys: { jwks: { keys: [key.publicJwk] } }, issuer: ACCESS_TOKEN_ISSUER, audience: GATEWAY_AUDIENCE });
  const gateway = await createGateway({ verifier, logger: silentLogger, jwks: () => Promise.resolve({ keys: [key.publicJwk] }), ...options });
  const served = await serveGateway({ gateway, host: '127.0.0.1', port: 0, logger: silentLogger });
  const post: Served['post'] = async (body, { token, headers } = {}) => {
    const response = await fetch(served.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as GraphqlBody };
  };
  return {
    url: served.url,
    port: served.port,
    gateway,
    async token(actor, lifetimeSeconds = 600) {
      const signer = createTokenSigner({ key, issuer: ACCESS_TOKEN_ISSUER, audience: GATEWAY_AUDIENCE, lifetimeSeconds });
      return (await signer.sign(aUser(actor))).token;
    },
    post,
    query: async (query, { token, variables } = {}) => {
      const { body } = await post({ query, variables }, token ? { token } : {});
      return withoutCost(body);
    },
    close: () => served.close(),
  };
}

/** The answer without `extensions.cost`, which every answer has. */
export function withoutCost<T extends { extensions?: Record<string, Json> }>({ extensions, ...answer }: T): T {
  const { cost: _, ...others } = extensions ?? {};
  return (Object.keys(others).length > 0 ? { ...answer, extensions: others } : answer) as T;
}

export interface HttpSubgraphs {
  readonly urls: Record<string, string>;
  /** Headers of every request, newest last. */
  readonly headers: { name: string; headers: Record<string, unknown> }[];
  /** What came with the pings on live connections. */
  readonly pings: Record<string, unknown>[];
  close(): Promise<void>;
}

/** The graph's subgraphs behind HTTP and WebSocket, each taking tokens made for it alone. */
export async function serveSubgraphs(graph: TestGraph, key: SigningKey): Promise<HttpSubgraphs> {
  const headers: HttpSubgraphs['headers'] = [];
  const running: (() => Promise<void>)[] = [];
  const urls: Record<string, string> = {};
  const pings: HttpSubgraphs['pings'] = [];
  for (const [name, schema] of graph.schemas) {
    const verifier = createTokenVerifier({ keys: { jwks: { keys: [key.publicJwk] } }, issuer: GATEWAY_ISSUER, audience: subgraphAudience(name) });
    const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      headers.push({ name, headers: request.headers });
      let text = '';
      for await (const chunk of request) text += String(chunk);
      const { query, variables, operationName } = JSON.parse(text) as SourceRequest;
      const cookies: string[] = [];
      const userAgent = String(request.headers['x-vss-user-agent'] ?? '');
      const asked = await asRequest(verifier, request.headers.authorization, { query, variables, operationName, userAgent, cookies });
      graph.fetches.push({ name, query, variables: { ...variables }, actor: asked.actor.userId });
      const result = await runOn(schema, asked, graph);
      response.writeHead(200, { 'content-type': 'application/json', ...(cookies.length > 0 ? { 'set-cookie': cookies } : {}) }).end(JSON.stringify(result));
    };
    const server = createServer((request, response) => void handle(request, response));
    const sockets = new WebSocketServer({ server, path: '/graphql' });
    const live = useServer(
      {
        schema,
        onPing: (_context, payload) => void pings.push(payload ?? {}),
        subscribe: async (args) => {
          const authorization = (args.contextValue as { connectionParams?: Record<string, string> }).connectionParams?.['authorization'];
          const query = (args.contextValue as { source: string }).source;
          return subscribeOn(schema, await asRequest(verifier, authorization, { query, variables: args.variableValues ?? {}, userAgent: '', cookies: [] }), graph);
        },
        onSubscribe: (context, _id, payload) => ({ schema, document: parse(payload.query), variableValues: payload.variables ?? {}, contextValue: { connectionParams: context.connectionParams, source: payload.query } }),
      },
      sockets,
    );
    const port = await listen(server);
    urls[name] = `http://127.0.0.1:${port}/graphql`;
    running.push(async () => {
      await live.dispose();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
  }
  return { urls, headers, pings, close: async () => void (await Promise.all(running.map((stop) => stop()))) };
}

async function asRequest(
  verifier: TokenVerifier,
  authorization: string | undefined,
  given: { query: string; variables: Readonly<Record<string, unknown>>; operationName?: string | undefined; userAgent: string; cookies: string[] },
): Promise<SourceRequest> {
  const { actor } = await verifier.verify((authorization ?? '').replace('Bearer ', ''));
  const { query, variables, operationName, userAgent, cookies } = given;
  const reply = { setCookie: (value: string) => void cookies.push(value) };
  return { query, variables, operationName, actor, traceId: '', request: { address: '', userAgent, wantsCookie: false }, reply };
}

export const listen = (server: Server): Promise<number> => new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));
