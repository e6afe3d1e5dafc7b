import type { Actor } from '@vss/auth';
import type { Span } from '@vss/runtime';
import type { Fetch } from '../observe/source-observer.js';
import type { Reply, RequestInfo } from '../sources/source.js';

/** What one request, or one live stream, carries through the gateway. */
export interface RequestScope {
  readonly actor: Actor;
  /** 32 hexadecimal digits; also in errors, logs and the answer's headers. */
  readonly traceId: string;
  /** What the caller sent, where its trace goes on here. */
  readonly traceparent?: string | undefined;
  readonly request: RequestInfo;
  readonly reply: Reply;
  /** In points, as the guard reckons it; set when the operation is admitted. */
  cost?: number | undefined;
  /** What the operation's fetches hang under, where traces are recorded; set when the operation begins. */
  span?: Span | undefined;
  /** The latest fetch, which leads to those before it. */
  lastFetch?: Fetch | undefined;
}
