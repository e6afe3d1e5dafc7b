import { useState, type ReactNode } from 'react';
import { useQuery } from 'urql';
import { EventLogDocument, type LogModule, type LogSeverity } from '../generated/operations.js';
import { instantOf } from '../format.js';
import { Choice } from '../parts/choice.js';
import { useEvery, useKept } from '../parts/hooks.js';
import { Refusals } from '../parts/refusals.js';
import { State } from '../parts/state.js';
import { Suggest } from '../parts/suggest.js';
import { go, linkTo, pathOf, useRoute } from '../route.js';

const MODULES: readonly LogModule[] = ['OTTB', 'POINT', 'WORKSPACE', 'DCI', 'DEVICES', 'HUB'];
const SEVERITIES: readonly LogSeverity[] = ['ERROR', 'WARNING', 'INFO', 'DEBUG'];
const REFRESH_EVERY_MS = 3_000;

/** What happened, newest first. `/events/trace_…` shows what one request led to. */
export function EventsView(): ReactNode {
  const { item: traceId } = useRoute();
  const [module, setModule] = useState<LogModule>();
  const [severity, setSeverity] = useState<LogSeverity>();
  const [type, setType] = useState('');
  const filter = { module: module ?? null, severity: severity ?? null, type: type.trim() || null, traceId: traceId ?? null };
  const [{ data, error }, readAgain] = useQuery({ query: EventLogDocument, variables: { filter }, requestPolicy: 'cache-and-network' });
  useEvery(REFRESH_EVERY_MS, () => readAgain({ requestPolicy: 'network-only' }));
  const events = useKept(data)?.events.nodes ?? [];
  return (
    <section className="stack">
      <div className="fields">
        <Choice name="Module" values={MODULES} value={module} label={String} onChange={setModule} />
        <Choice name="Severity" values={SEVERITIES} value={severity} label={String} onChange={setSeverity} />
        <Suggest label="Type" type="search" placeholder="telephony.call.ended" value={type} onChange={(event) => setType(event.target.value)} options={[...new Set(events.map((event) => event.type))].map((value) => ({ value }))} />
        {traceId && (
          <button type="button" onClick={() => go(pathOf('events'))}>
            Only one trace: show all
          </button>
        )}
      </div>
      <Refusals error={error} />
      <div className="table">
        <table>
          <thead>
            <tr>
              <th>At</th>
              <th className="wide">Module</th>
              <th>Severity</th>
              <th className="wide">Event</th>
              <th>What</th>
              <th className="wide">Trace</th>
            </tr>
          </thead>
          <tbody>
            {events.map((event) => (
              <tr key={event.id} data-testid="event-row">
                <td>{instantOf(event.at)}</td>
                <td className="wide">{event.module}</td>
                <td>
                  <State value={event.severity} />
                </td>
                <td className="wide">
                  <code>{event.type}</code>
                </td>
                <td>{event.summary}</td>
                <td className="wide">
                  <a {...linkTo(pathOf('events', event.traceId))} title={`All that ${event.traceId} led to`}>
                    <code>…{event.traceId.slice(-8)}</code>
                  </a>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {data && events.length === 0 && <p className="empty">No such events</p>}
    </section>
  );
}
