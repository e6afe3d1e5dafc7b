import type { ReactNode } from 'react';
import { useMutation } from 'urql';
import { RevokeSessionDocument, type SessionRowFragment } from '../../generated/operations.js';
import { dateOf, words } from '../../format.js';
import { Refusals } from '../../parts/refusals.js';
import { Table, type Column } from '../../parts/table.js';
import { linkTo, pathOf } from '../../route.js';

type ShownSession = SessionRowFragment & { user?: { id: string; displayName: string } | null };

interface SessionTableProps {
  rows: readonly ShownSession[] | undefined;
  withUser?: boolean;
  mayEnd: boolean;
  onChanged: () => void;
}

/** Where somebody is signed in, and the way to sign him out there. */
export function SessionTable({ rows, withUser = false, mayEnd, onChanged }: SessionTableProps): ReactNode {
  const [{ data, error, fetching }, revoke] = useMutation(RevokeSessionDocument);
  const end = (id: string): void => void revoke({ input: { id } }).then(onChanged);
  return (
    <>
      <Refusals refusals={data?.sessionRevoke.userErrors} error={error} />
      <Table name="session" columns={columnsFor({ withUser, isBusy: fetching, end: mayEnd ? end : undefined })} rows={rows} empty="No sessions" />
    </>
  );
}

interface Shape {
  withUser: boolean;
  isBusy: boolean;
  end: ((id: string) => void) | undefined;
}

const columnsFor = ({ withUser, isBusy, end }: Shape): readonly (Column<ShownSession> | false)[] => [
  withUser && { title: 'User', cell: ({ user }) => user && <a {...linkTo(pathOf('users', user.id))}>{user.displayName}</a> },
  { title: 'Device', cell: (session) => <Device session={session} /> },
  { title: 'Address', isWide: true, cell: ({ address }) => <code>{address}</code> },
  { title: 'Since', isWide: true, cell: ({ createdAt }) => dateOf(createdAt) },
  { title: 'Last used', cell: ({ lastUsedAt }) => dateOf(lastUsedAt) },
  {
    title: 'Ends',
    cell: ({ id, endedAt, endReason, expiresAt }) => {
      if (endedAt) return `${words(endReason)}, ${dateOf(endedAt)}`;
      if (!end) return dateOf(expiresAt);
      return (
        <button type="button" disabled={isBusy} onClick={() => end(id)}>
          Sign out
        </button>
      );
    },
  },
];

function Device({ session: { device, current } }: { session: ShownSession }): ReactNode {
  return (
    <>
      {device || 'unknown'} {current && <span className="tag">this one</span>}
    </>
  );
}
