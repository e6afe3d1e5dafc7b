import { useState, type ReactNode } from 'react';
import { useMutation, useQuery } from 'urql';
import { AddApiKeyDocument, PermissionCatalogueDocument, type UserRowFragment } from '../../generated/operations.js';
import { Dialog } from '../../parts/dialog.js';
import { Form } from '../../parts/form.js';
import { textOf } from '../../parts/hooks.js';
import { GrantEditor } from '../roles/grant-editor.js';
import { inputOf, type GrantDraft } from '../roles/grants.js';
import { ShownOnce } from './shown-once.js';

const DAY_MS = 86_400_000;
const USUAL_DAYS = 90;
const LONGEST_DAYS = 366;

export function NewKey({ accounts, onCreated }: { accounts: readonly UserRowFragment[]; onCreated: () => void }): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const [secret, setSecret] = useState<string>();
  const close = (): void => {
    setOpen(false);
    setSecret(undefined);
  };
  const created = (made: string): void => {
    setSecret(made);
    onCreated();
  };
  return (
    <>
      <button type="button" className="primary" disabled={accounts.length === 0} title={accounts.length === 0 ? 'Make a service account first' : undefined} onClick={() => setOpen(true)}>
        New key
      </button>
      {isOpen && (
        <Dialog title={secret ? 'The key' : 'New key'} isKept={secret !== undefined} onClose={close}>
          {secret ? <ShownOnce secret={secret} onDone={close} /> : <KeyForm accounts={accounts} onCreated={created} />}
        </Dialog>
      )}
    </>
  );
}

function KeyForm({ accounts, onCreated }: { accounts: readonly UserRowFragment[]; onCreated: (secret: string) => void }): ReactNode {
  const [{ data, error, fetching }, addKey] = useMutation(AddApiKeyDocument);
  const [{ data: catalogue }] = useQuery({ query: PermissionCatalogueDocument });
  const [scopes, setScopes] = useState<readonly GrantDraft[]>([]);
  const create = async (fields: FormData): Promise<void> => {
    const cost = textOf(fields, 'costPerMinute');
    const input = {
      serviceAccountId: textOf(fields, 'serviceAccountId'),
      name: textOf(fields, 'name'),
      scopes: scopes.length > 0 ? scopes.map(inputOf) : null,
      expiresAt: new Date(Date.now() + Number(textOf(fields, 'days')) * DAY_MS).toISOString(),
      costPerMinute: cost ? Number(cost) : null,
    };
    const made = (await addKey({ input })).data?.apiKeyCreate.secret;
    if (made) onCreated(made);
  };
  return (
    <Form action="Create key" isBusy={fetching} refusals={data?.apiKeyCreate.userErrors} error={error} onSend={create}>
      <label>
        Service account
        <select name="serviceAccountId" required>
          {accounts.map(({ id, displayName, role }) => (
            <option key={id} value={id}>
              {displayName} ({role?.name})
            </option>
          ))}
        </select>
      </label>
      <label>
        Name
        <input name="name" required maxLength={100} placeholder="nightly export" autoComplete="off" autoFocus />
      </label>
      <label>
        Good for how many days
        <input name="days" type="number" min={1} max={LONGEST_DAYS} defaultValue={USUAL_DAYS} required />
      </label>
      <label>
        Cost a minute, at most
        <input name="costPerMinute" type="number" min={1} placeholder="as for everybody" />
      </label>
      <p className="hint">Without a line the key may all that its account may, as far as you may it too.</p>
      <GrantEditor grants={scopes} catalogue={catalogue?.permissions ?? []} onChange={setScopes} />
    </Form>
  );
}
