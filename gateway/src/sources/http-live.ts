import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { WebSocket } from 'ws';
import { AppError, messageOf, unrecordedTraceparent } from '@vss/runtime';
import { createBoundedQueue } from '../common/bounded-queue.js';
import type { SourceAnswer, SourceRequest } from './source.js';

/** What waits while the gateway is busy with earlier events. */
const BUFFERED = { events: 1_000, bytes: 16 * 1024 * 1024 };
/** Also how often the stream's actor token is renewed; it lives for 60 s. */
export const HEARTBEAT_MS = 20_000;
const PONG_MS = 5_000;
const HANDSHAKE_MS = 5_000;
/** The one operation of its connection. */
const ID = '1';

interface UpstreamOptions {
  readonly url: string;
  readonly subgraph: string;
  readonly request: SourceRequest;
  readonly authorization: () => Promise<string | undefined>;
  readonly heartbeatMs: number;
}

type Received =
  | { readonly type: 'connection_ack' | 'ping' | 'pong' | 'complete' }
  | { readonly type: 'next'; readonly payload: SourceAnswer }
  | { readonly type: 'error'; readonly payload: readonly GraphQLFormattedError[] };

interface Buffered {
  readonly answer: SourceAnswer;
  readonly bytes: number;
}

/**
 * One subscription at a subgraph over graphql-transport-ws, on a connection of its own. Not by the client of graphql-ws:
 * it buffers without bound, and what it throws when a connection is given up while it opens nobody can catch.
 */
export function openUpstream({ url, subgraph, request, authorization, heartbeatMs }: UpstreamOptions): AsyncIterableIterator<SourceAnswer> {
  const socket = new WebSocket(url, 'graphql-transport-ws', { handshakeTimeout: HANDSHAKE_MS, perMessageDeflate: false });
  const buffer = createBoundedQueue<Buffered>({ limit: BUFFERED.events, most: { size: BUFFERED.bytes, of: ({ bytes }) => bytes }, onReturn: close });
  let failure: Error | undefined;
  const send = (message: object): void => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  };

  function close(): void {
    send({ id: ID, type: 'complete' });
    // While it opens there is nobody to say goodbye to.
    if (socket.readyState === WebSocket.OPEN) socket.close(1000);
    else socket.terminate();
  }

  async function introduce(): Promise<void> {
    try {
      send({ type: 'connection_init', payload: { authorization: await authorization(), traceparent: request.traceparent ?? unrecordedTraceparent(request.traceId) } });
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error));
      socket.terminate();
    }
  }

  function subscribe(): void {
    const { query, variables, operationName, resumption } = request;
    send({ id: ID, type: 'subscribe', payload: { query, variables, operationName, ...(resumption ? { extensions: { resume: resumption } } : {}) } });
  }

  function take(text: string): void {
    const message = JSON.parse(text) as Received;
    // An event that is null is like one without data: no answer, and told as that.
    if (message.type === 'next') buffer.push({ answer: message.payload ?? {}, bytes: text.length });
    else if (message.type === 'connection_ack') subscribe();
    else if (message.type === 'ping') send({ type: 'pong' });
    else if (message.type === 'error') end(refusal(subgraph, message.payload));
    else if (message.type === 'complete') end();
  }

  function end(error?: Error): void {
    buffer.end(error);
    socket.close(1000);
  }

  socket.once('open', () => {
    keepAlive(socket, authorization, heartbeatMs);
    void introduce();
  });
  socket.on('message', (data) => {
    try {
      take((data as Buffer).toString());
    } catch (error) {
      end(broken(subgraph, `does not speak graphql-transport-ws: ${messageOf(error)}`));
    }
  });
  socket.on('error', (error) => (failure ??= error));
  socket.once('close', (code, reason) => buffer.end(broken(subgraph, `closed the stream with ${code} ${reason.toString()}`.trim(), failure)));
  return reportingLoss(buffer);
}

/** A `ping` carries a fresh token, so that the stream outlives the first; without a `pong` the far end is gone. */
function keepAlive(socket: WebSocket, authorization: () => Promise<string | undefined>, heartbeatMs: number): void {
  let overdue: NodeJS.Timeout | undefined;
  const beat = async (): Promise<void> => {
    try {
      const token = await authorization();
      if (socket.readyState !== WebSocket.OPEN) return;
      socket.send(JSON.stringify({ type: 'ping', ...(token ? { payload: { authorization: token } } : {}) }));
      overdue ??= setTimeout(() => socket.terminate(), PONG_MS);
    } catch {
      socket.terminate();
    }
  };
  const timer = setInterval(() => void beat(), heartbeatMs);
  socket.on('message', () => {
    clearTimeout(overdue);
    overdue = undefined;
  });
  socket.once('close', () => {
    clearInterval(timer);
    clearTimeout(overdue);
  });
}

const broken = (subgraph: string, what: string, cause?: Error): AppError => new AppError('UNAVAILABLE', `The subgraph ${subgraph} ended the stream`, { subgraph }, { cause: new Error(`${subgraph} ${what}`, { cause }) });

function refusal(subgraph: string, [first]: readonly GraphQLFormattedError[]): GraphQLError {
  return new GraphQLError(first?.message ?? 'The subgraph refused the subscription', { extensions: { ...first?.extensions, serviceName: subgraph } });
}

/** An event that follows a loss says how many are missing. */
function reportingLoss(buffer: ReturnType<typeof createBoundedQueue<Buffered>>): AsyncIterableIterator<SourceAnswer> {
  return {
    async next() {
      const step = await buffer.next();
      const dropped = buffer.takeDropped();
      if (step.done) return step;
      const { answer } = step.value;
      return { done: false, value: dropped === 0 ? answer : { ...answer, extensions: { ...answer.extensions, dropped } } };
    },
    async return() {
      await buffer.return();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
