import type { Client } from '@urql/core';
import { useState, type ReactNode } from 'react';
import { CallChangesDocument, CallFeedDocument, type CallChangesSubscription, type CallFeedQuery } from '../generated/operations.js';
import { minutes, timeOf, words } from '../format.js';
import { ask, useLive, type Snapshot } from '../live.js';
import { State } from '../parts/state.js';
import { useSession } from '../session.js';
import { CallCard, useCall } from './call-card.js';

type FeedCall = CallFeedQuery['calls']['nodes'][number];

const SHOWN = 100;

const loadFeed =
  (withSlot: boolean) =>
  async (client: Client): Promise<Snapshot<FeedCall>> => {
    const { calls } = await ask(client, CallFeedDocument, { first: SHOWN, live: null, withSlot });
    return { items: calls.nodes, cursor: calls.liveCursor };
  };

const changedCall = (data: CallChangesSubscription): FeedCall | null => data.callUpdated.call;

/** Calls that go on first, then the newest. */
const order = (a: FeedCall, b: FeedCall): number => Number(a.status === 'ENDED') - Number(b.status === 'ENDED') || b.startedAt.localeCompare(a.startedAt);

export function CallsView(): ReactNode {
  const { role } = useSession();
  const withSlot = role !== 'seller';
  const { items, problem } = useLive(loadFeed(withSlot), CallChangesDocument, { withSlot }, changedCall);
  const [chosenId, setChosenId] = useState<string>();
  const chosen = useCall(chosenId, withSlot);
  const calls = items.toSorted(order).slice(0, SHOWN);
  return (
    <div className="split">
      <section>
        {problem && <p className="problem">{problem}</p>}
        <table>
          <thead>
            <tr>
              <th>State</th>
              <th>Number</th>
              {withSlot && <th>Slot</th>}
              <th>Operator</th>
              <th>Lead</th>
              <th>Started</th>
              <th>Talk</th>
            </tr>
          </thead>
          <tbody>
            {calls.map((call) => (
              <tr key={call.id} data-testid="call-row" data-call={call.id} data-status={call.status} aria-selected={call.id === chosenId} onClick={() => setChosenId(call.id)}>
                <td>
                  <State value={call.status} /> {call.outcome && <small>{words(call.outcome)}</small>}
                </td>
                <td>
                  <button type="button" className="link" onClick={() => setChosenId(call.id)}>
                    {call.phoneNumber}
                  </button>
                </td>
                {withSlot && <td>{call.slot?.number}</td>}
                <td>{call.operator?.displayName}</td>
                <td>{call.lead?.clientName}</td>
                <td>{timeOf(call.startedAt)}</td>
                <td>{minutes(call.talkSeconds)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {calls.length === 0 && <p className="empty">No calls yet</p>}
      </section>
      {chosen && (
        <aside className="card panel">
          <h2>Call</h2>
          <CallCard call={chosen} withNotes={role === 'operator' || role === 'seller'} />
        </aside>
      )}
    </div>
  );
}
