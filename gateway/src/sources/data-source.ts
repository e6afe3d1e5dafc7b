import type { GraphQLDataSource, ServiceMap } from '@apollo/gateway';
import type { GraphQLFormattedError } from 'graphql';
import { AppError, messageOf, withDeadline, type Logger } from '@vss/runtime';
import type { RequestScope } from '../execute/request-scope.js';
import type { Observer } from '../observe/observer.js';
import { failurePaths } from './failure-paths.js';
import { nobody, noReply, type Source, type SourceRequest } from './source.js';

export interface DataSourceOptions {
  readonly deadlineMs: number;
  /** The one source that is told about the client's connection and may set cookies. */
  readonly sessionSource: string;
  readonly logger: Logger;
  readonly observer: Observer;
}

/** The sources as @apollo/gateway calls them. A source that fails costs the fields it serves, each told with its path. */
export function serviceMap(sources: readonly Source[], options: DataSourceOptions): ServiceMap {
  return Object.fromEntries(sources.map((source) => [source.name, dataSource(source, options)]));
}

type Process = GraphQLDataSource['process'];
type Answer = Awaited<ReturnType<Process>>;

function dataSource(source: Source, { deadlineMs, sessionSource, logger, observer }: DataSourceOptions): GraphQLDataSource {
  const observed = observer.source(source.name);
  return {
    async process({ request, context }): Promise<Answer> {
      const scope = context as RequestScope;
      const query = request.query ?? '';
      const variables = request.variables ?? {};
      const fetch = observed.begin(scope);
      try {
        const answer = await withDeadline(deadlineMs, `The subgraph ${source.name}`, (signal) =>
          source.execute({ ...sourceRequest(scope, source.name === sessionSource), traceparent: fetch.traceparent, query, variables, operationName: request.operationName, signal }),
        );
        assertAnswer(source.name, answer, variables);
        fetch.end(answer.errors ? 'errors' : 'answered');
        if (answer.data || answer.errors?.some((error) => error.path)) return answer;
        return { data: null, errors: spread(answer.errors ?? [], query, variables) };
      } catch (error) {
        fetch.end('failed');
        logger.warn({ err: error, subgraph: source.name, traceId: scope.traceId }, `The subgraph ${source.name} failed: ${messageOf(error)}`);
        return { data: null, errors: spread([unavailable(source.name, error)], query, variables) };
      }
    },
  };
}

export function sourceRequest({ actor, traceId, request, reply }: RequestScope, isSession: boolean): Omit<SourceRequest, 'query' | 'variables'> {
  return isSession ? { actor, traceId, request, reply } : { actor, traceId, request: nobody, reply: noReply };
}

function unavailable(subgraph: string, error: unknown): GraphQLFormattedError {
  const isForeseen = error instanceof AppError;
  return {
    message: isForeseen ? error.message : `The subgraph ${subgraph} does not answer as it should`,
    extensions: { ...(isForeseen ? error.details : {}), code: isForeseen ? error.code : 'UNAVAILABLE', subgraph },
  };
}

/** The same error at each field that the failed fetch should have answered. */
function spread(errors: readonly GraphQLFormattedError[], query: string, variables: Record<string, unknown>): GraphQLFormattedError[] {
  const paths = failurePaths(query, variables);
  return errors.slice(0, 1).flatMap(({ message, extensions }) => paths.map((path) => ({ message, path, ...(extensions ? { extensions } : {}) })));
}

/** Anything but a GraphQL answer of the right shape would otherwise be merged into the client's data as it is. */
function assertAnswer(subgraph: string, answer: unknown, variables: Record<string, unknown>): void {
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
  if (!Array.isArray(asked) || entities === null) return;
  if (!Array.isArray(entities) || entities.length !== asked.length) throw wrong('gave another number of entities than it was asked for');
}
