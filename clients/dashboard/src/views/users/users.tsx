import { useDeferredValue, useState, type ReactNode } from 'react';
import { useQuery } from 'urql';
import { UserListDocument, type UserKind, type UserRowFragment, type UserState } from '../../generated/operations.js';
import { dateOf, words } from '../../format.js';
import { Choice } from '../../parts/choice.js';
import { DialogButton } from '../../parts/form.js';
import { useEvery, useKept } from '../../parts/hooks.js';
import { PagerButtons, usePager } from '../../parts/pager.js';
import { Refusals } from '../../parts/refusals.js';
import { State } from '../../parts/state.js';
import { Table, type Column } from '../../parts/table.js';
import { linkTo, pathOf, useRoute } from '../../route.js';
import { useSession } from '../../session.js';
import { useChoices } from './choices.js';
import { Invitations } from './invitations.js';
import { InviteForm, NewUserForm } from './new-user.js';
import { UserPanel } from './user-panel.js';

const STATES: readonly UserState[] = ['ACTIVE', 'INVITED', 'DEACTIVATED'];
const KINDS: readonly UserKind[] = ['PERSON', 'SERVICE'];
const PAGE = 50;
const REFRESH_EVERY_MS = 10_000;

/** Everybody in the center. `/users/usr_…` shows one of them closely. */
export function UsersView(): ReactNode {
  const { may } = useSession();
  const { item: chosenId } = useRoute();
  const [search, setSearch] = useState('');
  const [role, setRole] = useState<string>();
  const [teamId, setTeamId] = useState<string>();
  const [state, setState] = useState<UserState>();
  const [kind, setKind] = useState<UserKind>();
  const filter = { search: useDeferredValue(search.trim()) || null, role: role ?? null, teamId: teamId ?? null, state: state ?? null, kind: kind ?? null };
  const pager = usePager(JSON.stringify(filter));
  const [{ data, error }, readAgain] = useQuery({ query: UserListDocument, variables: { first: PAGE, after: pager.after, filter }, requestPolicy: 'cache-and-network' });
  const refresh = (): void => readAgain({ requestPolicy: 'network-only' });
  useEvery(REFRESH_EVERY_MS, refresh);
  const { roles, teams } = useChoices();
  const users = useKept(data)?.users;
  return (
    <div className={chosenId ? 'split' : ''}>
      <section className="stack">
        <div className="fields">
          <label>
            Search
            <input type="search" placeholder="Name or e-mail" value={search} onChange={(event) => setSearch(event.target.value)} />
          </label>
          <Choice name="Role" values={roles.map(({ name }) => name)} value={role} label={String} onChange={setRole} />
          <Choice name="Team" values={teams.map(({ id }) => id)} value={teamId} label={(id) => teams.find((team) => team.id === id)?.name ?? id} onChange={setTeamId} />
          <Choice name="State" values={STATES} value={state} onChange={setState} />
          <Choice name="Kind" values={KINDS} value={kind} onChange={setKind} />
          {users && <small>{users.totalCount} users</small>}
        </div>
        {may('users:create') && (
          <div className="actions">
            <DialogButton label="New user" isPrimary>
              {(close) => <NewUserForm onDone={() => (close(), refresh())} />}
            </DialogButton>
            <DialogButton label="Invite" title="Invite somebody">
              {(close) => <InviteForm onDone={refresh} onClose={close} />}
            </DialogButton>
          </div>
        )}
        <Refusals error={error} />
        <Table name="user" columns={COLUMNS} rows={users?.nodes} chosenId={chosenId} empty="No such users" />
        <PagerButtons pager={pager} pageInfo={users?.pageInfo} />
        {may('users:create') && <Invitations mayWithdraw={may('users:update')} />}
      </section>
      {chosenId && <UserPanel key={chosenId} id={chosenId} onChanged={refresh} />}
    </div>
  );
}

const COLUMNS: readonly Column<UserRowFragment>[] = [
  { title: 'User', cell: ({ id, username }) => <a {...linkTo(pathOf('users', id))}>{username}</a> },
  { title: 'Name', isWide: true, cell: ({ displayName }) => displayName },
  { title: 'Role', cell: ({ role }) => role?.name },
  { title: 'E-mail', isWide: true, cell: ({ email }) => email },
  { title: 'State', cell: ({ state, kind }) => (kind === 'SERVICE' ? `${words(kind)}, ${words(state)}` : <State value={state ?? ''} />) },
  { title: 'Last sign-in', isWide: true, cell: ({ lastLoginAt }) => dateOf(lastLoginAt) },
];
