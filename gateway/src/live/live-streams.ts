import type { ServiceMap } from '@apollo/gateway';
import type { FetchNode, SubscriptionNode } from '@apollo/query-planner';
import { GraphQLError, Kind, type ExecutionResult, type FieldNode, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';
import type { Actor } from '@vss/auth';
import { AppError, messageOf, withDeadline, type Logger } from '@vss/runtime';
import { errorsOf, type Engine, type OperationRequest, type PreparedOperation } from '../execute/engine.js';
import type { Presenter } from '../execute/present-error.js';
import type { RequestScope } from '../execute/request-scope.js';
import { runPlan } from '../execute/run-plan.js';
import type { GuardedOperation } from '../guard/operation-guard.js';
import type { PlannedOperation, PlannedPart } from '../plan/plan-operation.js';
import { sourceRequest } from '../sources/data-source.js';
import type { Source, SourceAnswer } from '../sources/source.js';
import { createOutbox, type Outbox } from './outbox.js';

type Data = Record<string, unknown>;

/** One event as it goes to every client of a stream: written out once. */
export interface Frame {
  readonly json: string;
  readonly result: ExecutionResult;
}

export interface LiveStreams {
  /** The client's own view of a stream, or the errors for which there is none. Never rejects. */
  open(request: OperationRequest, scope: RequestScope): Promise<Outbox<Frame> | { readonly errors: readonly GraphQLError[] }>;
  readonly counts: { readonly upstreams: number; readonly clients: number; readonly opened: number; readonly events: number };
  close(): void;
}

/** One upstream subscription with everybody who shares it. */
interface Shared {
  readonly key: string;
  readonly clients: Map<Outbox<Frame>, RequestScope>;
  readonly abort: AbortController;
  /** Settled when the subgraph took the subscription, or refused it. */
  readonly ready: Promise<readonly GraphQLError[] | undefined>;
}

interface Opening {
  readonly prepared: PreparedOperation;
  readonly guarded: GuardedOperation;
  readonly planned: PlannedOperation & { readonly subscription: SubscriptionNode };
  readonly variables: Data;
  readonly scope: RequestScope;
}

const CLIENT_LIMIT = 64;
const SUBSCRIBE_MS = 10_000;

async function stopIfLate(subscribing: Promise<AsyncIterable<SourceAnswer> | SourceAnswer>, signal: AbortSignal): Promise<void> {
  const stream = await subscribing.catch(() => undefined);
  if (signal.aborted && stream && Symbol.asyncIterator in stream) await stream[Symbol.asyncIterator]().return?.();
}

/**
 * Federated subscriptions. @apollo/gateway plans them but does not run them: the planner gives the fetch that makes
 * the events (`primary`) and what completes each (`rest`). For every event the ordinary plan `primary, rest` runs, its
 * first fetch answered by the event itself, so that entity fetches, rewrites, error paths and nulls are the planner's own.
 */
export function createLiveStreams(options: { engine: Engine; sources: readonly Source[]; presenter: Presenter; logger: Logger; clientLimit?: number }): LiveStreams {
  const { engine, presenter, logger, clientLimit = CLIENT_LIMIT } = options;
  const sources = new Map(options.sources.map((source) => [source.name, source]));
  const shared = new Map<string, Shared>();
  const keys = createKeys();
  let opened = 0;
  let events = 0;

  async function open(request: OperationRequest, scope: RequestScope): ReturnType<LiveStreams['open']> {
    try {
      const opening = prepare(engine, request, scope);
      if ('errors' in opening) return opening;
      const key = keys.keyOf(opening);
      const stream = shared.get(key) ?? start(key, opening);
      const client: Outbox<Frame> = createOutbox({ limit: clientLimit, onReturn: () => leave(stream, client) });
      stream.clients.set(client, scope);
      const errors = await stream.ready;
      if (!errors) return client;
      leave(stream, client);
      return { errors };
    } catch (error) {
      return { errors: errorsOf(error).map((one) => presenter.present(one, scope.traceId)) };
    }
  }

  function start(key: string, opening: Opening): Shared {
    const ready = Promise.withResolvers<readonly GraphQLError[] | undefined>();
    const stream: Shared = { key, clients: new Map(), abort: new AbortController(), ready: ready.promise };
    shared.set(key, stream);
    opened++;
    void run(stream, opening, ready.resolve);
    return stream;
  }

  async function run(stream: Shared, opening: Opening, ready: (errors: readonly GraphQLError[] | undefined) => void): Promise<void> {
    const { traceId } = opening.scope;
    try {
      await follow(stream, opening, ready);
      ready([presenter.present(new AppError('UNAVAILABLE', 'The stream ended before it began'), traceId)]);
      end(stream);
    } catch (error) {
      logger.warn({ err: error, traceId }, `A live stream ended: ${messageOf(error)}`);
      const presented = presenter.present(error, traceId);
      ready([presented]);
      end(stream, presented);
    }
  }

  async function follow(stream: Shared, opening: Opening, ready: (errors: readonly GraphQLError[] | undefined) => void): Promise<void> {
    const { primary } = opening.planned.subscription;
    const subscribing = subscribe(sources, primary, opening, stream.abort.signal);
    // Should it come when nobody waits any more, it must not stay open.
    void stopIfLate(subscribing, stream.abort.signal);
    const upstream = await withDeadline(SUBSCRIBE_MS, `Subscribing to ${primary.serviceName}`, () => subscribing, stream.abort.signal);
    if (!(Symbol.asyncIterator in upstream)) {
      const errors = refusal(primary.serviceName, upstream).map((error) => presenter.present(error, opening.scope.traceId));
      return ready(errors);
    }
    const iterator = upstream[Symbol.asyncIterator]();
    stream.abort.signal.addEventListener('abort', () => void iterator.return?.(), { once: true });
    ready(undefined);
    // Waiting for one event's answer before asking for the next is the back-pressure towards the subgraph.
    for (let step = await iterator.next(); !step.done && !stream.abort.signal.aborted; step = await iterator.next()) {
      events++;
      const scope = stream.clients.values().next().value ?? opening.scope;
      const result = await complete(engine, presenter, { ...opening, scope }, step.value);
      const frame = { result, json: JSON.stringify(result) };
      for (const client of stream.clients.keys()) client.push(frame);
    }
  }

  function leave(stream: Shared, client: Outbox<Frame>): void {
    stream.clients.delete(client);
    if (stream.clients.size === 0) end(stream);
  }

  function end(stream: Shared, error?: Error): void {
    if (shared.get(stream.key) === stream) shared.delete(stream.key);
    stream.abort.abort();
    for (const client of stream.clients.keys()) client.end(error);
    stream.clients.clear();
  }

  return {
    open,
    get counts() {
      return { upstreams: shared.size, clients: [...shared.values()].reduce((sum, { clients }) => sum + clients.size, 0), opened, events };
    },
    close() {
      for (const stream of shared.values()) end(stream);
    },
  };
}

function prepare(engine: Engine, request: OperationRequest, scope: RequestScope): Opening | { readonly errors: readonly GraphQLError[] } {
  const prepared = engine.prepare(request.document, request.operationName);
  const variables = engine.coerce(prepared, request.variables);
  const guarded = engine.check(prepared, variables, scope);
  if (!guarded.operation) {
    const { errors } = engine.finish({ data: {}, errors: [] }, guarded, variables, scope);
    return { errors: errors ?? [] };
  }
  const planned = prepared.plan(guarded);
  if (!planned.subscription) throw new GraphQLError('Not a subscription', { extensions: { code: 'BAD_USER_INPUT' } });
  return { prepared, guarded, planned: { ...planned, subscription: planned.subscription }, variables, scope };
}

async function subscribe(sources: ReadonlyMap<string, Source>, primary: FetchNode, { variables, scope }: Opening, signal: AbortSignal) {
  const source = sources.get(primary.serviceName);
  if (!source) throw new AppError('UNAVAILABLE', `There is no subgraph ${primary.serviceName}`);
  const used = Object.fromEntries((primary.variableUsages ?? []).filter((name) => name in variables).map((name) => [name, variables[name]]));
  return source.subscribe({ ...sourceRequest(scope, false), query: primary.operation, operationName: primary.operationName, variables: used, signal });
}

const refusal = (subgraph: string, { errors = [] }: SourceAnswer): Error[] =>
  errors.length === 0
    ? [new AppError('UNAVAILABLE', `The subgraph ${subgraph} opened no stream`)]
    : errors.map((error) => new GraphQLError(error.message, { path: error.path, extensions: { ...error.extensions, serviceName: subgraph }, originalError: error instanceof GraphQLError ? error : undefined }));

/** Runs the plan for one event. A failure is that event's answer and does not end the stream. */
async function complete(engine: Engine, presenter: Presenter, { planned, guarded, variables, scope }: Opening, event: SourceAnswer): Promise<ExecutionResult> {
  const dropped = event.extensions?.['dropped'];
  try {
    const answer = await runPlan(eventPlan(planned), { supergraph: engine.supergraph, services: answeredBy(event, planned.subscription.primary, engine.services), variables, scope });
    const result = engine.finish(answer, guarded, variables, scope);
    return dropped === undefined ? result : { ...result, extensions: { dropped } };
  } catch (error) {
    return { errors: [presenter.present(error, scope.traceId)] };
  }
}

function eventPlan(planned: Opening['planned']): PlannedOperation {
  const { primary, rest } = planned.subscription;
  const [part] = planned.parts;
  if (!part) throw new Error('A planned operation has at least one part');
  const plan: PlannedPart['plan'] = { kind: 'QueryPlan', node: rest ? { kind: 'Sequence', nodes: [primary, rest] } : primary };
  return { ...planned, parts: [{ ...part, plan }] };
}

/** The subgraphs, but the first fetch is answered by the event. */
function answeredBy(event: SourceAnswer, primary: FetchNode, services: ServiceMap): ServiceMap {
  const owner = services[primary.serviceName];
  let isUsed = false;
  const first: ServiceMap[string] = {
    process(options) {
      if (isUsed || options.request.query !== primary.operation) {
        if (!owner) throw new AppError('UNAVAILABLE', `There is no subgraph ${primary.serviceName}`);
        return owner.process(options);
      }
      isUsed = true;
      // The plan's answers are merged into this object, and a source may hand one object to several readers.
      const data = event.data ? structuredClone(event.data) : null;
      return Promise.resolve({ data, ...(event.errors ? { errors: event.errors } : {}) });
    },
  };
  return { ...services, [primary.serviceName]: first };
}

/**
 * Who may share. The key holds everything an answer can depend on: a key too wide would show one client what only
 * another may see. The session is left out: two windows of one user share.
 */
function createKeys() {
  const operations = new WeakMap<PreparedOperation, number>();
  const partitions = new WeakMap<Actor, string>();
  let last = 0;
  const operationKey = (prepared: PreparedOperation): number => {
    let known = operations.get(prepared);
    if (known === undefined) operations.set(prepared, (known = ++last));
    return known;
  };
  const partition = (actor: Actor): string => {
    let known = partitions.get(actor);
    if (!known) partitions.set(actor, (known = partitionOf(actor)));
    return known;
  };
  return {
    keyOf({ prepared, variables, scope }: Opening): string {
      // A replay is one client's own: who joined it later would miss its beginning.
      const replay = isReplay(prepared.operation, variables) ? ++last : '';
      return JSON.stringify([operationKey(prepared), replay, variables, partition(scope.actor)]);
    },
  };
}

export const partitionOf = ({ kind, userId, role, centerId, permissionVersion, grants }: Actor): string =>
  JSON.stringify([kind, userId, role, centerId, permissionVersion, grants]);

const isReplay = (operation: OperationDefinitionNode, variables: Data): boolean =>
  rootFields(operation.selectionSet)
    .flatMap((field) => field.arguments ?? [])
    .some(({ name, value }) => name.value === 'after' && (value.kind === Kind.VARIABLE ? (variables[value.name.value] ?? null) !== null : value.kind !== Kind.NULL));

const rootFields = (set: SelectionSetNode): FieldNode[] =>
  set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    return selection.kind === Kind.INLINE_FRAGMENT ? rootFields(selection.selectionSet) : [];
  });
