import type { GraphQLSchema } from 'graphql';
import type { Orm } from '@vss/db';
import { runInSpan, startSpan, systemNow, type Logger, type Now, type Span } from '@vss/runtime';
import type { MutationAudit } from './audit/index.js';
import type { BuiltSubgraph } from './build.js';
import { createExecutor, type Executor, type SubgraphRequest, type SubgraphResult } from './execute.js';
import type { LiveSource } from './live.js';
import { createScope, type Denial, type Scope, type ScopeRequest } from './scope.js';

export interface Subgraph extends Executor {
  readonly name: string;
  readonly sdl: string;
  readonly schema: GraphQLSchema;
  readonly logger: Logger;
  /** What a request of this actor works with. */
  scopeFor(request: ScopeRequest): Scope;
  start(): Promise<void>;
  /** Ends streams and consumers and closes the database; what is under way is waited for. */
  stop(): Promise<void>;
  /** Whether requests can be answered. */
  isReady(): Promise<boolean>;
}

/** What the audit is to know of besides denials. */
export interface SubgraphAudit {
  /** A right was used that the actor has by `*:*` alone; told once a request. */
  readonly onOverride: (use: Denial, scope: Scope) => void;
  readonly mutations: MutationAudit;
}

export interface SubgraphOptions {
  readonly name: string;
  readonly build: BuiltSubgraph;
  readonly orm: Orm;
  readonly logger: Logger;
  readonly now?: Now | undefined;
  /** Schema and outbox tail, where the subgraph has live fields. */
  readonly live?: LiveSource | undefined;
  /** Called once a request for each right that it was denied. */
  readonly onDenied?: ((denial: Denial, scope: Scope) => void) | undefined;
  /** Where overrides and mutations are taken down. */
  readonly audit?: SubgraphAudit | undefined;
  readonly start?: (() => Promise<void>) | undefined;
  readonly stop?: (() => Promise<void>) | undefined;
}

export function createSubgraph({ name, build, orm, logger, now = systemNow, live, onDenied, audit, start, stop }: SubgraphOptions): Subgraph {
  const executor = createExecutor(build.schema);
  return {
    name,
    sdl: build.sdl,
    schema: build.schema,
    logger,
    scopeFor: (request) => createScope({ orm, now, logger, live, onDenied, onOverride: audit?.onOverride, mutationAudit: audit?.mutations }, request),
    execute: (request) => inRequestSpan(name, request, () => executor.execute(request)),
    subscribe: (request) => executor.subscribe(request),
    start: async () => start?.(),
    async stop() {
      await stop?.();
      await orm.close();
    },
    isReady: () => orm.isConnected(),
  };
}

/** What a request does, its statements and messages, hangs under a span of its own; nothing where no traces are recorded. */
function inRequestSpan(subgraph: string, { scope, operationName }: SubgraphRequest, work: () => Promise<SubgraphResult>): Promise<SubgraphResult> {
  const parent = scope.traceparent ? { parent: scope.traceparent } : { traceId: scope.traceId };
  const span = startSpan(subgraph, { kind: 'server', ...parent, attributes: { 'vss.subgraph': subgraph, 'graphql.operation.name': operationName ?? undefined } });
  return span ? followed(span, work) : work();
}

async function followed(span: Span, work: () => Promise<SubgraphResult>): Promise<SubgraphResult> {
  const result = await runInSpan(span, work);
  span.end(result.errors ? 'the answer has errors' : undefined);
  return result;
}

/** Runs a query or mutation in this process. Errors come back masked; the result may be sent as JSON. */
export const executeOnSubgraph = (subgraph: Executor, request: SubgraphRequest): Promise<SubgraphResult> => subgraph.execute(request);

/** Opens a live stream in this process; each result is masked as above. */
export const subscribeOnSubgraph = (subgraph: Executor, request: SubgraphRequest): Promise<AsyncIterableIterator<SubgraphResult> | SubgraphResult> =>
  subgraph.subscribe(request);
