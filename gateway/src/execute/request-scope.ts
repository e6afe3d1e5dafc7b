import type { Actor } from '@vss/auth';
import type { Reply, RequestInfo } from '../sources/source.js';

/** What one request, or one live stream, carries through the gateway. */
export interface RequestScope {
  readonly actor: Actor;
  readonly traceId: string;
  readonly request: RequestInfo;
  readonly reply: Reply;
}
