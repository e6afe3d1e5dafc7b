import { useEffect, useState, type ReactNode } from 'react';
import { useClient, useMutation } from 'urql';
import { SetTeamMembersDocument, TeamMembersDocument } from '../../generated/operations.js';
import { ask, askAll } from '../../graph.js';
import { Refusals } from '../../parts/refusals.js';
import { UserPick } from '../../parts/user-pick.js';
import { linkTo, pathOf } from '../../route.js';
import type { ListedTeam } from './teams.js';

interface Member {
  id: string;
  username: string;
  displayName: string;
}

const NO_MORE = { nodes: [], pageInfo: { hasNextPage: false } };

/** All of them: who is not named when the members are set is a member no more. */
function useMembers({ id, version }: ListedTeam): { members: readonly Member[] | undefined; problem: unknown } {
  const client = useClient();
  const [read, setRead] = useState<{ version: number; members: readonly Member[] }>();
  const [problem, setProblem] = useState<unknown>();
  useEffect(() => {
    let isLeft = false;
    askAll(async (after) => (await ask(client, TeamMembersDocument, { id, after })).team.members ?? NO_MORE).then(
      (members) => (isLeft ? undefined : setRead({ version, members })),
      (error: unknown) => (isLeft ? undefined : setProblem(error)),
    );
    return () => {
      isLeft = true;
    };
  }, [client, id, version]);
  return { members: read?.version === version ? read.members : undefined, problem };
}

export function TeamMembers({ team, mayChange, onChanged }: { team: ListedTeam; mayChange: boolean; onChanged: () => void }): ReactNode {
  const { members, problem } = useMembers(team);
  const [{ data, error, fetching }, setMembers] = useMutation(SetTeamMembersDocument);
  const [pickedId, setPickedId] = useState<string>();
  const save = async (userIds: string[]): Promise<void> => {
    const set = await setMembers({ input: { id: team.id, expectedVersion: team.version, userIds } });
    if (set.data?.teamMembersSet.team) onChanged();
  };
  const ids = members?.map(({ id }) => id) ?? [];
  return (
    <section className="stack" aria-label="Members">
      <h3>Members</h3>
      {members?.length === 0 && <p className="empty">Nobody yet</p>}
      <ul className="notes">
        {members?.map(({ id, username, displayName }) => (
          <li key={id} className="row">
            <a {...linkTo(pathOf('users', id))}>{displayName}</a>
            {mayChange && (
              <button type="button" className="link" aria-label={`Take ${username} out`} disabled={fetching} onClick={() => void save(ids.filter((each) => each !== id))}>
                ✕
              </button>
            )}
          </li>
        ))}
      </ul>
      {mayChange && members && (
        <div className="row">
          <UserPick label="Add a member" onPick={setPickedId} />
          <button type="button" disabled={fetching || !pickedId || ids.includes(pickedId)} onClick={() => pickedId && void save([...ids, pickedId])}>
            Add
          </button>
        </div>
      )}
      <Refusals refusals={data?.teamMembersSet.userErrors} error={error ?? problem} />
    </section>
  );
}
