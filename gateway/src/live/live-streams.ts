import { isDeepStrictEqual } from 'node:util';
import { GraphQLError, print } from 'graphql';
import { AUTHENTICATED, denial, type Actor } from '@vss/auth';
import { AppError, messageOf, type Logger } from '@vss/runtime';
import { createBoundedQueue, type BoundedQueue } from '../common/bounded-queue.js';
import { errorsOf, type OperationRequest } from '../execute/engine.js';
import type { Presenter } from '../execute/present-error.js';
import { variablesOf } from '../execute/plain/fetch.js';
import type { RequestScope } from '../execute/request-scope.js';
import type { Graph } from '../graph.js';
import type { Graphs } from '../supergraph/graphs.js';
import type { LiveCounters } from '../observe/gateway-metrics.js';
import { traceparentOf } from '../observe/source-observer.js';
import { nobody, noReply, type SourceRequest } from '../sources/source.js';
import type { SourcesByName } from '../sources/source-pool.js';
import { completeEvent } from './complete-event.js';
import type { Frame } from './frame.js';
import { prepareOpening, type Opening } from './opening.js';
import type { OutboxLimits } from './outbox.js';
import { SharedStream, type Member, type Subscriber } from './shared-stream.js';
import { createStreamKeys, partitionOf, type StreamIdentity } from './stream-key.js';
import { startUpstream } from './upstream.js';

export interface Membership {
  /** Nothing is delivered any more. */
  leave(): void;
  /** Goes on behind the last event with the rights of this actor; where that cannot be, the subscriber is told. */
  changeActor(actor: Actor): void;
}

export interface Refused {
  readonly errors: readonly GraphQLError[];
}

export interface LiveStreams {
  /** Makes the subscriber one of the stream's, or gives the errors for which there is none. Never rejects. */
  join(request: OperationRequest, scope: RequestScope, subscriber: Subscriber): Promise<Membership | Refused>;
  /** The same for a reader who takes one event after the other: what waits for him is bounded. */
  open(request: OperationRequest, scope: RequestScope): Promise<BoundedQueue<Frame> | Refused>;
  /** Asks for everybody who follows a stream whether he is another now. */
  changeActors(actorFor: (actor: Actor) => Actor): void;
  /** Everybody who follows a stream. */
  actors(): Iterable<Actor>;
  /** Ends the streams of some, who are told why. */
  endWhere(isMeant: (actor: Actor) => boolean, error: AppError): void;
  readonly counts: { readonly upstreams: number; readonly clients: number; readonly opened: number; readonly events: number };
  close(): void;
}

/** A stream with what its events are completed by at the moment. */
interface Running {
  readonly stream: SharedStream;
  readonly identity: StreamIdentity;
  readonly request: OperationRequest;
  opening: Opening;
}

/** A subscriber's place in the stream that he follows at the moment; small, since there may be many thousands. */
class Seat implements Member, Membership {
  seen: number | undefined;
  leg: Member['leg'];

  constructor(
    readonly subscriber: Subscriber,
    public scope: RequestScope,
    public running: Running,
    private readonly move: (seat: Seat, actor: Actor) => void,
  ) {}

  leave(): void {
    this.running.stream.leave(this);
  }

  changeActor(actor: Actor): void {
    this.move(this, actor);
  }
}

export interface LiveStreamsOptions {
  readonly graphs: Pick<Graphs, 'current' | 'onChange'>;
  readonly presenter: Presenter;
  readonly logger: Logger;
  /** What may wait for one reader. */
  readonly waiting: OutboxLimits;
  readonly observed: LiveCounters;
}

/**
 * Federated subscriptions. The planner knows them but nobody else runs them: it gives the fetch that makes
 * the events (`primary`) and what completes each (`rest`). For every event the ordinary plan `primary, rest` runs, its
 * first fetch answered by the event itself, so that entity fetches, rewrites, error paths and nulls are the planner's own.
 */
