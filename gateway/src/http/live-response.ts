import type { ServerResponse } from 'node:http';
import type { GraphQLError } from 'graphql';
import type { BoundedQueue } from '../common/bounded-queue.js';
import { withLoss, type Frame } from '../live/frame.js';
import type { StreamFormat } from './stream-formats.js';

export interface LiveResponseOptions {
  readonly response: ServerResponse;
  readonly format: StreamFormat;
  /** The client had rather be cut off than lose an event. */
  readonly isLossless: boolean;
  /** When the client's token expires, in milliseconds since 1970. */
  readonly endsAt: number;
  readonly heartbeatMs: number;
  readonly slowReaderMs: number;
  /** For the errors that end it. */
  readonly present: (reason: 'TOO_SLOW' | 'TOKEN_EXPIRED') => GraphQLError;
}

/** Head of an answer whose body grows; nothing between us and the client may keep parts of it back. */
export function beginStream(response: ServerResponse, format: StreamFormat, traceId: string): void {
  response.writeHead(200, { 'content-type': format.contentType, 'cache-control': 'no-store', 'x-accel-buffering': 'no', 'x-content-type-options': 'nosniff', 'x-vss-trace-id': traceId });
  // How long a reader may be slow is looked after here; between events nothing need be written.
  response.setTimeout(0);
  response.write(format.opening);
}

/** One subscription in the body of one HTTP answer. It has no timer of its own: see `sweep`. */
export class LiveResponse {
  readonly #options: LiveResponseOptions;
  readonly #queue: BoundedQueue<Frame>;
  #beatAt: number;
  /** Since when the client has not taken what was written. */
  #stuckSince: number | undefined;
  #isOver = false;

  constructor(queue: BoundedQueue<Frame>, options: LiveResponseOptions) {
    this.#queue = queue;
    this.#options = options;
    this.#beatAt = Date.now() + options.heartbeatMs;
    // A connection that fails is closed, which is all that matters here.
    options.response.on('error', () => undefined).once('close', () => this.#stop());
  }

  /** Writes events as fast as the client takes them; what it is too slow for is given up in the queue. */
  async follow(): Promise<void> {
    const { format, isLossless, present } = this.#options;
    try {
      for await (const frame of this.#queue) {
        const dropped = this.#queue.takeDropped();
        if (dropped > 0 && isLossless) return this.fail(present('TOO_SLOW'));
        if (!this.#write(format.next(dropped > 0 ? JSON.stringify(withLoss(frame.result, dropped)) : frame.json))) await this.#drained();
      }
      this.#end('');
    } catch (error) {
      // The queue fails only with what is ready for the client's eyes.
      this.fail(error as GraphQLError);
    }
  }

  /** Ends the stream with an error, told within it. */
  fail(error: GraphQLError): void {
    this.#end(this.#options.format.failed(JSON.stringify([error])));
  }

  /** Called every now and then. */
  sweep(now: number): void {
    const { endsAt, heartbeatMs, slowReaderMs, response, format, present } = this.#options;
    if (this.#stuckSince === undefined) this.#stuckSince = response.writableNeedDrain ? now : undefined;
    else if (!response.writableNeedDrain) this.#stuckSince = undefined;
    else if (now - this.#stuckSince > slowReaderMs) return this.#cutOff();
    if (this.#isOver) return;
    if (now >= endsAt) return this.fail(present('TOKEN_EXPIRED'));
    if (now < this.#beatAt || response.writableNeedDrain) return;
    this.#beatAt = now + heartbeatMs;
    this.#write(format.heartbeat);
  }

  #write(text: string): boolean {
    return this.#isOver || this.#options.response.write(text);
  }

  #end(last: string): void {
    if (this.#isOver) return;
    this.#stop();
    this.#options.response.end(last + this.#options.format.end);
  }

  #cutOff(): void {
    this.#stop();
    this.#options.response.destroy();
  }

  #stop(): void {
    this.#isOver = true;
    void this.#queue.return();
  }

  #drained(): Promise<void> {
    const { response } = this.#options;
    return new Promise((resolve) => {
      const go = (): void => {
        response.off('drain', go).off('close', go);
        resolve();
      };
      response.on('drain', go).on('close', go);
    });
  }
}
