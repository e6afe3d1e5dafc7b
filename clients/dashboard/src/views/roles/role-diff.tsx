import type { ReactNode } from 'react';
import { useQuery } from 'urql';
import { RoleDiffDocument, type GrantInput, type GrantScope, type RoleDiffQuery } from '../../generated/operations.js';
import { Refusals } from '../../parts/refusals.js';
import { conditionsOf, REACH } from './grants.js';

type Change = RoleDiffQuery['roleDiff']['gained'][number];

/** What saving these grants would give and take, and whom it touches. `roleId` null: a role that is not there yet. */
export function RoleDiff({ roleId, grants }: { roleId: string | null; grants: GrantInput[] }): ReactNode {
  const [{ data, error }] = useQuery({ query: RoleDiffDocument, variables: { roleId, grants }, requestPolicy: 'network-only' });
  if (!data) return <Refusals error={error} />;
  const { gained, lost, usersTouched, removesLastAdministrator, beyondOwn } = data.roleDiff;
  return (
    <section className="stack" aria-label="What changes">
      {gained.length + lost.length === 0 && <p className="empty">No right changes</p>}
      <ul className="diff">
        {gained.map((change) => (
          <Line key={`+${change.permission}`} change={change} sign="+" />
        ))}
        {lost.map((change) => (
          <Line key={`-${change.permission}`} change={change} sign="−" />
        ))}
      </ul>
      <p className="hint">
        {usersTouched === 1 ? 'One user is' : `${usersTouched} users are`} touched, at once.
      </p>
      {removesLastAdministrator && <p className="problem">Nobody would be left who may do everything: this cannot be saved.</p>}
      {beyondOwn.length > 0 && <p className="problem">Wider than your own rights, so that you cannot give it: {beyondOwn.join(', ')}</p>}
    </section>
  );
}

function Line({ change, sign }: { change: Change; sign: '+' | '−' }): ReactNode {
  const { permission, description } = change;
  return (
    <li className={sign === '+' ? 'gained' : 'lost'} data-testid={sign === '+' ? 'gained' : 'lost'} title={description}>
      <strong>{sign}</strong> <code>{permission}</code> {reachOf(change)}
    </li>
  );
}

/** `own rows → the center`, or the one side that there is. */
function reachOf({ scope, conditions, before, conditionsBefore }: Change): string {
  const side = (reach: GrantScope | null | undefined, limits: Change['conditions']): string[] => (reach ? [[REACH[reach], conditionsOf(limits)].filter(Boolean).join(', ')] : []);
  return [...new Set([...side(before, conditionsBefore), ...side(scope, conditions)])].join(' → ');
}