export function createLiveStreams(options: LiveStreamsOptions): LiveStreams {
  const { graphs, presenter, logger, waiting, observed } = options;
  const running = new Map<string, Running>();
  const keys = createStreamKeys();
  let opened = 0;
  let events = 0;

  async function join(request: OperationRequest, scope: RequestScope, subscriber: Subscriber): ReturnType<LiveStreams['join']> {
    try {
      const opening = prepareOpening(graphs.current.engine, request, scope);
      if ('errors' in opening) return opening;
      const startedAt = opening.prepared.observed.begin(scope);
      const joined = await take(request, opening, subscriber).catch((error: unknown) => ({ errors: presented(error, scope) }));
      opening.prepared.observed.end(scope, startedAt, 'errors' in joined);
      return joined;
    } catch (error) {
      return { errors: presented(error, scope) };
    }
  }

  async function take(request: OperationRequest, opening: Opening, subscriber: Subscriber): ReturnType<LiveStreams['join']> {
    const { running: found, after } = runningFor(request, opening);
    if (after !== undefined) observed.replays.inc();
    const seat = new Seat(subscriber, opening.scope, found, move);
    const errors = await found.stream.join(seat, after);
    return errors ? { errors } : seat;
  }

  const presented = (error: unknown, { traceId }: RequestScope): GraphQLError[] => errorsOf(error).map((one) => presenter.present(one, traceId));

  function runningFor(request: OperationRequest, opening: Opening): { running: Running; after: string | undefined } {
    const identity = keys.identify(opening, graphs.current.sources.get(opening.subscription.primary.serviceName)?.resumes ?? false);
    return { running: running.get(identity.key) ?? start(request, opening, identity), after: identity.after };
  }

  /** Takes the subscriber to the stream of those who have the same rights now, at exactly the place where he is. */
  function move(seat: Seat, actor: Actor): void {
    if (actor === seat.scope.actor || partitionOf(actor) === partitionOf(seat.scope.actor)) return;
    observed.revoked.inc();
    const { stream, identity, request } = seat.running;
    const changed = [presenter.present(rightsChanged(seat.scope.actor), seat.scope.traceId)];
    // Whoever waits for his place still is told by that.
    if (!seat.leg) return stream.leave(seat, changed);
    const cursor = identity.isResumable ? stream.cursorOf(seat) : undefined;
    stream.leave(seat);
    if (cursor === undefined) return seat.subscriber.end(changed);
    const scope = { ...seat.scope, actor };
    try {
      const opening = prepareOpening(graphs.current.engine, { ...request, variables: identity.variablesAt(cursor) }, scope, { goesOn: true });
      if ('errors' in opening) return seat.subscriber.end(opening.errors);
      seat.scope = scope;
      seat.running = runningFor(request, opening).running;
      void settle(seat, cursor);
    } catch (error) {
      seat.subscriber.end(presented(error, scope));
    }
  }

  async function settle(seat: Seat, cursor: string): Promise<void> {
    const errors = await seat.running.stream.join(seat, cursor);
    if (errors) seat.subscriber.end(errors);
  }

  /** A stream whose source is asked for the same goes on by the new plan; the others' clients ask anew, from where they are. */
  function adopt({ documents, engine }: Graph): void {
    for (const one of running.values()) {
      const { opening } = one;
      const next = reopened(one, documents, engine);
      if (next && isSameSource(opening, next)) one.opening = next;
      else one.stream.end([presenter.present(supergraphChanged(), opening.scope.traceId)]);
    }
  }
  graphs.onChange(adopt);

  async function open(request: OperationRequest, scope: RequestScope): ReturnType<LiveStreams['open']> {
    let membership: Membership | undefined;
    const queue = createBoundedQueue<Frame>({ limit: waiting.events, most: { size: waiting.bytes, of: (frame) => frame.size }, onDrop: () => observed.dropped.inc(), onReturn: () => membership?.leave() });
    const joined = await join(request, scope, { deliver: (frame) => queue.push(frame), end: (errors) => queue.end(errors?.[0]), takeBack: () => queue.clear() });
    if ('errors' in joined) return joined;
    membership = joined;
    return queue;
  }

  /** Everybody at this moment: what is done with them moves them about. */
  const seats = (): Seat[] => [...running.values()].flatMap(({ stream }) => [...stream.members()].filter((member) => member instanceof Seat));

  function start(request: OperationRequest, opening: Opening, identity: StreamIdentity): Running {
    const { key, isResumable, variablesAt } = identity;
    const { traceId } = opening.scope;
    const stream = new SharedStream({
      isResumable,
      openUpstream(after, listener) {
        opened++;
        const { subscription, scope } = started.opening;
        const subscribe = (from: string | undefined, signal: AbortSignal) =>
          subscribeTo(graphs.current.sources, { subscription, scope, variables: variablesAt(from) }, { signal, ...(isResumable ? { resumption: { after: from } } : {}) });
        return startUpstream({ subgraph: subscription.primary.serviceName, subscribe, resumes: isResumable, after, listener, logger });
      },
      complete(event, scope = started.opening.scope) {
        events++;
        return completeEvent(presenter, { ...started.opening, scope }, event);
      },
      present(error) {
        logger.warn({ err: error, traceId }, `A live stream ended: ${messageOf(error)}`);
        return presenter.present(error, traceId);
      },
      onEmpty: () => void (running.get(key) === started && running.delete(key)),
    });
    const started: Running = { stream, identity, request, opening };
    running.set(key, started);
    return started;
  }

  return {
    join,
    open,
    *actors() {
      for (const { stream } of running.values()) for (const { scope } of stream.members()) yield scope.actor;
    },
    endWhere(isMeant, error) {
      for (const seat of seats().filter(({ scope }) => isMeant(scope.actor))) {
        observed.revoked.inc();
        seat.leave();
        seat.subscriber.end([presenter.present(error, seat.scope.traceId)]);
      }
    },
    changeActors(actorFor) {
      for (const seat of seats()) move(seat, actorFor(seat.scope.actor));
    },
    get counts() {
      let [upstreams, clients] = [0, 0];
      for (const { stream } of running.values()) {
        upstreams += stream.upstreams;
        clients += stream.size;
      }
      return { upstreams, clients, opened, events };
    },
    close() {
      for (const { stream } of running.values()) stream.end();
    },
  };
}

