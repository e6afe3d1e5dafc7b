import { useDeferredValue, useState, type ReactNode } from 'react';
import { useQuery } from 'urql';
import { AuditListDocument, SecurityAuditAction, type AuditListQuery, type SecurityAuditFilter, type SecurityAuditOutcome } from '../../generated/operations.js';
import { instantOf, words } from '../../format.js';
import { Choice } from '../../parts/choice.js';
import { useEvery, useKept } from '../../parts/hooks.js';
import { PagerButtons, usePager } from '../../parts/pager.js';
import { Refusals } from '../../parts/refusals.js';
import { State } from '../../parts/state.js';
import { Table, type Column } from '../../parts/table.js';
import { UserPick } from '../../parts/user-pick.js';
import { linkTo, pathOf, useRoute } from '../../route.js';
import { AuditEntry } from './audit-entry.js';
import { AuditProof } from './audit-proof.js';

const ACTIONS = Object.values(SecurityAuditAction).sort();
const OUTCOMES: readonly SecurityAuditOutcome[] = ['ALLOWED', 'REFUSED'];
const PAGE = 50;
const REFRESH_EVERY_MS = 5_000;

export type ShownEntry = AuditListQuery['securityAudit']['nodes'][number];

/** Who did what, newest first. `/audit/usr_…`: what one user did; `/audit/trace…`: what one request did. */
export function AuditView(): ReactNode {
  const { filter, fields } = useFilter();
  const pager = usePager(JSON.stringify(filter));
  const [chosenId, setChosenId] = useState<string>();
  const [{ data, error }, readAgain] = useQuery({ query: AuditListDocument, variables: { first: PAGE, after: pager.after, filter }, requestPolicy: 'cache-and-network' });
  useEvery(REFRESH_EVERY_MS, () => readAgain({ requestPolicy: 'network-only' }));
  const page = useKept(data)?.securityAudit;
  const chosen = page?.nodes.find(({ id }) => id === chosenId);
  return (
    <div className={chosen ? 'split' : ''}>
      <section className="stack">
        {fields}
        <AuditProof filter={filter} />
        <Refusals error={error} />
        <Table name="audit" columns={columnsFor(setChosenId)} rows={page?.nodes} chosenId={chosenId} empty="No such entries" />
        <PagerButtons pager={pager} pageInfo={page?.pageInfo} />
      </section>
      {chosen && <AuditEntry entry={chosen} onClose={() => setChosenId(undefined)} />}
    </div>
  );
}

const columnsFor = (choose: (id: string) => void): readonly Column<ShownEntry>[] => [
  { title: 'No.', isWide: true, cell: ({ seq }) => seq },
  { title: 'At', cell: ({ at }) => instantOf(at) },
  {
    title: 'What',
    cell: ({ id, action, operation, override }) => (
      <>
        <button type="button" className="link" onClick={() => choose(id)}>
          {operation ?? words(action)}
        </button>{' '}
        {override && <span className="tag warn">override</span>}
      </>
    ),
  },
  { title: 'Outcome', cell: ({ outcome }) => <State value={outcome} /> },
  { title: 'Who', cell: ({ actor }) => actor?.displayName ?? '–' },
  { title: 'To what', isWide: true, cell: ({ target }) => <code>{target}</code> },
  { title: 'From', isWide: true, cell: ({ sourceAddress }) => <code>{sourceAddress}</code> },
  {
    title: 'Trace',
    isWide: true,
    cell: ({ traceId }) => (
      <a {...linkTo(pathOf('events', traceId))} title={`All that ${traceId} led to`}>
        <code>…{traceId.slice(-8)}</code>
      </a>
    ),
  },
];

const instantFrom = (local: string): string | null => (local ? new Date(local).toISOString() : null);

function useFilter(): { filter: SecurityAuditFilter; fields: ReactNode } {
  const { item: linkedId } = useRoute();
  const [action, setAction] = useState<SecurityAuditAction>();
  const [outcome, setOutcome] = useState<SecurityAuditOutcome>();
  const [actorId, setActorId] = useState<string>();
  const [text, setText] = useState('');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [isOverride, setOverride] = useState(false);
  const filter: SecurityAuditFilter = {
    action: action ?? null,
    outcome: outcome ?? null,
    actorId: actorId ?? linkedId ?? null,
    text: useDeferredValue(text.trim()) || null,
    from: instantFrom(from),
    to: instantFrom(to),
    override: isOverride || null,
  };
  const fields = (
    <div className="fields">
      <Choice name="What" values={ACTIONS} value={action} onChange={setAction} />
      <Choice name="Outcome" values={OUTCOMES} value={outcome} onChange={setOutcome} />
      <UserPick label="Who" onPick={setActorId} />
      <label>
        Text
        <input type="search" value={text} placeholder="target, trace, detail" onChange={(event) => setText(event.target.value)} />
      </label>
      <label>
        From
        <input type="datetime-local" value={from} onChange={(event) => setFrom(event.target.value)} />
      </label>
      <label>
        To
        <input type="datetime-local" value={to} onChange={(event) => setTo(event.target.value)} />
      </label>
      <label className="check">
        <input type="checkbox" checked={isOverride} onChange={(event) => setOverride(event.target.checked)} />
        Overrides only
      </label>
      {linkedId && <a {...linkTo(pathOf('audit'))}>Only one user: show all</a>}
    </div>
  );
  return { filter, fields };
}
