import { AsyncLocalStorage } from 'node:async_hooks';
import { messageOf } from '../errors.js';

export type SpanAttributes = Readonly<Record<string, string | number | boolean | undefined>>;

export interface SpanOptions {
  /** Who waits for whom: a server answers, a client asks, a producer and a consumer are apart in time. */
  readonly kind?: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  /** What it hangs under: a span of this process, or a `traceparent` of another. The running span where absent. */
  readonly parent?: Span | string | undefined;
  /** Of the trace that begins with it, where it has no parent. */
  readonly traceId?: string | undefined;
  /** Never personal data, tokens or values of variables. */
  readonly attributes?: SpanAttributes;
}

/** A piece of work in a trace. */
export interface Span {
  readonly traceId: string;
  /** What the next process is told. */
  readonly traceparent: string;
  set(attributes: SpanAttributes): void;
  /** With a reason when the work failed. */
  end(failure?: string): void;
}

/** Records spans: our need. OpenTelemetry is the adapter, loaded only where traces are wanted. */
export interface Tracer {
  start(name: string, options: SpanOptions): Span;
  /** Sends what is left. */
  stop(): Promise<void>;
}

// One for the process, like OpenTelemetry's own: a trace crosses every layer, and handing a tracer through each of them
// would say nothing that this does not.
let tracer: Tracer | undefined;
const running = new AsyncLocalStorage<Span>();

/** Without one, and until it is set, nothing is recorded and every call below returns at once. */
export const useTracer = (next: Tracer | undefined): void => void (tracer = next);

export const isTracing = (): boolean => tracer !== undefined;

/** The span that the calling code runs in. */
export const currentSpan = (): Span | undefined => (tracer ? running.getStore() : undefined);

/** Begins a span; undefined where nothing is recorded. Whoever begins it ends it. */
export function startSpan(name: string, options: SpanOptions = {}): Span | undefined {
  if (!tracer) return undefined;
  return tracer.start(name, options.parent === undefined && options.traceId === undefined ? { ...options, parent: running.getStore() } : options);
}

/** Runs `work` so that what it begins hangs under the span. */
export const runInSpan = <T>(span: Span | undefined, work: () => T): T => (span ? running.run(span, work) : work());

/** Runs `work` in a span of its own, which ends with it. */
export async function inSpan<T>(name: string, options: SpanOptions, work: (span: Span | undefined) => Promise<T>): Promise<T> {
  const span = startSpan(name, options);
  if (!span) return work(undefined);
  try {
    const result = await running.run(span, () => work(span));
    span.end();
    return result;
  } catch (error) {
    span.end(messageOf(error));
    throw error;
  }
}
