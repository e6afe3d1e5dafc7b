import type { LoginMutation } from './generated/operations.js';

type Payload = LoginMutation['login'];
export type SignedInUser = NonNullable<Payload['user']>;

/** What every way in answers, as far as a session is made of it. */
export type EntryPayload = Pick<Payload, 'accessToken' | 'refreshToken' | 'expiresAt' | 'user'> & {
  userErrors: readonly { message: string }[];
  challenge?: { kind: string } | null;
};

/** The tokens of one signed-in user. */
export interface Tokens {
  readonly accessToken: string;
  /** Null where it lives in the browser's cookie. */
  readonly refreshToken: string | null;
  readonly expiresAt: Date;
}

/** A token this near to its end is renewed before it is used. */
const RENEW_BEFORE_MS = 30_000;

export const isFresh = (tokens: Tokens, now = Date.now()): boolean => tokens.expiresAt.getTime() - now > RENEW_BEFORE_MS;

/** The tokens in an answer to `login` or `sessionRefresh`; undefined where it was refused. */
export function tokensFrom(payload: Pick<EntryPayload, 'accessToken' | 'refreshToken' | 'expiresAt'>): Tokens | undefined {
  const { accessToken, refreshToken, expiresAt } = payload;
  if (!accessToken || !expiresAt) return undefined;
  return { accessToken, refreshToken: refreshToken ?? null, expiresAt: new Date(expiresAt) };
}
