import type { OidcFinishInput } from '../../generated/operations.js';

/** What one goes to a provider for: to sign in, or to tie the account there to one's own. */
type Purpose = 'sign-in' | 'tie';

export interface Returned {
  purpose: Purpose;
  input: OidcFinishInput;
}

/** Kept for the way back, in this browser tab alone: it shows that whoever comes back is who went. */
const KEPT: Record<Purpose, string> = { 'sign-in': 'vss:oidc-sign-in', tie: 'vss:oidc-tie' };

export const returnAddress = (): string => new URL('/sign-in/callback', location.origin).href;

export function leaveFor(authorizationUrl: string, { loginToken, purpose }: { loginToken: string; purpose: Purpose }): void {
  for (const key of Object.values(KEPT)) sessionStorage.removeItem(key);
  sessionStorage.setItem(KEPT[purpose], loginToken);
  location.assign(authorizationUrl);
}

/** Takes what the provider sent along out of the address, and what was kept out of its place. Throws where one of them is missing. */
export function answerIn({ search, pathname }: Location): Returned {
  const answer = new URLSearchParams(search);
  history.replaceState(null, '', pathname);
  const purpose: Purpose = sessionStorage.getItem(KEPT.tie) ? 'tie' : 'sign-in';
  const loginToken = sessionStorage.getItem(KEPT[purpose]);
  sessionStorage.removeItem(KEPT[purpose]);
  const code = answer.get('code');
  const state = answer.get('state');
  if (answer.has('error')) throw new Error(answer.get('error_description') ?? 'The other service did not let you in');
  if (!code || !state || !loginToken) throw new Error('The sign-in was not finished. Begin it here, in this browser.');
  return { purpose, input: { loginToken, code, state, iss: answer.get('iss') } };
}
