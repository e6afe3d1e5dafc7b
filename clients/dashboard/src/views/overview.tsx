import { useMemo, type ReactNode } from 'react';
import { useQuery } from 'urql';
import { OverviewDocument, type OverviewQuery } from '../generated/operations.js';
import { minutes, percent, words } from '../format.js';
import { Chart } from '../parts/chart.js';
import { useEvery, useKept } from '../parts/hooks.js';
import { Refusals } from '../parts/refusals.js';
import { useSession } from '../session.js';

type Dashboard = OverviewQuery['dashboard'];

const REFRESH_EVERY_MS = 2_000;

export function OverviewView(): ReactNode {
  const { role } = useSession();
  const [{ data, error }, readAgain] = useQuery({ query: OverviewDocument, variables: { withOperators: role !== 'seller' }, requestPolicy: 'cache-and-network' });
  useEvery(REFRESH_EVERY_MS, () => readAgain({ requestPolicy: 'network-only' }));
  const dashboard = useKept(data)?.dashboard;
  if (!dashboard) return <Refusals error={error} />;
  const { calls, slots, leads, operators } = dashboard;
  return (
    <div className="stack">
      <Refusals error={error} />
      <ul className="figures">
        <Figure name="Calls going on" value={calls.active} />
        <Figure name="Calls today" value={calls.startedToday} />
        <Figure name="Answered today" value={calls.answeredToday} />
        <Figure name="Answered of seized" value={percent(calls.answerSeizureRatio)} />
        <Figure name="Failed today" value={calls.failedToday} />
        <Figure name="Average talk" value={minutes(calls.averageCallDurationSeconds)} />
        {slots && <Figure name="Slots free" value={`${slots.free} / ${slots.total}`} />}
        {slots && <Figure name="Slots in fault" value={slots.fault} />}
        {leads && <Figure name="Leads" value={leads.total} />}
        {leads && <Figure name="Leads won" value={percent(leads.wonRatio)} />}
      </ul>
      <section className="card">
        <h2>Calls a minute</h2>
        <Activity points={dashboard.activity} />
      </section>
      <div className="columns">
        {operators && operators.length > 0 && <Operators operators={operators} />}
        <Counts title="Outcomes today" rows={calls.byOutcome.map(({ outcome, count }) => [outcome, count])} />
        {slots && <Counts title="Slots by state" rows={slots.byState.map(({ state, count }) => [state, count])} />}
        {leads && <Counts title="Leads by status" rows={leads.byStatus.map(({ status, count }) => [status, count])} />}
      </div>
    </div>
  );
}

function Figure({ name, value }: { name: string; value: ReactNode }): ReactNode {
  return (
    <li className="card">
      <small>{name}</small>
      <strong>{value}</strong>
    </li>
  );
}

function Activity({ points }: { points: Dashboard['activity'] }): ReactNode {
  const times = useMemo(() => points.map(({ at }) => Date.parse(at) / 1000), [points]);
  const lines = useMemo(
    () => [
      { label: 'Started', colour: '#5aa9ff', values: points.map(({ started }) => started) },
      { label: 'Answered', colour: '#48d597', values: points.map(({ answered }) => answered) },
    ],
    [points],
  );
  return <Chart times={times} lines={lines} label="Calls started and answered in each of the last 60 minutes" />;
}

function Counts({ title, rows }: { title: string; rows: [string, number][] }): ReactNode {
  const most = Math.max(1, ...rows.map(([, count]) => count));
  return (
    <section className="card">
      <h2>{title}</h2>
      {rows.length === 0 && <p className="empty">None yet</p>}
      <ul className="bars">
        {rows.map(([name, count]) => (
          <li key={name}>
            <span>{words(name)}</span>
            <meter max={most} value={count} />
            <span>{count}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Operators({ operators }: { operators: NonNullable<Dashboard['operators']> }): ReactNode {
  return (
    <section className="card" data-testid="operators">
      <h2>Operators</h2>
      <div className="table">
      <table>
        <thead>
          <tr>
            <th>Operator</th>
            <th>Now</th>
            <th>Today</th>
            <th>Answered</th>
            <th>Talk</th>
          </tr>
        </thead>
        <tbody>
          {operators.map((row) => (
            <tr key={row.operator?.id}>
              <td>{row.operator?.displayName}</td>
              <td>{row.activeCalls}</td>
              <td>{row.callsToday}</td>
              <td>{row.answeredToday}</td>
              <td>{minutes(row.talkSecondsToday)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      </div>
    </section>
  );
}
