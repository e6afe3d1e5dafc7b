import { executeQueryPlan, type ServiceMap } from '@apollo/gateway';
import { GraphQLError, type ExecutionResult } from 'graphql';
import { mergeAnswers } from '../plan/conflicting-requirements.js';
import { restoreKeys, restorePath } from '../plan/internal-aliases.js';
import type { PlannedOperation, PlannedPart } from '../plan/plan-operation.js';
import type { LoadedSupergraph } from '../supergraph/load-supergraph.js';
import type { RequestScope } from './request-scope.js';

export interface PlanRun {
  readonly supergraph: LoadedSupergraph;
  readonly services: ServiceMap;
  readonly variables: Record<string, unknown>;
  readonly scope: RequestScope;
}

type Data = Record<string, unknown>;
export interface PlanAnswer {
  readonly data: Data | null;
  readonly errors: readonly GraphQLError[];
}

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** Runs every part of a planned operation and gives the answer under the client's own response keys. */
export async function runPlan(planned: PlannedOperation, run: PlanRun): Promise<PlanAnswer> {
  const answers = await Promise.all(planned.parts.map((part) => runPart(part, run)));
  const errors = answers.flatMap((answer) => answer.errors);
  const data = answers.length === 1 ? answers[0]?.data : answers.reduce<unknown>((merged, answer) => mergeAnswers(merged, answer.data), undefined);
  if (!planned.isAliased) return { data: (data ?? null) as Data | null, errors };
  return { data: restoreKeys(data ?? null) as Data | null, errors: errors.map(withClientPath) };
}

async function runPart(part: PlannedPart, { supergraph, services, variables, scope }: PlanRun): Promise<PlanAnswer> {
  // executeQueryPlan reads no more of the context than this.
  const context = { request: { variables }, context: scope, metrics: {}, logger: silent } as unknown as Parameters<typeof executeQueryPlan>[2];
  const result: ExecutionResult = await executeQueryPlan(part.plan, services, context, part.context, supergraph.supergraphSchema, supergraph.apiSchema);
  const completion = result.extensions?.['valueCompletion'];
  const errors = result.errors ?? (Array.isArray(completion) ? (completion as GraphQLError[]) : []);
  return { data: result.data ?? null, errors: errors.map(asGraphQLError) };
}

const asGraphQLError = (error: unknown): GraphQLError =>
  error instanceof GraphQLError ? error : new GraphQLError(error instanceof Error ? error.message : 'Unknown error', error instanceof Error ? { originalError: error } : {});

function withClientPath(error: GraphQLError): GraphQLError {
  const { message, nodes, source, positions, originalError, extensions } = error;
  return new GraphQLError(message, { nodes, source, positions, originalError, extensions, path: restorePath(error.path) });
}
