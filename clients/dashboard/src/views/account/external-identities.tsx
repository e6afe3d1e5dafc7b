import type { ReactNode } from 'react';
import { useMutation, useQuery } from 'urql';
import { ExternalIdentitiesDocument, OidcProvidersDocument, RemoveTieDocument, StartTieDocument } from '../../generated/operations.js';
import { dateOf } from '../../format.js';
import { DialogButton, Form } from '../../parts/form.js';
import { textOf, useKept } from '../../parts/hooks.js';
import { Refusals } from '../../parts/refusals.js';
import { leaveFor, returnAddress } from './oidc-trip.js';

/** Accounts at other services that open one's own; nothing where the installation knows no such service. */
export function ExternalIdentities(): ReactNode {
  const [{ data, error }, readAgain] = useQuery({ query: ExternalIdentitiesDocument, requestPolicy: 'cache-and-network' });
  const [{ data: known }] = useQuery({ query: OidcProvidersDocument });
  const [removed, remove] = useMutation(RemoveTieDocument);
  const identities = useKept(data)?.externalIdentities ?? [];
  const providers = known?.oidcProviders ?? [];
  if (providers.length + identities.length === 0) return null;
  const nameOf = (provider: string): string => providers.find(({ id }) => id === provider)?.name ?? provider;
  return (
    <section className="card stack" aria-label="Other ways to sign in">
      <h2>Other ways to sign in</h2>
      <Refusals refusals={removed.data?.externalIdentityRemove.userErrors} error={error ?? removed.error} />
      <ul className="notes">
        {identities.map(({ id, provider, lastUsedAt }) => (
          <li key={id} className="row">
            <span>
              {nameOf(provider)} <small>{lastUsedAt ? `last used ${dateOf(lastUsedAt)}` : ''}</small>
            </span>
            <button type="button" disabled={removed.fetching} onClick={() => void remove({ input: { id } }).then(() => readAgain({ requestPolicy: 'network-only' }))}>
              Remove
            </button>
          </li>
        ))}
      </ul>
      <div className="actions">
        {providers
          .filter(({ id }) => !identities.some(({ provider }) => provider === id))
          .map(({ id, name }) => (
            <DialogButton key={id} label={`Add ${name}`}>
              {() => <TieForm provider={id} name={name} />}
            </DialogButton>
          ))}
      </div>
    </section>
  );
}

function TieForm({ provider, name }: { provider: string; name: string }): ReactNode {
  const [{ data, error, fetching }, start] = useMutation(StartTieDocument);
  const send = async (fields: FormData): Promise<void> => {
    const input = { provider, redirectUri: returnAddress(), password: textOf(fields, 'password') || null };
    const { authorizationUrl, loginToken } = (await start({ input })).data?.externalIdentityStart ?? {};
    if (authorizationUrl && loginToken) leaveFor(authorizationUrl, { loginToken, purpose: 'tie' });
  };
  return (
    <Form action={`Go to ${name}`} isBusy={fetching} refusals={data?.externalIdentityStart.userErrors} error={error} onSend={send}>
      <label>
        Your password, once more
        <input name="password" type="password" autoComplete="current-password" autoFocus />
      </label>
      <p className="hint">Sign in there with the account that is to open yours here.</p>
    </Form>
  );
}
