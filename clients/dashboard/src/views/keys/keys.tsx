import { useState, type ReactNode } from 'react';
import { useMutation, useQuery } from 'urql';
import { ApiKeyListDocument, RevokeApiKeyDocument, ServiceAccountsDocument, type ListedKeyFragment, type ApiKeyState } from '../../generated/operations.js';
import { dateOf } from '../../format.js';
import { Choice } from '../../parts/choice.js';
import { DialogButton, Form } from '../../parts/form.js';
import { useEvery, useKept } from '../../parts/hooks.js';
import { PagerButtons, usePager } from '../../parts/pager.js';
import { Refusals } from '../../parts/refusals.js';
import { State } from '../../parts/state.js';
import { Table, type Column } from '../../parts/table.js';
import { linkTo, pathOf } from '../../route.js';
import { useSession } from '../../session.js';
import { lineInWords } from '../roles/grants.js';
import { NewKey } from './new-key.js';
import { RotateKey } from './rotate-key.js';
import { ServiceAccountForm } from './service-account.js';

const STATES: readonly ApiKeyState[] = ['ACTIVE', 'REVOKED', 'EXPIRED'];
const PAGE = 50;
const REFRESH_EVERY_MS = 10_000;

/** Keys of programs: each belongs to a service account, and is never wider than it and than who made it. */
export function KeysView(): ReactNode {
  const { may } = useSession();
  const [state, setState] = useState<ApiKeyState | undefined>('ACTIVE');
  const [accountId, setAccountId] = useState<string>();
  const filter = { state: state ?? null, serviceAccountId: accountId ?? null };
  const pager = usePager(JSON.stringify(filter));
  const [{ data, error }, readAgain] = useQuery({ query: ApiKeyListDocument, variables: { first: PAGE, after: pager.after, filter }, requestPolicy: 'cache-and-network' });
  const [{ data: found, error: noAccounts }, readAccounts] = useQuery({ query: ServiceAccountsDocument, requestPolicy: 'cache-and-network' });
  const accounts = useKept(found)?.users.nodes ?? [];
  const refresh = (): void => readAgain({ requestPolicy: 'network-only' });
  useEvery(REFRESH_EVERY_MS, refresh);
  const keys = useKept(data)?.apiKeys;
  return (
    <section className="stack">
      <div className="fields">
        <Choice name="Service account" values={accounts.map(({ id }) => id)} value={accountId} label={(id) => accounts.find((each) => each.id === id)?.displayName ?? id} onChange={setAccountId} />
        <Choice name="State" values={STATES} value={state} onChange={setState} />
        {may('users:create') && (
          <DialogButton label="New service account">{(close) => <ServiceAccountForm onDone={() => (close(), readAccounts({ requestPolicy: 'network-only' }))} />}</DialogButton>
        )}
        {may('api-keys:create') && <NewKey accounts={accounts} onCreated={refresh} />}
      </div>
      <Refusals error={error ?? noAccounts} />
      <Table name="key" columns={columnsFor(may('api-keys:update'), may('api-keys:revoke'), refresh)} rows={keys?.nodes} empty="No such keys" />
      <PagerButtons pager={pager} pageInfo={keys?.pageInfo} />
    </section>
  );
}

const columnsFor = (mayRotate: boolean, mayRevoke: boolean, onChanged: () => void): readonly (Column<ListedKeyFragment> | false)[] => [
  {
    title: 'Key',
    cell: ({ name, prefix }) => (
      <>
        {name} <code>{prefix}…</code>
      </>
    ),
  },
  { title: 'Service account', cell: ({ serviceAccount }) => serviceAccount && <a {...linkTo(pathOf('users', serviceAccount.id))}>{serviceAccount.displayName}</a> },
  { title: 'May', isWide: true, cell: ({ scopes }) => (scopes ? scopes.map(lineInWords).join('; ') : 'all of its account') },
  { title: 'State', cell: ({ state }) => <State value={state} /> },
  { title: 'Last used', isWide: true, cell: ({ secrets }) => dateOf(latestUseOf(secrets)) },
  { title: 'Good until', isWide: true, cell: ({ expiresAt }) => dateOf(expiresAt) },
  {
    title: '',
    cell: (key) =>
      key.state === 'ACTIVE' && (
        <div className="actions">
          {mayRotate && <RotateKey apiKey={key} onRotated={onChanged} />}
          {mayRevoke && (
            <DialogButton label="Revoke" title={`Revoke ${key.name}`} isDanger>
              {(close) => <RevokeForm id={key.id} onDone={() => (close(), onChanged())} />}
            </DialogButton>
          )}
        </div>
      ),
  },
];

/** Of all its secrets: during a rotation two of them work. */
const latestUseOf = (secrets: ListedKeyFragment['secrets']): string | undefined =>
  secrets.flatMap(({ lastUsedAt }) => lastUsedAt ?? []).sort().at(-1);

function RevokeForm({ id, onDone }: { id: string; onDone: () => void }): ReactNode {
  const [{ data, error, fetching }, revoke] = useMutation(RevokeApiKeyDocument);
  const send = async (): Promise<void> => {
    if ((await revoke({ input: { id } })).data?.apiKeyRevoke.apiKey) onDone();
  };
  return (
    <Form action="Revoke" isDanger isBusy={fetching} refusals={data?.apiKeyRevoke.userErrors} error={error} onSend={send}>
      <p className="hint">What uses it is refused within seconds, for good.</p>
    </Form>
  );
}
