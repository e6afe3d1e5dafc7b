import type { FormEvent, ReactNode } from 'react';
import { useMutation, useQuery } from 'urql';
import { AddUserDocument, ChangeUserDocument, UserListDocument, type UserListQuery } from '../generated/operations.js';
import { dateOf, words } from '../format.js';
import { textOf, useEvery, useKept } from '../parts/hooks.js';
import { Refusals } from '../parts/refusals.js';
import { useSession } from '../session.js';

const ROLES = ['operator', 'seller', 'supervisor', 'admin'];
const REFRESH_EVERY_MS = 10_000;

type ListedUser = UserListQuery['users']['nodes'][number];

export function UsersView(): ReactNode {
  const { role } = useSession();
  const [{ data, error }, readAgain] = useQuery({ query: UserListDocument, requestPolicy: 'cache-and-network' });
  const [change, changeUser] = useMutation(ChangeUserDocument);
  const refresh = (): void => readAgain({ requestPolicy: 'network-only' });
  useEvery(REFRESH_EVERY_MS, refresh);
  const users = useKept(data)?.users;
  const isAdmin = role === 'admin';
  return (
    <section className="stack">
      {isAdmin && <UserForm onCreated={refresh} />}
      <Refusals error={error} />
      <Refusals refusals={change.data?.userUpdate.userErrors} error={change.error} />
      <div className="table">
        <table>
          <thead>
            <tr>
              <th>User</th>
              <th className="wide">Name</th>
              <th>Role</th>
              <th className="wide">E-mail</th>
              <th>State</th>
              <th className="wide">Last sign-in</th>
              {isAdmin && <th>May sign in</th>}
            </tr>
          </thead>
          <tbody>
            {users?.nodes.map((user) => (
              <tr key={user.id} data-testid="user-row">
                <td>{user.username}</td>
                <td className="wide">{user.displayName}</td>
                <td>{user.role?.name}</td>
                <td className="wide">{user.email}</td>
                <td>{words(user.state)}</td>
                <td className="wide">{dateOf(user.lastLoginAt)}</td>
                {isAdmin && (
                  <td>
                    <Switch user={user} isBusy={change.fetching} onChange={(input) => void changeUser({ input }).then(refresh)} />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Switch({ user, isBusy, onChange }: { user: ListedUser; isBusy: boolean; onChange: (input: { id: string; expectedVersion: number; state: 'ACTIVE' | 'DEACTIVATED' }) => void }): ReactNode {
  const { user: self } = useSession();
  const isActive = user.state === 'ACTIVE';
  return (
    <button type="button" disabled={isBusy || user.id === self?.id} onClick={() => onChange({ id: user.id, expectedVersion: user.version ?? 0, state: isActive ? 'DEACTIVATED' : 'ACTIVE' })}>
      {isActive ? 'Deactivate' : 'Activate'}
    </button>
  );
}

function UserForm({ onCreated }: { onCreated: () => void }): ReactNode {
  const [{ data, error, fetching }, addUser] = useMutation(AddUserDocument);
  const create = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    const field = (name: string): string => textOf(fields, name);
    const result = await addUser({ input: { username: field('username'), displayName: field('displayName') || null, password: field('password'), email: field('email'), role: field('role') } });
    if (!result.data?.userCreate.user) return;
    form.reset();
    onCreated();
  };
  return (
    <form className="card fields" onSubmit={(event) => void create(event)}>
      <label>
        User
        <input name="username" required minLength={3} maxLength={64} autoComplete="off" />
      </label>
      <label>
        Name
        <input name="displayName" autoComplete="off" />
      </label>
      <label>
        E-mail
        <input name="email" type="email" required autoComplete="off" />
      </label>
      <label>
        Password
        <input name="password" type="password" required minLength={10} autoComplete="new-password" />
      </label>
      <label>
        Role
        <select name="role">
          {ROLES.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <button type="submit" className="primary" disabled={fetching}>
        Create user
      </button>
      <Refusals refusals={data?.userCreate.userErrors} error={error} />
    </form>
  );
}
