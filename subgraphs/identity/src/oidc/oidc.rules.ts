import type { ProviderClaims } from './oidc-client.js';
import type { OidcProvider } from './oidc.config.js';

/** An address that the provider has verified, of a domain that it may speak for; undefined where there is none. */
export function trustedEmail({ email, emailVerified }: Pick<ProviderClaims, 'email' | 'emailVerified'>, { emailDomains }: Pick<OidcProvider, 'emailDomains'>): string | undefined {
  if (!email || !emailVerified) return undefined;
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  return !emailDomains || emailDomains.includes(domain) ? email : undefined;
}

const SUFFIXES = 20;
const LONGEST = 60;

/** User names for somebody who comes from a provider, best first: what he is called there, cut down to what is allowed here. */
export function usernamesFor({ username, email, name }: Pick<ProviderClaims, 'username' | 'email' | 'name'>): string[] {
  const wanted = username?.split('@')[0] ?? email?.split('@')[0] ?? name ?? '';
  const allowed = wanted
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '')
    .replace(/^[._-]+/, '')
    .slice(0, LONGEST);
  const base = allowed.length >= 3 ? allowed : `user-${allowed}`.replace(/-$/, '');
  return [base, ...Array.from({ length: SUFFIXES }, (_, i) => `${base}-${i + 2}`)];
}
