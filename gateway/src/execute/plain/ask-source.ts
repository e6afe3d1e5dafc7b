import type { FetchNode } from '@apollo/query-planner';
import type { GraphQLFormattedError } from 'graphql';
import { AppError, messageOf, type Logger } from '@vss/runtime';
import { failurePaths } from '../../sources/failure-paths.js';
import { addressOnly, isMutation, nobody, noReply, type SourceAnswer, type SourceRequest } from '../../sources/source.js';
import type { RequestScope } from '../request-scope.js';
import type { Subgraph, Subgraphs } from '../subgraphs.js';
import { keepAsked } from './keep-asked.js';
import type { Ask } from './run-plan.js';

/** How one request asks the subgraphs. One that fails costs the fields it serves, each told with its path. */
export function askSources(subgraphs: Subgraphs, scope: RequestScope): Ask {
  const dueAt = performance.now() + subgraphs.operationMs;
  return async (fetch, variables) => {
    const { serviceName, operation: query, operationName } = fetch;
    const subgraph = subgraphs.byName.get(serviceName);
    if (!subgraph) return failed(fetch, new AppError('UNAVAILABLE', `There is no subgraph ${serviceName}`), variables, subgraphs.logger, scope);
    const observed = subgraph.observed.begin(scope);
    try {
      const request = { ...sourceScope(subgraph, scope, isMutation(query)), traceparent: observed.traceparent, query, variables, operationName, dueAt };
      const answer = await subgraph.source.execute(request);
      const result = checked(fetch, answer, variables);
      observed.end(answer.errors ? 'errors' : 'answered');
      return result;
    } catch (error) {
      observed.failed(error);
      return failed(fetch, error, variables, subgraphs.logger, scope);
    }
  };
}

/** What a source may know of the client. */
export const sourceScope = ({ isSession }: Subgraph, { actor, traceId, request, reply }: RequestScope, changes: boolean): Omit<SourceRequest, 'query' | 'variables'> =>
  isSession ? { actor, traceId, request, reply } : { actor, traceId, request: changes ? addressOnly(request) : nobody, reply: noReply };

/** The answer, if it is one; where it has nothing but an error of no place, with that error at every place it concerns. */
export function checked(fetch: FetchNode, answer: SourceAnswer, variables: Readonly<Record<string, unknown>>): SourceAnswer {
  assertAnswer(fetch.serviceName, answer, variables);
  const { data } = answer;
  const errors = answer.errors?.map(wellFormed) ?? [];
  if (data) keepAsked(fetch, data);
  else if (errors.every(({ path }) => !path)) return { data: null, errors: spread(errors, fetch.operation, variables) };
  return { data: data ?? null, ...(errors.length > 0 ? { errors } : {}) };
}

/** What is not as GraphQL says is left out: the rest of the error still tells something. */
function wellFormed(error: GraphQLFormattedError): GraphQLFormattedError {
  const { message, path, extensions } = error as { message: string; path?: unknown; extensions?: unknown };
  const isPath = Array.isArray(path) && path.length > 0 && path.every((key) => typeof key === 'string' || typeof key === 'number');
  const isMap = typeof extensions === 'object' && extensions !== null && !Array.isArray(extensions);
  return (isPath || path === undefined) && (isMap || extensions === undefined)
    ? error
    : { message, ...(isPath ? { path } : {}), ...(isMap ? { extensions: extensions as Record<string, unknown> } : {}) };
}

export function failed({ serviceName, operation }: FetchNode, error: unknown, variables: Readonly<Record<string, unknown>>, logger: Logger, { traceId }: RequestScope): SourceAnswer {
  logger.warn({ err: error, subgraph: serviceName, traceId }, `The subgraph ${serviceName} failed: ${messageOf(error)}`);
  return { data: null, errors: spread([unavailable(serviceName, error)], operation, variables) };
}

function unavailable(subgraph: string, error: unknown): GraphQLFormattedError {
  const isForeseen = error instanceof AppError;
  return {
    message: isForeseen ? error.message : `The subgraph ${subgraph} does not answer as it should`,
    extensions: { ...(isForeseen ? error.details : {}), code: isForeseen ? error.code : 'UNAVAILABLE', subgraph },
  };
}

/** The same error at each field that the failed fetch should have answered. */
function spread(errors: readonly GraphQLFormattedError[], query: string, variables: Readonly<Record<string, unknown>>): GraphQLFormattedError[] {
  const paths = failurePaths(query, variables);
  return errors.slice(0, 1).flatMap(({ message, extensions }) => paths.map((path) => ({ message, path, ...(extensions ? { extensions } : {}) })));
}

/** Anything but a GraphQL answer of the right shape would otherwise be merged into the client's data as it is. */
function assertAnswer(subgraph: string, answer: unknown, variables: Readonly<Record<string, unknown>>): void {
  const wrong = (what: string): AppError => new AppError('UNAVAILABLE', `The subgraph ${subgraph} ${what}`);
  if (typeof answer !== 'object' || answer === null) throw wrong('gave no GraphQL answer');
  const { data, errors } = answer as { data?: unknown; errors?: unknown };
  if (errors !== undefined && !(Array.isArray(errors) && errors.every((error) => typeof error?.message === 'string'))) throw wrong('gave malformed errors');
  if (data === undefined || data === null) {
    if (!Array.isArray(errors) || errors.length === 0) throw wrong('gave neither data nor errors');
    return;
  }
  if (typeof data !== 'object' || Array.isArray(data)) throw wrong('gave malformed data');
  const asked = variables['representations'];
  const entities = (data as Record<string, unknown>)['_entities'];
  // Null stands for all of them where an error says why.
  if (!Array.isArray(asked) || (entities === null && Array.isArray(errors) && errors.length > 0)) return;
  if (!Array.isArray(entities) || entities.length !== asked.length) throw wrong('gave another number of entities than it was asked for');
  if (entities.some((entity) => typeof entity !== 'object' || Array.isArray(entity))) throw wrong('gave entities that are no objects');
}