function subscribeTo(sources: SourcesByName, { subscription: { primary }, variables, scope }: Pick<Opening, 'subscription' | 'variables' | 'scope'>, rest: Pick<SourceRequest, 'signal' | 'resumption'>) {
  const source = sources.get(primary.serviceName);
  if (!source) throw new AppError('UNAVAILABLE', `There is no subgraph ${primary.serviceName}`);
  const { actor, traceId } = scope;
  return source.subscribe({ actor, traceId, traceparent: traceparentOf(scope), request: nobody, reply: noReply, query: primary.operation, operationName: primary.operationName, variables: variablesOf(primary, variables), ...rest });
}

/** The opening as the new graph has it, or undefined where it has none. */
function reopened({ request, identity, opening }: Running, documents: Graph['documents'], engine: Graph['engine']): Opening | undefined {
  const loaded = documents.load(request.document.loc?.source.body ?? print(request.document));
  if ('errors' in loaded) return undefined;
  try {
    const next = prepareOpening(engine, { ...request, document: loaded.document, variables: identity.variablesAt(identity.after) }, opening.scope, { goesOn: true });
    return 'errors' in next ? undefined : next;
  } catch {
    return undefined;
  }
}

function isSameSource({ subscription: { primary }, variables }: Opening, next: Opening): boolean {
  const other = next.subscription.primary;
  return primary.serviceName === other.serviceName && primary.operation === other.operation && isDeepStrictEqual(variablesOf(primary, variables), variablesOf(other, next.variables));
}

const rightsChanged = (actor: Actor): AppError => denial(actor, AUTHENTICATED, { why: 'Your rights have changed: subscribe again', details: { reason: 'RIGHTS_CHANGED' } });
const supergraphChanged = (): GraphQLError => new GraphQLError('The graph has changed: subscribe again', { extensions: { code: 'SUPERGRAPH_CHANGED' } });
