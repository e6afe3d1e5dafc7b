import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { anonymousActor, type Actor } from '@vss/auth';
import { AppError, messageOf, type Logger } from '@vss/runtime';
import type { Authenticator, Session } from '../guard/authenticate.js';
import type { Presenter } from '../execute/present-error.js';
import type { LiveCounters } from '../observe/gateway-metrics.js';
import type { RequestInfo } from '../sources/source.js';
import { ClientWriter, type WriterOwner } from './client-writer.js';
import type { Frame } from './frame.js';
import { authorizationIn, CLOSE, parseMessage, wantsNoLoss, type ClientMessage, type SubscribeMessage } from './messages.js';
import { Operation, tooFast, tooManyOperations, type Channel, type Operations } from './operations.js';
import type { OutboxLimits } from './outbox.js';
import { take, type Bucket, type Rate } from './token-bucket.js';

/** What all connections of a gateway have in common. */
export interface ConnectionDeps {
  readonly authenticator: Authenticator;
  readonly operations: Operations;
  readonly presenter: Presenter;
  readonly newTraceId: () => string;
  readonly logger: Logger;
  /** Whether one more connection of this user may be; he is counted from then on. */
  readonly admitUser: (actor: Actor) => boolean;
  readonly limits: ConnectionLimits;
  readonly observed: LiveCounters;
}

export interface ConnectionLimits {
  /** Time for the client to introduce itself. */
  readonly initMs: number;
  readonly heartbeatMs: number;
  /** Operations at once. */
  readonly operations: number;
  readonly operationRate: Rate;
  readonly waiting: OutboxLimits;
}

/** How a client's socket was opened. */
export interface Opened {
  readonly socket: WebSocket;
  /** The same socket without its protocol: whole frames may be written to it. */
  readonly stream: Duplex;
  readonly request: RequestInfo;
  /** The Authorization header of the upgrade request, for clients that can set one. */
  readonly authorization: string | undefined;
}

type Payload = Record<string, unknown> | null | undefined;

/** A client that is refused this often without taking a breath is cut off. */
const MOST_REFUSALS = 1_000;

/**
 * One client's connection, protocol graphql-transport-ws: who it is, until when, and what it asks. A class, and without
 * timers or listeners of its own, because a gateway holds many thousands: what a connection weighs is measured.
 */
export class Connection implements Channel, WriterOwner {
  readonly request: RequestInfo;
  readonly #deps: ConnectionDeps;
  readonly #socket: WebSocket;
  readonly #writer: ClientWriter;
  readonly #running = new Map<string, Operation>();
  readonly #bucket: Bucket;
  #authorization: string | undefined;
  #session: Session | undefined;
  #isIntroduced = false;
  #isLossless = false;
  #isHeard = true;
  #beatAt: number;
  /** When the time to introduce itself, or its token, is over. */
  #endsAt: number;
  #refusals = 0;
  /** Queries and mutations under way, while there are any. */
  #answers: Set<Promise<void>> | undefined;

  constructor({ socket, stream, request, authorization }: Opened, deps: ConnectionDeps) {
    const now = Date.now();
    this.#deps = deps;
    this.#socket = socket;
    this.#writer = new ClientWriter(socket, stream, deps.limits.waiting, this);
    this.request = request;
    this.#authorization = authorization;
    this.#bucket = { left: deps.limits.operationRate.burst, filledAt: now };
    this.#beatAt = now + deps.limits.heartbeatMs;
    this.#endsAt = now + deps.limits.initMs;
  }

  get actor(): Actor {
    return this.#session?.actor ?? anonymousActor;
  }

  get session(): Session | undefined {
    return this.#session;
  }

  /** Queries and mutations under way; streams are not counted. */
  get answers(): readonly Promise<void>[] {
    return this.#answers ? [...this.#answers] : [];
  }

