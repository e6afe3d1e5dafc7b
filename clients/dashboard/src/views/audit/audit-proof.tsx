import type { Client } from '@urql/core';
import { useState, type ReactNode } from 'react';
import { useClient, useQuery } from 'urql';
import { AuditHeadDocument, ExportAuditDocument, VerifyAuditDocument, type ExportAuditQuery, type SecurityAuditFilter, type AuditVerifyInput, type VerifyAuditQuery } from '../../generated/operations.js';
import { words } from '../../format.js';
import { ask } from '../../graph.js';
import { DialogButton, Form } from '../../parts/form.js';
import { textOf } from '../../parts/hooks.js';
import { Refusals } from '../../parts/refusals.js';
import { Secret } from '../../parts/secret.js';
import { useSession } from '../../session.js';

const EXPORT_PAGE = 1_000;

type Verification = VerifyAuditQuery['auditVerify'];

/** The chain of what concerns no center, beside that of one's own. */
const PLATFORM = 'platform';

/** What proves the log: its chain is walked through, its head signed, its entries taken out. */
export function AuditProof({ filter }: { filter: SecurityAuditFilter }): ReactNode {
  const { may } = useSession();
  const [isPlatform, setPlatform] = useState(false);
  const centerId = isPlatform ? PLATFORM : null;
  return (
    <div className="actions">
      {may('audit:read', 'ALL') && (
        <select aria-label="Chain" value={centerId ?? ''} onChange={(event) => setPlatform(event.target.value === PLATFORM)}>
          <option value="">chain of this center</option>
          <option value={PLATFORM}>chain of the platform</option>
        </select>
      )}
      {may('audit:verify') && (
        <DialogButton label="Verify" title="Verify the chain">
          {() => <VerifyForm centerId={centerId} />}
        </DialogButton>
      )}
      <DialogButton label="Signed head">{() => <Head centerId={centerId} />}</DialogButton>
      {may('audit:export') && <ExportButton centerId={centerId} filter={filter} />}
    </div>
  );
}

function VerifyForm({ centerId }: { centerId: string | null }): ReactNode {
  const client = useClient();
  const [result, setResult] = useState<Verification>();
  const [problem, setProblem] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const verify = async (fields: FormData): Promise<void> => {
    const numberOf = (name: string): number | null => (textOf(fields, name) ? Number(textOf(fields, name)) : null);
    setBusy(true);
    setResult(undefined);
    setProblem(undefined);
    try {
      const input = { centerId, fromSeq: numberOf('fromSeq'), toSeq: numberOf('toSeq'), head: textOf(fields, 'head').trim() || null };
      setResult(await verifyAll(client, input));
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Form action="Verify" isBusy={isBusy} error={problem} onSend={verify}>
      <div className="fields">
        <label>
          From number
          <input name="fromSeq" type="number" min={1} placeholder="first" />
        </label>
        <label>
          To number
          <input name="toSeq" type="number" min={1} placeholder="last" />
        </label>
      </div>
      <label>
        A signed head from earlier
        <textarea name="head" rows={3} placeholder="with it a cut of the newest entries shows too" />
      </label>
      {result && <Outcome result={result} />}
    </Form>
  );
}

function Outcome({ result: { intact, checked, firstBreak } }: { result: Verification }): ReactNode {
  return (
    <p role="status" className={intact ? 'good' : 'problem'} data-testid="verification" data-intact={intact}>
      {intact ? `Intact: ${checked} entries checked.` : `Broken at number ${firstBreak?.seq}: ${words(firstBreak?.kind)}.`}
    </p>
  );
}

function Head({ centerId }: { centerId: string | null }): ReactNode {
  const [{ data, error }] = useQuery({ query: AuditHeadDocument, variables: { centerId }, requestPolicy: 'network-only' });
  return (
    <div className="stack">
      <p className="hint">Keep it outside of the platform. Verified against it, the log cannot have been cut before this entry.</p>
      <Refusals error={error} />
      {data && <Secret label={`Head at number ${data.auditHead.seq}`} value={data.auditHead.signed} />}
    </div>
  );
}

function ExportButton({ centerId, filter }: { centerId: string | null; filter: SecurityAuditFilter }): ReactNode {
  const client = useClient();
  const [problem, setProblem] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      const { lines, head } = await exportAll(client, centerId, filter);
      download('audit.jsonl', lines);
      download('audit.head.jws', [head]);
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <button type="button" disabled={isBusy} onClick={() => void save()}>
        {isBusy ? 'Exporting…' : 'Export'}
      </button>
      <Refusals error={problem} />
    </>
  );
}

/** One request checks a part: the next one goes on where it ended, up to the end or the first break. */
async function verifyAll(client: Client, input: AuditVerifyInput): Promise<Verification> {
  let checked = 0;
  let fromSeq = input.fromSeq ?? null;
  for (;;) {
    const { auditVerify: part }: VerifyAuditQuery = await ask(client, VerifyAuditDocument, { input: { ...input, fromSeq } });
    checked += part.checked;
    if (!part.intact || !part.nextSeq) return { ...part, checked };
    fromSeq = part.nextSeq;
  }
}

/** Every page, and the head of the last: it proves them all together. */
async function exportAll(client: Client, centerId: string | null, filter: SecurityAuditFilter): Promise<{ lines: string[]; head: string }> {
  const lines: string[] = [];
  let cursor: string | null = null;
  for (;;) {
    const { auditExport: page }: ExportAuditQuery = await ask(client, ExportAuditDocument, { input: { centerId, filter, cursor, limit: EXPORT_PAGE } });
    lines.push(page.jsonl);
    if (!page.nextCursor) return { lines, head: page.head.signed };
    cursor = page.nextCursor;
  }
}

function download(name: string, parts: readonly string[]): void {
  const url = URL.createObjectURL(new Blob([...parts], { type: 'application/jsonl' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
