import type { ReactNode } from 'react';
import { useMutation } from 'urql';
import { AddServiceAccountDocument } from '../../generated/operations.js';
import { Form } from '../../parts/form.js';
import { textOf } from '../../parts/hooks.js';
import { useChoices } from '../users/choices.js';

/** An account of a program: it has a role, and no password. */
export function ServiceAccountForm({ onDone }: { onDone: () => void }): ReactNode {
  const [{ data, error, fetching }, addAccount] = useMutation(AddServiceAccountDocument);
  const { roles } = useChoices();
  const create = async (fields: FormData): Promise<void> => {
    const added = await addAccount({ input: { name: textOf(fields, 'name'), role: textOf(fields, 'role') } });
    if (added.data?.serviceAccountCreate.serviceAccount) onDone();
  };
  return (
    <Form action="Create account" isBusy={fetching} refusals={data?.serviceAccountCreate.userErrors} error={error} onSend={create}>
      <label>
        Name
        <input name="name" required minLength={3} maxLength={64} autoComplete="off" autoFocus />
      </label>
      <label>
        Role
        <select name="role" required defaultValue="">
          <option value="" disabled>
            choose
          </option>
          {roles.map(({ id, name, description }) => (
            <option key={id} value={name} title={description}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </Form>
  );
}
