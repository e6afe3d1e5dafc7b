import { OperationTypeNode, type ExecutionResult } from 'graphql';
import type { Actor } from '@vss/auth';
import { AppError } from '@vss/runtime';
import type { Engine, OperationRequest } from '../execute/engine.js';
import type { Presenter } from '../execute/present-error.js';
import type { RequestScope } from '../execute/request-scope.js';
import type { CurrentGraph } from '../graph.js';
import { noReply, type RequestInfo } from '../sources/source.js';
import type { Frame, LiveStreams } from './live-streams.js';
import { nextMessage, type SubscribeMessage } from './messages.js';
import type { BoundedQueue } from '../common/bounded-queue.js';

export interface OperationsDeps {
  readonly graphs: CurrentGraph;
  readonly streams: LiveStreams;
  readonly presenter: Presenter;
  readonly newTraceId: () => string;
  /** Operations at once on one connection. */
  readonly limit: number;
}

/** The client's end of the connection. */
export interface Channel {
  readonly request: RequestInfo;
  /** Resolves when the client's side took it, which is what slows down a stream whose reader is slow. */
  send(text: string): Promise<void>;
}

/** The operations of one connection, by the ids that the client gave them. */
export interface Operations {
  /** Queries and mutations under way; streams are not counted. */
  readonly answers: ReadonlySet<Promise<void>>;
  isRunning(id: string): boolean;
  start(message: SubscribeMessage, actor: Actor): Promise<void>;
  stop(id: string): void;
  /** With an error, each is told it. */
  stopAll(error?: AppError): void;
}

interface Running {
  isStopped: boolean;
  stop(): void;
}

export function createOperations(channel: Channel, { graphs, streams, presenter, newTraceId, limit }: OperationsDeps): Operations {
  const { request } = channel;
  const send = (text: string): Promise<void> => channel.send(text);
  const running = new Map<string, Running>();
  const answers = new Set<Promise<void>>();
  const sendMessage = (message: Record<string, unknown>): Promise<void> => send(JSON.stringify(message));
  const refuse = (id: string, errors: readonly unknown[], { traceId }: RequestScope): Promise<void> =>
    sendMessage({ id, type: 'error', payload: errors.map((error) => presenter.present(error, traceId)) });

  async function start({ id, payload }: SubscribeMessage, actor: Actor): Promise<void> {
    const scope: RequestScope = { actor, traceId: newTraceId(), request, reply: noReply };
    if (running.size >= limit) return refuse(id, [new AppError('RATE_LIMITED', `At most ${limit} operations at once on one connection`, { limit: 'OPERATIONS' })], scope);
    const graph = graphs.current;
    const loaded = graph.documents.load(payload.query);
    if ('errors' in loaded) return refuse(id, loaded.errors, scope);
    const operation: Running = { isStopped: false, stop: () => void (operation.isStopped = true) };
    running.set(id, operation);
    const asked: OperationRequest = { document: loaded.document, operationName: payload.operationName ?? undefined, variables: payload.variables ?? undefined };
    try {
      if (isSubscription(graph.engine, asked)) await follow(id, operation, asked, scope);
      else await answer(id, operation, graph.engine.execute(asked, scope));
    } catch (error) {
      if (!operation.isStopped) await refuse(id, [error], scope);
    } finally {
      if (running.get(id) === operation) running.delete(id);
    }
  }

  async function answer(id: string, operation: Running, result: Promise<ExecutionResult>): Promise<void> {
    const work = (async () => {
      const given = await result;
      if (operation.isStopped) return;
      await send(nextMessage(id, JSON.stringify(given)));
      running.delete(id);
      await sendMessage({ id, type: 'complete' });
    })();
    answers.add(work);
    await work.finally(() => answers.delete(work));
  }

  async function follow(id: string, operation: Running, asked: OperationRequest, scope: RequestScope): Promise<void> {
    const stream = await streams.open(asked, scope);
    if (!('push' in stream)) {
      if (!operation.isStopped) await sendMessage({ id, type: 'error', payload: stream.errors });
      return;
    }
    operation.stop = () => {
      operation.isStopped = true;
      void stream.return();
    };
    // Stopped while the subgraph was still asked.
    if (operation.isStopped) return operation.stop();
    try {
      for await (const frame of stream) await send(nextMessage(id, withLoss(frame, stream)));
    } finally {
      await stream.return();
    }
    if (!operation.isStopped) await sendMessage({ id, type: 'complete' });
  }

  return {
    answers,
    isRunning: (id) => running.has(id),
    start,
    stop(id) {
      running.get(id)?.stop();
      running.delete(id);
    },
    stopAll(error) {
      const errors = error && [presenter.present(error, newTraceId())];
      for (const [id, operation] of running) {
        if (errors) void sendMessage({ id, type: 'error', payload: errors });
        operation.stop();
      }
      running.clear();
    },
  };
}

function isSubscription(engine: Engine, { document, operationName }: OperationRequest): boolean {
  return engine.prepare(document, operationName).operation.operation === OperationTypeNode.SUBSCRIPTION;
}

/** The frame as it is for everybody, or with the number of events that this client lost before it. */
function withLoss({ json, result }: Frame, stream: BoundedQueue<Frame>): string {
  const dropped = stream.takeDropped();
  if (dropped === 0) return json;
  const earlier = result.extensions?.['dropped'];
  return JSON.stringify({ ...result, extensions: { ...result.extensions, dropped: dropped + (typeof earlier === 'number' ? earlier : 0) } });
}
