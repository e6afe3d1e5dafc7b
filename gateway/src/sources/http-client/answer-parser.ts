import { parseHead, MalformedAnswer, type AnswerHead } from './answer-head.js';

export interface HttpAnswer {
  readonly head: AnswerHead;
  /** The body, its own copy. */
  readonly bytes: Buffer;
}

export interface AnswerParser {
  /** Takes what was received, and keeps no hold of it; throws `MalformedAnswer`. */
  push(chunk: Buffer): void;
  /** The connection has ended: true where that ends an answer too. */
  end(): boolean;
  /** Some of the answer that is waited for has come. */
  readonly hasBegun: boolean;
}

export interface AnswerReader {
  /** Whether anything is still to come: bytes that nobody asked for poison a connection. */
  isExpecting(): boolean;
  onAnswer(answer: HttpAnswer): void;
}

export const MAX_HEAD_BYTES = 32 * 1024;
export const MAX_BODY_BYTES = 64 * 1024 * 1024;

const HEAD_END = Buffer.from('\r\n\r\n');
const LINE_END = Buffer.from('\r\n');
const CHUNK_SIZE = /^([0-9a-f]{1,8})[ \t]*(?:;[^\r\n]*)?$/i;
const EMPTY = Buffer.alloc(0);

type State = 'head' | 'body' | 'until-close' | 'chunk-size' | 'chunk' | 'chunk-end' | 'trailer';

/** Cuts what comes on one connection into answers. */
export function createAnswerParser({ isExpecting, onAnswer }: AnswerReader, maxBodyBytes = MAX_BODY_BYTES): AnswerParser {
  let state: State = 'head';
  let held: Buffer = EMPTY;
  /** The far end has said that it is working on it. */
  let isAnnounced = false;
  let head: AnswerHead | undefined;
  // Answers of one subgraph within one second mostly begin alike.
  let lastHeadText = '';
  let lastHead: AnswerHead | undefined;
  /** What has come of a body whose length is known. */
  let body: Buffer = EMPTY;
  /** What has come of any other. */
  let parts: Buffer[] = [];
  let size = 0;
  /** Bytes of the body, or of the chunk, that are still to come. */
  let missing = 0;

  function push(chunk: Buffer): void {
    const data = held.length > 0 ? Buffer.concat([held, chunk]) : chunk;
    held = EMPTY;
    let at = 0;
    while (at < data.length) {
      const next = step(data, at);
      if (next === undefined) {
        held = Buffer.from(data.subarray(at));
        if (held.length > MAX_HEAD_BYTES) throw new MalformedAnswer('The head of the answer, or of a chunk, has no end');
        return;
      }
      at = next;
    }
  }

  /** Takes one piece that begins at `at` and gives where the next begins; undefined where more must come first. */
  function step(data: Buffer, at: number): number | undefined {
    if (state === 'head') return readHead(data, at);
    if (state === 'body') return readBody(data, at);
    if (state === 'chunk') return readChunk(data, at);
    if (state !== 'until-close') return readLine(data, at);
    keep(data.subarray(at));
    return data.length;
  }

  function readHead(data: Buffer, at: number): number | undefined {
    if (!isExpecting()) throw new MalformedAnswer('More came than was asked for');
    const end = data.indexOf(HEAD_END, at);
    if (end < 0) return undefined;
    if (end - at > MAX_HEAD_BYTES) throw new MalformedAnswer('The head of the answer is too long');
    const text = data.toString('latin1', at, end);
    head = text === lastHeadText && lastHead ? lastHead : parseHead(text);
    [lastHead, lastHeadText] = [head, text];
    if (head.status < 200) {
      // 101 would change the protocol; the others say that the answer is on its way.
      if (head.status === 101) throw new MalformedAnswer('The protocol was changed unasked');
      isAnnounced = true;
      return end + 4;
    }
    if (head.body.kind === 'length') expectBody(head.body.bytes);
    else state = head.body.kind === 'chunked' ? 'chunk-size' : 'until-close';
    return end + 4;
  }

  function expectBody(bytes: number): void {
    if (bytes > maxBodyBytes) throw new MalformedAnswer(`The answer is larger than ${maxBodyBytes} bytes`);
    // Memory that is announced and never sent is never touched.
    body = bytes === 0 ? EMPTY : Buffer.allocUnsafe(bytes);
    missing = bytes;
    state = 'body';
    if (bytes === 0) finish(body);
  }

  function readBody(data: Buffer, at: number): number {
    const end = Math.min(data.length, at + missing);
    data.copy(body, body.length - missing, at, end);
    missing -= end - at;
    if (missing === 0) finish(body);
    return end;
  }

  function readChunk(data: Buffer, at: number): number {
    const end = Math.min(data.length, at + missing);
    missing -= end - at;
    keep(data.subarray(at, end));
    if (missing === 0) state = 'chunk-end';
    return end;
  }

  function readLine(data: Buffer, at: number): number | undefined {
    const end = data.indexOf(LINE_END, at);
    if (end < 0) return undefined;
    const line = data.toString('latin1', at, end);
    if (state === 'chunk-size') {
      const digits = CHUNK_SIZE.exec(line)?.[1];
      if (digits === undefined) throw new MalformedAnswer(`A chunk's length is ${JSON.stringify(line.slice(0, 20))}`);
      missing = Number.parseInt(digits, 16);
      state = missing === 0 ? 'trailer' : 'chunk';
    } else if (state === 'chunk-end') {
      if (line !== '') throw new MalformedAnswer('A chunk is longer than it says');
      state = 'chunk-size';
    } else if (line === '') finish(Buffer.concat(parts, size));
    else trailerBytes(line.length);
    return end + 2;
  }

  /** Trailers are skipped, but not without end. */
  function trailerBytes(length: number): void {
    missing += length;
    if (missing > MAX_HEAD_BYTES) throw new MalformedAnswer('The trailers of the answer are too long');
  }

  function keep(part: Buffer): void {
    size += part.length;
    if (size > maxBodyBytes) throw new MalformedAnswer(`The answer is larger than ${maxBodyBytes} bytes`);
    parts.push(Buffer.from(part));
  }

  function finish(bytes: Buffer): void {
    if (!head) throw new Error('An answer has a head');
    const answer = { head, bytes };
    state = 'head';
    head = undefined;
    body = EMPTY;
    parts = [];
    size = 0;
    missing = 0;
    isAnnounced = false;
    onAnswer(answer);
  }

  return {
    push,
    end() {
      if (state !== 'until-close') return false;
      finish(Buffer.concat(parts, size));
      return true;
    },
    get hasBegun() {
      return state !== 'head' || isAnnounced || held.length > 0;
    },
  };
}
