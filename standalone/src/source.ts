import type { Source, SourceRequest } from '@vss/gateway';
import { executeOnSubgraph, subscribeOnSubgraph, type Subgraph, type SubgraphRequest } from '@vss/graphql';
import type { ExecutionResult } from 'graphql';

/** A subgraph of this process as one of the gateway's sources: the verified actor is handed over as it is, no HTTP between. */
export function inProcessSource(subgraph: Subgraph): Source {
  const requestOf = ({ query, variables, operationName, actor, traceId, traceparent, request, reply, resumption }: SourceRequest): SubgraphRequest => ({
    query,
    variables,
    operationName,
    scope: subgraph.scopeFor({ actor, traceId, traceparent, request: { ...request }, reply, resumption }),
  });
  return {
    name: subgraph.name,
    resumes: true,
    execute: (request) => executeOnSubgraph(subgraph, requestOf(request)),
    subscribe: (request) => subscribeOnSubgraph(subgraph, requestOf(request)) as Promise<AsyncIterable<ExecutionResult> | ExecutionResult>,
  };
}
