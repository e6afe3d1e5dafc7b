import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { AUTHENTICATED, explainIdOf, type Actor } from '@vss/auth';
import { AppError, systemNow, UserError, type Logger } from '@vss/runtime';

export interface ErrorContext {
  readonly traceId: string;
  readonly logger: Logger;
  readonly operationName?: string | undefined;
  /** Who asked: what he was denied can be explained. */
  readonly actor?: Actor | undefined;
}

/**
 * Turns errors into what clients may read, as plain objects. What was foreseen keeps its message, code and details;
 * anything else is a bug: logged here, once, and shown as a reference number.
 */
export function formatErrors(errors: readonly GraphQLError[], context: ErrorContext): GraphQLFormattedError[] {
  const logged = new Set<unknown>();
  return errors.map((error) => {
    const cause = causeOf(error);
    const foreseen = foreseenOf(error, cause);
    if (!foreseen && !logged.has(cause)) {
      logged.add(cause);
      context.logger.error({ err: cause, path: error.path, operationName: context.operationName, traceId: context.traceId }, 'A resolver failed');
    }
    const { message, extensions } = foreseen ?? masked(cause, context.traceId);
    return {
      message,
      ...(error.locations ? { locations: error.locations } : {}),
      ...(error.path ? { path: error.path } : {}),
      extensions: { ...extensions, ...explained(extensions, { why: message, path: error.path }, context), traceId: context.traceId },
    };
  });
}

/** A service that refuses for a reason of its own names the right that it is about, if any; who was refused, and where, is known here. */
function explained({ code, permission, explainId }: Record<string, unknown>, { why, path }: { why: string; path: GraphQLError['path'] }, { actor }: ErrorContext): { explainId?: string } {
  if (code !== 'FORBIDDEN' || explainId !== undefined || !actor) return {};
  const coordinate = path?.filter((step) => typeof step === 'string').join('.') ?? '';
  return { explainId: explainIdOf(actor, { permission: typeof permission === 'string' ? permission : AUTHENTICATED, needed: 'OWN', coordinate, why, at: systemNow() }) };
}

function masked(cause: unknown, traceId: string): Foreseen {
  if (isUnreachable(cause))
    return { message: `The data cannot be reached at the moment: try again. Reference: ${traceId}`, extensions: { code: 'UNAVAILABLE', reference: traceId } };
  return { message: `Something went wrong on our side. Reference: ${traceId}`, extensions: { code: 'INTERNAL_SERVER_ERROR', reference: traceId } };
}

// Of the socket, and PostgreSQL's own: class 08 connection, 53300 too many connections, 57P01 to 57P03 shutting down or starting.
const UNREACHABLE = /^(ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT|08...|53300|57P0[1-3])$/;
// What pg says without a code.
const CONNECTION_LOST = /timeout exceeded when trying to connect|Connection terminated/;

function isUnreachable(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  const { code } = cause as { code?: unknown };
  return (typeof code === 'string' && UNREACHABLE.test(code)) || CONNECTION_LOST.test(cause.message);
}

/** The error that a resolver threw: graphql wraps it once for each path that it appears at. */
function causeOf(error: GraphQLError): unknown {
  let cause: unknown = error;
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError;
  return cause;
}

interface Foreseen {
  readonly message: string;
  readonly extensions: Record<string, unknown>;
}

function foreseenOf(error: GraphQLError, cause: unknown): Foreseen | undefined {
  // Raised before anything ran, by validation or by the coercion of a variable; a scalar's own error may lie within.
  if (!error.path && error.locations && error.locations.length > 0) return { message: error.message, extensions: { code: requestErrorCode(error) } };
  if (cause instanceof AppError) return { message: cause.message, extensions: { ...cause.details, code: cause.code } };
  // One that no payload took in, e.g. thrown by a query.
  if (cause instanceof UserError)
    return { message: cause.message, extensions: { code: 'BAD_USER_INPUT', reason: cause.code, fields: [{ field: cause.field.join('.'), message: cause.message }] } };
  if (!(cause instanceof GraphQLError)) return undefined;
  const code = cause.extensions['code'];
  if (typeof code === 'string') return { message: cause.message, extensions: { code } };
  // With a path it was raised while executing: a value that a resolver returned does not fit its type.
  return error.path ? undefined : { message: cause.message, extensions: { code: requestErrorCode(cause) } };
}

function requestErrorCode(error: GraphQLError): string {
  if (error.message.startsWith('Syntax Error')) return 'GRAPHQL_PARSE_FAILED';
  return error.message.startsWith('Variable "$') ? 'BAD_USER_INPUT' : 'GRAPHQL_VALIDATION_FAILED';
}
