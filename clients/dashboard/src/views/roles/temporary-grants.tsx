import { useState, type ReactNode } from 'react';
import { useMutation, useQuery } from 'urql';
import { RequestTemporaryGrantDocument, TemporaryGrantListDocument, type TemporaryGrantRowFragment, type TemporaryGrantState } from '../../generated/operations.js';
import { dateOf, words } from '../../format.js';
import { Choice } from '../../parts/choice.js';
import { DialogButton, Form } from '../../parts/form.js';
import { textOf, useEvery, useKept } from '../../parts/hooks.js';
import { PagerButtons, usePager } from '../../parts/pager.js';
import { Refusals } from '../../parts/refusals.js';
import { State } from '../../parts/state.js';
import { Table, type Column } from '../../parts/table.js';
import { useSession } from '../../session.js';
import { SCOPES } from './grants.js';
import { PermissionField } from './permission-field.js';
import { Decisions } from './temporary-decisions.js';

const STATES: readonly TemporaryGrantState[] = ['REQUESTED', 'APPROVED', 'REFUSED', 'REVOKED', 'EXPIRED', 'LAPSED'];
const PAGE = 50;
const REFRESH_EVERY_MS = 5_000;
const LONGEST_MINUTES = 480;

/** Rights for a while: asked for by who needs one, given by somebody else. */
export function TemporaryGrantsView(): ReactNode {
  const { may } = useSession();
  const [state, setState] = useState<TemporaryGrantState>();
  const filter = { state: state ?? null };
  const pager = usePager(JSON.stringify(filter));
  const [{ data, error }, readAgain] = useQuery({ query: TemporaryGrantListDocument, variables: { first: PAGE, after: pager.after, filter }, requestPolicy: 'cache-and-network' });
  const refresh = (): void => readAgain({ requestPolicy: 'network-only' });
  useEvery(REFRESH_EVERY_MS, refresh);
  const grants = useKept(data)?.temporaryGrants;
  return (
    <section className="stack">
      <div className="fields">
        <Choice name="State" values={STATES} value={state} onChange={setState} />
        {may('temporary-grants:request') && (
          <DialogButton label="Ask for a right" isPrimary>
            {(close) => <RequestForm onDone={() => (close(), refresh())} />}
          </DialogButton>
        )}
      </div>
      <Refusals error={error} />
      <Table name="temporary-grant" columns={columnsFor(refresh)} rows={grants?.nodes} empty="No such requests" />
      <PagerButtons pager={pager} pageInfo={grants?.pageInfo} />
    </section>
  );
}

const columnsFor = (onChanged: () => void): readonly Column<TemporaryGrantRowFragment>[] => [
  { title: 'For', cell: ({ user }) => user?.displayName },
  {
    title: 'Right',
    cell: ({ permission, scope }) => (
      <>
        <code>{permission}</code> {words(scope)}
      </>
    ),
  },
  { title: 'Why', isWide: true, cell: ({ reason }) => reason },
  { title: 'Minutes', isWide: true, cell: ({ minutes }) => minutes },
  { title: 'Asked', isWide: true, cell: ({ requestedAt }) => dateOf(requestedAt) },
  { title: 'State', cell: (grant) => <Outcome grant={grant} /> },
  { title: '', cell: (grant) => <Decisions grant={grant} onChanged={onChanged} /> },
];

function Outcome({ grant: { state, endsAt, endedAt, endedBy, decidedBy, decisionReason } }: { grant: TemporaryGrantRowFragment }): ReactNode {
  const said = [
    decidedBy && `decided by ${decidedBy.displayName}`,
    decisionReason,
    state === 'APPROVED' && `until ${dateOf(endsAt)}`,
    endedBy && `ended by ${endedBy.displayName}`,
    endedAt && dateOf(endedAt),
  ];
  return (
    <>
      <State value={state} />
      <br />
      <small>{said.filter(Boolean).join(' · ')}</small>
    </>
  );
}

function RequestForm({ onDone }: { onDone: () => void }): ReactNode {
  const [{ data, error, fetching }, request] = useMutation(RequestTemporaryGrantDocument);
  const send = async (fields: FormData): Promise<void> => {
    const scope = SCOPES.find((known) => known === textOf(fields, 'scope')) ?? null;
    const input = { permission: textOf(fields, 'permission'), scope, reason: textOf(fields, 'reason'), minutes: Number(textOf(fields, 'minutes')) };
    if ((await request({ input })).data?.temporaryGrantRequest.temporaryGrant) onDone();
  };
  return (
    <Form action="Ask" isBusy={fetching} refusals={data?.temporaryGrantRequest.userErrors} error={error} onSend={send}>
      <PermissionField />
      <label>
        Scope
        <select name="scope" defaultValue="CENTER">
          {SCOPES.map((known) => (
            <option key={known} value={known}>
              {known.toLowerCase()}
            </option>
          ))}
        </select>
      </label>
      <label>
        For how many minutes
        <input name="minutes" type="number" min={1} max={LONGEST_MINUTES} defaultValue={60} required />
      </label>
      <label>
        Why
        <textarea name="reason" rows={3} maxLength={500} required />
      </label>
    </Form>
  );
}
