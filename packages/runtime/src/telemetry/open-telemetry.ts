import { diag, DiagLogLevel, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags, type Context, type Span as OtelSpan } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, ParentBasedSampler, TraceIdRatioBasedSampler, TracerProvider } from '@opentelemetry/sdk-trace';
import type { Logger } from '../logger.js';
import { formatTraceparent, newSpanId, newTraceId } from './trace-context.js';
import type { Span, SpanOptions, Tracer } from './tracer.js';

export interface OpenTelemetryOptions {
  /** Base address of an OTLP/HTTP collector; `/v1/traces` is added. */
  readonly endpoint: string;
  readonly serviceName: string;
  /** Share of the traces that begin here and are recorded; a caller's decision is kept. */
  readonly ratio: number;
  readonly logger: Logger;
}

const SEND_EVERY_MS = 1_000;

/** Spans by OpenTelemetry's SDK, sent in batches by OTLP over HTTP. A collector that is away costs spans, nothing else. */
export function createOpenTelemetry({ endpoint, serviceName, ratio, logger }: OpenTelemetryOptions): Tracer {
  reportTo(logger);
  // The trace id is known before its first span: errors and headers carry it whether or not it is recorded.
  let nextTraceId: string | undefined;
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
    idGenerator: { generateTraceId: () => nextTraceId ?? newTraceId(), generateSpanId: newSpanId },
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` }), scheduledDelayMillis: SEND_EVERY_MS })],
  });
  const otel = provider.getTracer('vss');
  return {
    start(name, { kind = 'internal', parent, traceId, attributes }) {
      nextTraceId = traceId;
      const span = otel.startSpan(name, { kind: KINDS[kind], ...(attributes ? { attributes } : {}) }, contextOf(parent));
      nextTraceId = undefined;
      return new RecordedSpan(span);
    },
    stop: () => provider.shutdown(),
  };
}

const KINDS: Record<NonNullable<SpanOptions['kind']>, SpanKind> = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
};

class RecordedSpan implements Span {
  readonly traceId: string;
  readonly traceparent: string;
  constructor(readonly otel: OtelSpan) {
    const { traceId, spanId, traceFlags } = otel.spanContext();
    this.traceId = traceId;
    this.traceparent = formatTraceparent(traceId, spanId, (traceFlags & TraceFlags.SAMPLED) !== 0);
  }
  set(attributes: NonNullable<SpanOptions['attributes']>): void {
    this.otel.setAttributes(attributes);
  }
  end(failure?: string): void {
    if (failure !== undefined) this.otel.setStatus({ code: SpanStatusCode.ERROR, message: failure });
    this.otel.end();
  }
}

function contextOf(parent: Span | string | undefined): Context {
  if (parent === undefined) return ROOT_CONTEXT;
  if (parent instanceof RecordedSpan) return trace.setSpan(ROOT_CONTEXT, parent.otel);
  const [, traceId = '', spanId = '', flags = ''] = (typeof parent === 'string' ? parent : parent.traceparent).split('-');
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: flags === '01' ? TraceFlags.SAMPLED : TraceFlags.NONE, isRemote: true });
}

/** What the SDK has to say, above all of a collector that cannot be reached. */
function reportTo(logger: Logger): void {
  const debug = (message: string): void => logger.debug({ component: 'opentelemetry' }, message);
  const warn = (message: string): void => logger.warn({ component: 'opentelemetry' }, message);
  diag.setLogger({ verbose: debug, debug, info: debug, warn, error: warn }, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
}
