import { createHash } from 'node:crypto';
import { print, type DocumentNode, type OperationDefinitionNode } from 'graphql';
import { startSpan, type Counter, type Histogram, type Logger } from '@vss/runtime';
import type { RequestScope } from '../execute/request-scope.js';
import type { GatewayMetrics } from './gateway-metrics.js';
import type { Fetch } from './source-observer.js';

/** One operation's handle, kept with the prepared operation. */
export interface OperationObserver {
  /** Before anything is planned or fetched: from now on the scope carries what hangs under the operation. */
  begin(scope: RequestScope): number;
  /** With what `begin` gave. */
  end(scope: RequestScope, startedAt: number, hasErrors: boolean): void;
}

interface Options {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly metrics: GatewayMetrics;
  readonly counts: { running: number };
  readonly logger: Logger;
  readonly slowOperationMs: number;
  readonly accessLog: boolean;
}

const UNNAMED = '(unnamed)';

export function createOperationObserver({ document, operation, metrics, counts, logger, slowOperationMs, accessLog }: Options): OperationObserver {
  const name = operation.name?.value ?? UNNAMED;
  const type = operation.operation;
  const duration: Histogram = metrics.operations.duration(name, type);
  const failed: Counter = metrics.operations.failed(name, type);
  const { cost: costs } = metrics.operations;
  const spanName = operation.name ? `${type} ${name}` : type;
  const slowMs = slowOperationMs > 0 ? slowOperationMs : Infinity;
  let known: string | undefined;
  const hash = (): string => (known ??= hashOf(document));
  const about = (scope: RequestScope, durationMs: number, hasErrors: boolean): object => ({
    operation: name, type, hash: hash(), durationMs: rounded(durationMs), hasErrors, cost: scope.cost, traceId: scope.traceId, role: scope.actor.role,
  });

  return {
    begin(scope) {
      counts.running++;
      scope.lastFetch = undefined;
      scope.span = startSpan(spanName, {
        kind: 'server',
        ...(scope.traceparent ? { parent: scope.traceparent } : { traceId: scope.traceId }),
        attributes: { 'graphql.operation.name': operation.name?.value, 'graphql.operation.type': type },
      });
      scope.span?.set({ 'graphql.document.hash': hash() });
      return performance.now();
    },
    end(scope, startedAt, hasErrors) {
      const durationMs = performance.now() - startedAt;
      counts.running--;
      duration.observe(durationMs / 1_000);
      if (hasErrors) failed.inc();
      if (scope.cost !== undefined) costs.observe(scope.cost);
      scope.span?.end(hasErrors ? 'the answer has errors' : undefined);
      if (durationMs >= slowMs) logger.warn({ ...about(scope, durationMs, hasErrors), fetches: fetchesOf(scope.lastFetch) }, 'Slow operation');
      if (accessLog) logger.info(about(scope, durationMs, hasErrors), 'Operation');
    },
  };
}

/** Of the text that the client sent, as persisted documents are known by. */
const hashOf = (document: DocumentNode): string =>
  createHash('sha256')
    .update(document.loc?.source.body ?? print(document))
    .digest('hex');

/** Count and time by subgraph. Fetches at once are added up: it is the subgraphs' time, not the client's. */
function fetchesOf(last: Fetch | undefined): Record<string, { count: number; totalMs: number; longestMs: number }> {
  const bySubgraph: ReturnType<typeof fetchesOf> = {};
  for (let fetch = last; fetch; fetch = fetch.previous) {
    const ms = Number.isNaN(fetch.durationMs) ? 0 : fetch.durationMs;
    const sum = (bySubgraph[fetch.subgraph] ??= { count: 0, totalMs: 0, longestMs: 0 });
    sum.count++;
    sum.totalMs = rounded(sum.totalMs + ms);
    sum.longestMs = rounded(Math.max(sum.longestMs, ms));
  }
  return bySubgraph;
}

const rounded = (ms: number): number => Math.round(ms * 100) / 100;
