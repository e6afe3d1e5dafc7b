import type { ReactNode } from 'react';
import { useMutation, useQuery } from 'urql';
import { InvitationListDocument, RevokeInvitationDocument, type InvitationListQuery } from '../../generated/operations.js';
import { dateOf, words } from '../../format.js';
import { useEvery, useKept } from '../../parts/hooks.js';
import { PagerButtons, usePager } from '../../parts/pager.js';
import { Refusals } from '../../parts/refusals.js';
import { Table, type Column } from '../../parts/table.js';

const PAGE = 20;
const REFRESH_EVERY_MS = 10_000;
type Invitation = InvitationListQuery['invitations']['nodes'][number];

/** One-time links that nobody has used yet. */
export function Invitations({ mayWithdraw }: { mayWithdraw: boolean }): ReactNode {
  const pager = usePager('open');
  const [{ data, error }, readAgain] = useQuery({ query: InvitationListDocument, variables: { first: PAGE, after: pager.after }, requestPolicy: 'cache-and-network' });
  const [revoked, revoke] = useMutation(RevokeInvitationDocument);
  const refresh = (): void => readAgain({ requestPolicy: 'network-only' });
  useEvery(REFRESH_EVERY_MS, refresh);
  const withdraw = (id: string): void => void revoke({ input: { id } }).then(refresh);
  const page = useKept(data)?.invitations;
  return (
    <section className="stack" aria-label="Open links">
      <h2>Open links</h2>
      <Refusals refusals={revoked.data?.invitationRevoke.userErrors} error={error ?? revoked.error} />
      <Table name="invitation" columns={columnsFor(revoked.fetching, mayWithdraw ? withdraw : undefined)} rows={page?.nodes} empty="None" />
      <PagerButtons pager={pager} pageInfo={page?.pageInfo} />
    </section>
  );
}

const columnsFor = (isBusy: boolean, withdraw: ((id: string) => void) | undefined): readonly (Column<Invitation> | false)[] => [
  { title: 'User', cell: ({ user }) => user?.username },
  { title: 'For', cell: ({ purpose }) => words(purpose) },
  { title: 'Made by', isWide: true, cell: ({ createdBy }) => createdBy?.displayName },
  { title: 'Good until', cell: ({ expiresAt }) => dateOf(expiresAt) },
  withdraw !== undefined && {
    title: '',
    cell: ({ id }) => (
      <button type="button" disabled={isBusy} onClick={() => withdraw(id)}>
        Withdraw
      </button>
    ),
  },
];
