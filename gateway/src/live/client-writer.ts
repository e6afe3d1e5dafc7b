import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Frame } from './frame.js';
import type { Operation } from './operations.js';
import { Outbox, type OutboxLimits } from './outbox.js';

/** Whose writer it is. */
export interface WriterOwner {
  /** The client has taken what was written. */
  heard(): void;
  /** The last message of the operation may be sent. */
  complete(operation: Operation, message: string): void;
}

/** Answers that a client leaves unread, before nothing more is read of what it asks. */
const UNREAD_BYTES = 1024 * 1024;

/** Writes to one client: answers at once, events as fast as it takes them. */
export class ClientWriter {
  readonly #socket: WebSocket;
  /** The same socket without its protocol. */
  readonly #stream: Duplex;
  readonly #limits: OutboxLimits;
  readonly #owner: WriterOwner;
  /** Only while the client is slow. */
  #outbox: Outbox<Operation> | undefined;

  constructor(socket: WebSocket, stream: Duplex, limits: OutboxLimits, owner: WriterOwner) {
    this.#socket = socket;
    this.#stream = stream;
    this.#limits = limits;
    this.#owner = owner;
  }

  get isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  send(text: string): void {
    if (!this.isOpen) return;
    this.#socket.send(text);
    // Who does not read answers is not listened to until he does: what he may still ask is bounded so.
    if (this.#stream.writableLength < UNREAD_BYTES || this.#socket.isPaused) return;
    this.#socket.pause();
    this.#stream.once('drain', () => this.#socket.resume());
  }

  deliver(operation: Operation, frame: Frame): void {
    if (!this.isOpen) return;
    if (!this.#outbox && !this.#stream.writableNeedDrain) return this.#write(operation, frame);
    if (!this.#outbox) {
      this.#outbox = new Outbox(this.#limits);
      this.#stream.once('drain', () => this.#flush());
    }
    this.#outbox.add(operation, frame);
  }

  /** Forgets the events that wait for the operation, and gives the first of them. */
  takeBack(operation: Operation): Frame | undefined {
    return this.#outbox?.remove(operation);
  }

  /** Completes the operation when what waits for it is written. */
  finish(operation: Operation, message: string): void {
    if (this.#outbox?.isWaitingFor(operation)) operation.last = message;
    else this.#owner.complete(operation, message);
  }

  /** Forgets what waits. */
  clear(): void {
    this.#outbox = undefined;
  }

  /**
   * Whole frames go straight to the TCP socket that the HTTP server gave us, past `ws`: for thousands of clients its
   * header, corking and callbacks would cost more than the rest. It is safe because `ws` writes whole frames at once
   * when nothing is compressed, so that ours fall between its own, and because nothing is written after a close.
   */
  #write(operation: Operation, frame: Frame): void {
    const { dropped } = operation;
    operation.dropped = 0;
    if (operation.isPlain && dropped === 0) this.#stream.write(frame.toSocketFrame(operation.id));
    else this.#socket.send(frame.toMessage(operation.id, dropped));
  }

  #flush(): void {
    const outbox = this.#outbox;
    if (!outbox || !this.isOpen) return;
    this.#owner.heard();
    while (!this.#stream.writableNeedDrain) {
      const entry = outbox.shift();
      if (!entry) break;
      this.#write(entry.to, entry.frame);
      const { last } = entry.to;
      if (last !== undefined && !outbox.isWaitingFor(entry.to)) this.#owner.complete(entry.to, last);
    }
    if (!outbox.isEmpty) this.#stream.once('drain', () => this.#flush());
    else this.#outbox = undefined;
  }
}
