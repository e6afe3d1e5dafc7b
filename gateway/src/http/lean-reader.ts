import { parseLeanHead, REQUEST_LINE } from './lean-head.js';
import type { RequestHead } from './message.js';

/** A whole request of the common form. */
export interface LeanRequest {
  readonly head: RequestHead;
  readonly body: Buffer;
  /** All of it, to be given back where it turns out to be another's. */
  readonly bytes: Buffer;
}

interface Known {
  readonly head: RequestHead;
  readonly contentLength: number;
}

/** A request that is longer is the ordinary server's. */
const MOST_HEAD_BYTES = 8_192;
const MOST_BODY_BYTES = 65_536;
const END_OF_HEAD = Buffer.from('\r\n\r\n');
const START = Buffer.from(REQUEST_LINE);

/** Bytes of one connection in, requests of the common form out. */
export class LeanReader {
  /** What has come and was not taken yet. */
  unread: Buffer | undefined;
  readonly #readHeaders: (headers: Record<string, string>) => RequestHead;
  /** Most clients repeat their heads to the letter, but for the length. */
  #headBytes: Buffer = Buffer.alloc(0);
  #known: Known | undefined;

  constructor(readHeaders: (headers: Record<string, string>) => RequestHead) {
    this.#readHeaders = readHeaders;
  }

  push(chunk: Buffer): void {
    this.unread = this.unread ? Buffer.concat([this.unread, chunk]) : chunk;
  }

  putBack(bytes: Buffer): void {
    this.unread = this.unread ? Buffer.concat([bytes, this.unread]) : bytes;
  }

  /** The next request, if it is whole; `other` as soon as it is clear that it is not of the common form. */
  take(): LeanRequest | 'incomplete' | 'other' {
    const { unread } = this;
    if (!unread) return 'incomplete';
    const headEnd = unread.indexOf(END_OF_HEAD);
    if (headEnd < 0) return unread.length > MOST_HEAD_BYTES || !couldBegin(unread) ? 'other' : 'incomplete';
    const found = headEnd > MOST_HEAD_BYTES ? undefined : this.#readHead(unread, headEnd + 2);
    if (!found || found.contentLength > MOST_BODY_BYTES) return 'other';
    const bodyStart = headEnd + END_OF_HEAD.length;
    const end = bodyStart + found.contentLength;
    if (unread.length < end) return 'incomplete';
    this.unread = unread.length > end ? unread.subarray(end) : undefined;
    return { head: found.head, body: unread.subarray(bodyStart, end), bytes: unread.subarray(0, end) };
  }

  #readHead(bytes: Buffer, end: number): Known | undefined {
    // Compared as bytes: with its token a head is one or two kilobytes, too much to make a text of for each request.
    if (end === this.#headBytes.length && bytes.compare(this.#headBytes, 0, end, 0, end) === 0) return this.#known;
    const lean = parseLeanHead(bytes.toString('latin1', 0, end));
    if (!lean) return undefined;
    // A copy: a slice would keep all that came with it.
    this.#headBytes = Buffer.from(bytes.subarray(0, end));
    this.#known = { contentLength: lean.contentLength, head: this.#readHeaders(lean.headers) };
    return this.#known;
  }
}

const couldBegin = (bytes: Buffer): boolean => (bytes.length >= START.length ? START.equals(bytes.subarray(0, START.length)) : bytes.equals(START.subarray(0, bytes.length)));
