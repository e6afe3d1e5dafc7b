export const REFRESH_COOKIE = 'vss_refresh';

/** The refresh token for a browser: no script can read it, no other site can send it, it goes to the API alone. */
export function refreshCookie(token: string, { maxAgeSeconds, secure }: { maxAgeSeconds: number; secure: boolean }): string {
  const attributes = [`${REFRESH_COOKIE}=${token}`, 'HttpOnly', 'SameSite=Strict', 'Path=/graphql', `Max-Age=${Math.max(0, Math.floor(maxAgeSeconds))}`];
  return (secure ? [...attributes, 'Secure'] : attributes).join('; ');
}

export const clearedRefreshCookie = (secure: boolean): string => refreshCookie('', { maxAgeSeconds: 0, secure });
