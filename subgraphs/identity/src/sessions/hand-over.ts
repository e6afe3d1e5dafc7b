import type { Scope } from '@vss/graphql';
import { systemNow, type Now } from '@vss/runtime';
import { clearedRefreshCookie, refreshCookie } from './refresh-cookie.js';
import type { SessionPayload } from './session-payload.js';
import type { Client, IssuedTokens } from './session.service.js';

export const clientOf = ({ traceId, request }: Scope): Client => ({ traceId, address: request.address, userAgent: request.userAgent });

/** The cookie counts only together with the header that asks for it: a foreign site can send neither, an old browser perhaps the cookie. */
export const cookieOf = ({ request }: Scope): string | undefined => (request.wantsCookie ? request.refreshCookie || undefined : undefined);

/** Brings tokens to a client: the refresh token in the body, or in a browser's cookie. */
export interface HandOver {
  give(scope: Scope, tokens: IssuedTokens): Omit<SessionPayload, 'userErrors'>;
  /** Clears the cookie of a browser whose session is over. */
  takeBack(scope: Scope): void;
}

/** `secureCookie`: browsers reach the gateway over HTTPS alone. */
export function createHandOver({ secureCookie: secure, now = systemNow }: { secureCookie: boolean; now?: Now }): HandOver {
  return {
    give({ request: { wantsCookie }, reply }, { accessToken, expiresAt, refreshToken, refreshExpiresAt, user, rights: { role } }) {
      if (wantsCookie) reply.setCookie(refreshCookie(refreshToken, { maxAgeSeconds: (refreshExpiresAt.getTime() - now().getTime()) / 1000, secure }));
      const { id, username, displayName, email } = user;
      return { accessToken, expiresAt, refreshToken: wantsCookie ? null : refreshToken, user: { id, username, displayName, email, role } };
    },
    takeBack({ request, reply }) {
      if (request.wantsCookie) reply.setCookie(clearedRefreshCookie(secure));
    },
  };
}
