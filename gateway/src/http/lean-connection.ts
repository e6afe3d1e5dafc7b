import type { Socket } from 'node:net';
import { messageOf, type Logger } from '@vss/runtime';
import { writeAnswer, type Ending } from './answer-text.js';
import type { GraphqlOverHttp } from './graphql-over-http.js';
import { LeanReader, type LeanRequest } from './lean-reader.js';
import { requestHead, type HttpAnswer } from './message.js';

export interface LeanConnectionDeps {
  readonly answer: GraphqlOverHttp['answer'];
  /** Takes a connection with all bytes of its next request still to read. */
  readonly handOver: (socket: Socket) => void;
  readonly ending: () => Ending;
  readonly onClosed: () => void;
  readonly times: LeanTimes;
  readonly trustProxy: boolean;
  readonly logger: Logger;
}

/** In ticks; see `tick`. */
export interface LeanTimes {
  /** A request that is not whole by then goes to the ordinary server, whose deadlines hold for it. */
  readonly partial: number;
  /** Until the first request. */
  readonly first: number;
  /** Between requests. */
  readonly idle: number;
  /** For the client to take an answer. */
  readonly writing: number;
}

export interface LeanConnection {
  /** Called at a steady pace: ends what takes too long. A timer for each request would cost more than the request. */
  tick(): void;
  /** No further request: closes at once, or after the answer under way. */
  finish(): void;
  destroy(): void;
}

/**
 * One connection whose requests are answered in order, one at a time, as long as each has the common form. At the first
 * that has not, the connection goes to the ordinary server with that request's bytes unread.
 */
export function createLeanConnection(socket: Socket, { answer, handOver, ending, onClosed, times, trustProxy, logger }: LeanConnectionDeps): LeanConnection {
  const reader = new LeanReader((headers) => requestHead({ method: 'POST', search: '' }, { headers, socket }, trustProxy));
  let state: 'reading' | 'answering' | 'writing' | 'over' = 'reading';
  let isLast = false;
  let quietTicks = 0;
  let isFresh = true;
  const isReading = (): boolean => state === 'reading';

  function receive(chunk: Buffer): void {
    // Counted from a request's first byte: sending it slowly gives no more time.
    if (!reader.unread) quietTicks = 0;
    reader.push(chunk);
    // One request at a time: a client that sends more than that waits.
    if (isReading()) readNext();
    else socket.pause();
  }

  function readNext(): void {
    const request = reader.take();
    if (request === 'incomplete') return;
    if (request === 'other') return leave();
    state = 'answering';
    isFresh = false;
    if (reader.unread) socket.pause();
    answer(request.head, request.body).then((given) => ('status' in given ? write(given) : giveBack(request)), fail);
  }

  function write(given: HttpAnswer): void {
    if (state !== 'answering') return;
    isLast ||= given.headers['connection'] === 'close';
    state = 'writing';
    quietTicks = 0;
    const isRoomy = writeAnswer(socket, given, isLast ? ending().close : ending().keep);
    if (isLast) socket.destroySoon();
    else if (isRoomy) goOn();
    else socket.once('drain', goOn);
  }

  function goOn(): void {
    if (state !== 'writing') return;
    if (isLast) return socket.destroySoon();
    state = 'reading';
    quietTicks = 0;
    readNext();
    // Of the next one perhaps a part is here.
    if (isReading() && socket.isPaused()) socket.resume();
  }

  /** A stream was asked for. Nothing has happened but looking. */
  function giveBack({ bytes }: LeanRequest): void {
    if (state !== 'answering') return;
    if (isLast) return void socket.destroy();
    reader.putBack(bytes);
    leave();
  }

  function leave(): void {
    const { unread } = reader;
    release();
    // Paused, so that the first byte is read by who takes it.
    socket.pause();
    if (unread) socket.unshift(unread);
    handOver(socket);
    socket.resume();
  }

  function release(): void {
    state = 'over';
    reader.unread = undefined;
    socket.off('data', receive).off('end', end).off('error', ignore).off('close', release).off('drain', goOn);
    onClosed();
  }

  /** The client says no more. It may still listen. */
  function end(): void {
    isLast = true;
    if (!isReading()) return;
    if (reader.unread) socket.write('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
    socket.destroySoon();
  }

  function fail(error: unknown): void {
    logger.error({ err: error }, `A request failed: ${messageOf(error)}`);
    socket.destroy();
  }

  socket.on('data', receive).on('end', end).on('error', ignore).on('close', release);
  return {
    tick() {
      quietTicks++;
      if (state === 'writing' && quietTicks > times.writing) socket.destroy();
      else if (!isReading()) return;
      else if (reader.unread && quietTicks > times.partial) leave();
      else if (quietTicks > (isFresh ? times.first : times.idle)) socket.destroy();
    },
    finish() {
      isLast = true;
      if (isReading() && !reader.unread) socket.destroySoon();
    },
    destroy: () => void socket.destroy(),
  };
}

/** What a client's connection fails of is its own affair; `close` follows. */
const ignore = (): void => undefined;
