import type { IncomingMessage } from 'node:http';
import type { RequestInfo } from '../sources/source.js';

const REFRESH_COOKIE = 'vss_refresh';

/** What the identity subgraph may know of the client. `trustProxy`: the address is the last one that our own proxy noted. */
export function requestInfo(request: IncomingMessage, trustProxy: boolean): RequestInfo {
  const forwarded = trustProxy ? String(request.headers['x-forwarded-for'] ?? '').split(',').at(-1)?.trim() : undefined;
  // A cookie counts only beside a header that no foreign page can send.
  const wantsCookie = request.headers['vss-session'] === 'cookie';
  const refreshCookie = wantsCookie ? cookieOf(request, REFRESH_COOKIE) : undefined;
  return {
    address: forwarded || (request.socket.remoteAddress ?? ''),
    userAgent: request.headers['user-agent'] ?? '',
    wantsCookie,
    ...(refreshCookie ? { refreshCookie } : {}),
  };
}

function cookieOf(request: IncomingMessage, name: string): string | undefined {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = part.split('=', 2);
    if (key?.trim() === name) return value?.trim();
  }
  return undefined;
}
