import type { GraphQLError } from 'graphql';
import { AppError, messageOf, type Logger } from '@vss/runtime';
import { createBoundedQueue, type BoundedQueue } from '../common/bounded-queue.js';
import { errorsOf, type OperationRequest } from '../execute/engine.js';
import type { Presenter } from '../execute/present-error.js';
import { variablesOf } from '../execute/plain/fetch.js';
import type { RequestScope } from '../execute/request-scope.js';
import type { CurrentGraph } from '../graph.js';
import { nobody, noReply, type SourceRequest } from '../sources/source.js';
import type { SourcesByName } from '../sources/source-pool.js';
import { completeEvent } from './complete-event.js';
import type { Frame } from './frame.js';
import { prepareOpening, type Opening } from './opening.js';
import type { OutboxLimits } from './outbox.js';
import { SharedStream, type Member, type Subscriber } from './shared-stream.js';
import { createStreamKeys, type StreamIdentity } from './stream-key.js';
import { startUpstream } from './upstream.js';

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

/** A stream with what its events are completed by at the moment. */
interface Running {
  readonly stream: SharedStream;
  opening: Opening;
}

export interface LiveStreamsOptions {
  readonly graphs: CurrentGraph;
  readonly presenter: Presenter;
  readonly logger: Logger;
  /** What may wait for one reader. */
  readonly waiting: OutboxLimits;
}

/**
 * Federated subscriptions. @apollo/gateway plans them but does not run them: the planner gives the fetch that makes
 * the events (`primary`) and what completes each (`rest`). For every event the ordinary plan `primary, rest` runs, its
 * first fetch answered by the event itself, so that entity fetches, rewrites, error paths and nulls are the planner's own.
 */
export function createLiveStreams(options: LiveStreamsOptions): LiveStreams {
  const { graphs, presenter, logger, waiting } = options;
  const running = new Map<string, Running>();
  const keys = createStreamKeys();
  let opened = 0;
  let events = 0;

  async function join(request: OperationRequest, scope: RequestScope, subscriber: Subscriber): ReturnType<LiveStreams['join']> {
    try {
      const opening = prepareOpening(graphs.current.engine, request, scope);
      if ('errors' in opening) return opening;
      const identity = keys.identify(opening, graphs.current.sources.get(opening.subscription.primary.serviceName)?.resumes ?? false);
      const { stream } = running.get(identity.key) ?? start(opening, identity);
      const member: Member = { subscriber, scope, seen: undefined, leg: undefined };
      const errors = await stream.join(member, identity.after);
      return errors ? { errors } : { leave: () => stream.leave(member) };
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

  function start(opening: Opening, { key, isResumable, variablesAt }: StreamIdentity): Running {
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
    const started: Running = { stream, opening };
    running.set(key, started);
    return started;
  }

  return {
    join,
    open,
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

function subscribeTo(sources: SourcesByName, { subscription: { primary }, variables, scope: { actor, traceId } }: Pick<Opening, 'subscription' | 'variables' | 'scope'>, rest: Pick<SourceRequest, 'signal' | 'resumption'>) {
  const source = sources.get(primary.serviceName);
  if (!source) throw new AppError('UNAVAILABLE', `There is no subgraph ${primary.serviceName}`);
  return source.subscribe({ actor, traceId, request: nobody, reply: noReply, query: primary.operation, operationName: primary.operationName, variables: variablesOf(primary, variables), ...rest });
}
