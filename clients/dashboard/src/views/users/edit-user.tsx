import type { ReactNode } from 'react';
import { useMutation } from 'urql';
import { ChangeUserDocument, type UserUpdateInput } from '../../generated/operations.js';
import { Form } from '../../parts/form.js';
import { textOf } from '../../parts/hooks.js';
import { useChoices } from './choices.js';
import { TeamChecks } from './new-user.js';
import type { DetailedUser } from './user-panel.js';

/** Changes what was changed: a masked e-mail address that nobody touched is not sent back. */
export function EditUserForm({ user, onDone }: { user: DetailedUser; onDone: () => void }): ReactNode {
  const [{ data, error, fetching }, changeUser] = useMutation(ChangeUserDocument);
  const { roles, teams } = useChoices();
  const save = async (fields: FormData): Promise<void> => {
    const changed = (name: 'displayName' | 'email' | 'role', was: string | null | undefined): Partial<UserUpdateInput> => {
      const value = textOf(fields, name);
      return value && value !== was ? { [name]: value } : {};
    };
    const input: UserUpdateInput = {
      id: user.id,
      expectedVersion: user.version ?? 0,
      ...changed('displayName', user.displayName),
      ...changed('email', user.email),
      ...changed('role', user.role?.name),
      ...(teams.length > 0 ? { teamIds: fields.getAll('teamIds').map(String) } : {}),
    };
    if ((await changeUser({ input })).data?.userUpdate.user) onDone();
  };
  return (
    <Form action="Save" isBusy={fetching} refusals={data?.userUpdate.userErrors} error={error} onSend={save}>
      <label>
        Name
        <input name="displayName" defaultValue={user.displayName} required maxLength={200} />
      </label>
      {user.kind === 'PERSON' && (
        <label>
          E-mail
          <input name="email" defaultValue={user.email ?? ''} autoComplete="off" />
        </label>
      )}
      {roles.length > 0 && (
        <label>
          Role
          <select name="role" defaultValue={user.role?.name}>
            {roles.map(({ id, name, description }) => (
              <option key={id} value={name} title={description}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <TeamChecks teams={teams} chosen={user.teams?.map(({ id }) => id) ?? []} />
    </Form>
  );
}
