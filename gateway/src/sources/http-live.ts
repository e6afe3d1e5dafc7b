import { createClient, type Client } from 'graphql-ws';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { WebSocket } from 'ws';
import { AppError, messageOf, unrecordedTraceparent } from '@vss/runtime';
import { createBoundedQueue, type BoundedQueue } from '../common/bounded-queue.js';
import type { SourceAnswer, SourceRequest } from './source.js';

/** Events that wait while the gateway is busy with earlier ones. */
const BUFFERED_EVENTS = 1_000;
/** Also how often the stream's actor token is renewed; it lives for 60 s. */
export const HEARTBEAT_MS = 20_000;
const PONG_MS = 5_000;

interface UpstreamOptions {
  readonly url: string;
  readonly subgraph: string;
  readonly request: SourceRequest;
  readonly authorization: () => Promise<string | undefined>;
  readonly heartbeatMs: number;
}

/** One subscription at a subgraph over graphql-transport-ws, on a connection of its own. */
export function openUpstream({ url, subgraph, request, authorization, heartbeatMs }: UpstreamOptions): AsyncIterableIterator<SourceAnswer> {
  let client: Client | undefined;
  const close = (): void => {
    void client?.dispose();
    client?.terminate();
  };
  const events = createBoundedQueue<SourceAnswer>({ limit: BUFFERED_EVENTS, onReturn: close });
  client = createClient({
    url,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    lazy: true,
    connectionParams: async () => ({ authorization: await authorization(), traceparent: request.traceparent ?? unrecordedTraceparent(request.traceId) }),
    on: { connected: (socket) => keepAlive(socket as WebSocket, authorization, heartbeatMs) },
  });
  const { query, variables, operationName } = request;
  client.subscribe(
    { query, variables: { ...variables }, operationName },
    { next: (event) => events.push(event as SourceAnswer), error: (error) => events.end(failure(subgraph, error)), complete: () => events.end() },
  );
  return reportingLoss(events);
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
  const stop = (): void => {
    clearInterval(timer);
    clearTimeout(overdue);
  };
  socket.on('message', () => {
    clearTimeout(overdue);
    overdue = undefined;
  });
  socket.once('close', stop);
}

function failure(subgraph: string, error: unknown): Error {
  if (Array.isArray(error)) {
    const [first] = error as readonly GraphQLFormattedError[];
    return new GraphQLError(first?.message ?? 'The subgraph refused the subscription', { extensions: { ...first?.extensions, serviceName: subgraph } });
  }
  const cause = error instanceof Error ? error : new Error(describeClose(error));
  return new AppError('UNAVAILABLE', `The subgraph ${subgraph} ended the stream`, { subgraph }, { cause });
}

const describeClose = (event: unknown): string =>
  typeof event === 'object' && event !== null && 'code' in event ? `closed with ${String(event.code)} ${'reason' in event ? String(event.reason) : ''}` : messageOf(event);

/** An event that follows a loss says how many are missing. */
function reportingLoss(events: BoundedQueue<SourceAnswer>): AsyncIterableIterator<SourceAnswer> {
  return {
    async next() {
      const step = await events.next();
      const dropped = events.takeDropped();
      return step.done || dropped === 0 ? step : { done: false, value: { ...step.value, extensions: { ...step.value.extensions, dropped } } };
    },
    return: () => events.return(),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
