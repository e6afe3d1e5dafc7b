import type { FetchNode } from '@apollo/query-planner';
import { GraphQLError } from 'graphql';
import { AppError, messageOf, withDeadline, type Logger } from '@vss/runtime';
import { createBoundedQueue, type BoundedQueue } from '../common/bounded-queue.js';
import { errorsOf, type OperationRequest } from '../execute/engine.js';
import type { Presenter } from '../execute/present-error.js';
import { variablesOf } from '../execute/plain/fetch.js';
import type { RequestScope } from '../execute/request-scope.js';
import type { CurrentGraph } from '../graph.js';
import { nobody, noReply, type Source, type SourceAnswer } from '../sources/source.js';
import { completeEvent } from './complete-event.js';
import { Frame } from './frame.js';
import { prepareOpening, type Opening } from './opening.js';
import type { OutboxLimits } from './outbox.js';
import { createStreamKeys } from './stream-key.js';

/** Who follows a stream. */
export interface Subscriber {
  /** Takes an event and keeps nobody waiting. */
  deliver(frame: Frame): void;
  /** There is no more; with errors, because of them. */
  end(errors?: readonly GraphQLError[]): void;
}

export interface Membership {
  /** Nothing is delivered any more. */
  leave(): void;
}

export interface Refused {
  readonly errors: readonly GraphQLError[];
}

export interface LiveStreams {
  /** Makes the subscriber one of the stream's, or gives the errors for which there is none. Never rejects. */
  join(request: OperationRequest, scope: RequestScope, subscriber: Subscriber): Promise<Membership | Refused>;
  /** The same for a reader who takes one event after the other: what waits for him is bounded. */
  open(request: OperationRequest, scope: RequestScope): Promise<BoundedQueue<Frame> | Refused>;
  readonly counts: { readonly upstreams: number; readonly clients: number; readonly opened: number; readonly events: number };
  close(): void;
}

/** One upstream subscription with everybody who shares it. */
interface Shared {
  readonly key: string;
  readonly clients: Set<Member>;
  readonly abort: AbortController;
  /** Settled when the subgraph took the subscription, or refused it. */
  readonly ready: Promise<readonly GraphQLError[] | undefined>;
}

interface Member {
  readonly subscriber: Subscriber;
  readonly scope: RequestScope;
}

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
export function createLiveStreams(options: { graphs: CurrentGraph; presenter: Presenter; logger: Logger; waiting: OutboxLimits }): LiveStreams {
  const { graphs, presenter, logger, waiting } = options;
  const shared = new Map<string, Shared>();
  const keys = createStreamKeys();
  let opened = 0;
  let events = 0;

  async function join(request: OperationRequest, scope: RequestScope, subscriber: Subscriber): ReturnType<LiveStreams['join']> {
    try {
      const opening = prepareOpening(graphs.current.engine, request, scope);
      if ('errors' in opening) return opening;
      const key = keys.keyOf(opening);
      const stream = shared.get(key) ?? start(key, opening);
      const member: Member = { subscriber, scope };
      stream.clients.add(member);
      const errors = await stream.ready;
      if (!errors) return { leave: () => leave(stream, member) };
      leave(stream, member);
      return { errors };
    } catch (error) {
      return { errors: errorsOf(error).map((one) => presenter.present(one, scope.traceId)) };
    }
  }

  async function open(request: OperationRequest, scope: RequestScope): ReturnType<LiveStreams['open']> {
    let membership: Membership | undefined;
    const queue = createBoundedQueue<Frame>({ limit: waiting.events, most: { size: waiting.bytes, of: (frame) => frame.size }, onReturn: () => membership?.leave() });
    const joined = await join(request, scope, { deliver: (frame) => queue.push(frame), end: (errors) => queue.end(errors?.[0]) });
    if ('errors' in joined) return joined;
    membership = joined;
    return queue;
  }

  function start(key: string, opening: Opening): Shared {
    const ready = Promise.withResolvers<readonly GraphQLError[] | undefined>();
    const stream: Shared = { key, clients: new Set(), abort: new AbortController(), ready: ready.promise };
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
    const { primary } = opening.subscription;
    const subscribing = subscribe(graphs.current.sources, primary, opening, stream.abort.signal);
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
      const scope = stream.clients.values().next().value?.scope ?? opening.scope;
      const result = await completeEvent(presenter, { ...opening, scope }, step.value);
      const frame = new Frame(result);
      for (const { subscriber } of stream.clients) subscriber.deliver(frame);
    }
  }

  function leave(stream: Shared, member: Member): void {
    if (!stream.clients.delete(member)) return;
    if (stream.clients.size === 0) end(stream);
  }

  function end(stream: Shared, error?: GraphQLError): void {
    if (shared.get(stream.key) === stream) shared.delete(stream.key);
    stream.abort.abort();
    const clients = [...stream.clients];
    stream.clients.clear();
    for (const { subscriber } of clients) subscriber.end(error && [error]);
  }

  return {
    join,
    open,
    get counts() {
      return { upstreams: shared.size, clients: [...shared.values()].reduce((sum, { clients }) => sum + clients.size, 0), opened, events };
    },
    close() {
      for (const stream of shared.values()) end(stream);
    },
  };
}

async function subscribe(sources: ReadonlyMap<string, Source>, primary: FetchNode, { variables, scope: { actor, traceId } }: Opening, signal: AbortSignal) {
  const source = sources.get(primary.serviceName);
  if (!source) throw new AppError('UNAVAILABLE', `There is no subgraph ${primary.serviceName}`);
  return source.subscribe({ actor, traceId, request: nobody, reply: noReply, query: primary.operation, operationName: primary.operationName, variables: variablesOf(primary, variables), signal });
}

const refusal = (subgraph: string, { errors = [] }: SourceAnswer): Error[] =>
  errors.length === 0
    ? [new AppError('UNAVAILABLE', `The subgraph ${subgraph} opened no stream`)]
    : errors.map((error) => new GraphQLError(error.message, { path: error.path, extensions: { ...error.extensions, serviceName: subgraph }, originalError: error instanceof GraphQLError ? error : undefined }));
