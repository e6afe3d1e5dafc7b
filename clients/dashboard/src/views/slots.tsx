import { useClient } from 'urql';
import { useState, type ReactNode } from 'react';
import { CallPanel } from './call-panel.js';
import { SlotChangesDocument, SlotHealthsDocument, SlotWallDocument, type SlotChangesSubscription, type SlotWallQuery } from '../generated/operations.js';
import { words } from '../format.js';
import { ask, askAll, useEvery, useLive, type Snapshot } from '../live.js';
import { State } from '../parts/state.js';
import { useSession } from '../session.js';
import type { Client } from '@urql/core';

export type WallSlot = SlotWallQuery['slots']['nodes'][number];

async function loadWall(client: Client): Promise<Snapshot<WallSlot>> {
  let cursor: string | null | undefined;
  const items = await askAll(async (after) => {
    const { slots } = await ask(client, SlotWallDocument, { after });
    // The first page's cursor is the oldest: replaying from it misses nothing of the later pages.
    cursor ??= slots.liveCursor;
    return slots;
  });
  return { items, cursor };
}

/** A subscription's slot lacks what devices tell of it; the merge keeps what is shown. */
const changedSlot = (data: SlotChangesSubscription): WallSlot | null => data.slotUpdated.slot as WallSlot | null;

const HEALTH_EVERY_MS = 5_000;

export function SlotsView(): ReactNode {
  const { role } = useSession();
  const client = useClient();
  const { items, problem, patch } = useLive(loadWall, SlotChangesDocument, {}, changedSlot);
  const [chosenId, setChosenId] = useState<string>();
  useEvery(HEALTH_EVERY_MS, () => {
    askAll(async (after) => (await ask(client, SlotHealthsDocument, { after })).slots).then(
      (slots) => slots.forEach((slot) => patch(slot.id, slot)),
      () => undefined,
    );
  });
  const slots = items.toSorted((a, b) => a.number.localeCompare(b.number));
  const chosen = slots.find(({ id }) => id === chosenId);
  const groups = Map.groupBy(slots, ({ trunk }) => trunk?.name ?? 'Without trunk');
  return (
    <div className={role === 'operator' ? 'split' : ''}>
      <section>
        {problem && <p className="problem">{problem}</p>}
        {[...groups].map(([trunk, members]) => (
          <div key={trunk}>
            <h2>
              {trunk} <small>{members.length} slots</small>
            </h2>
            <ul className="wall">
              {members.map((slot) => (
                <li key={slot.id}>
                  <Tile slot={slot} chosen={slot.id === chosenId} onChoose={() => setChosenId(slot.id)} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </section>
      {role === 'operator' && <CallPanel slot={chosen} />}
    </div>
  );
}

function Tile({ slot, chosen, onChoose }: { slot: WallSlot; chosen: boolean; onChoose: () => void }): ReactNode {
  return (
    <button type="button" className={`tile ${chosen ? 'chosen' : ''}`} data-testid={`slot-${slot.number}`} data-availability={slot.availability} aria-pressed={chosen} onClick={onChoose}>
      <span className="row">
        <strong>{slot.number}</strong>
        <span className="tag">{slot.kind}</span>
      </span>
      <State value={slot.state} reason={slot.faultReason} />
      <small className="row">
        <span>{words(slot.availability)}</span>
        <span title="SIP registration">{slot.sipRegistered ? 'SIP ✓' : 'SIP –'}</span>
      </small>
      <Health slot={slot} />
      {slot.device?.simulated && <small className="simulated">SIMULATED</small>}
    </button>
  );
}

function Health({ slot: { telemetry } }: { slot: WallSlot }): ReactNode {
  if (!telemetry) return null;
  const readings: [string, number | null | undefined, string][] = [
    ['CPU', telemetry.cpuPercent, '%'],
    ['Temp', telemetry.temperatureCelsius, '°'],
    ['Batt', telemetry.batteryPercent, '%'],
  ];
  return (
    <small className="health">
      {readings.map(([name, value, unit]) =>
        value === null || value === undefined ? null : (
          <span key={name}>
            {name} {Math.round(value)}
            {unit}
          </span>
        ),
      )}
    </small>
  );
}
