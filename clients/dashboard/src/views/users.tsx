import type { FormEvent, ReactNode } from 'react';
import { useMutation, useQuery } from 'urql';
import { AddUserDocument, UserListDocument } from '../generated/operations.js';
import { dateOf, words } from '../format.js';
import { Refusals } from '../parts/refusals.js';
import { useSession } from '../session.js';

const ROLES = ['operator', 'seller', 'supervisor', 'admin'];

export function UsersView(): ReactNode {
  const { role } = useSession();
  const [{ data, error }, readAgain] = useQuery({ query: UserListDocument, requestPolicy: 'cache-and-network' });
  return (
    <section className="stack">
      {role === 'admin' && <UserForm onCreated={() => readAgain({ requestPolicy: 'network-only' })} />}
      <Refusals error={error} />
      <table>
        <thead>
          <tr>
            <th>User</th>
            <th>Name</th>
            <th>Role</th>
            <th>E-mail</th>
            <th>State</th>
            <th>Last sign-in</th>
          </tr>
        </thead>
        <tbody>
          {data?.users.nodes.map((user) => (
            <tr key={user.id}>
              <td>{user.username}</td>
              <td>{user.displayName}</td>
              <td>{user.role?.name}</td>
              <td>{user.email}</td>
              <td>{words(user.state)}</td>
              <td>{dateOf(user.lastLoginAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function UserForm({ onCreated }: { onCreated: () => void }): ReactNode {
  const [{ data, error, fetching }, addUser] = useMutation(AddUserDocument);
  const create = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    const field = (name: string): string => String(new FormData(form).get(name));
    const result = await addUser({ input: { username: field('username'), password: field('password'), email: field('email'), role: field('role') } });
    if (!result.data?.userCreate.user) return;
    form.reset();
    onCreated();
  };
  return (
    <form className="card row" onSubmit={(event) => void create(event)}>
      <label>
        User
        <input name="username" required autoComplete="off" />
      </label>
      <label>
        E-mail
        <input name="email" type="email" required autoComplete="off" />
      </label>
      <label>
        Password
        <input name="password" type="password" required autoComplete="new-password" />
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
