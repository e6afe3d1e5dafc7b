import { OperationTypeNode, type GraphQLError } from 'graphql';
import type { Actor } from '@vss/auth';
import { AppError } from '@vss/runtime';
import type { Engine, OperationRequest } from '../execute/engine.js';
import type { Presenter } from '../execute/present-error.js';
import type { RequestScope } from '../execute/request-scope.js';
import type { CurrentGraph } from '../graph.js';
import type { PersistedDocuments } from '../guard/persisted/persisted-documents.js';
import { traceFrom } from '../observe/trace-id.js';
import { noReply, type RequestInfo } from '../sources/source.js';
import { isPlainId, nextMessage, type Frame } from './frame.js';
import type { LiveStreams, Membership } from './live-streams.js';
import type { SubscribeMessage } from './messages.js';
import type { Addressee } from './outbox.js';
import type { Subscriber } from './shared-stream.js';

/** The client's end of the connection, as its operations use it. */
export interface Channel {
  readonly request: RequestInfo;
  /** Who is there, with the rights that he has now. */
  readonly actor: Actor;
  send(text: string): void;
  /** Writes the event now, or when the client has taken what is before it. */
  deliver(operation: Operation, frame: Frame): void;
  /** Forgets the events that wait for the operation, and gives the first of them. */
  takeBack(operation: Operation): Frame | undefined;
  /** Sends a last message when what waits for the operation is written; its id is free then. */
  finish(operation: Operation, message: string): void;
  /** An event of an operation is lost. */
  lost(): void;
  /** The client said that it had rather be cut off than lose an event. */
  refuseLoss(): void;
}

/** One operation of a client, by the id that the client gave it. Small: there may be many thousands. */
export class Operation implements Subscriber, Addressee {
  /** Events lost since the last one that was written. */
  dropped = 0;
  isStopped = false;
  /** The last message, kept until the events before it are written. */
  last: string | undefined;
  readonly isPlain: boolean;
  #membership: Membership | undefined;

  constructor(
    readonly id: string,
    readonly isLossless: boolean,
    readonly channel: Channel,
    readonly presenter: Presenter,
  ) {
    this.isPlain = isPlainId(id);
  }

  joined(membership: Membership): void {
    this.#membership = membership;
    // Stopped, or given other rights, while the subgraph was still asked.
    if (this.isStopped) membership.leave();
    else membership.changeActor(this.channel.actor);
  }

  deliver(frame: Frame): void {
    if (!this.isStopped) this.channel.deliver(this, frame);
  }

  end(errors?: readonly GraphQLError[]): void {
    this.#membership = undefined;
    if (!this.isStopped) this.channel.finish(this, JSON.stringify(errors ? { id: this.id, type: 'error', payload: errors } : { id: this.id, type: 'complete' }));
  }

  takeBack(): Frame | undefined {
    return this.channel.takeBack(this);
  }

  /** Goes on with other rights; what had not been sent under the old ones is made anew. */
  changeActor(actor: Actor): void {
    this.#membership?.changeActor(actor);
  }

  drop(): void {
    this.dropped++;
    this.channel.lost();
    if (this.isLossless) this.channel.refuseLoss();
  }

  stop(): void {
    this.isStopped = true;
    this.#membership?.leave();
    this.#membership = undefined;
  }
}

export interface OperationsDeps {
  readonly graphs: CurrentGraph;
  readonly streams: LiveStreams;
  readonly persisted: PersistedDocuments;
  readonly presenter: Presenter;
  readonly newTraceId: () => string;
}

/** Runs what clients ask for over their connections; one for all of them. */
export interface Operations {
  /** Settles when it is answered or, for a subscription, opened. Never rejects. */
  start(operation: Operation, payload: SubscribeMessage['payload'], actor: Actor): Promise<void>;
  refuse(operation: Operation, errors: readonly unknown[]): void;
}

export function createOperations({ graphs, streams, persisted, presenter, newTraceId }: OperationsDeps): Operations {
  const refuse = (operation: Operation, errors: readonly unknown[], traceId = newTraceId()): void =>
    operation.end(errors.map((error) => presenter.present(error, traceId)));

  async function run(operation: Operation, payload: SubscribeMessage['payload'], scope: RequestScope): Promise<void> {
    const graph = graphs.current;
    const found = await persisted.find(payload, scope.actor);
    if ('errors' in found) return refuse(operation, found.errors, scope.traceId);
    const loaded = graph.documents.load(found.query);
    if ('errors' in loaded) return refuse(operation, loaded.errors, scope.traceId);
    found.keep?.();
    const asked: OperationRequest = { document: loaded.document, operationName: payload.operationName ?? undefined, variables: payload.variables ?? undefined };
    if (!isSubscription(graph.engine, asked)) {
      const result = await graph.engine.execute(asked, scope);
      if (operation.isStopped) return;
      operation.channel.send(nextMessage(operation.id, JSON.stringify(result)));
      return operation.end();
    }
    const joined = await streams.join(asked, scope, operation);
    if ('errors' in joined) operation.end(joined.errors);
    else operation.joined(joined);
  }

  return {
    refuse: (operation, errors) => refuse(operation, errors),
    async start(operation, payload, actor) {
      const scope: RequestScope = { actor, ...traceFrom(payload.extensions?.['traceparent']), request: operation.channel.request, reply: noReply };
      try {
        await run(operation, payload, scope);
      } catch (error) {
        refuse(operation, [error], scope.traceId);
      }
    },
  };
}

function isSubscription(engine: Engine, { document, operationName }: OperationRequest): boolean {
  return engine.prepare(document, operationName).operation.operation === OperationTypeNode.SUBSCRIPTION;
}

export const tooManyOperations = (limit: number): AppError => new AppError('RATE_LIMITED', `At most ${limit} operations at once on one connection`, { limit: 'OPERATIONS' });
export const tooFast = (retryAfterMs: number): AppError => new AppError('RATE_LIMITED', 'Too many operations on this connection in too short a time', { limit: 'OPERATION_RATE', retryAfterMs });
