import type { ExecutionResult } from 'graphql';

// What a `next` message is around its id and its payload, graphql-transport-ws.
const BEFORE_ID = '{"id":"';
const AFTER_ID = '","type":"next","payload":';
const FINAL_TEXT = 0x81;

/** One event as it goes to every client of a stream: written out once, and framed once for each length of id. */
export class Frame {
  readonly json: string;
  readonly #templates = new Map<number, { readonly bytes: Buffer; readonly idAt: number }>();

  constructor(
    readonly result: ExecutionResult,
    /** Its place in the stream, where the stream tells places. */
    readonly position?: number,
  ) {
    this.json = JSON.stringify(result);
  }

  /** About how many bytes it takes where it waits. */
  get size(): number {
    return this.json.length;
  }

  /** A whole WebSocket frame, not masked: a `next` message for the operation of this id, which must be `isPlainId`. */
  toSocketFrame(id: string): Buffer {
    let template = this.#templates.get(id.length);
    if (!template) this.#templates.set(id.length, (template = this.#frameFor(id.length)));
    const frame = Buffer.allocUnsafe(template.bytes.length);
    template.bytes.copy(frame);
    frame.write(id, template.idAt, 'latin1');
    return frame;
  }

  #frameFor(idLength: number): { bytes: Buffer; idAt: number } {
    const text = Buffer.from(`${BEFORE_ID}${' '.repeat(idLength)}${AFTER_ID}${this.json}}`);
    const header = headerOf(text.length);
    return { bytes: Buffer.concat([header, text]), idAt: header.length + BEFORE_ID.length };
  }

  /** The same message as text, with the number of events that this client lost before it. */
  toMessage(id: string, dropped: number): string {
    return nextMessage(id, dropped > 0 ? JSON.stringify(withLoss(this.result, dropped)) : this.json);
  }
}

/** Whether the id stands in JSON as it is, one byte a character: then frames are made by putting it in its place. */
export const isPlainId = (id: string): boolean => /^[\x20\x21\x23-\x5b\x5d-\x7e]+$/.test(id);

/** A `next` message around a result that was written out already. */
export const nextMessage = (id: string, resultJson: string): string => `{"id":${JSON.stringify(id)},"type":"next","payload":${resultJson}}`;

/** The result as it is for everybody, and how many events its reader lost before it. */
export function withLoss(result: ExecutionResult, dropped: number): ExecutionResult {
  const earlier = result.extensions?.['dropped'];
  return { ...result, extensions: { ...result.extensions, dropped: dropped + (typeof earlier === 'number' ? earlier : 0) } };
}

// https://www.rfc-editor.org/rfc/rfc6455#section-5.2
function headerOf(length: number): Buffer {
  if (length < 126) return Buffer.from([FINAL_TEXT, length]);
  const header = Buffer.alloc(length < 65_536 ? 4 : 10);
  header[0] = FINAL_TEXT;
  if (length < 65_536) {
    header[1] = 126;
    header.writeUInt16BE(length, 2);
  } else {
    header[1] = 127;
    header.writeBigUInt64BE(BigInt(length), 2);
  }
  return header;
}
