import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';

/** A span as it was received. */
export interface CollectedSpan {
  readonly service: string;
  readonly name: string;
  readonly kind: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  readonly traceId: string;
  readonly spanId: string;
  /** Undefined for the first of a trace. */
  readonly parentSpanId: string | undefined;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Why it failed, where it did. */
  readonly failure: string | undefined;
}

/** Takes traces by OTLP over HTTP, as JSON. */
export interface Collector {
  /** What `OTEL_EXPORTER_OTLP_ENDPOINT` is set to. */
  readonly url: string;
  readonly spans: readonly CollectedSpan[];
  /** Resolves with the spans received so far as soon as they fit. */
  until(fits: (spans: readonly CollectedSpan[]) => boolean): Promise<readonly CollectedSpan[]>;
  close(): Promise<void>;
}

export async function startCollector(): Promise<Collector> {
  const spans: CollectedSpan[] = [];
  const watchers = new Set<() => void>();
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    spans.push(...(await read(request)));
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    for (const look of watchers) look();
  };
  const server = createServer((request, response) => void take(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    until: (fits) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!fits(spans)) return;
          watchers.delete(look);
          resolve(spans);
        };
        watchers.add(look);
        look();
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const KINDS = ['internal', 'internal', 'server', 'client', 'producer', 'consumer'] as const;

interface Attribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}
interface Received {
  readonly resourceSpans: { readonly resource: { readonly attributes: Attribute[] }; readonly scopeSpans: { readonly spans: ReceivedSpan[] }[] }[];
}
interface ReceivedSpan {
  readonly name: string;
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes?: Attribute[];
  readonly status?: { readonly code?: number; readonly message?: string };
}

async function read(request: IncomingMessage): Promise<CollectedSpan[]> {
  const zipped = request.headers['content-encoding'] === 'gzip';
  const body = zipped ? gunzipSync(Buffer.concat(await request.toArray())).toString() : await text(request);
  const { resourceSpans } = JSON.parse(body) as Received;
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = String(valuesOf(resource.attributes)['service.name']);
    return scopeSpans.flatMap((scope) => scope.spans.map((span) => collected(service, span)));
  });
}

const collected = (service: string, { name, kind, traceId, spanId, parentSpanId, attributes = [], status }: ReceivedSpan): CollectedSpan => ({
  service,
  name,
  kind: KINDS[kind] ?? 'internal',
  traceId,
  spanId,
  parentSpanId: parentSpanId || undefined,
  attributes: valuesOf(attributes),
  failure: status?.code === 2 ? (status.message ?? '') : undefined,
});

const valuesOf = (attributes: readonly Attribute[]): Record<string, unknown> => Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
