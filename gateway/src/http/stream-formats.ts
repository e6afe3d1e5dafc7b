import { EVENT_STREAM, MULTIPART } from './accept.js';

/** How results are told one after the other in the body of an HTTP answer. */
export interface StreamFormat {
  readonly contentType: string;
  /** Opens the body, so that the client knows at once that it is heard. */
  readonly opening: string;
  /** A result, given as JSON. */
  next(json: string): string;
  /** The last errors, given as JSON: nothing of the stream comes after them. */
  failed(errors: string): string;
  readonly heartbeat: string;
  readonly end: string;
}

/**
 * graphql-sse, distinct connections: https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md
 * JSON has no line breaks of its own, so one `data` line holds it.
 */
const eventStream: StreamFormat = {
  contentType: `${EVENT_STREAM}; charset=utf-8`,
  opening: ':\n\n',
  next: (json) => `event: next\ndata: ${json}\n\n`,
  failed: (errors) => `event: next\ndata: {"errors":${errors}}\n\n`,
  heartbeat: ':\n\n',
  // Without a `data` line a browser does not tell its listener.
  end: 'event: complete\ndata:\n\n',
};

const PART = '\r\ncontent-type: application/json\r\n\r\n';
const BOUNDARY = '\r\n--graphql';

/**
 * https://www.apollographql.com/docs/graphos/routing/operations/subscriptions/multipart-protocol
 * The boundary is written behind each part, not before the next one: only there does a reader know that it is whole.
 */
const multipart: StreamFormat = {
  contentType: `${MULTIPART};boundary="graphql";subscriptionSpec=1.0`,
  opening: BOUNDARY,
  next: (json) => `${PART}{"payload":${json}}${BOUNDARY}`,
  failed: (errors) => `${PART}{"payload":null,"errors":${errors}}${BOUNDARY}`,
  heartbeat: `${PART}{}${BOUNDARY}`,
  end: '--\r\n',
};

export const STREAM_FORMATS = { [EVENT_STREAM]: eventStream, [MULTIPART]: multipart };
