import { useState, type ReactNode } from 'react';
import { useQuery } from 'urql';
import { SessionListDocument, type SessionStatus } from '../../generated/operations.js';
import { Choice } from '../../parts/choice.js';
import { useEvery, useKept } from '../../parts/hooks.js';
import { PagerButtons, usePager } from '../../parts/pager.js';
import { Refusals } from '../../parts/refusals.js';
import { UserPick } from '../../parts/user-pick.js';
import { useSession } from '../../session.js';
import { SessionTable } from './session-table.js';

const STATES: readonly SessionStatus[] = ['LIVE', 'ENDED'];
const PAGE = 50;
const REFRESH_EVERY_MS = 5_000;

/** Who is signed in where, in the whole center. */
export function SessionsView(): ReactNode {
  const { may } = useSession();
  const [state, setState] = useState<SessionStatus | undefined>('LIVE');
  const [userId, setUserId] = useState<string>();
  const filter = { state: state ?? null, userId: userId ?? null };
  const pager = usePager(JSON.stringify(filter));
  const [{ data, error }, readAgain] = useQuery({ query: SessionListDocument, variables: { first: PAGE, after: pager.after, filter }, requestPolicy: 'cache-and-network' });
  const refresh = (): void => readAgain({ requestPolicy: 'network-only' });
  useEvery(REFRESH_EVERY_MS, refresh);
  const sessions = useKept(data)?.sessions;
  return (
    <section className="stack">
      <div className="fields">
        <UserPick label="User" onPick={setUserId} />
        <Choice name="State" values={STATES} value={state} onChange={setState} />
      </div>
      <Refusals error={error} />
      <SessionTable rows={sessions?.nodes} withUser mayEnd={may('sessions:revoke')} onChanged={refresh} />
      <PagerButtons pager={pager} pageInfo={sessions?.pageInfo} />
    </section>
  );
}
