import type { IncomingHttpHeaders } from 'node:http';
import type { RequestInfo } from '../sources/source.js';

const REFRESH_COOKIE = 'vss_refresh';

/** The part of a request that tells where it comes from. */
export interface RequestOrigin {
  readonly headers: IncomingHttpHeaders;
  readonly socket: { readonly remoteAddress?: string | undefined };
}

/** What the identity subgraph may know of the client. `trustProxy`: the address is the last one that our own proxy noted. */
export function requestInfo({ headers, socket }: RequestOrigin, trustProxy: boolean): RequestInfo {
  const forwarded = trustProxy ? String(headers['x-forwarded-for'] ?? '').split(',').at(-1)?.trim() : undefined;
  // A cookie counts only beside a header that no foreign page can send.
  const wantsCookie = headers['vss-session'] === 'cookie';
  const refreshCookie = wantsCookie ? cookieIn(headers.cookie, REFRESH_COOKIE) : undefined;
  return {
    address: forwarded || (socket.remoteAddress ?? ''),
    userAgent: headers['user-agent'] ?? '',
    wantsCookie,
    ...(refreshCookie ? { refreshCookie } : {}),
  };
}

function cookieIn(cookies: string | undefined, name: string): string | undefined {
  for (const part of (cookies ?? '').split(';')) {
    const [key, value] = part.split('=', 2);
    if (key?.trim() === name) return value?.trim();
  }
  return undefined;
}
