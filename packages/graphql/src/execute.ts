import { createSourceEventStream, execute, getOperationAST, GraphQLError, OperationTypeNode, parse, validate, type DocumentNode, type ExecutionResult, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import { AppError } from '@vss/runtime';
import { formatErrors } from './errors.js';
import { PlaceMark, type LiveFields } from './live.js';
import type { Scope } from './scope.js';

export interface SubgraphRequest {
  /** The operation as text or parsed; one of the two. */
  readonly query?: string | undefined;
  readonly document?: DocumentNode | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  readonly operationName?: string | null | undefined;
  readonly scope: Scope;
}

/** An answer that may leave the process: its errors are masked already. */
export interface SubgraphResult {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLFormattedError[];
  /** Of a live stream's result, its `place`; see `Resumption`. */
  readonly extensions?: Record<string, unknown>;
}

export interface Executor {
  execute(request: SubgraphRequest): Promise<SubgraphResult>;
  /** The stream, or the errors for which there is none. Ends at once on return(). */
  subscribe(request: SubgraphRequest): Promise<AsyncIterableIterator<SubgraphResult> | SubgraphResult>;
}

const CACHED_OPERATIONS = 1_000;

type Known = { readonly document: DocumentNode; readonly errors: readonly GraphQLError[] };

/** Runs operations on one schema. Texts are parsed and validated once; the least recently used are forgotten. */
export function createExecutor(schema: GraphQLSchema): Executor {
  const byText = new Map<string, Known>();
  const byDocument = new WeakMap<DocumentNode, Known>();

  function known({ query, document }: SubgraphRequest): Known {
    if (document) {
      const seen = byDocument.get(document) ?? validated(schema, document);
      byDocument.set(document, seen);
      return seen;
    }
    const text = query ?? '';
    const seen = byText.get(text) ?? parsed(schema, text);
    byText.delete(text);
    byText.set(text, seen);
    if (byText.size > CACHED_OPERATIONS) byText.delete(byText.keys().next().value ?? '');
    return seen;
  }

  const argumentsOf = ({ variables, operationName, scope }: SubgraphRequest, document: DocumentNode) => ({
    schema,
    document,
    contextValue: scope,
    variableValues: variables ?? {},
    operationName: operationName ?? null,
  });

  return {
    async execute(request) {
      const { document, errors } = known(request);
      if (errors.length > 0) return masked({ errors }, request);
      return masked(await execute(argumentsOf(request, document)), request);
    },
    async subscribe(request) {
      const { document, errors } = known(request);
      if (errors.length > 0) return masked({ errors }, request);
      if (getOperationAST(document, request.operationName)?.operation !== OperationTypeNode.SUBSCRIPTION)
        return masked({ errors: [new GraphQLError('Not a subscription', { extensions: { code: 'BAD_USER_INPUT' } })] }, request);
      const source = await createSourceEventStream(argumentsOf(request, document));
      if (!(Symbol.asyncIterator in source)) return masked(source, request);
      return mapped(source[Symbol.asyncIterator](), async (event) => {
        if (event instanceof PlaceMark) return { extensions: { place: event.place } };
        // What one event loaded is stale for the next, and a renewed token may have changed the rights.
        const scope = request.scope.fresh();
        const result = masked(await execute({ ...argumentsOf(request, document), contextValue: scope, rootValue: event }), { ...request, scope });
        return scope.resumption ? { ...result, extensions: { place: { cursor: (event as LiveFields).cursor, isEnd: false } } } : result;
      }, request);
    },
  };
}

function parsed(schema: GraphQLSchema, text: string): Known {
  try {
    return validated(schema, parse(text));
  } catch (error) {
    return { document: { kind: 'Document' as never, definitions: [] }, errors: [error instanceof GraphQLError ? error : new GraphQLError(String(error))] };
  }
}

function validated(schema: GraphQLSchema, document: DocumentNode): Known {
  try {
    return { document, errors: validate(schema, document) };
  } catch (error) {
    // graphql-js 16 itself throws on a subscription whose root field has @include with a variable.
    return { document, errors: [new GraphQLError(error instanceof Error ? error.message : 'The operation cannot be validated')] };
  }
}

function masked(result: ExecutionResult | { errors: readonly GraphQLError[] }, { scope, operationName }: SubgraphRequest): SubgraphResult {
  const { errors } = result;
  const data = 'data' in result ? { data: result.data ?? null } : {};
  if (!errors || errors.length === 0) return data;
  return { ...data, errors: formatErrors(errors, { traceId: scope.traceId, logger: scope.logger, operationName: operationName ?? undefined, actor: scope.actor }) };
}

/** Like graphql's own mapping, but the source's rejection is answered masked, as the stream's last result. */
function mapped(source: AsyncIterator<unknown>, map: (event: unknown) => Promise<SubgraphResult>, request: SubgraphRequest): AsyncIterableIterator<SubgraphResult> {
  let ended = false;
  const done = { value: undefined, done: true } as const;
  async function next(): Promise<IteratorResult<SubgraphResult>> {
    if (ended) return done;
    try {
      const event = await source.next();
      if (event.done || ended) return done;
      return { value: await map(event.value), done: false };
    } catch (error) {
      ended = true;
      // Whoever reads on to the end does not call return().
      await source.return?.();
      const cause = error instanceof Error ? error : new AppError('INTERNAL_SERVER_ERROR', String(error));
      return { value: masked({ errors: [new GraphQLError(cause.message, { originalError: cause })] }, request), done: false };
    }
  }
  const end = async (): Promise<IteratorResult<SubgraphResult>> => {
    ended = true;
    await source.return?.();
    return done;
  };
  return {
    next,
    return: end,
    throw: async (error) => {
      await end();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
