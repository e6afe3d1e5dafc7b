import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { useFeed } from '../feed.js';
import type { WallSlot } from '../feeds.js';
import { StartCallDocument } from '../generated/operations.js';
import { words } from '../format.js';
import { useOnce } from '../parts/hooks.js';
import { Refusals } from '../parts/refusals.js';
import { useSession } from '../session.js';
import { CallCard } from './call-card.js';

const isFree = (slot: WallSlot): boolean => slot.state === 'READY' && slot.availability === 'FREE';

interface Props {
  slot: WallSlot | undefined;
  onClear: () => void;
  /** Filled in beforehand, for example from a lead. */
  number: string | undefined;
}

/** Where an operator dials and follows his call. A call that goes on is found again after a reload. */
export function CallPanel({ slot, onClear, number }: Props): ReactNode {
  const { feeds } = useSession();
  const { items } = useFeed(feeds.calls);
  const [latestId, setLatestId] = useState<string>();
  const going = items.find(({ status }) => status !== 'ENDED');
  // Once ended it stays: the note is mostly written then.
  if (going && going.id !== latestId) setLatestId(going.id);
  const callId = going?.id ?? latestId;
  return (
    <aside className="card panel" aria-label="Call">
      {going ? <h2>Your call</h2> : <DialForm slot={slot} onClear={onClear} number={number} onStarted={setLatestId} />}
      {callId && <CallCard key={callId} id={callId} shown={items.find(({ id }) => id === callId)} />}
    </aside>
  );
}

function DialForm({ slot, onClear, number, onStarted }: Props & { onStarted: (callId: string) => void }): ReactNode {
  const [{ data, error, fetching }, startCall] = useOnce(StartCallDocument);
  const [phoneNumber, setPhoneNumber] = useState(number ?? '');
  const [given, setGiven] = useState(number);
  if (number !== given) {
    setGiven(number);
    setPhoneNumber(number ?? '');
  }
  const field = useRef<HTMLInputElement>(null);
  const slotId = slot?.id;
  // A slot was chosen, or a number given: the next thing is the number.
  useEffect(() => {
    if (slotId || number) field.current?.focus();
  }, [slotId, number]);
  const dial = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const from = slotId ? { slotId } : { slotSelector: {} };
    const started = await startCall({ ...from, phoneNumber: phoneNumber.replaceAll(/[\s()-]/g, '') });
    if (started?.callStart.call) onStarted(started.callStart.call.id);
  };
  const isTaken = slot !== undefined && !isFree(slot);
  return (
    <form className="stack" onSubmit={(event) => void dial(event)}>
      <h2>{slot ? `Call from ${slot.number}` : 'Call from any free slot'}</h2>
      <p className="hint">
        {slot ? (
          <>
            {isTaken ? `Slot ${slot.number} is ${words(slot.availability)}: choose another, or ` : 'Or '}
            <button type="button" className="link" onClick={onClear}>
              any free slot
            </button>
          </>
        ) : (
          'Choose one on the wall to call from that'
        )}
      </p>
      <label>
        Phone number
        <input
          ref={field}
          name="phoneNumber"
          type="tel"
          autoComplete="off"
          placeholder="+12125550100"
          required
          pattern="\+[0-9 \(\)\-]{6,20}"
          title="With country code, such as +12125550100"
          value={phoneNumber}
          onChange={(event) => setPhoneNumber(event.target.value)}
        />
      </label>
      <button type="submit" className="primary" disabled={isTaken || fetching}>
        Call
      </button>
      <Refusals refusals={data?.callStart.userErrors} error={error} />
    </form>
  );
}
