import { createHash, createHmac, randomBytes } from 'node:crypto';

/** How long sessions last. */
export interface SessionTimes {
  /** One that is not refreshed for so long ends. */
  readonly idleSeconds: number;
  /** It ends after so long, however busy. */
  readonly absoluteSeconds: number;
}
export const SESSION_TIMES: SessionTimes = { idleSeconds: 12 * 3600, absoluteSeconds: 30 * 24 * 3600 };
/** So long a second tab, or a client that lost the answer, gets the same successor again. */
export const GRACE_MS = 10_000;

/** 32 random bytes; what a client holds. */
export const newRefreshToken = (): string => randomBytes(32).toString('base64url');

/** What is stored in place of a token. It has 256 bits of its own, so a fast hash is enough. */
export const refreshTokenHash = (token: string): string => createHash('sha256').update(token).digest('base64url');

/**
 * The token that follows. Derived, so that whoever presents one token gets one and the same successor although
 * nobody keeps it, and keyed, so that holding a token does not reveal those after it.
 */
export const successorOf = (token: string, secret: string): string => createHmac('sha256', secret).update(`refresh:${token}`).digest('base64url');

export interface SessionFacts {
  /** Number of the newest token. */
  readonly generation: number;
  readonly idleExpiresAt: Date;
  readonly absoluteExpiresAt: Date;
  readonly endedAt?: Date | null;
}

export interface TokenFacts {
  readonly generation: number;
  /** When its successor was first handed out. */
  readonly rotatedAt?: Date | null;
}

/**
 * ROTATE: the newest token, a successor is made. REPEAT: the one before it, within the grace and with the successor
 * unused: the same successor again. REUSED: an older one; two parties hold tokens of this family, so it ends. What
 * counts is when it was asked, not when its turn came: a tab that had to wait behind others is no thief.
 */
export type RefreshVerdict = 'ROTATE' | 'REPEAT' | 'REUSED' | 'EXPIRED' | 'ENDED';

export function judgeRefresh(session: SessionFacts, token: TokenFacts, askedAt: Date): RefreshVerdict {
  if (session.endedAt) return 'ENDED';
  if (isSessionExpired(session, askedAt)) return 'EXPIRED';
  if (token.generation === session.generation) return 'ROTATE';
  const successorIsUnused = token.generation === session.generation - 1;
  const isRecent = token.rotatedAt ? askedAt.getTime() - token.rotatedAt.getTime() <= GRACE_MS : false;
  return successorIsUnused && isRecent ? 'REPEAT' : 'REUSED';
}

export const isSessionExpired = (session: Pick<SessionFacts, 'idleExpiresAt' | 'absoluteExpiresAt'>, now: Date): boolean =>
  session.idleExpiresAt <= now || session.absoluteExpiresAt <= now;

const plusSeconds = (at: Date, seconds: number): Date => new Date(at.getTime() + seconds * 1000);

export const absoluteExpiry = (startedAt: Date, { absoluteSeconds }: SessionTimes): Date => plusSeconds(startedAt, absoluteSeconds);

export function idleExpiry(usedAt: Date, absoluteExpiresAt: Date, { idleSeconds }: SessionTimes): Date {
  const idle = plusSeconds(usedAt, idleSeconds);
  return idle < absoluteExpiresAt ? idle : absoluteExpiresAt;
}
