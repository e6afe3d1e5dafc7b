import { memo, useCallback, useState, type ReactNode } from 'react';
import { useClient } from 'urql';
import { useFeed } from '../feed.js';
import type { WallSlot } from '../feeds.js';
import { SlotHealthsDocument } from '../generated/operations.js';
import { words } from '../format.js';
import { ask, askAll } from '../graph.js';
import { useEvery } from '../parts/hooks.js';
import { Refusals } from '../parts/refusals.js';
import { State } from '../parts/state.js';
import { useRoute } from '../route.js';
import { useSession } from '../session.js';
import { CallPanel } from './call-panel.js';
import { SlotPanel } from './slot-panel.js';

const HEALTH_EVERY_MS = 5_000;

/** Every slot, by trunk. An operator calls from here; the others look at a slot more closely. */
export function SlotsView(): ReactNode {
  const { role, feeds } = useSession();
  const { item: number } = useRoute();
  const { items: slots, isLoaded, problem } = useFeed(feeds.slots);
  const [chosenId, setChosenId] = useState<string>();
  const choose = useCallback((id: string) => setChosenId((chosen) => (chosen === id ? undefined : id)), []);
  useHealth();
  const chosen = slots.find(({ id }) => id === chosenId);
  const trunks = Map.groupBy(slots, ({ trunk }) => trunk?.id);
  return (
    <div className={role === 'operator' || chosen ? 'split' : ''}>
      <section>
        <Refusals refusals={problem ? [{ message: problem }] : []} />
        {isLoaded && slots.length === 0 && <p className="empty">No slots yet: an administrator creates a trunk first</p>}
        {[...trunks].map(([trunkId, members]) => (
          <Wall key={trunkId ?? ''} name={members[0]?.trunk?.name ?? 'Without trunk'} slots={members} chosenId={chosenId} onChoose={choose} />
        ))}
      </section>
      {role === 'operator' && <CallPanel slot={chosen} onClear={() => setChosenId(undefined)} number={number} />}
      {role !== 'operator' && chosen && <SlotPanel key={chosen.id} slot={chosen} />}
    </div>
  );
}

/** What devices measure is not told by the subscription: a reading is no change of a slot. */
function useHealth(): void {
  const { feeds } = useSession();
  const client = useClient();
  useEvery(HEALTH_EVERY_MS, () => {
    askAll(async (after) => (await ask(client, SlotHealthsDocument, { after })).slots).then(
      (read) => feeds.slots.patch(read),
      // Told by the feed already, which tries again.
      () => undefined,
    );
  });
}

function Wall({ name, slots, chosenId, onChoose }: { name: string; slots: readonly WallSlot[]; chosenId: string | undefined; onChoose: (id: string) => void }): ReactNode {
  const free = slots.filter(({ availability }) => availability === 'FREE').length;
  return (
    <>
      <h2>
        {name}{' '}
        <small>
          {free} of {slots.length} free
        </small>
      </h2>
      <ul className="wall">
        {slots.map((slot) => (
          <li key={slot.id}>
            <Tile slot={slot} isChosen={slot.id === chosenId} onChoose={onChoose} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** Drawn again only when its own slot changes: a wall has hundreds. */
const Tile = memo(({ slot, isChosen, onChoose }: { slot: WallSlot; isChosen: boolean; onChoose: (id: string) => void }): ReactNode => (
  <button
    type="button"
    className={`tile ${isChosen ? 'chosen' : ''}`}
    data-testid={`slot-${slot.number}`}
    data-availability={slot.availability}
    aria-pressed={isChosen}
    onClick={() => onChoose(slot.id)}
  >
    <span className="row">
      <strong>{slot.number}</strong>
      <span className="tag">{slot.kind}</span>
    </span>
    <State value={slot.state} reason={slot.faultReason} />
    <small className="row">
      <span>{slot.adminState === 'IN_SERVICE' ? words(slot.availability) : words(slot.adminState)}</span>
      <span title={slot.sipRegistered ? 'Registered with SIP' : 'Not registered with SIP'}>{slot.sipRegistered ? 'SIP ✓' : 'SIP –'}</span>
    </small>
    <Health slot={slot} />
    {slot.device?.simulated && <small className="simulated">SIMULATED</small>}
  </button>
));
Tile.displayName = 'Tile';

function Health({ slot: { telemetry } }: { slot: WallSlot }): ReactNode {
  const readings: [string, number | null | undefined, string][] = [
    ['CPU', telemetry?.cpuPercent, '%'],
    ['Temp', telemetry?.temperatureCelsius, '°'],
    ['Batt', telemetry?.batteryPercent, '%'],
  ];
  return (
    <small className="health">
      {readings.map(([name, value, unit]) => (
        <span key={name}>
          <span>{name}</span> <span>{value === null || value === undefined ? '–' : `${Math.round(value)}${unit}`}</span>
        </span>
      ))}
    </small>
  );
}
