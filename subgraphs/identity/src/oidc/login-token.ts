import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { UserError } from '@vss/runtime';
import { SealBroken, type Sealer } from '../keys/index.js';
import type { LoginSecrets } from './oidc-client.js';

/** So long somebody may take at the provider. */
export const LOGIN_SECONDS = 600;

const loginSchema = z.object({
  provider: z.string(),
  state: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  redirectUri: z.string(),
  /** Whoever began signed in, to tie an account to his own; absent at sign-in. */
  userId: z.string().optional(),
  expiresAt: z.number(),
});

/** A sign-in with a provider that was begun. */
export type ProviderLogin = z.output<typeof loginSchema>;

const PLACE = 'login with a provider';
const random = (): string => randomBytes(32).toString('base64url');

export function newLogin(about: { provider: string; redirectUri: string; userId?: string | undefined }, now: Date): ProviderLogin & LoginSecrets {
  return { ...about, state: random(), nonce: random(), codeVerifier: random(), expiresAt: now.getTime() + LOGIN_SECONDS * 1000 };
}

/**
 * What the browser keeps while its user is at the provider. Sealed: neither the browser nor who looks over its shoulder
 * learns nonce and code verifier, and nothing is stored here for sign-ins that anybody may begin and nobody ends.
 */
export const sealLogin = (sealer: Sealer, login: ProviderLogin): string => sealer.seal(JSON.stringify(login), PLACE);

/** Throws PROVIDER_LOGIN_INVALID where it was not begun here, by this browser, or is over. */
export function openLogin(sealer: Sealer, token: string, state: string, now: Date): ProviderLogin {
  const login = unsealed(sealer, token);
  if (!login || login.expiresAt <= now.getTime() || login.state !== state) throw loginInvalid();
  return login;
}

export const loginInvalid = (): UserError => new UserError('PROVIDER_LOGIN_INVALID', 'This sign-in was begun elsewhere, is over, or was finished: begin anew', ['input', 'loginToken']);

function unsealed(sealer: Sealer, token: string): ProviderLogin | undefined {
  try {
    return loginSchema.parse(JSON.parse(sealer.open(token, PLACE)));
  } catch (error) {
    if (error instanceof SealBroken) return undefined;
    throw error;
  }
}

/** By which a login is known to have been finished. Of the state, which is in every spelling of the token the same. */
export const loginHash = ({ state }: ProviderLogin): string => createHash('sha256').update(state).digest('base64url');
