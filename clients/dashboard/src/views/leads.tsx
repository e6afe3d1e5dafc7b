import { useDeferredValue, useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { useMutation, useQuery } from 'urql';
import { useFeed } from '../feed.js';
import { AddLeadDocument, ChangeLeadDocument, LeadDetailDocument, LeadListDocument, type LeadRowFragment, type LeadStatus } from '../generated/operations.js';
import { dateOf, minutes, words } from '../format.js';
import { textOf, useEvery, useKept, useOnce } from '../parts/hooks.js';
import { NoteForm, NoteList } from '../parts/notes.js';
import { Refusals } from '../parts/refusals.js';
import { State } from '../parts/state.js';
import { go, linkTo, pathOf, useRoute } from '../route.js';
import { useSession } from '../session.js';

const STATUSES: readonly LeadStatus[] = ['NEW', 'CONTACTED', 'QUALIFIED', 'WON', 'LOST'];
const REFRESH_EVERY_MS = 5_000;
const PAGE = 50;
const MOST = 200;

export function LeadsView(): ReactNode {
  const { role } = useSession();
  const { item: chosenId } = useRoute();
  const [search, setSearch] = useState('');
  const [status, setStatus] = useState<LeadStatus>();
  const [first, setFirst] = useState(PAGE);
  const wanted = useDeferredValue(search.trim());
  const [{ data, error }, readAgain] = useQuery({ query: LeadListDocument, variables: { first, filter: { search: wanted || null, status: status ?? null } }, requestPolicy: 'cache-and-network' });
  const refresh = (): void => readAgain({ requestPolicy: 'network-only' });
  useEvery(REFRESH_EVERY_MS, refresh);
  const leads = useKept(data)?.leads;
  return (
    <div className={chosenId ? 'split' : ''}>
      <section className="stack">
        {(role === 'seller' || role === 'admin') && <LeadForm onCreated={refresh} />}
        <div className="fields">
          <input type="search" placeholder="Name or number" aria-label="Search leads" value={search} onChange={(event) => setSearch(event.target.value)} />
          <select aria-label="Status of leads" value={status ?? ''} onChange={(event) => setStatus(STATUSES.find((known) => known === event.target.value))}>
            <option value="">all</option>
            {STATUSES.map((known) => (
              <option key={known} value={known}>
                {words(known)}
              </option>
            ))}
          </select>
          {leads && <small>{leads.totalCount} leads</small>}
        </div>
        <Refusals error={error} />
        <LeadTable leads={leads?.nodes ?? []} chosenId={chosenId} />
        {leads?.totalCount === 0 && <p className="empty">No leads</p>}
        {leads?.pageInfo.hasNextPage && first < MOST && (
          <button type="button" onClick={() => setFirst(first + PAGE)}>
            Show more
          </button>
        )}
      </section>
      {chosenId && <LeadPanel key={chosenId} id={chosenId} />}
    </div>
  );
}

function LeadTable({ leads, chosenId }: { leads: readonly LeadRowFragment[]; chosenId: string | undefined }): ReactNode {
  return (
    <div className="table">
      <table>
        <thead>
          <tr>
            <th>Client</th>
            <th>Number</th>
            <th>Status</th>
            <th className="wide">Seller</th>
            <th className="wide">Since</th>
          </tr>
        </thead>
        <tbody>
          {leads.map((lead) => (
            <tr key={lead.id} data-testid="lead-row" aria-selected={lead.id === chosenId} onClick={() => go(pathOf('leads', lead.id))}>
              <td>
                <a {...linkTo(pathOf('leads', lead.id))}>{lead.clientName}</a>
              </td>
              <td>{lead.phone}</td>
              <td>
                <State value={lead.status} />
              </td>
              <td className="wide">{lead.assignedSeller?.displayName}</td>
              <td className="wide">{dateOf(lead.createdAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function LeadForm({ onCreated }: { onCreated: () => void }): ReactNode {
  const [{ data, error, fetching }, addLead] = useOnce(AddLeadDocument);
  const create = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    const created = await addLead({ clientName: textOf(fields, 'clientName'), phone: textOf(fields, 'phone') });
    if (!created?.leadCreate.lead) return;
    form.reset();
    onCreated();
    go(pathOf('leads', created.leadCreate.lead.id));
  };
  return (
    <form className="card fields" onSubmit={(event) => void create(event)}>
      <label>
        Client
        <input name="clientName" required maxLength={200} autoComplete="off" />
      </label>
      <label>
        Phone number
        <input name="phone" type="tel" placeholder="+12125550100" required autoComplete="off" />
      </label>
      <button type="submit" className="primary" disabled={fetching}>
        Create lead
      </button>
      <Refusals refusals={data?.leadCreate.userErrors} error={error} />
    </form>
  );
}

function LeadPanel({ id }: { id: string }): ReactNode {
  const { role, feeds } = useSession();
  const [{ data, error }, readAgain] = useQuery({ query: LeadDetailDocument, variables: { id }, requestPolicy: 'cache-and-network' });
  const lead = useKept(data)?.lead;
  const refresh = (): void => readAgain({ requestPolicy: 'network-only' });
  // Its calls as the feed tells them: when one changes, the lead's own list is read again.
  const { items } = useFeed(feeds.calls);
  const news = items
    .filter((call) => call.lead?.id === id)
    .map((call) => `${call.id}:${call.version}`)
    .join();
  const heard = useRef(news);
  useEffect(() => {
    if (heard.current !== news) readAgain({ requestPolicy: 'network-only' });
    heard.current = news;
  }, [news, readAgain]);
  useEvery(REFRESH_EVERY_MS, refresh);
  const mayWrite = role === 'seller' || role === 'operator';
  if (!lead)
    return (
      <aside className="card panel" aria-label="Lead">
        <Refusals error={error} />
      </aside>
    );
  return (
    <aside className="card panel" aria-label="Lead">
      <h2>{lead.clientName}</h2>
      <p className="headline">
        {lead.phone}
        {role === 'operator' && <a {...linkTo(pathOf('slots', lead.phone))}>Call this number</a>}
      </p>
      {mayWrite || role === 'admin' ? <StatusChoice lead={lead} onConflict={refresh} /> : <State value={lead.status} />}
      <h3>Calls</h3>
      {lead.calls?.nodes.length === 0 && <p className="empty">No calls yet</p>}
      <ul className="notes">
        {lead.calls?.nodes.map((call) => (
          <li key={call.id} data-status={call.status}>
            <a {...linkTo(pathOf('calls', call.id))}>{dateOf(call.startedAt)}</a> · {words(call.outcome ?? call.status)}
            {call.talkSeconds ? ` · ${minutes(call.talkSeconds)}` : ''}
            {call.operator ? ` · ${call.operator.displayName}` : ''}
          </li>
        ))}
      </ul>
      <h3>Notes</h3>
      {mayWrite && <NoteForm leadId={lead.id} onWritten={refresh} />}
      <NoteList notes={lead.notes.nodes} />
    </aside>
  );
}

function StatusChoice({ lead, onConflict }: { lead: LeadRowFragment; onConflict: () => void }): ReactNode {
  const [{ data, error, fetching }, changeLead] = useMutation(ChangeLeadDocument);
  const change = async (status: LeadStatus): Promise<void> => {
    const changed = await changeLead({ input: { id: lead.id, expectedVersion: lead.version, status } });
    if (!changed.data?.leadUpdate.lead) onConflict();
  };
  return (
    <>
      <label>
        Status
        <select value={fetching ? undefined : lead.status} disabled={fetching} onChange={(event) => void change(event.target.value as LeadStatus)}>
          {STATUSES.map((status) => (
            <option key={status} value={status}>
              {words(status)}
            </option>
          ))}
        </select>
      </label>
      <Refusals refusals={data?.leadUpdate.userErrors} error={error} />
    </>
  );
}
