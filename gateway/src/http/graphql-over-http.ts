import { OperationTypeNode, type GraphQLError } from 'graphql';
import type { Actor } from '@vss/auth';
import type { Logger } from '@vss/runtime';
import { errorsOf, type OperationRequest } from '../execute/engine.js';
import type { Presenter } from '../execute/present-error.js';
import type { RequestScope } from '../execute/request-scope.js';
import type { CurrentGraph, Graph } from '../graph.js';
import type { Authenticator, Session } from '../guard/authenticate.js';
import type { PersistedDocuments } from '../guard/persisted/persisted-documents.js';
import { GRAPHQL_RESPONSE } from './accept.js';
import { wantsNoLoss } from '../live/messages.js';
import type { Observer } from '../observe/observer.js';
import { traceOf } from '../observe/trace-id.js';
import { createApolloBehind } from './apollo.js';
import { createKnownOperations, type KnownOperation } from './known-operations.js';
import { BadRequest, codeOf, demandedBy, failure, headersOf, type HttpAnswer, type RequestHead } from './message.js';
import { paramsIn, searchWith, type OperationParams } from './operation-params.js';
import { parseJson } from './read-body.js';

/** What one request asks and how it is answered, whichever way its bytes came. */
export interface GraphqlOverHttp {
  /** The answer, or that a stream is asked for, of which nothing has happened yet. Never rejects. */
  answer(head: RequestHead, body: Buffer): Promise<HttpAnswer | StreamAsked>;
}

/** The answer is to be a stream: of a valid operation, or of why there is none. */
export interface StreamAsked {
  readonly head: RequestHead;
  readonly session: Session;
  readonly trace: Trace;
  readonly content: { readonly graph: Graph; readonly request: OperationRequest; readonly isSubscription: boolean; readonly isLossless: boolean } | { readonly errors: readonly GraphQLError[] };
}

type Trace = Pick<RequestScope, 'traceId' | 'traceparent'>;

export interface GraphqlOverHttpOptions {
  readonly graphs: CurrentGraph;
  readonly authenticator: Authenticator;
  readonly persisted: PersistedDocuments;
  readonly presenter: Presenter;
  readonly logger: Logger;
  readonly introspection: boolean;
  readonly observer: Observer;
}

/** One request under way. */
interface Asked {
  readonly head: RequestHead;
  readonly body: Buffer;
  /** The same as latin1, by which it may be known; empty where the request is not such a one. */
  readonly text: string;
  readonly graph: Graph;
  readonly trace: Trace;
}

/**
 * A known query runs at once. Any other operation in a POST is parsed and checked, and a query is known from then on.
 * The rest (GET, bodies that are no request) is Apollo Server's.
 */
