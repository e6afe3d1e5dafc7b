import type { ReactNode } from 'react';
import { useFeed } from '../feed.js';
import type { FeedCall } from '../feeds.js';
import { minutes, timeOf, words } from '../format.js';
import { Refusals } from '../parts/refusals.js';
import { State } from '../parts/state.js';
import { go, linkTo, pathOf, useRoute } from '../route.js';
import { useSession } from '../session.js';
import { CallCard } from './call-card.js';

export function CallsView(): ReactNode {
  const { role, feeds } = useSession();
  const { item: chosenId } = useRoute();
  const { items, isLoaded, problem } = useFeed(feeds.calls);
  const withSlot = role !== 'seller';
  return (
    <div className={chosenId ? 'split' : ''}>
      <section>
        <Refusals refusals={problem ? [{ message: problem }] : []} />
        <div className="table">
          <table>
            <thead>
              <tr>
                <th>State</th>
                <th>Number</th>
                {withSlot && <th>Slot</th>}
                <th className="wide">Operator</th>
                <th>Lead</th>
                <th className="wide">Started</th>
                <th>Talk</th>
              </tr>
            </thead>
            <tbody>
              {items.map((call) => (
                <Row key={call.id} call={call} withSlot={withSlot} isChosen={call.id === chosenId} />
              ))}
            </tbody>
          </table>
        </div>
        {isLoaded && items.length === 0 && <p className="empty">No calls yet</p>}
      </section>
      {chosenId && (
        <aside className="card panel" aria-label="Call">
          <h2>Call</h2>
          <CallCard key={chosenId} id={chosenId} shown={items.find(({ id }) => id === chosenId)} />
        </aside>
      )}
    </div>
  );
}

function Row({ call, withSlot, isChosen }: { call: FeedCall; withSlot: boolean; isChosen: boolean }): ReactNode {
  const path = pathOf('calls', call.id);
  return (
    <tr data-testid="call-row" data-call={call.id} data-status={call.status} aria-selected={isChosen} onClick={() => go(path)}>
      <td>
        <State value={call.status} /> {call.outcome && <small>{words(call.outcome)}</small>}
      </td>
      <td>
        <a {...linkTo(path)}>{call.phoneNumber}</a>
      </td>
      {withSlot && <td>{call.slot?.number}</td>}
      <td className="wide">{call.operator?.displayName}</td>
      <td>{call.lead?.clientName}</td>
      <td className="wide">{timeOf(call.startedAt)}</td>
      <td>{call.status === 'ENDED' ? minutes(call.talkSeconds) : ''}</td>
    </tr>
  );
}
