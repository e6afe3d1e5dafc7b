import type { ReactNode } from 'react';
import { useMutation } from 'urql';
import type { WallSlot } from '../feeds.js';
import { RecoverSlotDocument, SetSlotServiceDocument } from '../generated/operations.js';
import { instantOf, words } from '../format.js';
import { Facts } from '../parts/facts.js';
import { useOnce } from '../parts/hooks.js';
import { Refusals } from '../parts/refusals.js';
import { State } from '../parts/state.js';
import { useSession } from '../session.js';

const rounded = (value: number | null | undefined, unit: string): string | undefined => (value === null || value === undefined ? undefined : `${Math.round(value)} ${unit}`);

/** One slot closely: what it is, how it does, and what an administrator may do with it. */
export function SlotPanel({ slot }: { slot: WallSlot }): ReactNode {
  const { role } = useSession();
  const { device, telemetry } = slot;
  return (
    <aside className="card panel" aria-label="Slot">
      <h2>
        Slot {slot.number} <span className="tag">{slot.kind}</span>
      </h2>
      <State value={slot.state} reason={slot.faultReason} />
      <Facts
        facts={{
          Since: instantOf(slot.stateSince),
          Availability: words(slot.availability),
          Service: words(slot.adminState),
          SIP: slot.sipRegistered ? 'registered' : 'not registered',
          Trunk: slot.trunk?.name,
          Device: device?.model,
          Serial: device?.serial,
          'Device is': device && (device.online ? 'online' : 'offline'),
          CPU: rounded(telemetry?.cpuPercent, '%'),
          Memory: rounded(telemetry?.ramPercent, '%'),
          Temperature: rounded(telemetry?.temperatureCelsius, '°C'),
          Battery: rounded(telemetry?.batteryPercent, '%'),
          'Radio link': rounded(telemetry?.linkPercent, '%'),
          Measured: telemetry && instantOf(telemetry.at),
        }}
      />
      {role === 'admin' && <Service slot={slot} />}
    </aside>
  );
}

function Service({ slot }: { slot: WallSlot }): ReactNode {
  const [set, setService] = useMutation(SetSlotServiceDocument);
  const [recovery, recover] = useOnce(RecoverSlotDocument);
  const isServing = slot.adminState === 'IN_SERVICE';
  return (
    <div className="stack">
      <button type="button" disabled={set.fetching} onClick={() => void setService({ input: { slotId: slot.id, adminState: isServing ? 'MAINTENANCE' : 'IN_SERVICE', expectedVersion: slot.version } })}>
        {isServing ? 'Take out of service' : 'Put into service'}
      </button>
      {slot.state === 'FAULT' && (
        <button type="button" disabled={recovery.fetching} onClick={() => void recover({ slotId: slot.id, cyclePower: false })}>
          Check and recover
        </button>
      )}
      <Refusals refusals={set.data?.slotAdminStateSet.userErrors} error={set.error} />
      <Refusals refusals={recovery.data?.slotRecover.userErrors} error={recovery.error} />
    </div>
  );
}