export function createGraphqlOverHttp({ graphs, authenticator, persisted, presenter, logger, introspection, observer }: GraphqlOverHttpOptions): GraphqlOverHttp {
  const known = createKnownOperations(observer.cache('requests'));
  const apollo = createApolloBehind({ introspection });

  async function run({ head, graph, trace }: Asked, { prepared, variables }: KnownOperation, { actor }: Session): Promise<HttpAnswer> {
    const { scope, cookies } = openScope(head, actor, trace);
    const body = await graph.engine.respond(prepared, variables, scope);
    const demanded = body.refusal && demandedBy(body.refusal);
    const status = demanded?.status ?? (body.isRequestError && head.accepts.whole === GRAPHQL_RESPONSE ? 400 : 200);
    return { status, headers: demanded ? { ...headersOf(head), ...demanded.headers } : headersOf(head), body, traceId: trace.traceId, cookies };
  }

  function refuse({ head, trace }: Asked, session: Session, given: readonly unknown[]): HttpAnswer | StreamAsked {
    const { traceId } = trace;
    const errors = given.map((error): GraphQLError => presenter.present(error, traceId));
    if (!head.accepts.whole) return { head, session, trace, content: { errors } };
    const body = JSON.stringify({ errors });
    return { status: head.accepts.whole === GRAPHQL_RESPONSE ? 400 : 200, headers: headersOf(head), body, traceId };
  }

  async function answerUnknown(asked: Asked, seen: Session | undefined): Promise<HttpAnswer | StreamAsked> {
    const { head, graph, trace } = asked;
    const isPost = head.method === 'POST';
    if (!isPost && head.method !== 'GET') throw new BadRequest(405, 'METHOD_NOT_ALLOWED', 'Send the request by POST, or a query by GET', { allow: 'GET, POST' });
    if (!head.accepts.whole && !head.accepts.stream) throw new BadRequest(406, 'NOT_ACCEPTABLE', 'The answer can be application/json or application/graphql-response+json; that of a subscription text/event-stream or multipart/mixed;subscriptionSpec=1.0');
    const session = seen ?? (await authenticator.authenticate(head.headers.authorization, head.info.address));
    const body = isPost ? parseJson(head.headers, asked.body) : undefined;
    const params = paramsIn(head, body);
    let { search } = head;
    if (params) {
      const found = await persisted.find(params, session.actor);
      if ('errors' in found) return refuse(asked, session, found.errors);
      const loaded = graph.documents.load(found.query);
      if ('errors' in loaded) return refuse(asked, session, loaded.errors);
      found.keep?.();
      const answer = prepare(asked, { ...params, document: loaded.document }, session);
      if (!('prepared' in answer)) return answer;
      if (isPost) {
        const operation = { ...answer, isTrusted: found.isTrusted };
        if (asked.text) known.add(graph, asked.text, operation);
        return run(asked, operation, session);
      }
      search = searchWith(params, found.query);
    }
    const { scope, cookies } = openScope(head, session.actor, trace);
    return { ...(await apollo.answer(graph, { head, search, body }, scope)), cookies };
  }

  /** The operation ready to run, or what is to be said in its place. */
  function prepare(asked: Asked, { document, operationName, variables, extensions }: OperationParams & OperationRequest, session: Session): Omit<KnownOperation, 'isTrusted'> | HttpAnswer | StreamAsked {
    const { head, graph, trace } = asked;
    const request: OperationRequest = { document, operationName, variables };
    const isLossless = wantsNoLoss(extensions);
    try {
      const prepared = graph.engine.prepare(request.document, request.operationName);
      const isSubscription = prepared.operation.operation === OperationTypeNode.SUBSCRIPTION;
      if (head.accepts.stream && (isSubscription || !head.accepts.whole)) return assertNotForged({ head, session, trace, content: { graph, request, isSubscription, isLossless } });
      if (isSubscription) throw new BadRequest(406, 'SUBSCRIPTION_NEEDS_WEBSOCKET', STREAMS);
      return { prepared, variables: graph.engine.coerce(prepared, request.variables) };
    } catch (error) {
      if (error instanceof BadRequest) throw error;
      return refuse(asked, session, errorsOf(error));
    }
  }

  return {
    async answer(head, body) {
      const asked: Asked = { head, body, text: head.isOrdinaryPost ? body.toString('latin1') : '', graph: graphs.current, trace: traceOf(head) };
      try {
        const session = asked.text ? authenticator.peek(head.headers.authorization, head.info.address) : undefined;
        const operation = session && known.get(asked.graph, asked.text);
        const isAllowed = operation && (operation.isTrusted || persisted.mayRunOpen(session.actor));
        return await (isAllowed ? run(asked, operation, session) : answerUnknown(asked, session));
      } catch (error) {
        observer.error(codeOf(error));
        return failure(head, error, asked.trace.traceId, logger);
      }
    },
  };
}

const STREAMS = 'Subscriptions are streams: ask for one with Accept: text/event-stream or multipart/mixed;subscriptionSpec=1.0, or over WebSocket with the protocol graphql-transport-ws, at this address';

function openScope({ info }: RequestHead, actor: Actor, trace: Trace): { scope: RequestScope; cookies: string[] } {
  const cookies: string[] = [];
  return { cookies, scope: { actor, ...trace, request: info, reply: { setCookie: (value) => void cookies.push(oneLine(value)) } } };
}

/** A subgraph says what is in a cookie: nothing of it may end the header's line, nor be other than ASCII. */
const oneLine = (text: string): string => text.replaceAll(/[^\t\x20-\x7e]/g, '');

/** A foreign page can make a browser send a GET, but neither this header nor, itself, that it is of our own site. */
function assertNotForged(asked: StreamAsked): StreamAsked {
  const { method, headers } = asked.head;
  const isOurs = method === 'POST' || headers['sec-fetch-site'] === 'same-origin' || Boolean(headers['apollo-require-preflight']) || Boolean(headers['x-apollo-operation-name']);
  if (!isOurs) throw new BadRequest(400, 'BAD_REQUEST', 'A stream by GET needs the header apollo-require-preflight, against forged requests');
  return asked;
}
