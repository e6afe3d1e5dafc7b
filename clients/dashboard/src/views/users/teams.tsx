import type { ReactNode } from 'react';
import { useMutation, useQuery } from 'urql';
import { AddTeamDocument, ChangeTeamDocument, RemoveTeamDocument, TeamListDocument, type TeamListQuery } from '../../generated/operations.js';
import { DialogButton, Form } from '../../parts/form.js';
import { textOf, useKept } from '../../parts/hooks.js';
import { Refusals } from '../../parts/refusals.js';
import { Table, type Column } from '../../parts/table.js';
import { go, linkTo, pathOf, useRoute } from '../../route.js';
import { useSession } from '../../session.js';
import { TeamMembers } from './team-members.js';

export type ListedTeam = TeamListQuery['teams']['nodes'][number];

const COLUMNS: readonly Column<ListedTeam>[] = [
  { title: 'Team', cell: ({ id, name }) => <a {...linkTo(pathOf('teams', id))}>{name}</a> },
  { title: 'What for', isWide: true, cell: ({ description }) => description },
  { title: 'Members', cell: ({ memberCount }) => memberCount },
];

/** Teams: what is granted in the scope TEAM reaches the rows of their members. */
export function TeamsView(): ReactNode {
  const { may } = useSession();
  const { item: chosenId } = useRoute();
  const [{ data, error }, readAgain] = useQuery({ query: TeamListDocument, requestPolicy: 'cache-and-network' });
  const refresh = (): void => readAgain({ requestPolicy: 'network-only' });
  const teams = useKept(data)?.teams.nodes;
  const chosen = teams?.find(({ id }) => id === chosenId);
  return (
    <div className={chosen ? 'split' : ''}>
      <section className="stack">
        {may('teams:create') && (
          <div className="actions">
            <DialogButton label="New team" isPrimary>
              {(close) => <NewTeamForm onDone={() => (close(), refresh())} />}
            </DialogButton>
          </div>
        )}
        <Refusals error={error} />
        <Table name="team" columns={COLUMNS} rows={teams} chosenId={chosenId} empty="No teams yet" />
      </section>
      {chosen && <TeamPanel key={`${chosen.id}:${chosen.version}`} team={chosen} onChanged={refresh} />}
    </div>
  );
}

function NewTeamForm({ onDone }: { onDone: () => void }): ReactNode {
  const [{ data, error, fetching }, addTeam] = useMutation(AddTeamDocument);
  const create = async (fields: FormData): Promise<void> => {
    const added = await addTeam({ input: { name: textOf(fields, 'name'), description: textOf(fields, 'description') || null } });
    if (!added.data?.teamCreate.team) return;
    go(pathOf('teams', added.data.teamCreate.team.id));
    onDone();
  };
  return (
    <Form action="Create team" isBusy={fetching} refusals={data?.teamCreate.userErrors} error={error} onSend={create}>
      <TeamFields />
    </Form>
  );
}

function TeamFields({ team }: { team?: ListedTeam }): ReactNode {
  return (
    <>
      <label>
        Name
        <input name="name" defaultValue={team?.name} required maxLength={80} autoComplete="off" />
      </label>
      <label>
        What for
        <input name="description" defaultValue={team?.description ?? ''} maxLength={500} autoComplete="off" />
      </label>
    </>
  );
}

function TeamPanel({ team, onChanged }: { team: ListedTeam; onChanged: () => void }): ReactNode {
  const { may } = useSession();
  const mayChange = may('teams:update');
  return (
    <aside className="card panel" aria-label="Team">
      <h2>{team.name}</h2>
      {team.description && <p className="hint">{team.description}</p>}
      <TeamMembers team={team} mayChange={mayChange} onChanged={onChanged} />
      <div className="actions">
        {mayChange && (
          <DialogButton label="Edit" title={`Edit ${team.name}`}>
            {(close) => <EditTeamForm team={team} onDone={() => (close(), onChanged())} />}
          </DialogButton>
        )}
        {may('teams:delete') && (
          <DialogButton label="Delete" title={`Delete ${team.name}`} isDanger>
            {(close) => <DeleteTeamForm team={team} onDone={() => (close(), onChanged())} />}
          </DialogButton>
        )}
      </div>
    </aside>
  );
}

function EditTeamForm({ team, onDone }: { team: ListedTeam; onDone: () => void }): ReactNode {
  const [{ data, error, fetching }, changeTeam] = useMutation(ChangeTeamDocument);
  const save = async (fields: FormData): Promise<void> => {
    const input = { id: team.id, expectedVersion: team.version, name: textOf(fields, 'name'), description: textOf(fields, 'description') };
    if ((await changeTeam({ input })).data?.teamUpdate.team) onDone();
  };
  return (
    <Form action="Save" isBusy={fetching} refusals={data?.teamUpdate.userErrors} error={error} onSend={save}>
      <TeamFields team={team} />
    </Form>
  );
}

function DeleteTeamForm({ team, onDone }: { team: ListedTeam; onDone: () => void }): ReactNode {
  const [{ data, error, fetching }, removeTeam] = useMutation(RemoveTeamDocument);
  const remove = async (): Promise<void> => {
    const removed = await removeTeam({ input: { id: team.id, expectedVersion: team.version } });
    if (!removed.data?.teamDelete.teamId) return;
    go(pathOf('teams'));
    onDone();
  };
  return (
    <Form action="Delete" isDanger isBusy={fetching} refusals={data?.teamDelete.userErrors} error={error} onSend={remove}>
      <p className="hint">Its members stay. What their roles grant in the scope TEAM no longer reaches each other’s rows.</p>
    </Form>
  );
}
