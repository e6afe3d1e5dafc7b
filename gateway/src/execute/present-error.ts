import { GraphQLError } from 'graphql';
import { AppError, type Logger } from '@vss/runtime';

export interface Presenter {
  present(error: unknown, traceId: string): GraphQLError;
}

// The first is what the executor calls an error of a subgraph that has no code of its own.
const UNFORESEEN = new Set<string | undefined>(['DOWNSTREAM_SERVICE_ERROR', 'INTERNAL_SERVER_ERROR', undefined]);
const NEVER_SHOWN = ['stacktrace', 'exception', 'serviceName'];

/**
 * The last edge before a client. A foreseen error keeps its code and words. Anything else is a bug of somebody's: it is
 * logged in full, and the client gets the trace id to quote. `mask` off (foreign subgraphs without codes) keeps words.
 */
export function createPresenter({ logger, mask, onTold }: { logger: Logger; mask: boolean; onTold?: (code: string, limit: unknown) => void }): Presenter {
  return {
    present(error, traceId) {
      const { path, nodes, locations, code, message, details, subgraph } = describe(error);
      const isForeseen = !UNFORESEEN.has(code);
      onTold?.(isForeseen && code ? code : 'INTERNAL_SERVER_ERROR', details['limit']);
      if (!isForeseen) logger.error({ err: error, path, subgraph, traceId }, `Unforeseen error: ${message}`);
      const extensions = { ...details, code: code ?? 'INTERNAL_SERVER_ERROR', ...(subgraph ? { subgraph } : {}), traceId };
      if (isForeseen || (!mask && error instanceof GraphQLError)) return new GraphQLError(message, { path, nodes: locations ? nodes : undefined, extensions });
      return new GraphQLError(`Something went wrong on our side; quote the reference ${traceId}`, { path, extensions: { code: 'INTERNAL_SERVER_ERROR', ...(subgraph ? { subgraph } : {}), traceId } });
    },
  };
}

interface Described {
  readonly message: string;
  readonly code: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;
  readonly subgraph: string | undefined;
  readonly path?: GraphQLError['path'];
  readonly nodes?: GraphQLError['nodes'];
  readonly locations?: GraphQLError['locations'];
}

function describe(error: unknown): Described {
  const foreseen = appErrorIn(error);
  if (!(error instanceof GraphQLError))
    return { message: foreseen?.message ?? String(error), code: foreseen?.code, details: foreseen?.details ?? {}, subgraph: undefined };
  const { message, path, nodes, locations, extensions } = error;
  const subgraph = typeof extensions['serviceName'] === 'string' ? extensions['serviceName'] : undefined;
  if (foreseen) return { message: foreseen.message, code: foreseen.code, details: foreseen.details, subgraph, path, nodes, locations };
  // `http` sets the answer's status: the gateway's own to say, never a subgraph's.
  const details = Object.fromEntries(Object.entries(extensions).filter(([key]) => !NEVER_SHOWN.includes(key) && !(subgraph && key === 'http')));
  const code = typeof extensions['code'] === 'string' ? extensions['code'] : undefined;
  return { message, code, details, subgraph, path, nodes, locations };
}

function appErrorIn(error: unknown): AppError | undefined {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; depth++) {
    if (at instanceof AppError) return at;
    at = at instanceof GraphQLError ? at.originalError : undefined;
  }
  return undefined;
}
