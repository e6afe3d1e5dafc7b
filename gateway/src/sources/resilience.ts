import { AppError } from '@vss/runtime';
import type { SourceObserver } from '../observe/source-observer.js';
import { createCircuitBreaker, type BreakerSettings, type BreakerState } from './circuit-breaker.js';
import { createDeadlines, DeadlinePassed, type Deadlines } from './deadlines.js';
import { ConnectionLost } from './http-client/connection.js';
import { executeBySending } from './raw-execute.js';
import { createSharedReads } from './shared-reads.js';
import { createSlots, QueueFull } from './slots.js';
import { addressOnly, isMutation, nobody, noReply, type RawAnswer, type RawRequest, type RawScope, type Source, type SourceAnswer, type SourceRequest } from './source.js';

/** How one subgraph is treated. */
export interface ResilienceSettings extends BreakerSettings {
  /** How long one fetch may take, waiting and a second attempt included; noticed up to 50 ms later. */
  readonly deadlineMs: number;
  /** Requests at once. */
  readonly concurrency: number;
  /** Requests that wait for one of those to end; more are refused. */
  readonly queue: number;
}

export const DEFAULT_RESILIENCE: ResilienceSettings = {
  deadlineMs: 5_000,
  concurrency: 256,
  queue: 1_024,
  failuresInARow: 5,
  failureRatio: 0.5,
  failureSample: 20,
  failureWindowMs: 10_000,
  openMs: 2_000,
};

export interface ResilienceOptions {
  readonly settings: ResilienceSettings;
  /** Whether this one source is told about the client's connection and may set cookies. */
  readonly isSession: boolean;
  readonly observed?: Pick<SourceObserver, 'shared' | 'retried'>;
}

export interface SourceState {
  readonly breaker: BreakerState;
  readonly inFlight: number;
  readonly queued: number;
  /** Requests so far that another one's answer served. */
  readonly shared: number;
}

export interface ResilientSource extends Source {
  readonly state: SourceState;
}

/**
 * A source that does not take the gateway with it when it fails. Every request goes the same way: shared with an equal
 * one under way → a slot → the circuit breaker → the source, once more where a connection broke unanswered → counted.
 * It is over by its deadline, however far it came.
 */
export function resilient(source: Source, { settings, isSession, observed }: ResilienceOptions): ResilientSource {
  const { name } = source;
  const deadlines = createDeadlines();
  const slots = createSlots({ limit: settings.concurrency, queue: settings.queue, deadlines });
  const breaker = createCircuitBreaker(name, settings);
  let shared = 0;

  const dueAtOf = (given: number | undefined): number => Math.min(given ?? Infinity, performance.now() + settings.deadlineMs);

  async function run<R extends RawRequest | SourceRequest, A>(request: R, isRepeatable: boolean, ask: (request: R) => Promise<A>, isOutage: (answer: A) => boolean): Promise<A> {
    if (!slots.take()) {
      breaker.assertPassable();
      await slots.wait(request.dueAt ?? Infinity).catch((error: unknown) => {
        throw refusal(name, error);
      });
    }
    try {
      const pass = breaker.enter();
      try {
        const answer = await (isRepeatable ? twice(request, ask) : ask(request));
        if (isOutage(answer)) breaker.failed(pass);
        else breaker.succeeded(pass);
        return answer;
      } catch (error) {
        if (error instanceof AppError && error.code === 'UNAVAILABLE') breaker.failed(pass);
        else breaker.succeeded(pass);
        throw error;
      }
    } finally {
      slots.release();
    }
  }

  /** A kept connection may end at any moment, by a restart or a time limit of the far end: no failure yet for a read. */
  async function twice<R, A>(request: R, ask: (request: R) => Promise<A>): Promise<A> {
    try {
      return await ask(request);
    } catch (error) {
      if (!isUnanswered(error)) throw error;
      observed?.retried();
      return await ask(request);
    }
  }

  function sendTo(send: NonNullable<Source['send']>): NonNullable<Source['send']> {
    const ask = (request: RawRequest): Promise<RawAnswer> => run(request, request.isRepeatable, send, isServerError);
    const reads = createSharedReads(ask, () => {
      shared += 1;
      observed?.shared();
    });
    return ({ body, isRepeatable, scope, dueAt }) => {
      const due = dueAtOf(dueAt);
      if (isSession) return ask({ body, isRepeatable, scope, dueAt: due });
      const request: RawRequest = { body, isRepeatable, scope: isRepeatable ? withoutClient(scope) : withAddress(scope), dueAt: due };
      return isRepeatable ? reads.share(request, due) : ask(request);
    };
  }

  function executeHere(request: SourceRequest): Promise<SourceAnswer> {
    const due = dueAtOf(request.dueAt);
    const known: SourceRequest = { ...request, ...(isSession ? {} : { request: isMutation(request.query) ? addressOnly(request.request) : nobody, reply: noReply }), dueAt: due };
    return run(known, false, (asked) => within(deadlines, name, due, source.execute(asked)), () => false);
  }

  const send = source.send ? sendTo(source.send.bind(source)) : undefined;
  return {
    name,
    execute: send ? executeBySending(name, send) : executeHere,
    ...(send ? { send } : {}),
    resumes: source.resumes ?? false,
    async subscribe(request) {
      breaker.assertPassable();
      return source.subscribe(isSession ? request : { ...request, request: nobody, reply: noReply });
    },
    get state() {
      return { breaker: breaker.state, inFlight: slots.used, queued: slots.queued, shared };
    },
    async close() {
      deadlines.close();
      await source.close?.();
    },
  };
}

const withoutClient = (scope: RawScope): RawScope =>
  scope.request === nobody ? scope : { actor: scope.actor, traceId: scope.traceId, traceparent: scope.traceparent, request: nobody, reply: noReply };

/** Of whoever changes something the audit tells where he was. */
const withAddress = (scope: RawScope): RawScope => ({ ...withoutClient(scope), request: addressOnly(scope.request) });

const isServerError = ({ status }: RawAnswer): boolean => status >= 500;

const isUnanswered = (error: unknown): boolean => error instanceof AppError && error.cause instanceof ConnectionLost && error.cause.isUnanswered;

const RETRY_AFTER_MS = 1_000;

function refusal(subgraph: string, error: unknown): unknown {
  if (error instanceof QueueFull) return new AppError('UNAVAILABLE', `The subgraph ${subgraph} is asked too much at once`, { retryAfterMs: RETRY_AFTER_MS });
  return error instanceof DeadlinePassed ? late(subgraph, error) : error;
}

const late = (subgraph: string, cause: Error): AppError => new AppError('UNAVAILABLE', `The subgraph ${subgraph} did not answer in time`, {}, { cause });

/** For a source that does not mind `dueAt` itself: its answer is then waited for no longer. */
function within<T>(deadlines: Deadlines, subgraph: string, dueAt: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const waiting = { dueAt, expire: () => reject(late(subgraph, new DeadlinePassed())) };
    deadlines.add(waiting);
    work.then(resolve, reject).finally(() => deadlines.delete(waiting));
  });
}
