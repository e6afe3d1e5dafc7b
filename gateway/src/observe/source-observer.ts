import { AppError, startSpan, unrecordedTraceparent, type Counter, type Histogram, type Span } from '@vss/runtime';
import type { RequestScope } from '../execute/request-scope.js';
import type { RawAnswer } from '../sources/source.js';
import type { GatewayMetrics } from './gateway-metrics.js';

/** How a fetch ended: a clean answer, one with errors, none, or not sent (breaker, concurrency limit). */
export type FetchOutcome = 'answered' | 'errors' | 'failed' | 'refused';
export type BreakerState = 'closed' | 'trying' | 'open';

/** One subgraph's handle. */
export interface SourceObserver {
  readonly name: string;
  /** At once before the subgraph is asked; the fetch must be ended. */
  begin(scope: RequestScope): Fetch;
  /** A fetch that another one's answer served. */
  shared(): void;
  retried(): void;
  readonly inFlight: number;
  breaker(): BreakerState;
  /** Whoever holds the breaker says how it stands. */
  watchBreaker(read: () => BreakerState): void;
}

/** One fetch under way. A request's fetches hang together, the latest first, for its slow-operation line. */
export interface Fetch {
  readonly subgraph: string;
  /** What the subgraph is told: its work hangs under this fetch. */
  readonly traceparent: string;
  /** How many hang before it. */
  readonly depth: number;
  readonly previous: Fetch | undefined;
  /** NaN while it is under way. */
  readonly durationMs: number;
  end(outcome: FetchOutcome): void;
  /** Ends it without an answer. */
  failed(error: unknown): void;
}

/** How an answer looks from outside. Servers write `errors` before `data`; nobody reads an answer for the sake of a count. */
export const outcomeOf = ({ status, bytes, isClean }: RawAnswer): FetchOutcome =>
  isClean ? 'answered' : status >= 400 ? 'failed' : bytes.subarray(0, ERRORS.length).equals(ERRORS) ? 'errors' : 'answered';
const ERRORS = Buffer.from('{"errors"');

/** The `traceparent` that goes on from a request: its span's, else what came with it, else its id alone. */
export const traceparentOf = ({ span, traceparent, traceId }: Pick<RequestScope, 'span' | 'traceparent' | 'traceId'>): string =>
  span?.traceparent ?? traceparent ?? unrecordedTraceparent(traceId);

export function createSourceObserver(name: string, { fetches }: GatewayMetrics): SourceObserver {
  const source = new ObservedSource(name, fetches.duration(name), (outcome) => fetches.failed(name, outcome));
  const [shared, retried] = [fetches.shared(name), fetches.retried(name)];
  let breaker = (): BreakerState => 'closed';
  return {
    name,
    begin: (scope) => new RunningFetch(source, scope),
    shared: () => shared.inc(),
    retried: () => retried.inc(),
    get inFlight() {
      return source.inFlight;
    },
    breaker: () => breaker(),
    watchBreaker: (read) => void (breaker = read),
  };
}

class ObservedSource {
  inFlight = 0;
  constructor(
    readonly name: string,
    readonly duration: Histogram,
    readonly failed: (outcome: FetchOutcome) => Counter,
  ) {}
}

// A live stream fetches for every event, all its life long.
const MOST_REMEMBERED = 256;

class RunningFetch implements Fetch {
  readonly previous: Fetch | undefined;
  readonly depth: number;
  durationMs = Number.NaN;
  private readonly startedAt = performance.now();
  private readonly span: Span | undefined;
  constructor(
    private readonly source: ObservedSource,
    private readonly scope: RequestScope,
  ) {
    source.inFlight++;
    this.previous = scope.lastFetch && scope.lastFetch.depth < MOST_REMEMBERED ? scope.lastFetch : undefined;
    this.depth = this.previous ? this.previous.depth + 1 : 0;
    scope.lastFetch = this;
    // Only under a recorded request: a fetch alone would be a trace of its own.
    this.span = scope.span && startSpan(`fetch ${source.name}`, { kind: 'client', parent: scope.span, attributes: { 'vss.subgraph': source.name } });
  }
  get subgraph(): string {
    return this.source.name;
  }
  get traceparent(): string {
    return this.span?.traceparent ?? traceparentOf(this.scope);
  }
  failed(error: unknown): void {
    // Our own refusals alone say when to come back.
    this.end(error instanceof AppError && 'retryAfterMs' in error.details ? 'refused' : 'failed');
  }
  end(outcome: FetchOutcome): void {
    if (!Number.isNaN(this.durationMs)) return;
    this.durationMs = performance.now() - this.startedAt;
    this.source.inFlight--;
    this.source.duration.observe(this.durationMs / 1_000);
    if (outcome !== 'answered') this.source.failed(outcome).inc();
    this.span?.end(outcome === 'answered' ? undefined : outcome);
  }
}
