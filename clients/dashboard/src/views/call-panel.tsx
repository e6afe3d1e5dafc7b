import { useEffect, useState, type FormEvent, type ReactNode } from 'react';
import { useMutation } from 'urql';
import { EndCallDocument, StartCallDocument } from '../generated/operations.js';
import { CallCard, useCall } from './call-card.js';
import type { WallSlot } from './slots.js';
import { Refusals } from '../parts/refusals.js';

/** Where an operator dials from the slot he chose and follows his call. */
export function CallPanel({ slot }: { slot: WallSlot | undefined }): ReactNode {
  const [start, startCall] = useMutation(StartCallDocument);
  const [end, endCall] = useMutation(EndCallDocument);
  const [callId, setCallId] = useState<string>();
  const call = useCall(callId, true);
  const live = call && call.status !== 'ENDED';
  const free = slot?.availability === 'FREE' && slot.state === 'READY';
  useEffect(() => {
    const started = start.data?.callStart.call?.id;
    if (started) setCallId(started);
  }, [start.data]);
  const dial = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const phoneNumber = String(new FormData(event.currentTarget).get('phoneNumber')).replaceAll(/[\s()-]/g, '');
    if (slot) await startCall({ input: { slotId: slot.id, phoneNumber, idempotencyKey: crypto.randomUUID() } });
  };
  return (
    <aside className="card panel" aria-label="Call">
      <h2>{slot ? `Call from ${slot.number}` : 'Choose a free slot'}</h2>
      <form className="stack" onSubmit={(event) => void dial(event)}>
        <label>
          Phone number
          <input name="phoneNumber" type="tel" placeholder="+1 555 010 0123" required pattern="\+[0-9 ()\-]{6,20}" title="With country code, e.g. +15550100123" />
        </label>
        <button type="submit" className="primary" disabled={!free || Boolean(live) || start.fetching}>
          Call
        </button>
      </form>
      <Refusals refusals={start.data?.callStart.userErrors} error={start.error} />
      {call && <CallCard call={call} withNotes />}
      {live && (
        <button type="button" className="danger" disabled={end.fetching} onClick={() => void endCall({ input: { callId: call.id, idempotencyKey: crypto.randomUUID() } })}>
          Hang up
        </button>
      )}
      <Refusals refusals={end.data?.callEnd.userErrors} error={end.error} />
    </aside>
  );
}
