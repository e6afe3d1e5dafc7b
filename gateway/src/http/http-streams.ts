import type { ServerResponse } from 'node:http';
import type { Actor } from '@vss/auth';
import { AppError } from '@vss/runtime';
import { within } from '../common/within.js';
import type { Presenter } from '../execute/present-error.js';
import type { RequestScope } from '../execute/request-scope.js';
import type { Authenticator, Session } from '../guard/authenticate.js';
import { createCounter } from '../live/counter.js';
import type { LiveStreams } from '../live/live-streams.js';
import { noReply } from '../sources/source.js';
import { EVENT_STREAM } from './accept.js';
import type { StreamAsked } from './graphql-over-http.js';
import { beginStream, LiveResponse } from './live-response.js';
import type { RequestHead } from './message.js';
import { STREAM_FORMATS, type StreamFormat } from './stream-formats.js';

export interface HttpStreams {
  /** Answers by a stream; settles when it is over. Rejects with an AppError where none was begun. */
  serve(asked: StreamAsked, response: ServerResponse): Promise<void>;
  readonly size: number;
  /** Ends the streams of some, who are told why. */
  endWhere(isMeant: (session: Session) => boolean, error: AppError): void;
  /** Tells every client that it has to subscribe elsewhere, and ends its stream. */
  close(): Promise<void>;
}

export interface HttpStreamsOptions {
  readonly streams: LiveStreams;
  readonly authenticator: Authenticator;
  readonly presenter: Presenter;
  readonly heartbeatMs: number;
  readonly slowReaderMs: number;
  readonly perUser: number;
  readonly perAddress: number;
}

interface Open {
  readonly response: ServerResponse;
  readonly session: Session;
  readonly traceId: string;
  /** Since the subgraph took the subscription. */
  live?: LiveResponse;
  /** What ended it before that. */
  ended?: AppError;
}

const SWEEP_MS = 500;
const CLOSING_MS = 500;

const REASONS = {
  TOO_SLOW: new AppError('UNAVAILABLE', 'Too slow: an event would have been lost', { reason: 'TOO_SLOW' }),
  TOKEN_EXPIRED: new AppError('UNAUTHENTICATED', 'The access token has expired: subscribe again with a fresh one', { reason: 'TOKEN_EXPIRED' }),
  GOING_AWAY: new AppError('UNAVAILABLE', 'The gateway is stopping: subscribe again', { reason: 'GOING_AWAY' }),
};

/**
 * Subscriptions in the bodies of HTTP answers, as SSE or multipart. One that was cut off is resumed like any other, by
 * subscribing with `after`, the cursor in the last event: the transport has no memory (`Last-Event-ID` is not used).
 */
export function createHttpStreams({ streams, authenticator, presenter, heartbeatMs, slowReaderMs, perUser, perAddress }: HttpStreamsOptions): HttpStreams {
  const open = new Set<Open>();
  let isClosing = false;
  const users = createCounter(perUser);
  const addresses = createCounter(perAddress);
  const sweeping = setInterval(() => {
    const now = Date.now();
    for (const { live } of open) live?.sweep(now);
  }, Math.min(SWEEP_MS, heartbeatMs, slowReaderMs));
  sweeping.unref();

  function fail(entry: Open, error: AppError): void {
    if (entry.live) entry.live.fail(presenter.present(error, entry.traceId));
    else entry.ended = error;
  }

  /** Counts the client's streams; gives what takes this one out again. */
  function admit({ kind, userId }: Actor, address: string): () => void {
    const isNamed = kind !== 'anonymous';
    if (addresses.isFull(address) || (isNamed && users.isFull(userId))) throw new AppError('RATE_LIMITED', 'Too many streams of this client', { limit: 'CONNECTIONS' });
    addresses.add(address);
    if (isNamed) users.add(userId);
    return () => {
      addresses.remove(address);
      if (isNamed) users.remove(userId);
    };
  }

  async function follow({ head, session, trace, content }: StreamAsked & { content: Asked }, response: ServerResponse): Promise<void> {
    const { traceId } = trace;
    const entry: Open = { response, session, traceId };
    open.add(entry);
    response.once('close', () => open.delete(entry));
    const format = formatFor(head);
    const queue = await streams.open(content.request, scopeOf(head, session.actor, trace));
    if ('errors' in queue) return tell(response, format, traceId, format.failed(JSON.stringify(queue.errors)));
    if (response.destroyed || entry.ended) await queue.return();
    if (entry.ended) return tell(response, format, traceId, format.failed(JSON.stringify([presenter.present(entry.ended, traceId)])));
    // Gone while the subgraph was still asked.
    if (response.destroyed) return;
    beginStream(response, format, traceId);
    entry.live = new LiveResponse(queue, {
      response,
      format,
      isLossless: content.isLossless,
      endsAt: session.expiresAt?.getTime() ?? Infinity,
      heartbeatMs,
      slowReaderMs,
      present: (reason) => presenter.present(REASONS[reason], traceId),
    });
    await entry.live.follow();
  }

  /** What is no subscription is a stream of one answer. */
  async function answerOnce({ head, session, trace, content }: StreamAsked, response: ServerResponse): Promise<void> {
    const format = formatFor(head);
    const text = 'errors' in content ? format.failed(JSON.stringify(content.errors)) : format.next(JSON.stringify(await content.graph.engine.execute(content.request, scopeOf(head, session.actor, trace))));
    tell(response, format, trace.traceId, text);
  }

  return {
    async serve(asked, response) {
      const { content, head } = asked;
      if (isClosing) throw REASONS.GOING_AWAY;
      if ('errors' in content || !content.isSubscription) return answerOnce(asked, response);
      // Once more: the session may have ended while the document was looked for, and nobody would have told this stream.
      const session = await authenticator.authenticate(head.headers.authorization, head.info.address);
      response.once('close', admit(session.actor, head.info.address));
      return follow({ ...asked, session, content }, response);
    },
    get size() {
      return open.size;
    },
    endWhere(isMeant, error) {
      for (const entry of open) if (isMeant(entry.session)) fail(entry, error);
    },
    async close() {
      isClosing = true;
      clearInterval(sweeping);
      const closed = [...open].map(({ response }) => new Promise<void>((resolve) => void response.once('close', () => resolve())));
      for (const entry of open) fail(entry, REASONS.GOING_AWAY);
      await within(CLOSING_MS, Promise.all(closed));
      for (const { response } of open) response.destroy();
    },
  };
}

type Asked = Extract<StreamAsked['content'], { request: unknown }>;

const formatFor = ({ accepts }: RequestHead): StreamFormat => STREAM_FORMATS[accepts.stream ?? EVENT_STREAM];
const scopeOf = ({ info }: RequestHead, actor: Actor, trace: StreamAsked['trace']): RequestScope => ({ actor, ...trace, request: info, reply: noReply });

/** A stream that is over with what it begins with. */
function tell(response: ServerResponse, format: StreamFormat, traceId: string, text: string): void {
  if (response.destroyed) return;
  beginStream(response, format, traceId);
  response.end(text + format.end);
}
