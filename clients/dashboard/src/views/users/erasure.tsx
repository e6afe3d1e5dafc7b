import type { ReactNode } from 'react';
import { useMutation, useQuery } from 'urql';
import { ErasePersonDocument, ErasureReportDocument, type ErasureReportQuery } from '../../generated/operations.js';
import { dateOf } from '../../format.js';
import { DialogButton, Form } from '../../parts/form.js';
import { textOf, useEvery, useKept } from '../../parts/hooks.js';
import { Refusals } from '../../parts/refusals.js';
import type { DetailedUser } from './user-panel.js';

const REFRESH_EVERY_MS = 2_000;
type Report = NonNullable<ErasureReportQuery['erasureReport']>;

/** What was erased of a user, or the way to erase it; only of one who was taken out. */
export function Erasure({ user, onErased }: { user: DetailedUser; onErased: () => void }): ReactNode {
  const [{ data, error }, readAgain] = useQuery({ query: ErasureReportDocument, variables: { userId: user.id }, requestPolicy: 'cache-and-network' });
  const report = useKept(data)?.erasureReport;
  const refresh = (): void => readAgain({ requestPolicy: 'network-only' });
  useEvery(REFRESH_EVERY_MS, () => {
    if (report?.complete === false) refresh();
  });
  return (
    <section className="stack" aria-label="Personal data">
      <h3>Personal data</h3>
      <Refusals error={error} />
      {report && <ErasureReport report={report} />}
      {data && !report && (
        <DialogButton label="Erase personal data" title={`Erase what names ${user.username}`} isDanger>
          {(close) => <EraseForm userId={user.id} onDone={() => (close(), refresh(), onErased())} />}
        </DialogButton>
      )}
    </section>
  );
}

function EraseForm({ userId, onDone }: { userId: string; onDone: () => void }): ReactNode {
  const [{ data, error, fetching }, erase] = useMutation(ErasePersonDocument);
  const send = async (fields: FormData): Promise<void> => {
    if ((await erase({ input: { userId, reason: textOf(fields, 'reason') } })).data?.personErase.erasure) onDone();
  };
  return (
    <Form action="Erase for good" isDanger isBusy={fetching} refusals={data?.personErase.userErrors} error={error} onSend={send}>
      <p className="hint">Name, contact data, devices and whatever else names the person goes, everywhere. Calls, notes and the audit stay, under a pseudonym. Nobody can undo it.</p>
      <label>
        Reason
        <input name="reason" required maxLength={500} placeholder="number of the request; nothing personal" autoComplete="off" autoFocus />
      </label>
    </Form>
  );
}

function ErasureReport({ report: { createdAt, createdBy, reason, answers, complete } }: { report: Report }): ReactNode {
  return (
    <>
      <p className="hint">
        Erased {dateOf(createdAt)} by {createdBy?.displayName ?? 'somebody'}: {reason}. {complete ? '' : 'Some parts have not answered yet.'}
      </p>
      <ul className="notes">
        {answers.flatMap(({ subgraph, answeredAt, holdings }) =>
          answeredAt
            ? holdings.map(({ what, erased, kept, reason: why }) => (
                <li key={`${subgraph} ${what}`}>
                  {subgraph}, {what}: {erased} erased{kept > 0 && `, ${kept} kept`}
                  {why && <small> · {why}</small>}
                </li>
              ))
            : [<li key={subgraph}>{subgraph}: not yet</li>],
        )}
      </ul>
    </>
  );
}
