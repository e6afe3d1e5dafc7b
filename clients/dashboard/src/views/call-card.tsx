import { useEffect, useState, type ReactNode } from 'react';
import { useClient } from 'urql';
import { CallChangesDocument, CallDetailDocument, type CallDetailQuery } from '../generated/operations.js';
import { minutes, timeOf, words } from '../format.js';
import { ask } from '../live.js';
import { NoteForm, NoteList } from '../parts/notes.js';
import { State } from '../parts/state.js';

export type DetailedCall = CallDetailQuery['call'];

/** One call, kept up to date while it goes on; its notes and record are read again with each change. */
export function useCall(id: string | undefined, withSlot: boolean): DetailedCall | undefined {
  const client = useClient();
  const [call, setCall] = useState<DetailedCall>();
  useEffect(() => {
    if (!id) return undefined;
    setCall(undefined);
    const read = (): void =>
      void ask(client, CallDetailDocument, { id, withSlot }).then(
        (data) => setCall((shown) => (shown && shown.version > data.call.version ? shown : data.call)),
        () => undefined,
      );
    read();
    const { unsubscribe } = client.subscription(CallChangesDocument, { withSlot }).subscribe(({ data }) => {
      if (data?.callUpdated.call?.id === id) read();
    });
    return unsubscribe;
  }, [client, id, withSlot]);
  return call?.id === id ? call : undefined;
}

export function CallCard({ call, withNotes = false }: { call: DetailedCall; withNotes?: boolean }): ReactNode {
  const facts: [string, ReactNode][] = [
    ['Number', call.phoneNumber],
    ['Slot', call.slot?.number],
    ['Lead', call.lead?.clientName],
    ['Operator', call.operator?.displayName],
    ['Started', timeOf(call.startedAt)],
    ['Answered', call.answeredAt && timeOf(call.answeredAt)],
    ['Ended', call.endedAt && timeOf(call.endedAt)],
    ['Talk', call.talkSeconds === null ? undefined : minutes(call.talkSeconds)],
    ['SIP', call.sipCode],
    ['Reason', call.failureReason && words(call.failureReason)],
  ];
  return (
    <div className="stack" data-testid="call" data-status={call.status}>
      <p>
        <State value={call.status} /> {call.outcome && <span className="tag">{words(call.outcome)}</span>}
      </p>
      <dl>
        {facts.map(([name, value]) =>
          value === null || value === undefined || value === '' ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
      {withNotes && (
        <>
          <NoteForm callId={call.id} />
          <NoteList notes={call.notes?.nodes ?? []} />
        </>
      )}
    </div>
  );
}
