import type { Socket } from 'node:net';
import { messageOf, type Logger } from '@vss/runtime';
import { writeAnswer, type Ending } from './answer-text.js';
import type { GraphqlOverHttp } from './graphql-over-http.js';
import { parseLeanHead, REQUEST_LINE } from './lean-head.js';
import { requestHead, type HttpAnswer, type RequestHead } from './message.js';

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

/** A request that is longer goes to the ordinary server. */
const MOST_HEAD_BYTES = 8_192;
const MOST_BYTES = 65_536;
const END_OF_HEAD = Buffer.from('\r\n\r\n');
const START = Buffer.from(REQUEST_LINE);

/**
 * One connection whose requests are answered in order, one at a time, as long as each has the common form. At the first
 * that has not, the connection goes to the ordinary server with that request's bytes unread.
 */
export function createLeanConnection(socket: Socket, { answer, handOver, ending, onClosed, times, trustProxy, logger }: LeanConnectionDeps): LeanConnection {
  /** What has come and is not answered yet. */
  let unread: Buffer | undefined;
  let state: 'reading' | 'answering' | 'writing' | 'over' = 'reading';
  let isLast = false;
  let quietTicks = 0;
  let isFresh = true;
  let headText = '';
  let known: { head: RequestHead; contentLength: number } | undefined;

  function receive(chunk: Buffer): void {
    // Counted from a request's first byte: sending it slowly gives no more time.
    if (!unread) quietTicks = 0;
    unread = unread ? Buffer.concat([unread, chunk]) : chunk;
    // One request at a time: a client that sends more than that waits.
    if (state === 'reading') readNext();
    else socket.pause();
  }

  function readNext(): void {
    if (!unread) return;
    const headEnd = unread.indexOf(END_OF_HEAD);
    if (headEnd < 0) return unread.length > MOST_HEAD_BYTES || !couldBegin(unread) ? leave() : undefined;
    const found = headEnd > MOST_HEAD_BYTES ? undefined : readHead(unread.toString('latin1', 0, headEnd + 2));
    if (!found || found.contentLength > MOST_BYTES) return leave();
    const bodyStart = headEnd + END_OF_HEAD.length;
    const end = bodyStart + found.contentLength;
    if (unread.length < end) return;
    state = 'answering';
    isFresh = false;
    const request = unread.subarray(0, end);
    unread = unread.length > end ? unread.subarray(end) : undefined;
    if (unread) socket.pause();
    answer(found.head, request.subarray(bodyStart)).then((given) => ('status' in given ? write(given) : giveBack(request)), fail);
  }

  function readHead(text: string): typeof known {
    if (text === headText) return known;
    const lean = parseLeanHead(text);
    if (!lean) return undefined;
    headText = text;
    known = { contentLength: lean.contentLength, head: requestHead({ method: 'POST', search: '' }, { headers: lean.headers, socket }, trustProxy) };
    return known;
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
    if (!unread && socket.isPaused()) socket.resume();
  }

  /** A stream was asked for. Nothing has happened but looking. */
  function giveBack(request: Buffer): void {
    if (state !== 'answering') return;
    if (isLast) return void socket.destroy();
    unread = unread ? Buffer.concat([request, unread]) : request;
    leave();
  }

  function leave(): void {
    const bytes = unread;
    release();
    // Paused, so that the first byte is read by who takes it.
    socket.pause();
    if (bytes) socket.unshift(bytes);
    handOver(socket);
    socket.resume();
  }

  function release(): void {
    state = 'over';
    unread = undefined;
    socket.off('data', receive).off('end', end).off('error', ignore).off('close', release).off('drain', goOn);
    onClosed();
  }

  /** The client says no more. It may still listen. */
  function end(): void {
    isLast = true;
    if (state !== 'reading') return;
    if (unread) socket.write('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
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
      else if (state !== 'reading') return;
      else if (unread && quietTicks > times.partial) leave();
      else if (quietTicks > (isFresh ? times.first : times.idle)) socket.destroy();
    },
    finish() {
      isLast = true;
      if (state === 'reading' && !unread) socket.destroySoon();
    },
    destroy: () => void socket.destroy(),
  };
}

/** What a client's connection fails of is its own affair; `close` follows. */
const ignore = (): void => undefined;

const couldBegin = (bytes: Buffer): boolean => bytes.length >= START.length ? START.equals(bytes.subarray(0, START.length)) : bytes.equals(START.subarray(0, bytes.length));
