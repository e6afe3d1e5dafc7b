import type { IncomingHttpHeaders } from 'node:http';
import type { Answer } from '../execute/answer.js';
import { AppError, messageOf, type Logger } from '@vss/runtime';
import type { RequestInfo } from '../sources/source.js';
import { accepted, GRAPHQL_RESPONSE, JSON_TYPE, type Accepted } from './accept.js';
import { requestInfo, type RequestOrigin } from './request-info.js';

/** What the head of a request says, read once: a connection whose requests have equal heads shares one of these. */
export interface RequestHead {
  readonly method: string;
  /** From the question mark on, or empty. */
  readonly search: string;
  readonly headers: IncomingHttpHeaders;
  readonly accepts: Accepted;
  readonly info: RequestInfo;
  /** A POST of JSON whose answer may be whole: an operation that is known may run. */
  readonly isOrdinaryPost: boolean;
}

export function requestHead(line: { method: string; search: string }, origin: RequestOrigin, trustProxy: boolean): RequestHead {
  const { headers } = origin;
  const accepts = accepted(headers);
  return { ...line, headers, accepts, info: requestInfo(origin, trustProxy), isOrdinaryPost: line.method === 'POST' && accepts.whole !== undefined && !contentProblem(headers) };
}

/** A whole answer. Headers that many answers have are one object for all of them: a front may write them out once. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | Pick<Answer, 'head' | 'tail'>;
  readonly traceId?: string | undefined;
  readonly cookies?: readonly string[];
}

/** `nosniff` so that no browser takes an answer for anything else. */
const headersFor = (type: string): HttpAnswer['headers'] => ({ 'content-type': `${type}; charset=utf-8`, 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
export const JSON_HEADERS = headersFor(JSON_TYPE);
const HEADERS = { [JSON_TYPE]: JSON_HEADERS, [GRAPHQL_RESPONSE]: headersFor(GRAPHQL_RESPONSE) };

/** Headers in the media type that the client takes; what cannot be said in any is said in JSON. */
export const headersOf = ({ accepts }: RequestHead): HttpAnswer['headers'] => HEADERS[accepts.whole ?? JSON_TYPE];

/** A request that is not even GraphQL; answered with this status and code. */
export class BadRequest extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** Why a body is not read. No foreign page can send JSON without being asked first, so this prevents forged requests too. */
export function contentProblem(headers: IncomingHttpHeaders): string | undefined {
  if (headers['content-type'] === JSON_TYPE && headers['content-encoding'] === undefined) return undefined;
  const [type = '', ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(';').map((part) => part.trim());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice('charset='.length).replaceAll('"', '');
  if (type !== JSON_TYPE) return 'Send the request as application/json';
  if (charset && charset !== 'utf-8' && charset !== 'utf8') return 'Send the request in UTF-8';
  return (headers['content-encoding'] ?? 'identity') === 'identity' ? undefined : 'Send the request without content-encoding';
}

export const errorBody = (code: string, message: string, extensions: Readonly<Record<string, unknown>> = {}) => ({ errors: [{ message, extensions: { code, ...extensions } }] });

/** The status and the further headers that an answer without data has where one of its errors demands it. */
export function demandedBy(errors: readonly { readonly extensions?: Readonly<Record<string, unknown>> | undefined }[]): { status: number; headers: Record<string, string> } | undefined {
  const limited = errors.find(({ extensions }) => extensions?.['code'] === 'RATE_LIMITED');
  return limited && { status: 429, headers: retryAfter(limited.extensions ?? {}) };
}

function retryAfter({ retryAfterMs }: Readonly<Record<string, unknown>>): Record<string, string> {
  return typeof retryAfterMs === 'number' ? { 'retry-after': String(Math.max(1, Math.ceil(retryAfterMs / 1_000))) } : {};
}

const STATUS: Partial<Record<string, number>> = { UNAUTHENTICATED: 401, RATE_LIMITED: 429, UNAVAILABLE: 503 };

/** What the client is told of it, in one word. */
export const codeOf = (error: unknown): string => (error instanceof BadRequest || error instanceof AppError ? error.code : 'INTERNAL_SERVER_ERROR');

/** The answer to a request that failed before any of its operation ran. */
export function failure(head: RequestHead, error: unknown, traceId: string, logger: Logger): HttpAnswer {
  const answer = (status: number, code: string, message: string, details: Readonly<Record<string, unknown>>, more: Readonly<Record<string, string>>): HttpAnswer => ({
    status,
    headers: { ...headersOf(head), ...more },
    body: JSON.stringify(errorBody(code, message, { ...details, traceId })),
    traceId,
  });
  if (error instanceof BadRequest) return answer(error.status, error.code, error.message, {}, error.headers);
  if (error instanceof AppError) return answer(STATUS[error.code] ?? 400, error.code, error.message, error.details, headersForRefusal(error));
  logger.error({ err: error, traceId }, `A request failed: ${messageOf(error)}`);
  return answer(500, 'INTERNAL_SERVER_ERROR', `Something went wrong on our side; quote the reference ${traceId}`, {}, {});
}

function headersForRefusal({ code, details }: AppError): Record<string, string> {
  if (code === 'UNAUTHENTICATED') return { 'www-authenticate': 'Bearer error="invalid_token"' };
  return retryAfter(details);
}
