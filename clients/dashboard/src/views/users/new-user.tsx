import type { ReactNode } from 'react';
import { useMutation } from 'urql';
import { AddUserDocument, InviteUserDocument } from '../../generated/operations.js';
import { dateOf } from '../../format.js';
import { Form } from '../../parts/form.js';
import { textOf } from '../../parts/hooks.js';
import { Secret } from '../../parts/secret.js';
import { pathOf } from '../../route.js';
import { useChoices } from './choices.js';

const SHORTEST_PASSWORD = 10;

/** A user whose first password is told to him by who makes him, and changed by him at his first sign-in. */
export function NewUserForm({ onDone }: { onDone: () => void }): ReactNode {
  const [{ data, error, fetching }, addUser] = useMutation(AddUserDocument);
  const create = async (fields: FormData): Promise<void> => {
    const { username, email, displayName, role, teamIds } = whoIs(fields);
    const input = { username, email, displayName, role, teamIds, password: textOf(fields, 'password'), mustChangePassword: fields.has('mustChangePassword') };
    if ((await addUser({ input })).data?.userCreate.user) onDone();
  };
  return (
    <Form action="Create user" isBusy={fetching} refusals={data?.userCreate.userErrors} error={error} onSend={create}>
      <WhoFields />
      <label>
        First password
        <input name="password" type="password" required minLength={SHORTEST_PASSWORD} autoComplete="new-password" />
      </label>
      <label className="check">
        <input name="mustChangePassword" type="checkbox" defaultChecked />
        Has to choose another one at the first sign-in
      </label>
    </Form>
  );
}

/** An invitation: the platform sends no mail, so that its link is handed over by who invites. */
export function InviteForm({ onDone, onClose }: { onDone: () => void; onClose: () => void }): ReactNode {
  const [{ data, error, fetching }, invite] = useMutation(InviteUserDocument);
  const send = async (fields: FormData): Promise<void> => {
    if ((await invite({ input: whoIs(fields) })).data?.userInvite.token) onDone();
  };
  const { token, invitation } = data?.userInvite ?? {};
  if (token) {
    return (
      <div className="stack">
        <p className="hint">
          Hand this link over. It is shown only now, works once, and until {dateOf(invitation?.expiresAt)}.
        </p>
        <Secret label="Invitation link" value={linkWith('invitation', token)} />
        <button type="button" onClick={onClose}>
          Done
        </button>
      </div>
    );
  }
  return (
    <Form action="Make the link" isBusy={fetching} refusals={data?.userInvite.userErrors} error={error} onSend={send}>
      <WhoFields />
    </Form>
  );
}

/** The token stands behind `#`, so that no server and no log sees it. */
export const linkWith = (page: string, token: string): string => new URL(pathOf(page, undefined, token), location.origin).href;

function whoIs(fields: FormData): { username: string; email: string; displayName: string | null; role: string; teamIds: string[] } {
  return {
    username: textOf(fields, 'username'),
    email: textOf(fields, 'email'),
    displayName: textOf(fields, 'displayName') || null,
    role: textOf(fields, 'role'),
    teamIds: fields.getAll('teamIds').map(String),
  };
}

function WhoFields(): ReactNode {
  const { roles, teams } = useChoices();
  return (
    <>
      <label>
        User name
        <input name="username" required minLength={3} maxLength={64} autoComplete="off" autoFocus />
      </label>
      <label>
        Name
        <input name="displayName" maxLength={200} autoComplete="off" />
      </label>
      <label>
        E-mail
        <input name="email" type="email" required autoComplete="off" />
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
      <TeamChecks teams={teams} chosen={[]} />
    </>
  );
}

export function TeamChecks({ teams, chosen }: { teams: readonly { id: string; name: string }[]; chosen: readonly string[] }): ReactNode {
  if (teams.length === 0) return null;
  return (
    <fieldset>
      <legend>Teams</legend>
      {teams.map(({ id, name }) => (
        <label key={id} className="check">
          <input type="checkbox" name="teamIds" value={id} defaultChecked={chosen.includes(id)} />
          {name}
        </label>
      ))}
    </fieldset>
  );
}
