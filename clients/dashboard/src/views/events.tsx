import { useState, type ReactNode } from 'react';
import { useQuery } from 'urql';
import { EventLogDocument, type LogModule, type LogSeverity } from '../generated/operations.js';
import { dateOf } from '../format.js';
import { useEvery } from '../live.js';
import { Refusals } from '../parts/refusals.js';
import { State } from '../parts/state.js';

const MODULES: readonly LogModule[] = ['OTTB', 'POINT', 'WORKSPACE', 'DCI', 'DEVICES', 'HUB'];
const SEVERITIES: readonly LogSeverity[] = ['ERROR', 'WARNING', 'INFO', 'DEBUG'];
const REFRESH_EVERY_MS = 3_000;

export function EventsView(): ReactNode {
  const [module, setModule] = useState<LogModule>();
  const [severity, setSeverity] = useState<LogSeverity>();
  const [{ data, error }, readAgain] = useQuery({ query: EventLogDocument, variables: { filter: { module: module ?? null, severity: severity ?? null } }, requestPolicy: 'cache-and-network' });
  useEvery(REFRESH_EVERY_MS, () => readAgain({ requestPolicy: 'network-only' }));
  return (
    <section>
      <div className="row tools">
        <Choice name="Module" values={MODULES} onChange={setModule} />
        <Choice name="Severity" values={SEVERITIES} onChange={setSeverity} />
      </div>
      <Refusals error={error} />
      <table>
        <thead>
          <tr>
            <th>At</th>
            <th>Module</th>
            <th>Severity</th>
            <th>Event</th>
            <th>What</th>
            <th>Trace</th>
          </tr>
        </thead>
        <tbody>
          {data?.events.nodes.map((event) => (
            <tr key={event.id}>
              <td>{dateOf(event.at)}</td>
              <td>{event.module}</td>
              <td>
                <State value={event.severity} />
              </td>
              <td>
                <code>{event.type}</code>
              </td>
              <td>{event.summary}</td>
              <td>
                <code>{event.traceId?.slice(0, 12)}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Choice<T extends string>({ name, values, onChange }: { name: string; values: readonly T[]; onChange: (value: T | undefined) => void }): ReactNode {
  return (
    <label className="row">
      {name}
      <select onChange={(event) => onChange(values.find((value) => value === event.target.value))}>
        <option value="">all</option>
        {values.map((value) => (
          <option key={value}>{value}</option>
        ))}
      </select>
    </label>
  );
}
