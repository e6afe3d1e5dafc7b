import type { ReactNode } from 'react';
import { useMutation, useQuery } from 'urql';
import { RevokeSessionDocument, RevokeSessionsDocument, SessionListDocument } from '../../generated/operations.js';
import { dateOf } from '../../format.js';
import { useEvery, useKept } from '../../parts/hooks.js';
import { Refusals } from '../../parts/refusals.js';
import { useSession } from '../../session.js';

const REFRESH_EVERY_MS = 10_000;
const MOST = 50;

/** The open sessions of one user, in a panel's width. */
export function SessionsOf({ userId }: { userId: string }): ReactNode {
  const { may } = useSession();
  const [{ data, error }, readAgain] = useQuery({ query: SessionListDocument, variables: { first: MOST, filter: { userId, state: 'LIVE' } }, requestPolicy: 'cache-and-network' });
  const [one, revoke] = useMutation(RevokeSessionDocument);
  const [all, revokeAll] = useMutation(RevokeSessionsDocument);
  const refresh = (): void => readAgain({ requestPolicy: 'network-only' });
  useEvery(REFRESH_EVERY_MS, refresh);
  const sessions = useKept(data)?.sessions.nodes;
  const mayEnd = may('sessions:revoke');
  return (
    <section className="stack" aria-label="Sessions">
      <h3>Sessions</h3>
      <Refusals refusals={one.data?.sessionRevoke.userErrors ?? all.data?.sessionsRevokeAll.userErrors} error={error ?? one.error ?? all.error} />
      {sessions?.length === 0 && <p className="empty">Signed in nowhere</p>}
      <ul className="notes">
        {sessions?.map(({ id, device, address, lastUsedAt }) => (
          <li key={id} className="row" data-testid="session-row">
            <span>
              {device || 'unknown'}
              <br />
              <small>
                {address} · {dateOf(lastUsedAt)}
              </small>
            </span>
            {mayEnd && (
              <button type="button" disabled={one.fetching} onClick={() => void revoke({ input: { id } }).then(refresh)}>
                Sign out
              </button>
            )}
          </li>
        ))}
      </ul>
      {mayEnd && sessions && sessions.length > 1 && (
        <button type="button" className="danger" disabled={all.fetching} onClick={() => void revokeAll({ input: { userId } }).then(refresh)}>
          Sign out everywhere
        </button>
      )}
    </section>
  );
}
