import { createBoundedQueue, type BoundedQueue } from '@vss/gateway';
import type { Json } from './serve.js';

export const EVENT_STREAM = 'text/event-stream';
/** As Apollo Client asks for a subscription. */
export const MULTIPART = 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0,application/json';

/** What one part of a stream says: a result, that it was the last, or only that it is alive. */
export type StreamPart = { next: Json } | { failed: Json } | 'complete' | 'heartbeat';

/** A subscription in the body of an HTTP answer. */
export interface HttpStream {
  readonly status: number;
  readonly headers: Headers;
  /** The next part but heartbeats; undefined when the body is over. */
  next(): Promise<StreamPart | undefined>;
  /** The next part of any kind. */
  part(): Promise<StreamPart | undefined>;
  /** Goes away without a word. */
  leave(): void;
}

export async function openHttpStream(url: string, { accept, body, token, method = 'POST', headers = {} }: { accept: string; body?: unknown; token?: string; method?: string; headers?: Record<string, string> }): Promise<HttpStream> {
  const abort = new AbortController();
  const response = await fetch(url, {
    method,
    headers: { accept, 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: abort.signal,
  });
  const parts: BoundedQueue<StreamPart> = createBoundedQueue({ limit: 100_000 });
  const isMultipart = (response.headers.get('content-type') ?? '').startsWith('multipart/');
  const reading = read(response, isMultipart ? takeMultipart : takeEvent, parts);
  const part = async (): Promise<StreamPart | undefined> => (await parts.next()).value as StreamPart | undefined;
  return {
    status: response.status,
    headers: response.headers,
    part,
    async next() {
      for (;;) {
        const given = await part();
        if (given !== 'heartbeat') return given;
      }
    },
    leave() {
      abort.abort();
      void reading;
    },
  };
}

type Take = (text: string) => { part: StreamPart | undefined; rest: string } | undefined;

async function read(response: Response, take: Take, parts: BoundedQueue<StreamPart>): Promise<void> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      for (let taken = take(text); taken; taken = take(text)) {
        if (taken.part) parts.push(taken.part);
        text = taken.rest;
      }
    }
  } catch {
    // Gone, by the test or by the gateway: what came before is there.
  }
  parts.end();
}

function takeEvent(text: string): ReturnType<Take> {
  const end = text.indexOf('\n\n');
  if (end < 0) return undefined;
  const fields = text.slice(0, end).split('\n');
  const [name, data] = ['event: ', 'data: '].map((start) => fields.find((field) => field.startsWith(start))?.slice(start.length));
  return { part: name === 'complete' ? 'complete' : data === undefined ? 'heartbeat' : { next: JSON.parse(data) }, rest: text.slice(end + 2) };
}

const BOUNDARY = '\r\n--graphql';

/** As Apollo Client reads it: a part is whole when the boundary behind it is there. */
function takeMultipart(text: string): ReturnType<Take> {
  if (text === '--\r\n') return { part: 'complete', rest: '' };
  const end = text.indexOf(BOUNDARY);
  if (end < 0) return undefined;
  const [head = '', body] = text.slice(0, end).split('\r\n\r\n');
  const rest = text.slice(end + BOUNDARY.length);
  if (body === undefined) return { part: undefined, rest };
  if (head !== '\r\ncontent-type: application/json') throw new Error(`Not the head of a part: ${JSON.stringify(head)}`);
  const given: Json = JSON.parse(body);
  if (Object.keys(given).length === 0) return { part: 'heartbeat', rest };
  return { part: given.payload === null ? { failed: given.errors } : { next: given.payload }, rest };
}