  receive(data: Buffer, isBinary: boolean): void {
    // What was on its way when the connection was closed is not looked at any more.
    if (!this.#writer.isOpen) return;
    this.#isHeard = true;
    const message = isBinary ? undefined : parseMessage(data.toString());
    if (message) void this.#take(message);
    else this.close(CLOSE.badRequest, 'Not a message of graphql-transport-ws');
  }

  /** The far end has shown that it is there. */
  heard(): void {
    this.#isHeard = true;
  }

  /** Called every now and then: times that are over end the connection, and a ping asks who was silent. */
  sweep(now: number): void {
    if (now >= this.#endsAt) return this.#session ? this.dismiss(tokenExpired()) : this.close(CLOSE.initialisationTimeout, 'Connection initialisation timeout');
    if (now < this.#beatAt) return;
    this.#beatAt = now + this.#deps.limits.heartbeatMs;
    // Nothing since the last ping: the far end is gone without having said so.
    if (!this.#isHeard) return this.#socket.terminate();
    this.#isHeard = false;
    this.#socket.ping();
  }

  /** From now on the client has these rights. Its streams are told by themselves. */
  changeActor(actor: Actor): void {
    if (this.#session) this.#session = { ...this.#session, actor };
  }

  /** Ends everything and closes: the client may stay no longer by what it introduced itself with. */
  dismiss(error: AppError): void {
    this.stop(error);
    this.close(CLOSE.unauthorized, error.message);
  }

  close(code: number, reason: string): void {
    this.stop();
    // A close reason may be 123 bytes long.
    this.#socket.close(code, Buffer.from(reason).subarray(0, 120).toString());
  }

  /** Resolves when the connection is gone. */
  closed(): Promise<void> {
    return new Promise((resolve) => void this.#socket.once('close', () => resolve()));
  }

  terminate(): void {
    this.#socket.terminate();
  }

  /** Ends all operations, each told the error where there is one. */
  stop(error?: AppError): void {
    this.#writer.clear();
    const errors = error && [this.#deps.presenter.present(error, this.#deps.newTraceId())];
    for (const operation of this.#running.values()) {
      if (errors) this.send(JSON.stringify({ id: operation.id, type: 'error', payload: errors }));
      operation.stop();
    }
    this.#running.clear();
  }

  send(text: string): void {
    this.#writer.send(text);
  }

  deliver(operation: Operation, frame: Frame): void {
    this.#writer.deliver(operation, frame);
  }

  takeBack(operation: Operation): Frame | undefined {
    return this.#writer.takeBack(operation);
  }

  finish(operation: Operation, message: string): void {
    this.#writer.finish(operation, message);
  }

  complete(operation: Operation, message: string): void {
    if (this.#running.get(operation.id) === operation) this.#running.delete(operation.id);
    this.send(message);
  }

  lost(): void {
    this.#deps.observed.dropped.inc();
  }

  refuseLoss(): void {
    this.close(CLOSE.tooSlow, 'Too slow: an event would have been lost');
  }

  #take(message: ClientMessage): Promise<void> | void {
    if (message.type === 'connection_init') return this.#introduce(message.payload);
    if (message.type === 'ping') return this.#answerPing(message.payload);
    if (message.type === 'pong') return;
    if (message.type === 'complete') return this.#stop(message.id);
    if (!this.#session) return this.close(CLOSE.unauthorized, 'Unauthorized');
    if (this.#running.has(message.id)) return this.close(CLOSE.duplicateId, `Subscriber for ${message.id} already exists`);
    return this.#start(message, this.#session);
  }

  #start({ id, payload }: SubscribeMessage, { actor }: Session): Promise<void> | void {
    const { operations, limits, presenter } = this.#deps;
    const operation = new Operation(id, this.#isLossless || wantsNoLoss(payload.extensions), this, presenter);
    const retryAfterMs = take(this.#bucket, limits.operationRate, Date.now());
    if (retryAfterMs > 0) return ++this.#refusals > MOST_REFUSALS ? this.close(CLOSE.tooMany, 'Too many operations') : operations.refuse(operation, [tooFast(retryAfterMs)]);
    this.#refusals = 0;
    if (this.#running.size >= limits.operations) return operations.refuse(operation, [tooManyOperations(limits.operations)]);
    this.#running.set(id, operation);
    const answers = (this.#answers ??= new Set());
    const answer = operations.start(operation, payload, actor).finally(() => {
      answers.delete(answer);
      if (answers.size === 0 && this.#answers === answers) this.#answers = undefined;
    });
    answers.add(answer);
    return answer;
  }

  #stop(id: string): void {
    const operation = this.#running.get(id);
    if (!operation) return;
    this.#running.delete(id);
    operation.stop();
    this.#writer.takeBack(operation);
  }

  #accept(session: Session): void {
    this.#session = session;
    this.#endsAt = session.expiresAt?.getTime() ?? Infinity;
  }

  #refuse(error: unknown): void {
    const isTheirs = error instanceof AppError && error.code === 'UNAUTHENTICATED';
    if (!isTheirs) this.#deps.logger.warn({ err: error }, `A connection could not be authenticated: ${messageOf(error)}`);
    this.close(isTheirs ? CLOSE.unauthorized : CLOSE.tryAgainLater, isTheirs ? error.message : 'Try again later');
  }

  async #introduce(given: Payload): Promise<void> {
    if (this.#isIntroduced) return this.close(CLOSE.tooManyInitialisations, 'Too many initialisation requests');
    this.#isIntroduced = true;
    try {
      const session = await this.#deps.authenticator.authenticate(authorizationIn(given) ?? this.#authorization, this.request.address);
      this.#authorization = undefined;
      if (!this.#writer.isOpen) return;
      if (!this.#deps.admitUser(session.actor)) return this.close(CLOSE.tryAgainLater, 'Too many connections of this user');
      this.#isLossless = wantsNoLoss(given);
      this.#accept(session);
      this.send('{"type":"connection_ack"}');
    } catch (error) {
      this.#refuse(error);
    }
  }

  #answerPing(given: Payload): Promise<void> | void {
    const fresh = authorizationIn(given);
    if (!fresh || !this.#session) return this.send('{"type":"pong"}');
    // To verify a token costs more than to send one.
    if (take(this.#bucket, this.#deps.limits.operationRate, Date.now()) > 0) return this.close(CLOSE.tooMany, 'Too many pings with tokens');
    return this.#renew(fresh, this.#session);
  }

  /** A ping may renew the token: the same user's streams go on, with the rights that he has now. */
  async #renew(fresh: string, { actor }: Session): Promise<void> {
    try {
      const next = await this.#deps.authenticator.authenticate(fresh, this.request.address);
      if (next.actor.userId !== actor.userId) return this.close(CLOSE.forbidden, 'A connection belongs to one user');
      this.#accept(next);
      for (const operation of this.#running.values()) operation.changeActor(next.actor);
      this.send(JSON.stringify({ type: 'pong', payload: { expiresAt: next.expiresAt?.toISOString() } }));
    } catch (error) {
      this.#refuse(error);
    }
  }
}

const tokenExpired = (): AppError => new AppError('UNAUTHENTICATED', 'The access token has expired: send a fresh one in a ping before it does', { reason: 'TOKEN_EXPIRED' });
