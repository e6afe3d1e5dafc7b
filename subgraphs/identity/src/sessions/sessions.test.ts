import { describe, expect, it } from 'vitest';
import { absoluteExpiry, idleExpiry, judgeRefresh, newRefreshToken, refreshTokenHash, SESSION_TIMES, successorOf, type SessionFacts } from './refresh.rules.js';
import { clearedRefreshCookie, refreshCookie } from './refresh-cookie.js';

const at = (seconds: number): Date => new Date(Date.UTC(2026, 0, 1) + seconds * 1000);

describe('refresh tokens', () => {
  it('have 256 bits and are stored as a hash', () => {
    const token = newRefreshToken();
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(refreshTokenHash(token)).not.toContain(token);
  });
  it('have one successor, which needs the secret', () => {
    expect(successorOf('a', 'secret')).toBe(successorOf('a', 'secret'));
    expect(successorOf('a', 'secret')).not.toBe(successorOf('a', 'other'));
    expect(Buffer.from(successorOf('a', 'secret'), 'base64url')).toHaveLength(32);
  });
});

describe('judging a refresh', () => {
  const session: SessionFacts = { generation: 3, idleExpiresAt: at(3600), absoluteExpiresAt: at(7200), endedAt: null };
  const judge = (token: { generation: number; rotatedAt?: Date }, now: Date, change: Partial<SessionFacts> = {}): string =>
    judgeRefresh({ ...session, ...change }, token, now);

  it('rotates the newest token', () => expect(judge({ generation: 3 }, at(0))).toBe('ROTATE'));
  it('gives the same successor for 10 s', () => {
    expect(judge({ generation: 2, rotatedAt: at(0) }, at(10))).toBe('REPEAT');
    expect(judge({ generation: 2, rotatedAt: at(0) }, at(10.001))).toBe('REUSED');
  });
  it('sees a theft once the successor was used, also within 10 s', () => expect(judge({ generation: 1, rotatedAt: at(0) }, at(1))).toBe('REUSED'));
  it('ends with idleness and with age', () => {
    expect(judge({ generation: 3 }, at(3599))).toBe('ROTATE');
    expect(judge({ generation: 3 }, at(3600))).toBe('EXPIRED');
    expect(judge({ generation: 3 }, at(7200), { idleExpiresAt: at(9999) })).toBe('EXPIRED');
  });
  it('does not open an ended session again', () => expect(judge({ generation: 3 }, at(0), { endedAt: at(0) })).toBe('ENDED'));
  it('lets idleness never outlast the absolute end', () => {
    expect(absoluteExpiry(at(0), SESSION_TIMES)).toEqual(at(30 * 86_400));
    expect(idleExpiry(at(0), at(30 * 86_400), SESSION_TIMES)).toEqual(at(12 * 3600));
    expect(idleExpiry(at(30 * 86_400 - 60), at(30 * 86_400), SESSION_TIMES)).toEqual(at(30 * 86_400));
  });
});

describe('the cookie', () => {
  it('is out of reach of scripts and other sites', () =>
    expect(refreshCookie('abc', { maxAgeSeconds: 60.9, secure: true })).toBe('vss_refresh=abc; HttpOnly; SameSite=Strict; Path=/graphql; Max-Age=60; Secure'));
  it('is cleared', () => expect(clearedRefreshCookie(false)).toBe('vss_refresh=; HttpOnly; SameSite=Strict; Path=/graphql; Max-Age=0'));
});
