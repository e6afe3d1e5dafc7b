import { useEffect, useRef, type ReactNode } from 'react';
import { useQuery } from 'urql';
import { CallDetailDocument, EndCallDocument } from '../generated/operations.js';
import type { FeedCall } from '../feeds.js';
import { minutes, timeOf, words } from '../format.js';
import { Facts } from '../parts/facts.js';
import { useClock, useKept, useOnce } from '../parts/hooks.js';
import { NoteForm, NoteList } from '../parts/notes.js';
import { Refusals } from '../parts/refusals.js';
import { State } from '../parts/state.js';
import { useSession } from '../session.js';

/** One call as the feed tells it; its notes, and an old call that the feed does not hold, are asked for. */
export function CallCard({ id, shown }: { id: string; shown: FeedCall | undefined }): ReactNode {
  const { role } = useSession();
  const [{ data, error }, readAgain] = useQuery({ query: CallDetailDocument, variables: { id, withSlot: role !== 'seller' }, requestPolicy: 'cache-and-network' });
  const detail = useKept(data)?.call;
  const version = shown?.version;
  useEffect(() => {
    if (version !== undefined && detail !== undefined && detail.version < version) readAgain({ requestPolicy: 'network-only' });
  }, [version, detail, readAgain]);
  const call = shown ?? detail;
  if (!call) return <Refusals error={error} />;
  const mayWrite = role === 'operator' || role === 'seller';
  return (
    <div className="stack" data-testid="call" data-call={call.id} data-status={call.status}>
      <CallFacts call={call} hungUpBy={detail?.hungUpBy} />
      {role === 'operator' && <HangUp call={call} />}
      <h3>Notes</h3>
      {mayWrite && <NoteForm callId={call.id} onWritten={() => readAgain({ requestPolicy: 'network-only' })} />}
      <NoteList notes={detail?.notes?.nodes ?? []} />
    </div>
  );
}

function CallFacts({ call, hungUpBy }: { call: FeedCall; hungUpBy: string | null | undefined }): ReactNode {
  const isLive = call.status !== 'ENDED';
  const now = useClock(isLive);
  const secondsSince = (at: string): number => (now - Date.parse(at)) / 1_000;
  return (
    <>
      <p className="headline" aria-live="polite">
        <State value={call.status} /> {call.outcome && <span className="tag">{words(call.outcome)}</span>}
        {isLive && <strong aria-hidden="true">{minutes(secondsSince(call.answeredAt ?? call.startedAt))}</strong>}
      </p>
      <Facts
        facts={{
          Number: call.phoneNumber,
          Slot: call.slot?.number,
          Lead: call.lead?.clientName,
          Operator: call.operator?.displayName,
          Started: timeOf(call.startedAt),
          Answered: call.answeredAt && timeOf(call.answeredAt),
          Ended: call.endedAt && timeOf(call.endedAt),
          Talk: isLive ? undefined : minutes(call.talkSeconds),
          'Ended by': hungUpBy && words(hungUpBy),
          'SIP answer': call.sipCode,
          Reason: call.failureReason && words(call.failureReason),
        }}
      />
    </>
  );
}

function HangUp({ call }: { call: FeedCall }): ReactNode {
  const [{ data, error, fetching }, endCall] = useOnce(EndCallDocument);
  const button = useRef<HTMLButtonElement>(null);
  const isLive = call.status !== 'ENDED';
  // Whoever dialled from the keyboard has the next thing he may need under his fingers; who writes is left alone.
  useEffect(() => {
    if (isLive && document.activeElement === document.body) button.current?.focus();
  }, [isLive]);
  const isOrdered = Boolean(data?.callEnd.call);
  return (
    <>
      {isLive && (
        <button ref={button} type="button" className="danger" disabled={fetching || isOrdered} onClick={() => void endCall({ callId: call.id })}>
          {isOrdered ? 'Hanging up …' : 'Hang up'}
        </button>
      )}
      {isLive && <Refusals refusals={data?.callEnd.userErrors} error={error} />}
    </>
  );
}
