import { useState, type FormEvent, type ReactNode } from 'react';
import { useMutation, useQuery } from 'urql';
import { AddLeadDocument, ChangeLeadDocument, LeadDetailDocument, LeadListDocument, type LeadRowFragment, type LeadStatus } from '../generated/operations.js';
import { dateOf, minutes, words } from '../format.js';
import { NoteForm, NoteList } from '../parts/notes.js';
import { Refusals } from '../parts/refusals.js';
import { State } from '../parts/state.js';
import { useSession } from '../session.js';

const STATUSES: readonly LeadStatus[] = ['NEW', 'CONTACTED', 'QUALIFIED', 'WON', 'LOST'];

export function LeadsView(): ReactNode {
  const { role } = useSession();
  const [search, setSearch] = useState('');
  const [chosenId, setChosenId] = useState<string>();
  const [{ data, error }, readAgain] = useQuery({ query: LeadListDocument, variables: { filter: search ? { search } : null }, requestPolicy: 'cache-and-network' });
  const leads = data?.leads.nodes ?? [];
  return (
    <div className="split">
      <section>
        <div className="row tools">
          <input type="search" placeholder="Name or number" aria-label="Search leads" value={search} onChange={(event) => setSearch(event.target.value)} />
          <small>{data?.leads.totalCount} leads</small>
        </div>
        <Refusals error={error} />
        <table>
          <thead>
            <tr>
              <th>Client</th>
              <th>Number</th>
              <th>Status</th>
              <th>Seller</th>
              <th>Since</th>
            </tr>
          </thead>
          <tbody>
            {leads.map((lead) => (
              <tr key={lead.id} aria-selected={lead.id === chosenId} onClick={() => setChosenId(lead.id)}>
                <td>
                  <button type="button" className="link" onClick={() => setChosenId(lead.id)}>
                    {lead.clientName}
                  </button>
                </td>
                <td>{lead.phone}</td>
                <td>
                  <State value={lead.status} />
                </td>
                <td>{lead.assignedSeller?.displayName}</td>
                <td>{dateOf(lead.createdAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {role === 'seller' && <LeadForm onCreated={() => readAgain({ requestPolicy: 'network-only' })} />}
      </section>
      {chosenId && <LeadPanel key={chosenId} id={chosenId} />}
    </div>
  );
}

function LeadForm({ onCreated }: { onCreated: () => void }): ReactNode {
  const [{ data, error, fetching }, addLead] = useMutation(AddLeadDocument);
  const create = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    const result = await addLead({ input: { clientName: String(fields.get('clientName')), phone: String(fields.get('phone')), idempotencyKey: crypto.randomUUID() } });
    if (!result.data?.leadCreate.lead) return;
    form.reset();
    onCreated();
  };
  return (
    <form className="card row" onSubmit={(event) => void create(event)}>
      <label>
        Client
        <input name="clientName" required maxLength={200} />
      </label>
      <label>
        Phone number
        <input name="phone" type="tel" placeholder="+15550100123" required />
      </label>
      <button type="submit" className="primary" disabled={fetching}>
        Create lead
      </button>
      <Refusals refusals={data?.leadCreate.userErrors} error={error} />
    </form>
  );
}

function LeadPanel({ id }: { id: string }): ReactNode {
  const { role } = useSession();
  const [{ data, error }, readAgain] = useQuery({ query: LeadDetailDocument, variables: { id }, requestPolicy: 'cache-and-network' });
  const lead = data?.lead;
  const mayWrite = role === 'seller' || role === 'operator';
  if (!lead) return <aside className="card panel"><Refusals error={error} /></aside>;
  return (
    <aside className="card panel stack" aria-label="Lead">
      <h2>{lead.clientName}</h2>
      <p>{lead.phone}</p>
      {mayWrite ? <StatusChoice lead={lead} /> : <State value={lead.status} />}
      <h3>Calls</h3>
      <ul className="notes">
        {lead.calls?.nodes.map((call) => (
          <li key={call.id}>
            {dateOf(call.startedAt)} · {words(call.outcome ?? call.status)} · {minutes(call.talkSeconds)} · {call.operator?.displayName}
          </li>
        ))}
      </ul>
      <h3>Notes</h3>
      {mayWrite && <NoteForm leadId={lead.id} onWritten={() => readAgain({ requestPolicy: 'network-only' })} />}
      <NoteList notes={lead.notes.nodes} />
    </aside>
  );
}

function StatusChoice({ lead }: { lead: LeadRowFragment }): ReactNode {
  const [{ data, error, fetching }, changeLead] = useMutation(ChangeLeadDocument);
  return (
    <label>
      Status
      <select value={lead.status} disabled={fetching} onChange={(event) => void changeLead({ input: { id: lead.id, expectedVersion: lead.version, status: event.target.value as LeadStatus } })}>
        {STATUSES.map((status) => (
          <option key={status} value={status}>
            {words(status)}
          </option>
        ))}
      </select>
      <Refusals refusals={data?.leadUpdate.userErrors} error={error} />
    </label>
  );
}
